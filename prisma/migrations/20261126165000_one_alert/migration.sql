-- A chat has one open alarm. A further sign of danger is counted in it and raises it; it is no second line at the desk and
-- no second call, unless it is graver.
ALTER TABLE danger_alert
  ADD COLUMN signs integer NOT NULL DEFAULT 1,
  ADD COLUMN last_sign_at timestamptz,
  -- From when the calls to officers are counted: the first sign, or the graver one that came after it.
  ADD COLUMN called_from timestamptz,
  -- An officer has read it and it was none.
  ADD COLUMN is_false boolean NOT NULL DEFAULT false;
UPDATE danger_alert SET last_sign_at = created_at, called_from = created_at;

-- The alarm that a message gave the sign for, or after which it said whether they are safe: whoever must help reads it.
ALTER TABLE message ADD COLUMN danger_alert_id uuid REFERENCES danger_alert ON DELETE SET NULL;
UPDATE message SET danger_alert_id = d.id FROM danger_alert d WHERE d.message_id = message.id;
CREATE INDEX message_of_alert ON message (danger_alert_id) WHERE danger_alert_id IS NOT NULL;

-- Of several that are open in a chat the gravest stays, with the signs of all.
WITH ranked AS (
  SELECT id, first_value(id) OVER (PARTITION BY conversation_id
           ORDER BY array_position(ARRAY['darurat', 'tinggi', 'sedang'], severity), created_at, id) AS keeper
    FROM danger_alert WHERE acknowledged_at IS NULL
)
UPDATE message SET danger_alert_id = ranked.keeper FROM ranked WHERE message.danger_alert_id = ranked.id;
UPDATE danger_alert d
   SET signs = every.signs, created_at = every.first_at, last_sign_at = every.last_at
  FROM (SELECT conversation_id, count(*)::int AS signs, min(created_at) AS first_at, max(created_at) AS last_at
          FROM danger_alert WHERE acknowledged_at IS NULL GROUP BY conversation_id) every
 WHERE d.conversation_id = every.conversation_id AND d.acknowledged_at IS NULL;
DELETE FROM danger_alert d
 WHERE acknowledged_at IS NULL AND NOT EXISTS (SELECT 1 FROM message m WHERE m.danger_alert_id = d.id);

ALTER TABLE danger_alert
  ALTER COLUMN last_sign_at SET NOT NULL,
  ALTER COLUMN called_from SET NOT NULL,
  ADD CHECK (NOT is_false OR acknowledged_at IS NOT NULL);
CREATE UNIQUE INDEX danger_alert_one_open ON danger_alert (conversation_id) WHERE acknowledged_at IS NULL;
