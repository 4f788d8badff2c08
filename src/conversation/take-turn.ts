import { flowOfCommand, flowsWithoutConsent } from '../../flows/index.ts';
import { menuOrder } from '../../flows/define-flow.ts';
import { sayQueued } from '../../flows/officer.ts';
import type {
  AnyFlow,
  Answer,
  CommandName,
  IncomingMessage,
  Opening,
  Prompt,
  Say,
  StepContext,
} from '../../flows/define-flow.ts';
import type { Language } from '../domain/wita.ts';
import { languageNamed } from '../understanding/english.ts';
import { answerFree } from './answer-free.ts';
import { askBack, stillWaiting, waitingQuestion } from './ask-notice-again.ts';
import { callAnswer } from './answer-question.ts';
import { isDangerFresh } from './dialog.ts';
import type { Dialog } from './dialog.ts';
import { hear } from './hear.ts';
import type { Heard } from './hear.ts';
import { asCommand, commandOf, flowOf } from './read-wish.ts';
import type { Wish } from './read-wish.ts';
import { flowsByName, isDraft, known, stepOf } from './standing.ts';

/**
 * One turn of a dialog: what was said and where it stood give what is said next and where it stands then. It knows
 * no platform and no row; what has effects are the actions in its context, inside the caller's transaction.
 */
export type TurnResult = {
  dialog: Dialog;
  says: Say[];
  prompt: Prompt | null;
  /** Minutes of silence after which the standing step wants to hear of it; null when it does not. */
  silenceMinutes: number | null;
  /** What is said is said in this language: it may have been chosen in this very turn. */
  language: Language;
};

export type TurnInput =
  | { kind: 'message'; message: IncomingMessage; text: string | null; waitsForOfficer: boolean }
  | { kind: 'pressed'; promptId: number; index: number; message: IncomingMessage }
  | { kind: 'stale'; message: IncomingMessage }
  | { kind: 'command'; name: CommandName; rest: string; message: IncomingMessage }
  | { kind: 'begin'; flow: string; opening: Opening }
  | { kind: 'silence' }
  /** Something beside the dialog was answered (a notice's button); what stands goes on. */
  | { kind: 'nothing' };

/** Commands that tell something and leave what was going on as it was. */
const asides: ReadonlySet<CommandName> = new Set(['status', 'bantuan']);

export async function takeTurn(dialog: Dialog, input: TurnInput, context: StepContext): Promise<TurnResult> {
  const turn = new Turning(dialog, context);
  await turn.take(input);
  return turn.result();
}

/** The state of one turn while it runs; made and dropped within {@link takeTurn}. */
class Turning {
  private says: Say[] = [];
  private prompt: Prompt | null = null;
  private hops = 0;
  private dialog: Dialog;
  private context: StepContext;

  constructor(dialog: Dialog, context: StepContext) {
    this.context = context;
    this.dialog = {
      ...dialog,
      standing: known(dialog.standing),
      suspended: known(dialog.suspended),
    };
  }

  result(): TurnResult {
    // A story that was left for something else must end too, however long that something is left standing.
    const { suspended } = this.dialog;
    const standing = this.standingStep()?.silenceMinutes ? this.dialog.standing : suspended;
    const minutes = stepOf(standing)?.silenceMinutes?.(this.context, standing?.state) ?? null;
    const { language } = this.context;
    return { dialog: this.dialog, says: this.says, prompt: this.prompt, silenceMinutes: minutes, language };
  }

  async take(input: TurnInput): Promise<void> {
    switch (input.kind) {
      case 'silence':
        return this.silence();
      case 'stale':
        return this.stale();
      case 'begin':
        return this.turnTo(input.flow, input.opening);
      case 'command':
        return this.command(input.name, input.rest ? { text: input.rest } : {}, input.message);
      case 'pressed':
        return this.pressed(input);
      case 'message':
        return this.message(input);
      case 'nothing':
        return;
    }
  }

