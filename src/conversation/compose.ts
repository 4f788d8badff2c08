import type { CommandName, Prompt, PromptChoice, Say, Words } from '../../flows/define-flow.ts';
import type { Choice, Outbound } from '../domain/message.ts';
import type { Room } from '../domain/room.ts';
import { choiceToken, commandToken } from './token.ts';

/**
 * Turns what flows say, and the question that follows, into messages. Texts that follow one another become one
 * message, so that a phone buzzes once; what carries buttons of its own stays apart.
 */
export function compose(input: {
  says: readonly Say[];
  prompt: Prompt | null;
  promptId: number;
  room: Room;
  t: Words;
}): Outbound[] {
  const { says, prompt, promptId, room, t } = input;
  const messages: Outbound[] = [];
  let texts: string[] = [];
  let isUrgent = false;
  const flush = (choices: Choice[]) => {
    if (texts.length === 0) return;
    const urgency = isUrgent ? { isUrgent } : {};
    messages.push({ kind: 'text', text: texts.join('\n\n'), choices, replyToRef: null, ...urgency });
    texts = [];
    isUrgent = false;
  };
  for (const [at, say] of says.entries()) {
    if (say.kind === 'text') {
      texts.push(say.text);
      isUrgent ||= say.isUrgent === true;
      const isLast = at === says.length - 1;
      // Before a question, buttons of a mere remark would only be in its way.
      const choices = say.answers ?? say.commands?.map((name) => commandChoice(name, t));
      if (choices && !(isLast && prompt)) flush([...choices]);
    } else {
      flush([]);
      messages.push(say.kind === 'venue' ? venue(room) : file(say));
    }
  }
  if (prompt) {
    texts.push(prompt.text);
    flush((prompt.choices ?? []).map((choice, index) => promptChoice(choice, promptId, index)));
  }
  flush([]);
  return messages;
}

export function commandChoice(name: CommandName, t: Words): Choice {
  return { token: commandToken(name), label: t(`command-${name}`) };
}

function promptChoice(choice: PromptChoice, promptId: number, index: number): Choice {
  return { token: choiceToken(promptId, index), label: choice.label };
}

function venue(room: Room): Outbound {
  return {
    kind: 'venue',
    latitude: room.latitude,
    longitude: room.longitude,
    title: `${room.name}, ${room.place}`,
    address: room.address,
  };
}

function file(say: Extract<Say, { kind: 'file' }>): Outbound {
  return {
    kind: 'file',
    name: say.name,
    mime: say.mime,
    source: { from: 'text', text: say.text },
    caption: null,
  };
}
