/** Enough of multipart/form-data for what bots upload; a file stands under its field as its bytes and name. */
export type UploadedFile = { name: string; bytes: Uint8Array };

export const parseMultipart = (body: Buffer, contentType: string): Record<string, unknown> => {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/.exec(contentType);
  const delimiter = Buffer.from(`--${boundary?.[1] ?? boundary?.[2] ?? ''}`);
  const fields: Record<string, unknown> = {};
  const files = new Map<string, UploadedFile>();
  let at = body.indexOf(delimiter);
  while (at !== -1) {
    const start = at + delimiter.length + 2;
    const next = body.indexOf(delimiter, start);
    if (next === -1) break;
    const headEnd = body.indexOf('\r\n\r\n', start);
    const head = body.subarray(start, headEnd).toString('utf8');
    const content = body.subarray(headEnd + 4, next - 2);
    const name = /name="([^"]*)"/i.exec(head)?.[1] ?? '';
    const fileName = /filename=(?:"([^"]*)"|([^\r\n;]*))/i.exec(head);
    if (fileName) files.set(name, { name: fileName[1] ?? fileName[2] ?? '', bytes: new Uint8Array(content) });
    else fields[name] = content.toString('utf8');
    at = next;
  }
  for (const [name, value] of Object.entries(fields)) {
    const attached = typeof value === 'string' ? /^attach:\/\/(.+)$/.exec(value) : null;
    const file = attached && files.get(attached[1]!);
    if (file) fields[name] = file;
  }
  for (const [name, file] of files) fields[name] ??= file;
  // Everything arrives as text; Telegram reads what looks like JSON as such.
  for (const name of ['reply_markup', 'reply_parameters', 'link_preview_options']) {
    if (typeof fields[name] === 'string') fields[name] = JSON.parse(fields[name]) as unknown;
  }
  return fields;
};
