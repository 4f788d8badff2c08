-- The room, first migration. Whatever a resident wrote or is known by is sealed (bytea, AES-256-GCM) or a keyed
-- hash; no column of plain text may hold it. What must never happen is a constraint or a unique index here.

CREATE TABLE resident (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  language       text NOT NULL DEFAULT 'id' CHECK (language IN ('id', 'en')),
  name_sealed    bytea,
  wants_reminders boolean NOT NULL DEFAULT true,
  is_walk_in     boolean NOT NULL DEFAULT false,
  created_at     timestamptz NOT NULL,
  erased_at      timestamptz
);

CREATE TABLE consent (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  resident_id  uuid NOT NULL REFERENCES resident ON DELETE CASCADE,
  text_version text NOT NULL,
  text_hash    text NOT NULL,
  channel      text NOT NULL,
  given_at     timestamptz NOT NULL,
  withdrawn_at timestamptz
);
CREATE UNIQUE INDEX consent_one_open ON consent (resident_id) WHERE withdrawn_at IS NULL;

CREATE TABLE address (
  id                  uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  resident_id         uuid NOT NULL REFERENCES resident ON DELETE CASCADE,
  channel             text NOT NULL CHECK (channel IN ('telegram', 'whatsapp', 'web')),
  kind                text NOT NULL,
  value_hash          bytea NOT NULL,
  value_sealed        bytea NOT NULL,
  profile_name_sealed bytea,
  unreachable_at      timestamptz,
  created_at          timestamptz NOT NULL
);
CREATE UNIQUE INDEX address_one_value ON address (channel, kind, value_hash);
CREATE INDEX address_of_resident ON address (resident_id);

CREATE TABLE conversation (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  address_id    uuid NOT NULL UNIQUE REFERENCES address ON DELETE CASCADE,
  owner         text NOT NULL DEFAULT 'bot' CHECK (owner IN ('bot', 'human')),
  -- Where the dialog stands: { flow, version, step, state, prompt }. Holds words of the resident, hence sealed.
  dialog_sealed bytea,
  -- A long silence in an outpouring ends it; the sweep looks here.
  silence_due_at timestamptz,
  last_in_at    timestamptz,
  last_out_at   timestamptz,
  created_at    timestamptz NOT NULL
);
CREATE INDEX conversation_silence ON conversation (silence_due_at) WHERE silence_due_at IS NOT NULL;

CREATE TABLE officer (
  id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  login         text NOT NULL,
  name          text NOT NULL,
  role          text NOT NULL CHECK (role IN ('officer', 'supervisor', 'admin', 'analyst')),
  password_hash text NOT NULL,
  is_active     boolean NOT NULL DEFAULT true,
  presence      text NOT NULL DEFAULT 'away' CHECK (presence IN ('on_duty', 'busy', 'away')),
  created_at    timestamptz NOT NULL
);
CREATE UNIQUE INDEX officer_one_login ON officer (lower(login));

CREATE TABLE officer_session (
  token_hash   bytea PRIMARY KEY,
  officer_id   uuid NOT NULL REFERENCES officer ON DELETE CASCADE,
  created_at   timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL
);
CREATE INDEX officer_session_of ON officer_session (officer_id);

-- One-time links: the first admin's set-up, later invitations and password resets.
CREATE TABLE setup_link (
  token_hash bytea PRIMARY KEY,
  purpose    text NOT NULL CHECK (purpose IN ('first_admin', 'invite', 'reset')),
  officer_id uuid REFERENCES officer ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);

CREATE TABLE booking (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  code            text NOT NULL UNIQUE,
  resident_id     uuid NOT NULL REFERENCES resident ON DELETE CASCADE,
  -- Where its notices go; null for a walk-in without a phone.
  conversation_id uuid REFERENCES conversation ON DELETE SET NULL,
  session_date    date NOT NULL,
  slot_time       text NOT NULL CHECK (slot_time ~ '^[0-2][0-9]:[0-5][0-9]$'),
  seat            integer NOT NULL CHECK (seat >= 1),
  status          text NOT NULL CHECK (status IN ('held', 'booked', 'arrived', 'finished', 'missed', 'cancelled')),
  -- Goes up with every change of day or time: the SEQUENCE of its .ics, and what a reminder is checked against.
  revision        integer NOT NULL DEFAULT 0,
  hold_expires_at timestamptz,
  is_walk_in      boolean NOT NULL DEFAULT false,
  confirmed_at    timestamptz,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  CHECK (status <> 'held' OR hold_expires_at IS NOT NULL)
);
-- The unique seat. It must not contain the holder, or two people could hold one seat.
CREATE UNIQUE INDEX booking_one_seat ON booking (session_date, slot_time, seat) WHERE status <> 'cancelled';
CREATE UNIQUE INDEX booking_one_active ON booking (resident_id) WHERE status IN ('held', 'booked', 'arrived');
CREATE INDEX booking_of_resident ON booking (resident_id);
CREATE INDEX booking_held ON booking (hold_expires_at) WHERE status = 'held';

