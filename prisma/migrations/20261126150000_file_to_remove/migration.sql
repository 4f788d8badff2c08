-- Removing a file is a row, too: written in the transaction that lets the file go, carried out by the sweep. A file that
-- an attachment names stays, whoever wrote the row.
CREATE TABLE file_to_remove (
  file_key text PRIMARY KEY
);
-- A file is of one message alone, and goes with it.
CREATE UNIQUE INDEX attachment_one_file ON attachment (file_key) WHERE file_key IS NOT NULL;

-- An attachment goes in many ways, most of them cascades (an erased message, a stranger who is forgotten): its file goes
-- with it in all of them.
CREATE FUNCTION let_file_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO file_to_remove (file_key) VALUES (OLD.file_key) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER attachment_lets_file_go AFTER DELETE ON attachment
  FOR EACH ROW WHEN (OLD.file_key IS NOT NULL) EXECUTE FUNCTION let_file_go();

-- Files that officers sent: until now only their sealed messages named them (see attach-sent-file.ts).
CREATE INDEX message_sent_file ON message (seq) WHERE author = 'officer' AND kind = 'file';

-- As every other action is called.
UPDATE audit SET action = 'erase_resident' WHERE action = 'resident.erased';
