import { z } from 'zod';
import type { Danger } from '../understanding/danger.ts';

/**
 * Where a dialog stands between two messages: pure data, sealed in `conversation.dialog_sealed`. A value of another
 * version, or one that does not parse, is forgotten and the dialog starts anew; it is never half-read.
 */
const standingSchema = z.object({
  flow: z.string(),
  version: z.int(),
  step: z.string(),
  state: z.unknown(),
});
export type Standing = z.output<typeof standingSchema>;

const offerSchema = z.object({ token: z.string(), label: z.string() });
export type Offer = z.output<typeof offerSchema>;

export const dialogSchema = z.object({
  v: z.literal(1),
  standing: standingSchema.nullable(),
  /** A flow that was left for another and is asked again after it. */
  suspended: standingSchema.nullable(),
  /** Number of the last question asked; a button carries it, so that an old one is known. */
  promptId: z.int(),
  choices: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      words: z.array(z.string()),
      intent: z.string().optional(),
    }),
  ),
  /** The language in which that question was asked. */
  askedIn: z.enum(['id', 'en']).nullable().default(null),
  /** Buttons of the last message that asked nothing (a menu, a notice), so that a number or a word answers them. */
  offers: z.array(offerSchema),
  /** Notices that wait for an answer, oldest first, with when they came (ISO instant): no menu in between drops them. */
  notices: z.array(z.object({ at: z.string(), offers: z.array(offerSchema) })).default([]),
  /** Times in a row that nothing was understood. */
  misses: z.int(),
  /** What was last said on danger, and when (ISO instant), to say less when it repeats within minutes. */
  danger: z
    .object({
      at: z.string(),
      kind: z.string(),
      severity: z.string(),
      /** "Are you safe now?" is the last thing that was said: a yes answers it. */
      isAsked: z.boolean().default(false),
      /** Nothing else has been asked since: short words are still about it. */
      isTalk: z.boolean().default(false),
      /** When to "not safe" the numbers and what to do were last said in full (ISO instant). */
      fullAt: z.string().nullable().default(null),
    })
    .nullable(),
  /** While waiting for an officer: when the resident was last told that what they write is kept (ISO instant). */
  ackedWaitingAt: z.string().nullable().default(null),
  /** The language was chosen, or named by the platform: it is no more guessed from what is written. */
  isLanguageSettled: z.boolean().default(false),
});
export type Dialog = z.output<typeof dialogSchema>;

export const freshDialog: Dialog = {
  v: 1,
  standing: null,
  suspended: null,
  promptId: 0,
  choices: [],
  askedIn: null,
  offers: [],
  notices: [],
  misses: 0,
  danger: null,
  ackedWaitingAt: null,
  isLanguageSettled: false,
};

export function readDialog(value: unknown): Dialog {
  const parsed = dialogSchema.safeParse(value);
  return parsed.success ? parsed.data : freshDialog;
}

/** So many notices wait at once at most, and so long: then "sudah beres?" has settled itself. */
const mostNotices = 3;
const noticeStandsMs = 14 * 24 * 60 * 60_000;

/** The dialog after a notice that asks. */
export function withNotice(dialog: Dialog, offers: Offer[], now: Date): Dialog {
  const notices = [...dialog.notices, { at: now.toISOString(), offers }].slice(-mostNotices);
  return { ...dialog, offers, notices };
}

/** The dialog once the notice that this button belongs to has been answered. */
export function withoutNotice(dialog: Dialog, token: string): Dialog {
  const notices = dialog.notices.filter(({ offers }) => !offers.some((offer) => offer.token === token));
  return { ...dialog, notices };
}

/** The buttons of the notices that still wait, newest first. */
export function waitingNotices({ notices }: Dialog, now: Date): readonly Offer[][] {
  return notices
    .filter(({ at }) => now.getTime() - Date.parse(at) < noticeStandsMs)
    .map(({ offers }) => offers)
    .toReversed();
}

/** For so long after words of danger the next ones are read as coming from somebody in danger. */
const freshMs = 60 * 60_000;

export function isDangerFresh(danger: Dialog['danger'], now: Date): boolean {
  return danger !== null && now.getTime() - Date.parse(danger.at) < freshMs;
}

/** Words on danger that came this short a time ago are not said in full again. */
export const repeatWithinMs = 10 * 60_000;

type Told = Pick<Danger, 'kind' | 'severity'>;

/** Whether the numbers alone are said to it, without the question: the full words came a moment ago. */
export function isSaidAgain(danger: Told, said: Dialog['danger'], now: Date): boolean {
  return said !== null && hasHeard(said, danger) && now.getTime() - Date.parse(said.at) < repeatWithinMs;
}

/** Gentle words are enough once; an acute danger has been answered only by the words for its own kind. */
function hasHeard(said: NonNullable<Dialog['danger']>, danger: Told): boolean {
  return danger.severity === 'sedang' || (said.severity !== 'sedang' && said.kind === danger.kind);
}

/** The dialog after words of danger that were answered now, by `sayDanger`. */
export function withDanger(dialog: Dialog, { kind, severity }: Told, now: Date): Dialog {
  const { danger } = dialog;
  const isAcute = severity !== 'sedang';
  const isAsked = isAcute && !isSaidAgain({ kind, severity }, danger, now);
  const isTalk = isAcute || (danger?.isTalk ?? false);
  const fullAt = danger?.fullAt ?? null;
  return { ...dialog, danger: { at: now.toISOString(), kind, severity, isAsked, isTalk, fullAt } };
}
