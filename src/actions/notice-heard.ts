/**
 * SQL: when a notice reached its resident; null while nothing says that it did. A platform's yes is enough, but for the
 * web chat, whose page may never be opened again: there it has to be read.
 *
 * @param notice The alias of the notice's row.
 */
export const heardAt = (notice: string): string => `(
  SELECT max(coalesce(d.at, ${notice}.done_at))
    FROM message m JOIN conversation c ON c.id = m.conversation_id JOIN address a ON a.id = c.address_id
    LEFT JOIN delivery_attempt d ON d.message_id = m.id AND d.outcome = 'sent'
   WHERE m.notice_id = ${notice}.id AND (m.status = 'read' OR (a.channel <> 'web' AND m.status IN ('sent', 'delivered'))))`;
