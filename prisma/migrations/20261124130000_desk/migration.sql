-- What the officers' desk needs beside the room.

-- `version` goes up with every edit: who saves over an edit that they have not seen is told so.
ALTER TABLE officer
  ADD COLUMN capacity integer NOT NULL DEFAULT 4 CHECK (capacity BETWEEN 0 AND 50),
  ADD COLUMN skills text[] NOT NULL DEFAULT '{}',
  ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE agency ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE hotline ADD COLUMN version integer NOT NULL DEFAULT 1;

-- A message that never reached the resident stays red on the desk until somebody attends to it.
ALTER TABLE message
  ADD COLUMN attended_at timestamptz,
  ADD COLUMN attended_by uuid REFERENCES officer ON DELETE SET NULL;
CREATE INDEX message_undelivered ON message (created_at) WHERE status IN ('failed', 'undeliverable') AND attended_at IS NULL;

-- Wrong log-ins, by a hash of login and network address, so that the limit holds across processes and restarts.
CREATE TABLE login_failure (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key_hash bytea NOT NULL,
  at       timestamptz NOT NULL
);
CREATE INDEX login_failure_of ON login_failure (key_hash, at);

-- Words of the room, not of residents, hence plain.
CREATE TABLE canned_reply (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  shortcut   text NOT NULL,
  title      text NOT NULL,
  body       text NOT NULL,
  version    integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL,
  updated_by uuid REFERENCES officer ON DELETE SET NULL
);
CREATE UNIQUE INDEX canned_reply_one_shortcut ON canned_reply (lower(shortcut));
