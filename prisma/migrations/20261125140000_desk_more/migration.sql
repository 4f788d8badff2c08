-- Sentences of the bot that an admin has put in place of those in flows/words/*.ftl.
CREATE TABLE word_override (
  language   text NOT NULL CHECK (language IN ('id', 'en')),
  key        text NOT NULL,
  -- A Fluent pattern, as it stands behind `key =`.
  value      text NOT NULL CHECK (value <> ''),
  version    integer NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL,
  updated_by uuid REFERENCES officer ON DELETE SET NULL,
  PRIMARY KEY (language, key),
  -- What is said in danger was reviewed by people who know; what was agreed to is proven by its hash.
  CONSTRAINT word_override_not_locked CHECK (key !~ '^(danger|consent)(-|$)' AND key <> 'hotlines-intro')
);
