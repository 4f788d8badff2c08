import type { BookingFacts } from '../src/actions/book-slot.ts';
import type { FreeDay } from '../src/actions/find-free-slots.ts';
import { formatDay, formatDayShort, formatMoment, formatTime } from '../src/domain/wita.ts';
import type { Day } from '../src/domain/wita.ts';
import { bookingSays } from './booking-card.ts';
import { bookStateSchema, chooseDay, daysToOffer, empty, freeSlots, fromDay, fromWords, mostDays, namesDay, namesTime, say } from './choose-time.ts'; // prettier-ignore
import type { BookTurn, State, Step } from './choose-time.ts';
import { defineFlow } from './define-flow.ts';
import type { Answer, PromptChoice, Say, StepContext } from './define-flow.ts';

/** Choosing a day, a time and saying yes: to book, to move and to cancel. */
export const bookFlow = defineFlow<State, Step>({
  name: 'book',
  version: 1,
  state: bookStateSchema,

  async begin(context, opening) {
    const active = await context.actions.findActiveBooking({});
    const state = { ...empty, concernId: opening.concernId ?? null };
    if (active) {
      const standing = hasBooking(state, active);
      if (active.status !== 'booked' || !('state' in standing) || !opening.wish) return standing;
      if (opening.wish === 'cancel') return { next: 'cancel', state: standing.state };
      const moved = opening.text ? await fromWords(standing.state, opening.text, context) : null;
      return moved ?? { next: 'day', state: standing.state };
    }
    const turn = opening.text ? await fromWords(state, opening.text, context) : null;
    return turn ?? { next: 'day', state };
  },

  steps: {
    'has-booking': {
      claims: namesTime,
      async ask(_state, { t, language, actions }) {
        const active = await actions.findActiveBooking({});
        return {
          text: active
            ? t('book-has-booking', {
                code: active.code,
                when: formatMoment(active.day, active.time, language),
              })
            : t('book-no-booking'),
          choices: [
            {
              id: 'move',
              label: t('book-move'),
              words: ['ubah', 'ganti', 'pindah', 'reschedule', 'change'],
              intent: 'change',
            },
            {
              id: 'cancel',
              label: t('book-cancel'),
              words: ['batalkan', 'cancel', 'hapus'],
              intent: 'cancel_booking',
            },
            {
              id: 'keep',
              label: t('book-keep'),
              words: ['biarkan', 'tetap', 'keep', 'tidak'],
              intent: 'leave',
            },
          ],
        };
      },
      async answer(state, answer, context) {
        if (answer.kind === 'choice' && answer.id === 'move') return { next: 'day', state };
        if (answer.kind === 'choice' && answer.id === 'cancel') return { next: 'cancel', state };
        if (answer.kind === 'choice') return { next: 'done', says: [say(context, 'book-kept')] };
        if (answer.kind === 'text') {
          const turn = await fromWords(await onItsDay(state, context), answer.text, context);
          if (turn) return turn;
        }
        return again('has-booking', state, answer, context, 'please-choose');
      },
    },

    held: {
      async ask(_state, { t, language, actions }) {
        const held = await actions.findActiveBooking({});
        return {
          text: held
            ? t('book-held', { when: formatMoment(held.day, held.time, language) })
            : t('book-no-booking'),
          choices: [
            { id: 'take', label: t('notice-seat-take'), words: ['ambil', 'ya', 'iya', 'mau', 'yes'] },
            { id: 'pass', label: t('notice-seat-pass'), words: ['lewati', 'tidak', 'no'] },
          ],
        };
      },
      async answer(state, answer, context) {
        if (answer.kind !== 'choice' || !state.moving)
          return again('held', state, answer, context, 'please-choose');
        const { code } = state.moving;
        if (answer.id === 'take') {
          const taken = await context.actions.takeOfferedSeat({ code });
          return taken.kind === 'booked'
            ? { next: 'done', says: bookingSays(taken.booking, context, 'booked', taken.carried) }
            : { next: 'day', state: empty, says: [say(context, 'notice-seat-expired')] };
        }
        const passed = await context.actions.passOfferedSeat({ code });
        const key = passed.kind === 'passed' ? 'notice-seat-passed' : 'notice-seat-expired';
        return { next: 'day', state: empty, says: [say(context, key)] };
      },
    },

    day: {
      claims: namesTime,
      async ask(state, context) {
        const days = await context.actions.findFreeDays({});
        if (days.length === 0) return { text: context.t('book-nothing-open') };
        const offered = daysToOffer(days, state);
        const choices = offered.map((day) => dayChoice(day, context));
        const isSome = offered.length < Math.min(days.length, mostDays);
        return {
          text: context.t('book-choose-day'),
          choices: isSome ? [...choices, otherDay(context)] : choices,
        };
      },
      async answer(state, answer, context) {
        if (answer.kind === 'choice' && answer.id === 'other')
          return { next: 'day', state: { ...state, near: null, asked: null } };
        if (answer.kind === 'choice') return fromDay(state, answer.id, context);
        if (answer.kind === 'text') {
          const turn = await fromWords(state, answer.text, context);
          if (turn) return turn;
        }
        return again('day', state, answer, context, 'book-day-unclear');
      },
    },

    full: {
      claims: namesTime,
      ask: (state, { t, language }) => ({
        text: t('book-day-full', { day: formatDay(state.day ?? '', language) }),
        choices: [
          {
            id: 'wait',
            label: t('book-join-waiting'),
            words: ['ya', 'mau', 'tunggu', 'daftar tunggu', 'yes'],
          },
          { id: 'other', label: t('book-other-day'), words: ['tidak', 'lain', 'hari lain', 'no'] },
        ],
      }),
      async answer(state, answer, context) {
        if (answer.kind === 'choice' && answer.id === 'wait' && state.day)
          return wait(state, state.day, context);
        if (answer.kind === 'text') {
          const turn = await fromWords(state, answer.text, context);
          if (turn) return turn;
        }
        if (answer.kind === 'choice') return { next: 'day', state: { ...state, day: null } };
        return again('full', state, answer, context, 'please-choose');
      },
    },

    time: {
      claims: namesDay,
      async ask(state, context) {
        const { t, language } = context;
        const slots = await freeSlots(state, context);
        return {
          text: t('book-choose-time', { day: formatDay(state.day ?? '', language) }),
          choices: [
            ...slots.map((slot) => ({
              id: slot.time,
              label: t('book-slot', { time: formatTime(slot.time), left: slot.left }),
              words: [
                formatTime(slot.time),
                slot.time,
                ...(slot.time.endsWith(':00') ? [`jam ${Number(slot.time.slice(0, 2))}`] : []),
              ],
            })),
            otherDay(context),
          ],
        };
      },
      async answer(state, answer, context) {
        if (answer.kind === 'choice' && answer.id === 'other')
          return { next: 'day', state: { ...state, day: null } };
        if (answer.kind === 'choice') return { next: 'confirm', state: { ...state, time: answer.id } };
        if (answer.kind === 'text') {
          const turn = await fromWords(state, answer.text, context);
          if (turn) return turn;
        }
        return again('time', state, answer, context, 'book-time-unclear');
      },
    },

    confirm: {
      claims: namesTime,
      ask: (state, { t, language }) => ({
        text: t(state.moving ? 'book-confirm-move' : 'book-confirm', {
          when: formatMoment(state.day ?? '', state.time ?? '', language),
          code: state.moving?.code ?? '',
        }),
        choices: [
          {
            id: 'yes',
            label: t(state.moving ? 'book-yes-move' : 'book-yes'),
            words: ['ya', 'iya', 'oke', 'ok', 'benar', 'betul', 'jadi', 'yes', 'setuju'],
          },
          { id: 'time', label: t('book-change-time'), words: ['ganti jam', 'jam lain', 'ubah', 'change'] },
          {
            id: 'no',
            label: t('book-leave'),
            words: ['tidak', 'batal', 'jangan', 'no', 'cancel'],
            intent: 'leave',
          },
        ],
      }),
      async answer(state, answer, context) {
        if (answer.kind === 'choice' && answer.id === 'yes') return confirm(state, context);
        if (answer.kind === 'choice' && answer.id === 'time')
          return { next: 'time', state: { ...state, time: null } };
        if (answer.kind === 'choice') {
          return { next: 'done', says: [say(context, state.moving ? 'book-kept' : 'book-left')] };
        }
        if (answer.kind === 'text') {
          const turn = await fromWords(state, answer.text, context);
          // "Ya, senin jam 9" says yes to what was asked.
          if (turn && isSame(turn, state) && /^\s*(ya|iya|yes|oke?|betul|benar|setuju)\b/i.test(answer.text))
            return confirm(state, context);
          if (turn) return turn;
        }
        return again('confirm', state, answer, context, 'please-choose');
      },
    },

    cancel: {
      // "Hari senin sa" to "batalkan?": they want to come, only then. "Ya, yang senin" is still a yes.
      claims: (text, context) => !isYesOrNo.test(text) && namesTime(text, context),
      ask: (state, { t }) => ({
        text: t('book-cancel-sure', { code: state.moving?.code ?? '' }),
        choices: [
          { id: 'yes', label: t('book-cancel-yes'), words: ['ya', 'iya', 'batalkan', 'yes'] },
          {
            id: 'move',
            label: t('book-move'),
            words: ['ubah', 'ganti', 'pindah', 'reschedule', 'change'],
            intent: 'change',
          },
          { id: 'no', label: t('book-keep'), words: ['tidak', 'jangan', 'biarkan', 'no'], intent: 'leave' },
        ],
      }),
      async answer(state, answer, context) {
        if (answer.kind === 'text' && !isYesOrNo.test(answer.text)) {
          const turn = await fromWords(await onItsDay(state, context), answer.text, context);
          if (turn) return turn;
        }
        if (answer.kind !== 'choice') return again('cancel', state, answer, context, 'please-choose');
        if (answer.id === 'move') return { next: 'day', state };
        if (answer.id === 'no' || !state.moving) return { next: 'done', says: [say(context, 'book-kept')] };
        const result = await context.actions.cancelBooking({ bookingId: state.moving.id });
        if (result.kind === 'gone') return { next: 'done', says: [say(context, 'book-gone')] };
        return { next: 'done', says: cancelledSays(result.booking, context) };
      },
    },
  },
});

