/** Meta's documented limits of what is sent; null if a message keeps them, else why not. */
export function brokenRule(payload: Record<string, unknown>): string | null {
  const { type } = payload;
  const part = payload[String(type)] as Record<string, unknown> | undefined;
  if (payload['messaging_product'] !== 'whatsapp' || !part) return 'not a message';
  if (type === 'text') return tooLong((part as { body: string }).body, 4096, 'text');
  if (type !== 'interactive') return null;
  const { body, action } = part as {
    body: { text: string };
    action: {
      button?: string;
      buttons?: { reply: { id: string; title: string } }[];
      sections?: { rows: { id: string; title: string; description?: string }[] }[];
    };
  };
  const long = tooLong(body.text, 1024, 'body');
  if (long) return long;
  if (action.buttons) {
    if (action.buttons.length < 1 || action.buttons.length > 3) return 'number of buttons';
    const titles = action.buttons.map(({ reply }) => reply.title);
    if (new Set(titles).size !== titles.length) return 'titles not unique';
    return firstOf(
      action.buttons,
      ({ reply }) => tooLong(reply.title, 20, 'title') ?? tooLong(reply.id, 256, 'id'),
    );
  }
  const rows = action.sections?.flatMap((section) => section.rows) ?? [];
  if (rows.length < 1 || rows.length > 10) return 'number of rows';
  if (new Set(rows.map(({ id }) => id)).size !== rows.length) return 'ids not unique';
  return (
    tooLong(action.button ?? '', 20, 'list button') ??
    firstOf(
      rows,
      (row) =>
        tooLong(row.title, 24, 'row title') ??
        tooLong(row.id, 200, 'row id') ??
        (row.description === undefined ? null : tooLong(row.description, 72, 'description')),
    )
  );
}

function tooLong(text: string, limit: number, what: string): string | null {
  return text.length < 1 || text.length > limit ? `${what} of ${text.length}` : null;
}

function firstOf<T>(items: T[], look: (item: T) => string | null): string | null {
  return items.map(look).find((found) => found !== null) ?? null;
}
