-- A concern is handed to the agency that can act, and chased until it answers.

-- Who is asked first for what, and where. Editable at the desk; the most specific row wins (domain/agency-route.ts).
CREATE TABLE agency_route (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  category       text NOT NULL,
  -- null: in the whole city.
  kelurahan_code text,
  agency_id      text NOT NULL REFERENCES agency ON DELETE CASCADE,
  version        integer NOT NULL DEFAULT 1,
  updated_at     timestamptz NOT NULL,
  updated_by     uuid REFERENCES officer ON DELETE SET NULL
);
CREATE UNIQUE INDEX agency_route_one ON agency_route (category, coalesce(kelurahan_code, ''));

CREATE TABLE referral (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- Which of a concern's referrals came after which.
  seq             bigint GENERATED ALWAYS AS IDENTITY,
  concern_id      uuid NOT NULL REFERENCES concern ON DELETE CASCADE,
  agency_id       text NOT NULL REFERENCES agency,
  status          text NOT NULL CHECK (status IN ('draft', 'asked', 'approved', 'sending', 'sent', 'acknowledged',
                    'answered', 'not_ours', 'refused_by_resident', 'withdrawn', 'failed')),
  -- Goes up with every change: who acts on a state that they have not seen is told so.
  version         integer NOT NULL DEFAULT 1,
  -- Goes up when the packet is shown to the resident: a button of an older one says nothing about this one.
  packet_revision integer NOT NULL DEFAULT 0,
  -- What the officer wrote for the agency; of the resident's story this is all that leaves.
  summary_sealed  bytea NOT NULL,
  -- Files that go along, by attachment; one that is erased is simply not there any more.
  attachment_ids  uuid[] NOT NULL DEFAULT '{}',
  is_name_shared  boolean NOT NULL DEFAULT false,
  -- JSON { name, contact }, only where the resident said yes to it.
  person_sealed   bytea,
  -- Keyed hash of exactly what the resident said yes to: what leaves is compared with it.
  approved_hash   bytea,
  -- mail: a letter with a link; lapor: typed into SP4N-LAPOR! by hand, under its number.
  way             text CHECK (way IN ('mail', 'lapor')),
  lapor_id        text,
  expected_by     date,
  officer_id      uuid REFERENCES officer ON DELETE SET NULL,
  created_at      timestamptz NOT NULL,
  approved_at     timestamptz,
  sent_at         timestamptz,
  closed_at       timestamptz,
  -- The agency's links open until then; every step moves it on.
  link_expires_at timestamptz,
  CHECK (is_name_shared = (person_sealed IS NOT NULL)),
  -- Nothing leaves before the yes.
  CHECK (status NOT IN ('approved', 'sending', 'sent', 'acknowledged', 'answered', 'not_ours', 'failed') OR approved_hash IS NOT NULL),
  CHECK (status NOT IN ('sending', 'sent', 'acknowledged', 'answered', 'not_ours', 'failed') OR way IS NOT NULL),
  CHECK (way IS DISTINCT FROM 'lapor' OR lapor_id IS NOT NULL)
);
CREATE UNIQUE INDEX referral_one_open ON referral (concern_id)
  WHERE status IN ('draft', 'asked', 'approved', 'sending', 'sent', 'acknowledged', 'failed');
CREATE INDEX referral_of_concern ON referral (concern_id, seq);
CREATE INDEX referral_of_agency ON referral (agency_id);

-- What happened, in order; never changed. Words of residents, officers and agencies are sealed.
CREATE TABLE referral_event (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  referral_id  uuid NOT NULL REFERENCES referral ON DELETE CASCADE,
  at           timestamptz NOT NULL,
  kind         text NOT NULL,
  author       text NOT NULL CHECK (author IN ('officer', 'resident', 'agency', 'bestie')),
  officer_id   uuid REFERENCES officer ON DELETE SET NULL,
  -- Ids, days and counts only.
  detail       jsonb,
  words_sealed bytea
);
CREATE INDEX referral_event_of ON referral_event (referral_id, id);
CREATE FUNCTION referral_event_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an event of a referral is never changed';
END $$;
CREATE TRIGGER referral_event_stands BEFORE UPDATE OF referral_id, at, kind, author, detail ON referral_event
  FOR EACH ROW EXECUTE FUNCTION referral_event_stands();

-- Working days within which the agency owes something.
CREATE TABLE referral_clock (
  referral_id uuid NOT NULL REFERENCES referral ON DELETE CASCADE,
  clock       text NOT NULL CHECK (clock IN ('acknowledge', 'follow_up', 'answer')),
  due_on      date NOT NULL,
  met_at      timestamptz,
  -- When it was found overdue and the agency reminded: once, whoever finds it.
  chased_at   timestamptz,
  PRIMARY KEY (referral_id, clock)
);
CREATE INDEX referral_clock_running ON referral_clock (due_on) WHERE met_at IS NULL;

-- Letters to agencies, each claimed by whoever sends it. Its words stay only until it has gone.
CREATE TABLE agency_letter (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  referral_id     uuid NOT NULL REFERENCES referral ON DELETE CASCADE,
  kind            text NOT NULL CHECK (kind IN ('packet', 'reminder', 'withdrawal')),
  -- One letter an occasion, however often its writing is repeated.
  once_key        text NOT NULL UNIQUE,
  mailbox         text NOT NULL,
  -- JSON { subject, text }.
  content_sealed  bytea,
  status          text NOT NULL DEFAULT 'due' CHECK (status IN ('due', 'sending', 'sent', 'refused', 'failed', 'dropped')),
  attempts        integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NOT NULL,
  claimed_until   timestamptz,
  failure         text,
  created_at      timestamptz NOT NULL,
  done_at         timestamptz
);
CREATE INDEX agency_letter_due ON agency_letter (next_attempt_at) WHERE status IN ('due', 'sending');
CREATE INDEX agency_letter_of ON agency_letter (referral_id, created_at);

-- The agency's way in: a random token, of which only the hash is kept. Opens while the referral's links are open.
CREATE TABLE referral_link (
  token_hash  bytea PRIMARY KEY,
  referral_id uuid NOT NULL REFERENCES referral ON DELETE CASCADE,
  created_at  timestamptz NOT NULL
);
CREATE INDEX referral_link_of ON referral_link (referral_id);

ALTER TABLE notice ADD COLUMN referral_id uuid REFERENCES referral ON DELETE CASCADE;
CREATE INDEX notice_of_referral ON notice (referral_id) WHERE referral_id IS NOT NULL;