const isYesOrNo = /\b(batal\w*|cancel\w*|tidak|sonde|son|tra|jangan|ya|iya|iyo|yes|no|biar\w*|tetap|keep)\b/i;

/** An hour without a day is of the day of the booking that is there. */
async function onItsDay(state: State, { actions }: StepContext): Promise<State> {
  const active = await actions.findActiveBooking({});
  return active && active.code === state.moving?.code ? { ...state, day: active.day } : state;
}

function cancelledSays(booking: BookingFacts, { t, language }: StepContext): Say[] {
  const when = formatMoment(booking.day, booking.time, language);
  return [{ kind: 'text', text: t('book-cancelled', { code: booking.code, when }), commands: ['pesan'] }];
}

/** Whether words lead to the very question that stands. */
function isSame(turn: BookTurn, { day, time }: State): boolean {
  return turn.next === 'confirm' && turn.state.day === day && turn.state.time === time;
}

async function confirm(state: State, context: StepContext): Promise<BookTurn> {
  const { actions } = context;
  const { day, time } = state;
  if (!day || !time) return { next: 'day', state };
  if (state.moving) {
    const moved = await actions.moveBooking({ bookingId: state.moving.id, day, time });
    if (moved.kind === 'moved') return { next: 'done', says: bookingSays(moved.booking, context, 'moved') };
    if (moved.kind === 'gone') return { next: 'done', says: [say(context, 'book-gone')] };
    return lost(state, day, moved.kind, context);
  }
  const booked = await actions.bookSlot({ day, time });
  if (booked.kind === 'has_booking') return hasBooking(state, booked.booking);
  if (booked.kind !== 'booked') return lost(state, day, booked.kind, context);
  if (state.concernId)
    await actions.attachConcern({ concernId: state.concernId, bookingId: booked.booking.id });
  return { next: 'done', says: bookingSays(booked.booking, context, 'booked', booked.carried) };
}

