-- When the resident added words that the officer who has the concern has not read yet; null once they have.
ALTER TABLE concern ADD COLUMN added_at timestamptz;
