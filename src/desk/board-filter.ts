import { z } from 'zod';

export const concernStatuses = [
  'new',
  'read',
  'with_officer',
  'referred',
  'answered',
  'settled',
  'reopened',
] as const;

/** What the board is narrowed to, as it stands in an address, in a saved view and in a search. Absent: all. */
export const boardFilter = z.object({
  status: z.enum([...concernStatuses, 'open']).optional(),
  category: z.string().max(60).optional(),
  kelurahan: z.string().max(20).optional(),
  /** Only those of the officer who asks. */
  mine: z.literal('1').optional(),
  /** Only those that nobody has taken on. */
  unassigned: z.literal('1').optional(),
  /** Only those whose promised day has passed, the longest overdue first. */
  overdue: z.literal('1').optional(),
});
export type BoardFilter = z.output<typeof boardFilter>;