  private async message(input: Extract<TurnInput, { kind: 'message' }>): Promise<void> {
    const { message, text } = input;
    const step = this.standingStep();
    if (text !== null) {
      const heard = hear(text, step, this.dialog, this.context);
      if (await this.letsGo(step, heard)) return this.message(input);
      switch (heard.kind) {
        case 'link':
          return this.link(heard.code);
        case 'choice':
          // What was wished for with the yes is what follows it.
          if (heard.also) {
            const { askedIn } = this.dialog;
            await this.answer({ kind: 'text', text: asCommand(heard.also), message });
            this.says = [];
            this.dialog = { ...this.dialog, askedIn };
          }
          return this.answer({ kind: 'choice', id: heard.id, message });
        case 'command':
          return this.command(heard.name, heard.rest ? { text: heard.rest } : {}, message);
        case 'wishes':
          this.says.push(...heard.says);
          return this.wishes(heard.wishes, message);
        case 'aside':
          this.says.push(...heard.says);
          return this.ask(true);
        case 'words':
          if (heard.says) this.says.push(...heard.says);
      }
    }
    if (step?.isPassing === 'everything' && text === null) {
      await this.letGo();
      return this.message(input);
    }
    if (step) {
      if (text !== null && text.trim() !== '') return this.answer({ kind: 'text', text, message });
      if (message.content.kind === 'text') return this.sayStanding(this.context.t('empty-message'));
      if (message.content.kind === 'unsupported') return this.sayStanding(this.context.t('unreadable'));
      if (message.content.kind === 'call') return this.sayStanding(callAnswer(this.context));
      return this.answer({ kind: 'other', message });
    }
    return this.free(input);
  }

  /** A question that is let go for what was said beside it; what was left for that question stands again. */
  private async letsGo(step: ReturnType<typeof stepOf>, { kind }: Heard): Promise<boolean> {
    if (!step?.isPassing || kind === 'choice' || kind === 'link') return false;
    if (step.isPassing === 'asides' && kind === 'words') return false;
    await this.letGo();
    return true;
  }

  private async letGo(): Promise<void> {
    this.dialog = { ...this.dialog, standing: this.dialog.suspended, suspended: null, choices: [] };
    await this.ask(true);
  }

  private async free({
    message,
    text,
    waitsForOfficer,
  }: Extract<TurnInput, { kind: 'message' }>): Promise<void> {
    if (text !== null && /^\s*(di)?batal(kan|in)?( (saja|sa|aja|dong|ya|e))?[.!\s]*$/i.test(text))
      return this.leave();
    const { misses, ackedWaitingAt, danger } = this.dialog;
    const isDanger = danger?.at === this.context.now.toISOString();
    const free = answerFree(
      { message, text, waitsForOfficer, isDanger, misses, ackedWaitingAt },
      this.context,
    );
    const waiting =
      free.kind === 'miss' || free.isAside === true ? await waitingQuestion(this.dialog, this.context) : null;
    if (waiting && free.kind === 'miss') this.says.push(askBack(waiting, this.context));
    else this.says.push(...free.says, ...(waiting ? [stillWaiting(waiting, this.context)] : []));
    if (free.isAcked) this.dialog = { ...this.dialog, ackedWaitingAt: this.context.now.toISOString() };
    this.dialog = { ...this.dialog, misses: free.kind === 'miss' ? misses + 1 : 0 };
    switch (free.kind) {
      case 'begin':
        return this.begin(free.flow, free.opening);
      case 'wishes':
        return this.wishes(free.wishes, message);
      case 'hand_over':
        this.says.push(await this.sayHandedOver());
        return;
      case 'say':
      case 'miss':
        return;
    }
  }

  private async sayHandedOver(): Promise<Say> {
    const { actions, now } = this.context;
    this.dialog = { ...this.dialog, ackedWaitingAt: now.toISOString() };
    return sayQueued(await actions.requestHandoff({ reason: 'not_understood' }), this.context);
  }

  /** All that is told, then the one thing that asks; where nothing asks, what stands is asked again. */
  private async wishes(wishes: readonly Wish[], message: IncomingMessage): Promise<void> {
    const last = wishes.at(-1);
    if (!last) return;
    for (const one of wishes.slice(0, -1)) {
      if (!this.needsConsent(flowOf(one))) await this.tell(flowOf(one), one.opening);
    }
    const opening = last.isStory ? { ...last.opening, message } : last.opening;
    return this.command(last.command, opening, message);
  }

  private async pressed(input: Extract<TurnInput, { kind: 'pressed' }>): Promise<void> {
    const choice = input.promptId === this.dialog.promptId ? this.dialog.choices[input.index] : undefined;
    if (!choice || !this.dialog.standing) {
      const wasJustAnswered =
        input.promptId === this.dialog.promptId || input.promptId === this.dialog.promptId - 1;
      return this.stale(wasJustAnswered && !this.dialog.standing);
    }
    await this.answer({ kind: 'choice', id: choice.id, message: input.message });
  }

  /** A button of an old question is answered, never obeyed; what stands now is asked again. */
  private async stale(isDone = false): Promise<void> {
    this.says.push({
      kind: 'text',
      text: this.context.t(isDone ? 'stale-choice-done' : 'stale-choice'),
      commands: ['status', 'bantuan'],
    });
    if (!this.standingStep()?.listens) await this.ask();
  }

