-- Takes a conversation's lock and answers with how it then stands and with the oldest message that has not been taken
-- in (a second row: another waits behind it). Two statements in one trip: what is read beside a lock in one statement is
-- as it was before the wait for it, while each statement of a volatile function sees what has been committed until then.
--
-- NO KEY, so that rows which only refer to the conversation (a message that comes in, a notice from another's step) are
-- written meanwhile, and two steps that tell each other's residents something do not wait for each other for ever.
CREATE FUNCTION hold_conversation(conversation uuid)
RETURNS TABLE (
  id uuid, owner text, dialog_sealed bytea, address_id uuid, address_kind text, address_sealed bytea, channel text,
  is_unreachable boolean, resident_id uuid, language text, wants_reminders boolean, has_consent boolean, handoff text,
  message_id uuid, message_author text, message_kind text, content_sealed bytea, about_message_id uuid, is_late boolean
) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
BEGIN
  PERFORM 1 FROM conversation c WHERE c.id = conversation FOR NO KEY UPDATE;
  RETURN QUERY
    SELECT c.id, c.owner, c.dialog_sealed, a.id, a.kind, a.value_sealed, a.channel,
           a.unreachable_at IS NOT NULL, r.id, r.language, r.wants_reminders,
           EXISTS (SELECT 1 FROM consent k WHERE k.resident_id = r.id AND k.withdrawn_at IS NULL),
           (SELECT h.status FROM handoff h WHERE h.conversation_id = c.id AND h.status IN ('waiting', 'held')),
           m.id, m.author, m.kind, m.content_sealed, m.about_message_id, m.is_late
      FROM conversation c JOIN address a ON a.id = c.address_id JOIN resident r ON r.id = a.resident_id
      LEFT JOIN LATERAL (
        SELECT * FROM message WHERE message.conversation_id = c.id AND message.direction = 'in'
           AND message.processed_at IS NULL ORDER BY message.seq LIMIT 2
      ) m ON true
     WHERE c.id = conversation ORDER BY m.seq;
END $$;
