-- A promised day that went by: the resident is told a new one. The promise itself (next_word_by) stands as broken until
-- they hear from the room.
ALTER TABLE concern ADD COLUMN put_off_to date;
ALTER TABLE concern ADD CONSTRAINT concern_put_off
  CHECK (put_off_to IS NULL OR (next_word_by IS NOT NULL AND put_off_to > next_word_by));
-- A new promise, or a word that needs none, ends what the old one was put off to, whoever makes it.
CREATE FUNCTION concern_promised_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.put_off_to := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER concern_promised_anew BEFORE UPDATE OF next_word_by ON concern
  FOR EACH ROW EXECUTE FUNCTION concern_promised_anew();
-- Nothing is owed on an answer.
UPDATE concern SET next_word_by = NULL WHERE status = 'answered';
CREATE INDEX concern_promised ON concern (next_word_by) WHERE next_word_by IS NOT NULL;

-- Whoever should have given the word is called, each way once a working day (`step` counts the days).
ALTER TABLE page ADD COLUMN concern_id uuid REFERENCES concern ON DELETE CASCADE;
ALTER TABLE page DROP CONSTRAINT page_check;
ALTER TABLE page ADD CONSTRAINT page_about_one CHECK (num_nonnulls(alert_id, handoff_id, concern_id) = 1);
CREATE UNIQUE INDEX page_once_a_day ON page (concern_id, step, officer_id, kind, coalesce(contact_id, officer_id)) WHERE concern_id IS NOT NULL;
