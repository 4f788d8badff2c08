-- Two addresses of one resident: joined by a code of their own, or by an officer who can take it back.

-- One-time codes that a resident asks for in one channel and types in another. Only a keyed hash is kept.
CREATE TABLE link_code (
  code_hash       bytea PRIMARY KEY,
  resident_id     uuid NOT NULL REFERENCES resident ON DELETE CASCADE,
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  created_at      timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  used_at         timestamptz
);
CREATE INDEX link_code_of_resident ON link_code (resident_id);

-- Wrong codes, so that the limit holds across processes and restarts.
CREATE TABLE link_failure (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
  at              timestamptz NOT NULL
);
CREATE INDEX link_failure_of ON link_failure (conversation_id, at);

-- `moved` names every row that changed hands, so that undoing gives back exactly those: ids by table, never words.
CREATE TABLE merge (
  id                 uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kept_resident_id   uuid NOT NULL REFERENCES resident ON DELETE CASCADE,
  merged_resident_id uuid NOT NULL REFERENCES resident ON DELETE CASCADE,
  how                text NOT NULL CHECK (how IN ('code', 'desk')),
  officer_id         uuid REFERENCES officer ON DELETE SET NULL,
  moved              jsonb NOT NULL,
  merged_at          timestamptz NOT NULL,
  undone_at          timestamptz,
  undone_by          uuid REFERENCES officer ON DELETE SET NULL,
  CHECK (kept_resident_id <> merged_resident_id)
);
CREATE INDEX merge_of_kept ON merge (kept_resident_id);
CREATE UNIQUE INDEX merge_one_standing ON merge (merged_resident_id) WHERE undone_at IS NULL;

-- A channel needs a person, or does no more. One message to the officers' group a change, whichever process sends it.
CREATE TABLE channel_alert (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  channel    text NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('needs_pairing', 'logged_out', 'stuck', 'recovered')),
  created_at timestamptz NOT NULL,
  told_at    timestamptz
);
CREATE INDEX channel_alert_untold ON channel_alert (created_at) WHERE told_at IS NULL;
