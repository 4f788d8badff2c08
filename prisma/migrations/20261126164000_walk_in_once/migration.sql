-- A walk-in that the desk sends twice (a lost answer, a double press) takes one seat: what its page made for the request.
ALTER TABLE booking ADD COLUMN once_hash bytea;
CREATE UNIQUE INDEX booking_once ON booking (once_hash) WHERE once_hash IS NOT NULL;
