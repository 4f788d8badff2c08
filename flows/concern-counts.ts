import { z } from 'zod';
import type { ConcernCounts } from '../src/actions/pour-concern.ts';
import type { StepContext } from './define-flow.ts';

/** What the open concern held before more was added. */
export const countsSchema = z.object({ texts: z.int(), voices: z.int(), photos: z.int(), files: z.int() });

/** What has been added, where something stood before. */
export function since(before: ConcernCounts | undefined, now: ConcernCounts): ConcernCounts {
  if (!before) return now;
  const added = (kind: keyof ConcernCounts) => Math.max(0, now[kind] - before[kind]);
  return { texts: added('texts'), voices: added('voices'), photos: added('photos'), files: added('files') };
}

/** "3 pesan tulisan, 1 pesan suara": counts, never content. */
export function countsText(counts: ConcernCounts, { t }: StepContext): string {
  return (['texts', 'voices', 'photos', 'files'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => t(`count-${kind}`, { count: counts[kind] }))
    .join(', ');
}
