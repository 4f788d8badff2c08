-- Who is on duty and on call, to whom a waiting chat is offered, and who is told when nobody comes.

ALTER TABLE officer ADD COLUMN last_assigned_at timestamptz;

ALTER TABLE handoff
  -- Since when it waits this time; null: since it was requested.
  ADD COLUMN waiting_since timestamptz,
  -- 0 the officers were asked, 1 the supervisors were told, 2 the admins were.
  ADD COLUMN climb_level integer NOT NULL DEFAULT 0 CHECK (climb_level BETWEEN 0 AND 2),
  -- Null: not reckoned yet, or nobody is above.
  ADD COLUMN next_climb_at timestamptz,
  -- What the resident was told last: the place in the queue, and by when somebody usually comes.
  ADD COLUMN said_place integer,
  ADD COLUMN expected_by timestamptz;

-- A chat is offered to one officer at a time, for a limited time. Rows of the past say who has been asked already.
CREATE TABLE handoff_offer (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  handoff_id uuid NOT NULL REFERENCES handoff ON DELETE CASCADE,
  officer_id uuid NOT NULL REFERENCES officer ON DELETE CASCADE,
  offered_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  -- taken: by this officer; withdrawn: taken by another, given up by the resident, or the officer left.
  outcome    text CHECK (outcome IN ('taken', 'passed', 'expired', 'withdrawn')),
  ended_at   timestamptz,
  CHECK ((outcome IS NULL) = (ended_at IS NULL))
);
CREATE UNIQUE INDEX handoff_offer_one_open ON handoff_offer (handoff_id) WHERE outcome IS NULL;
CREATE INDEX handoff_offer_of_handoff ON handoff_offer (handoff_id);
CREATE INDEX handoff_offer_of_officer ON handoff_offer (officer_id) WHERE outcome IS NULL;

-- A colleague who reads along and notes, without a voice. Ends with the handoff.
CREATE TABLE handoff_guest (
  handoff_id uuid NOT NULL REFERENCES handoff ON DELETE CASCADE,
  officer_id uuid NOT NULL REFERENCES officer ON DELETE CASCADE,
  invited_by uuid REFERENCES officer ON DELETE SET NULL,
  invited_at timestamptz NOT NULL,
  PRIMARY KEY (handoff_id, officer_id)
);

-- The roster: for a weekday, or for one date, whose rows then stand instead of the weekday's.
CREATE TABLE duty (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  officer_id   uuid NOT NULL REFERENCES officer ON DELETE CASCADE,
  -- 0 Sunday ... 6 Saturday.
  weekday      integer CHECK (weekday BETWEEN 0 AND 6),
  session_date date,
  is_in_room   boolean NOT NULL,
  -- Whoever has 1 is paged first. Null: not on call.
  on_call_rank integer CHECK (on_call_rank BETWEEN 1 AND 9),
  CHECK ((weekday IS NULL) <> (session_date IS NULL)),
  CHECK (is_in_room OR on_call_rank IS NOT NULL)
);
CREATE UNIQUE INDEX duty_one_weekday ON duty (weekday, officer_id) WHERE weekday IS NOT NULL;
CREATE UNIQUE INDEX duty_one_date ON duty (session_date, officer_id) WHERE session_date IS NOT NULL;

-- When the next of those on call are due; null: acknowledged, or everybody has been told as often as it helps.
ALTER TABLE danger_alert ADD COLUMN next_page_at timestamptz;
CREATE INDEX danger_alert_to_page ON danger_alert (next_page_at) WHERE next_page_at IS NOT NULL;

-- One call to one officer on one of their ways, about an alert or a chat that nobody takes. Never a resident's word.
CREATE TABLE page (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  alert_id        uuid REFERENCES danger_alert ON DELETE CASCADE,
  handoff_id      uuid REFERENCES handoff ON DELETE CASCADE,
  officer_id      uuid NOT NULL REFERENCES officer ON DELETE CASCADE,
  -- Null: the officer has none (`kind` none), which the desk shows.
  contact_id      uuid REFERENCES officer_contact ON DELETE CASCADE,
  kind            text NOT NULL CHECK (kind IN ('telegram', 'whatsapp', 'email', 'push', 'none')),
  -- Counted from 0 as it climbs; of one step nobody is paged twice on one way.
  step            integer NOT NULL,
  due_at          timestamptz NOT NULL,
  attempts        integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz,
  claimed_until   timestamptz,
  sent_at         timestamptz,
  -- dropped: somebody came before it was sent.
  outcome         text CHECK (outcome IN ('sent', 'failed', 'dropped')),
  failure         text,
  CHECK ((alert_id IS NULL) <> (handoff_id IS NULL))
);
CREATE UNIQUE INDEX page_once_an_alert ON page (alert_id, step, officer_id, kind, coalesce(contact_id, officer_id)) WHERE alert_id IS NOT NULL;
CREATE UNIQUE INDEX page_once_a_climb ON page (handoff_id, step, officer_id, kind, coalesce(contact_id, officer_id)) WHERE handoff_id IS NOT NULL;
CREATE INDEX page_unsent ON page (next_attempt_at) WHERE outcome IS NULL;

-- The queue asks of each chat what was told in it, and how long the latest residents waited.
CREATE INDEX danger_alert_of_conversation ON danger_alert (conversation_id, created_at);
CREATE INDEX handoff_claimed ON handoff (claimed_at) WHERE claimed_at IS NOT NULL;
