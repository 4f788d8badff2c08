-- A way to call an officer is tried before the first danger: a page about nothing, the newest of each contact.
ALTER TABLE page ADD COLUMN is_try boolean NOT NULL DEFAULT false;
ALTER TABLE page DROP CONSTRAINT page_about_one;
ALTER TABLE page ADD CONSTRAINT page_about_one CHECK (num_nonnulls(alert_id, handoff_id, concern_id) = CASE WHEN is_try THEN 0 ELSE 1 END);
ALTER TABLE page ADD CONSTRAINT page_try_of_a_contact CHECK (NOT is_try OR contact_id IS NOT NULL);
CREATE UNIQUE INDEX page_one_try ON page (contact_id) WHERE is_try;

-- One no does not strike a contact off: `failed_at` comes with a second, on another day. What arrives clears both.
ALTER TABLE officer_contact ADD COLUMN gone_since timestamptz, ADD COLUMN reached_at timestamptz;
UPDATE officer_contact k SET reached_at = (SELECT max(sent_at) FROM page p WHERE p.contact_id = k.id AND p.outcome = 'sent');
