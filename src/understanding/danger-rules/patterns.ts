import type { DangerSeverity } from '../danger.ts';

/** Patterns of one kind of danger by severity. */
export type Patterns = Partial<Record<DangerSeverity, readonly string[]>>;
