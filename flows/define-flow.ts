import type { z } from 'zod';
import type {
  amendReferral,
  approveReferral,
  checkApproval,
  refuseReferral,
} from '../src/actions/answer-approval.ts';
import type { answerConcernCheck } from '../src/actions/answer-concern-check.ts';
import type { passOfferedSeat, takeOfferedSeat } from '../src/actions/answer-seat-offer.ts';
import type { forgetAnswer, openSurvey, saveSurvey } from '../src/actions/answer-survey.ts';
import type { attachConcern } from '../src/actions/attach-concern.ts';
import type { bookSlot, findActiveBooking } from '../src/actions/book-slot.ts';
import type { cancelBooking } from '../src/actions/cancel-booking.ts';
import type { confirmBooking } from '../src/actions/confirm-booking.ts';
import type { eraseResident } from '../src/actions/erase-resident.ts';
import type { exportResident } from '../src/actions/export-resident.ts';
import type { findFreeDays } from '../src/actions/find-free-slots.ts';
import type { giveConsent } from '../src/actions/give-consent.ts';
import type { joinWaitingList } from '../src/actions/join-waiting-list.ts';
import type { moveBooking } from '../src/actions/move-booking.ts';
import type { addToConcern, countConcern, dropDraft, startConcern } from '../src/actions/pour-concern.ts';
import type { findConcerns, readStatus } from '../src/actions/read-status.ts';
import type { makeLinkCode, useLinkCode } from '../src/actions/link-channel.ts';
import type { isDangerKept, refuseConsent } from '../src/actions/purge-unconsented.ts';
import type { leaveQueue, requestHandoff } from '../src/actions/request-handoff.ts';
import type { setLanguage, setReminders } from '../src/actions/set-preference.ts';
import type { tellWait } from '../src/actions/tell-wait.ts';
import type { submitConcern } from '../src/actions/submit-concern.ts';
import type { RoomCalendar } from '../src/domain/calendar.ts';
import type { Hotline } from '../src/domain/hotline.ts';
import type { ChannelName, InboundContent } from '../src/domain/message.ts';
import type { Language } from '../src/domain/wita.ts';
import type { IntentName } from '../src/understanding/intent.ts';

/**
 * A flow is what a resident is asked and what follows: named steps over a state that is kept, sealed, between
 * messages. A step never sends and never touches a platform; it returns what is to be said. Adding one is a file
 * and a line in `flows/index.ts`.
 */
export type Flow<State, Step extends string> = {
  readonly name: string;
  /** Goes up when the state's shape or the steps' meaning changes: a dialog kept by an older one starts anew. */
  readonly version: number;
  readonly state: z.ZodType<State>;
  /** Where it begins, given what was said when it was called; or what to say when there is nothing to do. */
  begin(context: StepContext, opening: Opening): Promise<Turn<State, Step>>;
  readonly steps: Readonly<Record<Step, FlowStep<State, Step>>>;
  /** Left for another flow, it waits and is asked again when that one has ended. */
  readonly isResumed?: boolean;
  /** What is said and done when the resident leaves it by `/batal`; a plain sentence when absent. */
  leave?(state: State, context: StepContext): Promise<readonly Say[]>;
};

export type FlowStep<State, Step extends string> = {
  /** What is asked when the step is entered. */
  ask(state: State, context: StepContext): Prompt | Promise<Prompt>;
  answer(state: State, answer: Answer, context: StepContext): Promise<Turn<State, Step>>;
  /** The step takes in whatever comes (an outpouring): nothing but slash commands is read out of it. */
  readonly listens?: boolean;
  /** It decides about a person's data: only a plain yes or no counts, never what merely sounds like one. */
  readonly decides?: boolean;
  /** Whether free words are its answer, before they are taken for a question or a wish for something else. */
  readonly claims?: (text: string, context: StepContext) => boolean;
  /** The question is let go for an answer to something else, or for whatever else is said, and not asked again. */
  readonly isPassing?: 'asides' | 'everything';
  /** After so many minutes without a word the step gets an answer of the kind `silence`. Never when absent or null. */
  silenceMinutes?(context: StepContext, state: State): number | null;
};

export type Turn<State, Step extends string> =
  /** Go to a step and ask it. Naming the present one asks it again. */
  | { next: NoInfer<Step>; state: State; says?: readonly Say[] }
  /** Remain, and say no more than `says`: the question stands as it was asked. */
  | { next: 'stay'; state: State; says?: readonly Say[] }
  /** The flow has ended; `then` begins another with nothing between. */
  | {
      next: 'done';
      says?: readonly Say[];
      then?: { flow: string; opening?: Opening } | { command: CommandName };
      /** What was left for this flow is not resumed: there is nothing of it any more. */
      isLast?: boolean;
      /** The language from here on, for what is resumed in the same turn. */
      language?: Language;
    };

/** What was said when a flow was called: the text after the command, or the message that led to it. */
export type Opening = {
  text?: string;
  message?: IncomingMessage;
  fileMessageIds?: readonly string[];
  /** What is wanted of a booking that is there already. */
  wish?: 'move' | 'cancel';
  /** A concern that the booking to be made is for. */
  concernId?: string;
  /** A story is being told and has not been sent in. */
  isPouring?: true;
  /** It may be no story at all: asked before it is taken for one. */
  isUnsure?: true;
  /** Somebody has just spoken of danger: nothing is said but what must be. */
  isGentle?: boolean;
};

