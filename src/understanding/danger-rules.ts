import type { DangerKind } from './danger.ts';
import { selfHarm } from './danger-rules/self-harm.ts';
import { violenceAtHome } from './danger-rules/violence-at-home.ts';
import { violenceAgainstChildren } from './danger-rules/violence-against-children.ts';
import { threat } from './danger-rules/threat.ts';
import { trafficking } from './danger-rules/trafficking.ts';
import { medical } from './danger-rules/medical.ts';
import type { Patterns } from './danger-rules/patterns.ts';

/** Explicit ones first; the first of equals is reported. */
export const dangerRules: Readonly<Record<DangerKind, Patterns>> = {
  self_harm: selfHarm,
  kekerasan_kdrt: violenceAtHome,
  kekerasan_anak: violenceAgainstChildren,
  ancaman_orang_lain: threat,
  tppo: trafficking,
  medis_darurat: medical,
};