-- Waiting list of a day. `offered`: a seat is held for them by booking_id until that hold expires.
CREATE TABLE waiting (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  resident_id     uuid NOT NULL REFERENCES resident ON DELETE CASCADE,
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  session_date    date NOT NULL,
  status          text NOT NULL CHECK (status IN ('waiting', 'offered', 'taken', 'passed', 'left')),
  booking_id      uuid REFERENCES booking ON DELETE SET NULL,
  created_at      timestamptz NOT NULL
);
CREATE UNIQUE INDEX waiting_one_open ON waiting (resident_id) WHERE status IN ('waiting', 'offered');
CREATE INDEX waiting_of_day ON waiting (session_date, created_at) WHERE status = 'waiting';

CREATE TABLE concern (
  id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  code             text NOT NULL UNIQUE,
  resident_id      uuid NOT NULL REFERENCES resident ON DELETE CASCADE,
  conversation_id  uuid REFERENCES conversation ON DELETE SET NULL,
  booking_id       uuid REFERENCES booking ON DELETE SET NULL,
  -- draft: being poured out; the rest are the states of the board.
  status           text NOT NULL CHECK (status IN
    ('draft', 'new', 'read', 'with_officer', 'referred', 'answered', 'settled', 'reopened')),
  category         text,
  kelurahan_code   text,
  -- Whether an agency may see the resident's name. Confidential unless chosen otherwise.
  is_name_shared   boolean NOT NULL DEFAULT false,
  officer_id       uuid REFERENCES officer ON DELETE SET NULL,
  -- The day by which the resident was told to hear again.
  next_word_by     date,
  created_at       timestamptz NOT NULL,
  received_at      timestamptz,
  settled_at       timestamptz
);
CREATE UNIQUE INDEX concern_one_draft ON concern (resident_id) WHERE status = 'draft';
CREATE INDEX concern_of_resident ON concern (resident_id);
CREATE INDEX concern_of_booking ON concern (booking_id) WHERE booking_id IS NOT NULL;
CREATE INDEX concern_by_status ON concern (status, received_at);

CREATE TABLE notice (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind            text NOT NULL,
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  booking_id      uuid REFERENCES booking ON DELETE CASCADE,
  -- The booking's revision that it was made for; another revision at sending drops it.
  booking_revision integer,
  concern_id      uuid REFERENCES concern ON DELETE CASCADE,
  -- One notice a subject and occasion, however often its making is repeated.
  once_key        text NOT NULL UNIQUE,
  due_at          timestamptz NOT NULL,
  status          text NOT NULL DEFAULT 'due' CHECK (status IN ('due', 'sent', 'dropped')),
  outcome         text,
  created_at      timestamptz NOT NULL,
  done_at         timestamptz
);
CREATE INDEX notice_due ON notice (due_at) WHERE status = 'due';
CREATE INDEX notice_of_booking ON notice (booking_id) WHERE status = 'due';

CREATE TABLE message (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  seq             bigint GENERATED ALWAYS AS IDENTITY,
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  direction       text NOT NULL CHECK (direction IN ('in', 'out')),
  author          text NOT NULL CHECK (author IN ('resident', 'phone', 'bot', 'notice', 'officer')),
  officer_id      uuid REFERENCES officer ON DELETE SET NULL,
  concern_id      uuid REFERENCES concern ON DELETE SET NULL,
  notice_id       uuid REFERENCES notice ON DELETE SET NULL,
  -- in: the kind of InboundContent; out: the kind of Outbound.
  kind            text NOT NULL,
  -- JSON of InboundContent or Outbound.
  content_sealed  bytea,
  -- Keyed hash of the platform's id of the event; repeats of it are one row.
  external_hash   bytea,
  -- The platform's id of the message, for quotes, edits and statuses (it may contain a phone number).
  ref_hash        bytea,
  ref_sealed      bytea,
  -- What it answers, edits or deletes.
  about_message_id uuid REFERENCES message ON DELETE SET NULL,
  is_late         boolean NOT NULL DEFAULT false,
  is_forwarded    boolean NOT NULL DEFAULT false,
  edited_at       timestamptz,
  deleted_at      timestamptz,
  sent_at         timestamptz NOT NULL,
  created_at      timestamptz NOT NULL,
  -- in only: when converse took it in.
  processed_at    timestamptz,
  failed_steps    integer NOT NULL DEFAULT 0,
  -- out only.
  status          text CHECK (status IN ('pending', 'sending', 'sent', 'delivered', 'read', 'failed', 'undeliverable')),
  attempts        integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  claimed_until   timestamptz,
  failure         text,
  CHECK ((direction = 'out') = (status IS NOT NULL))
);
CREATE UNIQUE INDEX message_one_event ON message (external_hash) WHERE external_hash IS NOT NULL;
CREATE INDEX message_of_conversation ON message (conversation_id, seq);
CREATE INDEX message_of_ref ON message (ref_hash) WHERE ref_hash IS NOT NULL;
CREATE INDEX message_unprocessed ON message (conversation_id, seq) WHERE direction = 'in' AND processed_at IS NULL;
CREATE INDEX message_unsent ON message (conversation_id, seq) WHERE status IN ('pending', 'sending');
CREATE INDEX message_of_concern ON message (concern_id, seq) WHERE concern_id IS NOT NULL;

