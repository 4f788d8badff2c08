-- What residents think of the room (SKM, the nine elements by name), and the views that officers keep of the board.

-- Nothing here leads back to whoever answered: no resident, no conversation, no time. The invitation (a notice) knows
-- that it was used, this table does not know by which.
CREATE TABLE survey (
  id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- The first of the month of the answer: a day or a time could be laid beside a conversation.
  month          date NOT NULL CHECK (extract(day FROM month) = 1),
  channel        text NOT NULL,
  -- 1 tidak baik ... 4 sangat baik; null: passed over.
  persyaratan    smallint CHECK (persyaratan BETWEEN 1 AND 4),
  prosedur       smallint CHECK (prosedur BETWEEN 1 AND 4),
  waktu          smallint CHECK (waktu BETWEEN 1 AND 4),
  biaya          smallint CHECK (biaya BETWEEN 1 AND 4),
  produk         smallint CHECK (produk BETWEEN 1 AND 4),
  kompetensi     smallint CHECK (kompetensi BETWEEN 1 AND 4),
  perilaku       smallint CHECK (perilaku BETWEEN 1 AND 4),
  sarana         smallint CHECK (sarana BETWEEN 1 AND 4),
  pengaduan      smallint CHECK (pengaduan BETWEEN 1 AND 4),
  -- One free sentence.
  comment_sealed bytea,
  CHECK (num_nonnulls(persyaratan, prosedur, waktu, biaya, produk, kompetensi, perilaku, sarana, pengaduan,
                      comment_sealed) > 0)
);
CREATE INDEX survey_by_month ON survey (month);
CREATE INDEX notice_survey ON notice (conversation_id) WHERE kind = 'survey-invited';

-- Named sets of filters for the board, each officer's own.
CREATE TABLE saved_view (
  id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  officer_id uuid NOT NULL REFERENCES officer ON DELETE CASCADE,
  name       text NOT NULL,
  filter     jsonb NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX saved_view_one_name ON saved_view (officer_id, lower(name));
