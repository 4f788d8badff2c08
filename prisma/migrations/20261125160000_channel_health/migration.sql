-- How each channel is that one process alone may hold, as its holder last said; the desk is perhaps another process.
CREATE TABLE channel_health (
  channel        text PRIMARY KEY,
  -- The same as the lease's while that process lives.
  holder         text NOT NULL,
  state          text NOT NULL
                 CHECK (state IN ('starting', 'connected', 'needs_pairing', 'reconnecting', 'stuck', 'stopped')),
  since          timestamptz NOT NULL,
  -- For the operator; holds no resident's words.
  detail         text NOT NULL,
  -- JSON of the code to scan or to type. Whoever has it can pair a phone.
  pairing_sealed bytea,
  -- Whether it can be logged out, restarted and paired.
  is_pairable    boolean NOT NULL,
  updated_at     timestamptz NOT NULL
);

-- What the desk wants of a channel that another process holds; the holder takes it and answers in the same row.
CREATE TABLE channel_request (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  channel      text NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('log_out', 'restart', 'pair_by_code')),
  -- The number of the room's phone, for `pair_by_code`.
  phone_sealed bytea,
  created_at   timestamptz NOT NULL,
  taken_at     timestamptz,
  answered_at  timestamptz,
  is_done      boolean,
  code_sealed  bytea,
  CHECK ((answered_at IS NULL) = (is_done IS NULL))
);
CREATE INDEX channel_request_waiting ON channel_request (channel, created_at) WHERE taken_at IS NULL;

-- Help for somebody in danger: sent before anything that waits, and held back by no ceiling.
ALTER TABLE message ADD COLUMN is_urgent boolean NOT NULL DEFAULT false;
