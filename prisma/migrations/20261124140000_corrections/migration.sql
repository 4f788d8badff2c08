-- What officers say about a concern after reading it, beside what the machine understood.

-- The agency that an officer confirmed or chose; null while nobody has looked.
ALTER TABLE concern ADD COLUMN agency_id text REFERENCES agency ON DELETE SET NULL;

-- One row a saving, never changed: the newest counts, and whoever saves over one that they have not seen is told so.
CREATE TABLE correction (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  concern_id  uuid NOT NULL REFERENCES concern ON DELETE CASCADE,
  officer_id  uuid REFERENCES officer ON DELETE SET NULL,
  created_at  timestamptz NOT NULL,
  category    text NOT NULL,
  -- null: the officer does not know which.
  agency_id   text REFERENCES agency ON DELETE SET NULL,
  danger_kind text,
  -- null: not judged, which is not the same as no danger.
  is_danger   boolean,
  -- What the machine thought at that moment: ids, confidences and severities, never a resident's word.
  understood  jsonb NOT NULL,
  CHECK ((danger_kind IS NOT NULL) = (is_danger IS TRUE))
);
CREATE INDEX correction_of_concern ON correction (concern_id, id);
