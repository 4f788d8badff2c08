import { bookFlow } from './book.ts';
import { concernFlow } from './concern.ts';
import { consentFlow } from './consent.ts';
import type { AnyFlow, CommandName } from './define-flow.ts';
import { languageFlow } from './language.ts';
import { linkFlow } from './link.ts';
import { helpFlow, menuFlow } from './menu.ts';
import { myDataFlow } from './my-data.ts';
import { officerFlow } from './officer.ts';
import { referralChangeFlow } from './referral-change.ts';
import { statusFlow } from './status.ts';
import { surveyFlow } from './survey.ts';

/** Every flow there is. */
export const flows: readonly AnyFlow[] = [
  consentFlow,
  menuFlow,
  bookFlow,
  concernFlow,
  statusFlow,
  officerFlow,
  myDataFlow,
  languageFlow,
  linkFlow,
  surveyFlow,
  referralChangeFlow,
  helpFlow,
];

/** Which flow a command begins; `batal` begins none, it leaves. */
export const flowOfCommand: Readonly<Record<Exclude<CommandName, 'batal'>, string>> = {
  start: 'menu',
  pesan: 'book',
  curhat: 'concern',
  status: 'status',
  petugas: 'officer',
  data: 'my-data',
  bahasa: 'language',
  bantuan: 'help',
};

/** Flows that one may enter without having agreed to anything being kept. */
export const flowsWithoutConsent: ReadonlySet<string> = new Set([
  'consent',
  'help',
  'language',
  'link',
  'my-data',
]);
