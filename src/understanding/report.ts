/** A labelled line; see `report`. */
export type LabelledLine = { id?: string; text: string; [field: string]: unknown };

export function report(lines: readonly LabelledLine[]): string {
  return `${lines.length} lines\n`;
}
