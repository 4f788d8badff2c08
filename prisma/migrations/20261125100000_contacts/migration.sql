-- Where an officer can be reached outside the desk: for paging, and to know who speaks in the officers' Telegram group.

CREATE TABLE officer_contact (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  officer_id   uuid NOT NULL REFERENCES officer ON DELETE CASCADE,
  -- telegram: a user id there; whatsapp: digits with country code; email; push: a browser's subscription as JSON.
  kind         text NOT NULL CHECK (kind IN ('telegram', 'whatsapp', 'email', 'push')),
  value_hash   bytea NOT NULL,
  value_sealed bytea NOT NULL,
  -- Refused for good (blocked, gone): shown on the desk, not tried again.
  failed_at    timestamptz,
  created_at   timestamptz NOT NULL,
  -- One Telegram account, number, mailbox or browser is one officer's.
  CONSTRAINT officer_contact_one_owner UNIQUE (kind, value_hash)
);
CREATE INDEX officer_contact_of ON officer_contact (officer_id);

-- Typed once to the bot in Telegram, it says which officer that account is.
CREATE TABLE officer_code (
  code_hash  bytea PRIMARY KEY,
  officer_id uuid NOT NULL REFERENCES officer ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);
