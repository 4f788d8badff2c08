-- What a month came to, in figures that hide whatever could point at somebody (docs/trends.md). Written once, on the first
-- night after the month; what residents erase later neither changes it nor can be told from it.
CREATE TABLE trend_month (
  month     date PRIMARY KEY CHECK (extract(day FROM month) = 1),
  closed_at timestamptz NOT NULL,
  -- Of fewer people than this no figure tells.
  threshold integer NOT NULL CHECK (threshold >= 5),
  figures   jsonb NOT NULL CHECK (jsonb_typeof(figures) = 'object'),
  -- A month that is still running would be counted again with what comes, and the difference is one person.
  CHECK (closed_at >= (month + interval '1 month') AT TIME ZONE 'Asia/Makassar')
);
CREATE FUNCTION trend_month_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a closed month is never counted again';
END $$;
CREATE TRIGGER trend_month_stands BEFORE UPDATE OR DELETE ON trend_month
  FOR EACH ROW EXECUTE FUNCTION trend_month_stands();