/** One active booking a resident: what is to become of it, or of the seat that is held for them. */
function hasBooking(state: State, active: BookingFacts): BookTurn {
  const moving = { id: active.id, code: active.code };
  return { next: active.status === 'held' ? 'held' : 'has-booking', state: { ...state, moving } };
}

/** Somebody was faster, or the hour has come too near: what is left of that day, or that nothing is. */
async function lost(
  state: State,
  day: Day,
  why: 'full' | 'not_open',
  context: StepContext,
): Promise<BookTurn> {
  const says = [say(context, why === 'full' ? 'book-slot-full' : 'book-slot-not-open')];
  const turn = await chooseDay({ ...state, time: null }, day, context);
  return { ...turn, says: [...says, ...(turn.says ?? [])] };
}

/** The waiting list of a full day; a day that is full no more is simply offered. */
async function wait(state: State, day: Day, context: StepContext): Promise<BookTurn> {
  const free = (await context.actions.findFreeDays({})).find((one) => one.day === day);
  if (free?.left !== 0) return chooseDay(state, day, context);
  const { place } = await context.actions.joinWaitingList({ day });
  const says = [say(context, 'book-waiting', { day: formatDay(day, context.language), place })];
  return { next: 'done', says };
}

/** Not understood, so the question is asked again; a file is acknowledged, for it has been kept. */
function again(step: Step, state: State, answer: Answer, context: StepContext, key: string): BookTurn {
  return { next: step, state, says: [say(context, answer.kind === 'other' ? 'media-mid-flow' : key)] };
}

function otherDay({ t }: StepContext): PromptChoice {
  return { id: 'other', label: t('book-other-day'), words: ['hari lain', 'kembali', 'back'] };
}

function dayChoice(day: FreeDay, { t, language }: StepContext): PromptChoice {
  const name = formatDayShort(day.day, language);
  const label =
    day.left > 0 ? t('book-day', { day: name, left: day.left }) : t('book-day-none-left', { day: name });
  return { id: day.day, label, words: [name] };
}
