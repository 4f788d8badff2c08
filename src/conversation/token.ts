import { commandNames } from '../../flows/define-flow.ts';
import type { CommandName } from '../../flows/define-flow.ts';

/**
 * What a button carries. Four kinds: a choice of one question (`p<promptId>.<index>`, worthless once another has
 * been asked), a command (`c.<name>`, always like typing it), and an answer to a notice (`n.<verb>.<code>`, checked
 * against what is so now), and an officer's word that they see to a danger (`d.<alertId>`). Nothing in it is secret and nothing is believed.
 */
export type Token =
  | { kind: 'choice'; promptId: number; index: number }
  | { kind: 'command'; name: CommandName }
  | { kind: 'notice'; verb: NoticeVerb; code: string }
  | { kind: 'alert'; alertId: string }
  | { kind: 'unknown' };

export const noticeVerbs = [
  'come',
  'change',
  'cancel',
  'take',
  'pass',
  'settled',
  'unsettled',
  'rebook',
  'later',
  'slot',
  'survey',
  'refer',
  'refer-named',
  'refer-amend',
  'refer-not',
] as const;
export type NoticeVerb = (typeof noticeVerbs)[number];

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function choiceToken(promptId: number, index: number): string {
  return `p${promptId}.${index}`;
}

export function commandToken(name: CommandName): string {
  return `c.${name}`;
}

export function noticeToken(verb: NoticeVerb, code: string): string {
  return `n.${verb}.${code}`;
}

export function alertToken(alertId: string): string {
  return `d.${alertId}`;
}

export function readToken(token: string): Token {
  const [head, second, ...rest] = token.split('.');
  if (head === 'c') {
    const name = commandNames.find((one) => one === second);
    return name ? { kind: 'command', name } : { kind: 'unknown' };
  }
  if (head === 'n') {
    const verb = noticeVerbs.find((one) => one === second);
    return verb && rest.length > 0 ? { kind: 'notice', verb, code: rest.join('.') } : { kind: 'unknown' };
  }
  if (head === 'd') {
    return second !== undefined && uuid.test(second)
      ? { kind: 'alert', alertId: second }
      : { kind: 'unknown' };
  }
  const promptId = head?.startsWith('p') ? Number(head.slice(1)) : NaN;
  const index = Number(second);
  const isChoice =
    Number.isInteger(promptId) && Number.isInteger(index) && second !== undefined && second !== '';
  return isChoice ? { kind: 'choice', promptId, index } : { kind: 'unknown' };
}
