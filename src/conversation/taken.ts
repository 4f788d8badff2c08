import type { Say, StepContext } from '../../flows/define-flow.ts';
import type { Outbound } from '../domain/message.ts';
import { compose } from './compose.ts';
import type { Dialog } from './dialog.ts';
import type { TurnResult } from './take-turn.ts';

/** What became of a message: where the dialog stands, what is said, when a silence is to be heard. */
export type Taken = { dialog: Dialog; outbounds: Outbound[]; silenceMinutes: number | null | 'keep' };

/** A turn as messages. `first` (the answer to danger) goes out in front and apart. */
export function turned(result: TurnResult, first: readonly Say[], context: StepContext): Taken {
  const { prompt, language } = result;
  const spoken = { ...context, language, t: context.words(language) };
  const outbounds = [
    ...composed(first, null, result.dialog, context),
    ...composed(result.says, prompt, result.dialog, spoken),
  ];
  // A number or a word means the buttons shown last; once the resident has gone on with a question, that question's.
  const shown = prompt ? [] : choicesOf(outbounds);
  const offers = shown ?? (result.dialog.standing ? [] : result.dialog.offers);
  return {
    dialog: { ...result.dialog, offers: [...offers] },
    outbounds,
    silenceMinutes: result.silenceMinutes,
  };
}

/** Nothing was turned: the question that stands and its silence go on as they were. */
export function unturned(dialog: Dialog, says: readonly Say[], context: StepContext): Taken {
  const outbounds = composed(says, null, dialog, context);
  return {
    dialog: { ...dialog, offers: [...(choicesOf(outbounds) ?? dialog.offers)] },
    outbounds,
    silenceMinutes: 'keep',
  };
}

function composed(
  says: readonly Say[],
  prompt: TurnResult['prompt'],
  dialog: Dialog,
  context: StepContext,
): Outbound[] {
  const { t, calendar } = context;
  return compose({ says, prompt, promptId: dialog.promptId, room: calendar.room, t });
}

function choicesOf(outbounds: readonly Outbound[]) {
  const last = outbounds.findLast((message) => message.kind === 'text' && message.choices.length > 0);
  return last?.kind === 'text' ? last.choices : undefined;
}