CREATE TABLE delivery_attempt (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  message_id uuid NOT NULL REFERENCES message ON DELETE CASCADE,
  at         timestamptz NOT NULL,
  outcome    text NOT NULL,
  reason     text
);
CREATE INDEX delivery_attempt_of ON delivery_attempt (message_id);

CREATE TABLE attachment (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  message_id      uuid NOT NULL REFERENCES message ON DELETE CASCADE,
  kind            text NOT NULL,
  mime            text,
  size_bytes      bigint,
  duration_seconds double precision,
  name_sealed     bytea,
  source_sealed   bytea,
  status          text NOT NULL CHECK (status IN ('pending', 'stored', 'too_large', 'gone')),
  file_key        text,
  attempts        integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  created_at      timestamptz NOT NULL
);
CREATE INDEX attachment_of_message ON attachment (message_id);
CREATE INDEX attachment_pending ON attachment (next_attempt_at) WHERE status = 'pending';

CREATE TABLE handoff (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  status          text NOT NULL CHECK (status IN ('waiting', 'held', 'closed')),
  reason          text NOT NULL CHECK (reason IN ('asked', 'danger', 'not_understood', 'taken', 'phone')),
  -- Lower comes first: 0 danger, 10 everything else; room for the orders between.
  priority        integer NOT NULL DEFAULT 10,
  officer_id      uuid REFERENCES officer ON DELETE SET NULL,
  requested_at    timestamptz NOT NULL,
  claimed_at      timestamptz,
  closed_at       timestamptz,
  outcome         text CHECK (outcome IN ('closed', 'returned', 'left'))
);
CREATE UNIQUE INDEX handoff_one_open ON handoff (conversation_id) WHERE status IN ('waiting', 'held');
CREATE INDEX handoff_waiting ON handoff (priority, requested_at) WHERE status = 'waiting';

CREATE TABLE danger_alert (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  message_id      uuid NOT NULL UNIQUE REFERENCES message ON DELETE CASCADE,
  kind            text NOT NULL,
  severity        text NOT NULL CHECK (severity IN ('darurat', 'tinggi', 'sedang')),
  created_at      timestamptz NOT NULL,
  -- When those on call were told; one page an alert, whoever sends it.
  paged_at        timestamptz,
  acknowledged_by uuid REFERENCES officer ON DELETE SET NULL,
  acknowledged_at timestamptz
);
CREATE INDEX danger_alert_open ON danger_alert (created_at) WHERE acknowledged_at IS NULL;

-- Private notes of officers about a conversation or a concern.
CREATE TABLE note (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  conversation_id uuid REFERENCES conversation ON DELETE CASCADE,
  concern_id      uuid REFERENCES concern ON DELETE CASCADE,
  officer_id      uuid REFERENCES officer ON DELETE SET NULL,
  body_sealed     bytea NOT NULL,
  created_at      timestamptz NOT NULL
);
CREATE INDEX note_of_conversation ON note (conversation_id);
CREATE INDEX note_of_concern ON note (concern_id);

-- Who did and who read what. `detail` never holds a resident's words.
CREATE TABLE audit (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at           timestamptz NOT NULL,
  officer_id   uuid REFERENCES officer ON DELETE SET NULL,
  action       text NOT NULL,
  subject_kind text NOT NULL,
  subject_id   text NOT NULL,
  detail       jsonb
);
CREATE INDEX audit_of_subject ON audit (subject_kind, subject_id);

-- Everything about the room that an admin may change: hours, slots, quiet hours, address, texts of the room.
CREATE TABLE setting (
  key        text PRIMARY KEY,
  value      jsonb NOT NULL,
  updated_at timestamptz NOT NULL,
  updated_by uuid REFERENCES officer ON DELETE SET NULL
);

CREATE TABLE closure (
  day        date PRIMARY KEY,
  name       text NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('libur_nasional', 'cuti_bersama', 'admin')),
  created_at timestamptz NOT NULL,
  created_by uuid REFERENCES officer ON DELETE SET NULL
);

CREATE TABLE agency (
  id         text PRIMARY KEY,
  name       text NOT NULL,
  short      text NOT NULL,
  level      text NOT NULL,
  categories text[] NOT NULL,
  handles    text NOT NULL,
  email      text,
  contact    text,
  source     text NOT NULL,
  is_active  boolean NOT NULL DEFAULT true
);

CREATE TABLE hotline (
  id          text PRIMARY KEY,
  name        text NOT NULL,
  call        text,
  whatsapp    text,
  web         text,
  hours       text,
  kinds       text[] NOT NULL,
  is_shown    boolean NOT NULL,
  position    integer NOT NULL,
  source      text NOT NULL,
  verified_on date
);

CREATE TABLE lease (
  name       text PRIMARY KEY,
  holder     text NOT NULL,
  expires_at timestamptz NOT NULL
);
