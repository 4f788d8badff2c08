-- The officers' group is called by a page as each officer is: claimed, tried again, shown at the desk when it failed.
ALTER TABLE page ALTER COLUMN officer_id DROP NOT NULL;
ALTER TABLE page DROP CONSTRAINT page_kind_check;
ALTER TABLE page ADD CONSTRAINT page_kind_check
  CHECK (kind IN ('telegram', 'whatsapp', 'email', 'push', 'none', 'group'));
ALTER TABLE page ADD CONSTRAINT page_to_somebody CHECK ((officer_id IS NULL) = (kind = 'group'));
-- One that failed for good may be followed by another, at the next step.
CREATE UNIQUE INDEX page_once_the_group ON page (alert_id) WHERE kind = 'group' AND (outcome IS NULL OR outcome <> 'failed');
INSERT INTO page (alert_id, kind, step, due_at, attempts, sent_at, outcome)
  SELECT id, 'group', 0, paged_at, 1, paged_at, 'sent' FROM danger_alert WHERE paged_at IS NOT NULL;
ALTER TABLE danger_alert DROP COLUMN paged_at;

-- Until then somebody is telling it, or it failed and is told no sooner.
ALTER TABLE channel_alert ADD COLUMN claimed_until timestamptz;

-- When the holder was last called for words that nobody has answered.
ALTER TABLE handoff ADD COLUMN holder_called_at timestamptz;

-- How often its writing has failed.
ALTER TABLE notice ADD COLUMN attempts integer NOT NULL DEFAULT 0;