  private async command(name: CommandName, opening: Opening, message: IncomingMessage): Promise<void> {
    this.dialog = { ...this.dialog, misses: 0 };
    if (name === 'batal') return this.leave();
    const flow = flowOfCommand[name];
    const needsConsent = this.needsConsent(flow);
    this.returnTo(needsConsent ? 'consent' : flow);
    const current = this.dialog.standing ? flowsByName.get(this.dialog.standing.flow) : undefined;
    if (needsConsent) {
      const text = asCommand({ command: name, opening });
      // While the question for consent stands, a command is what is wanted after it; what came before stays held.
      return current?.name === 'consent'
        ? this.answer({ kind: 'text', text, message })
        : this.begin('consent', opening.message ? { text, message: opening.message } : { text });
    }
    const isSwitch = name === 'bahasa' && languageNamed(opening.text ?? '') !== null;
    if (current && (asides.has(name) || isSwitch)) {
      await this.tell(flow, opening);
      return this.ask(true);
    }
    if (current?.isResumed && current.name === flow) {
      const { content } = opening.message ?? {};
      return content?.kind === 'text' && this.standingStep()?.listens
        ? this.answer({ kind: 'text', text: content.text, message })
        : this.ask();
    }
    if (current?.isResumed) {
      this.dialog = { ...this.dialog, suspended: this.dialog.standing, standing: null };
    }
    await this.begin(flow, opening);
  }

  /** Whether a flow waits for the consent. Whoever has just spoken of danger is told of the officer without it. */
  private needsConsent(flow: string): boolean {
    if (this.context.hasConsent || flowsWithoutConsent.has(flow)) return false;
    return !(flow === 'officer' && isDangerFresh(this.dialog.danger, this.context.now));
  }

  /** Tells something, as if nothing had come between. */
  private async tell(flow: string, opening: Opening): Promise<void> {
    const before = this.dialog;
    this.dialog = { ...before, standing: null, suspended: null };
    const isPouring = [before.standing, before.suspended].some(isDraft);
    await this.begin(flow, isPouring ? { ...opening, isPouring } : opening);
    this.dialog = { ...before, isLanguageSettled: this.dialog.isLanguageSettled };
  }

  /** Joins this chat with another of the same person; what stood goes on, but for consent, which the other has given. */
  private async link(code: string): Promise<void> {
    const before = this.dialog;
    const flow = flowsByName.get('link');
    if (!flow) return;
    this.dialog = { ...before, standing: null, suspended: null, misses: 0 };
    const turn = await flow.begin(this.context, { text: code });
    await this.go(flow, turn);
    const isLinked = 'isLast' in turn && turn.isLast;
    if (isLinked && before.standing?.flow === 'consent') return;
    this.dialog = before;
    await this.ask();
  }

  /** A flow that was left for the present one, asked for again, goes on where it was. */
  private returnTo(flow: string): void {
    const { suspended } = this.dialog;
    if (suspended?.flow === flow) this.dialog = { ...this.dialog, standing: suspended, suspended: null };
  }

  private async leave(): Promise<void> {
    const standing = this.dialog.standing;
    this.dialog = { ...this.dialog, standing: null, choices: [] };
    if (standing) {
      const flow = flowsByName.get(standing.flow);
      const says = flow?.leave ? await flow.leave(standing.state, this.context) : null;
      this.says.push(
        ...(says ?? [{ kind: 'text' as const, text: this.context.t('left'), commands: menuOrder }]),
      );
      return this.resume();
    }
    const left = await this.context.actions.leaveQueue({});
    // With nothing else to leave, it is the visit that is meant.
    if (left.kind !== 'left' && this.context.hasConsent) {
      const active = await this.context.actions.findActiveBooking({});
      if (active?.status === 'booked') return this.begin('book', { wish: 'cancel' });
    }
    const key = left.kind === 'left' ? 'left-queue' : 'nothing-to-leave';
    this.says.push({ kind: 'text', text: this.context.t(key), commands: menuOrder });
  }

  private async silence(): Promise<void> {
    // Silence in whatever came between ends that too: the story that was left for it comes first.
    if (!this.standingStep()?.silenceMinutes && this.dialog.suspended) {
      this.dialog = { ...this.dialog, standing: this.dialog.suspended, suspended: null };
    }
    if (this.standingStep()?.silenceMinutes) await this.answer({ kind: 'silence' });
  }