export type IncomingMessage = { id: string; content: InboundContent };

/** What a step is told: a choice of its prompt (pressed, by number or by words), or anything else that came. */
export type Answer =
  | { kind: 'choice'; id: string; message: IncomingMessage }
  | { kind: 'text'; text: string; message: IncomingMessage }
  /** A file, a place, a contact, something that cannot be read. */
  | { kind: 'other'; message: IncomingMessage }
  | { kind: 'silence' };

/** `again`: the same question, shorter, for when it was asked a moment ago and something came between. */
export type Prompt = { text: string; again?: string; choices?: readonly PromptChoice[] };

/**
 * `words` are further ways of naming it; `intent` is what it is when it is wished for in a sentence ("mau batalkan jadwal").
 * `id` is at most 40 characters and stays in our database.
 */
export type PromptChoice = { id: string; label: string; words?: readonly string[]; intent?: IntentName };

export type Say =
  /** `commands` become buttons that work for ever, like typing the command; `answers` are those of a notice, shown again. */
  | {
      kind: 'text';
      text: string;
      commands?: readonly CommandName[];
      answers?: readonly { token: string; label: string }[];
      isUrgent?: true;
    }
  | { kind: 'venue' }
  | { kind: 'file'; name: string; mime: string; text: string };

export const commandNames = [
  'start',
  'pesan',
  'curhat',
  'status',
  'petugas',
  'data',
  'bahasa',
  'bantuan',
  'batal',
] as const;
export type CommandName = (typeof commandNames)[number];

/** The commands that the menu offers, in its order. */
export const menuOrder: readonly CommandName[] = ['pesan', 'curhat', 'status', 'petugas', 'bantuan'];

/** A sentence a resident reads, from `words/*.ftl`. A missing key throws: a test reads them all. */
export type Words = (key: string, args?: Record<string, string | number>) => string;

type Given = 'residentId' | 'conversationId' | 'calendar';
/** An action as a step calls it: the transaction, the resident and the calendar are given already. */
type Bound<F extends (tx: never, input: never) => unknown> = F extends (
  tx: never,
  input: infer Input,
) => infer Result
  ? (input: Omit<Input, Given>) => Result
  : never;

export type BoundActions = {
  bookSlot: Bound<typeof bookSlot>;
  findActiveBooking: Bound<typeof findActiveBooking>;
  findFreeDays: Bound<typeof findFreeDays>;
  moveBooking: Bound<typeof moveBooking>;
  cancelBooking: Bound<typeof cancelBooking>;
  confirmBooking: Bound<typeof confirmBooking>;
  joinWaitingList: Bound<typeof joinWaitingList>;
  takeOfferedSeat: Bound<typeof takeOfferedSeat>;
  passOfferedSeat: Bound<typeof passOfferedSeat>;
  startConcern: Bound<typeof startConcern>;
  addToConcern: Bound<typeof addToConcern>;
  countConcern: Bound<typeof countConcern>;
  dropDraft: Bound<typeof dropDraft>;
  submitConcern: Bound<typeof submitConcern>;
  attachConcern: Bound<typeof attachConcern>;
  findConcerns: Bound<typeof findConcerns>;
  answerConcernCheck: Bound<typeof answerConcernCheck>;
  approveReferral: Bound<typeof approveReferral>;
  refuseReferral: Bound<typeof refuseReferral>;
  amendReferral: Bound<typeof amendReferral>;
  checkApproval: Bound<typeof checkApproval>;
  requestHandoff: Bound<typeof requestHandoff>;
  leaveQueue: Bound<typeof leaveQueue>;
  tellWait: Bound<typeof tellWait>;
  readStatus: Bound<typeof readStatus>;
  setLanguage: Bound<typeof setLanguage>;
  setReminders: Bound<typeof setReminders>;
  giveConsent: Bound<typeof giveConsent>;
  refuseConsent: Bound<typeof refuseConsent>;
  isDangerKept: Bound<typeof isDangerKept>;
  exportResident: Bound<typeof exportResident>;
  eraseResident: Bound<typeof eraseResident>;
  makeLinkCode: Bound<typeof makeLinkCode>;
  useLinkCode: Bound<typeof useLinkCode>;
  openSurvey: Bound<typeof openSurvey>;
  saveSurvey: Bound<typeof saveSurvey>;
  forgetAnswer: Bound<typeof forgetAnswer>;
  /** Words of the messages filed under a draft, joined, to suggest a category; never kept or logged. */
  readConcernText: (input: { concernId: string }) => Promise<string>;
};

export type StepContext = {
  readonly now: Date;
  readonly channel: ChannelName;
  readonly language: Language;
  readonly t: Words;
  readonly words: (language: Language) => Words;
  readonly calendar: RoomCalendar;
  /** Only those that may be shown, in order. */
  readonly hotlines: readonly Hotline[];
  readonly hasConsent: boolean;
  /** An officer holds the chat: what must be answered is, and nothing begins. */
  readonly isHeld: boolean;
  readonly wantsReminders: boolean;
  readonly actions: BoundActions;
};

/** Gives the definition its types; does nothing else. */
export function defineFlow<State, Step extends string>(flow: Flow<State, Step>): AnyFlow {
  return flow;
}

/** A flow as the registry and the engine hold it: the state has been checked by its schema. */
export type AnyFlow = Flow<unknown, string>;
