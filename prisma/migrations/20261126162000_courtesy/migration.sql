-- Thanks, a nod, a sticker to what an officer has said: nobody waits for an answer to it. The words are sealed, so it is
-- decided when the message is taken in.
ALTER TABLE message ADD COLUMN is_courtesy boolean NOT NULL DEFAULT false;