  /** What stands and can be taken up again waits for what is begun now; the same one is asked again instead. */
  private async turnTo(name: string, opening: Opening): Promise<void> {
    if (!this.context.hasConsent) return this.begin(name, opening);
    this.returnTo(name);
    const current = this.dialog.standing ? flowsByName.get(this.dialog.standing.flow) : undefined;
    if (current?.isResumed && current.name === name) return this.ask();
    if (current?.isResumed) this.dialog = { ...this.dialog, suspended: this.dialog.standing, standing: null };
    return this.begin(name, opening);
  }

  private async begin(name: string, opening: Opening): Promise<void> {
    const flow = flowsByName.get(name);
    if (!flow) throw new Error(`No flow is named ${name}`);
    if (this.needsConsent(name)) {
      const text =
        name === 'menu' || opening.text === undefined ? {} : { text: `/${commandOf(name)} ${opening.text}` };
      const message = opening.message ? { message: opening.message } : {};
      return this.begin('consent', { ...text, ...message });
    }
    const isGentle = isDangerFresh(this.dialog.danger, this.context.now);
    await this.go(flow, await flow.begin(this.context, isGentle ? { ...opening, isGentle } : opening));
  }

  private async answer(answer: Answer): Promise<void> {
    const standing = this.dialog.standing;
    const flow = standing ? flowsByName.get(standing.flow) : undefined;
    const step = this.standingStep();
    if (!standing || !flow || !step) return;
    this.dialog = { ...this.dialog, misses: 0 };
    // A yes is to what was read: asked in another language, it is asked anew.
    const { askedIn } = this.dialog;
    const isForeign = askedIn !== null && askedIn !== this.context.language;
    if (step.decides && answer.kind === 'choice' && isForeign) return this.ask();
    await this.go(flow, await step.answer(standing.state, answer, this.context));
  }

  private async go(flow: AnyFlow, turn: Awaited<ReturnType<AnyFlow['begin']>>): Promise<void> {
    this.hops += 1;
    if (this.hops > 8) throw new Error(`Flow ${flow.name} goes round in circles`);
    this.says.push(...(turn.says ?? []));
    if (!('state' in turn)) {
      this.dialog = { ...this.dialog, standing: null, choices: [] };
      if (turn.isLast) this.dialog = { ...this.dialog, suspended: null };
      if (turn.language) {
        const { words } = this.context;
        this.dialog = { ...this.dialog, isLanguageSettled: true };
        this.context = { ...this.context, language: turn.language, t: words(turn.language) };
      }
      const then = turn.then;
      if (then) {
        // What a flow hands on to knows what the flow has just brought about (a consent).
        const context = { ...this.context, hasConsent: true };
        const next = new Turning(this.dialog, context);
        await ('command' in then
          ? next.commandAfter(then.command)
          : next.begin(then.flow, then.opening ?? {}));
        this.dialog = next.dialog;
        this.says.push(...next.says);
        this.prompt = next.prompt;
        return;
      }
      return this.resume();
    }
    if (turn.next === 'stay') {
      const standing = this.dialog.standing;
      if (standing) this.dialog = { ...this.dialog, standing: { ...standing, state: turn.state } };
      return;
    }
    const before = this.dialog.standing;
    const isAgain = before?.flow === flow.name && before.step === turn.next;
    this.dialog = {
      ...this.dialog,
      standing: { flow: flow.name, version: flow.version, step: turn.next, state: turn.state },
    };
    await this.ask(isAgain);
  }

  private async commandAfter(name: CommandName): Promise<void> {
    if (name === 'batal') return;
    await this.begin(flowOfCommand[name], {});
  }

  /** After a flow has ended, the one that was left for it is asked again. */
  private async resume(): Promise<void> {
    if (!this.dialog.suspended) return;
    this.dialog = { ...this.dialog, standing: this.dialog.suspended, suspended: null };
    await this.ask();
  }

  /** `isAgain`: the same question stood a moment ago. In another language it is asked in full all the same. */
  private async ask(isAgain = false): Promise<void> {
    const standing = this.dialog.standing;
    const step = this.standingStep();
    if (!standing || !step) return;
    const prompt = await step.ask(standing.state, this.context);
    const choices = (prompt.choices ?? []).map((choice) => ({ ...choice, words: [...(choice.words ?? [])] }));
    const { askedIn, promptId } = this.dialog;
    const { language } = this.context;
    const isShort = isAgain && prompt.again !== undefined && askedIn === language;
    this.prompt = isShort ? { ...prompt, text: prompt.again ?? prompt.text } : prompt;
    this.dialog = { ...this.dialog, promptId: promptId + 1, choices, askedIn: language };
  }

  private async sayStanding(text: string): Promise<void> {
    this.says.push({ kind: 'text', text });
    if (!this.standingStep()?.listens) await this.ask(true);
  }

  private standingStep() {
    return stepOf(this.dialog.standing);
  }
}
