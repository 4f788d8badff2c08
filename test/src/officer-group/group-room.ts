import { onTestFinished } from 'vitest';
import { unlimitedPace } from '../../../bots/telegram/pace.ts';
import { createTelegramChannel } from '../../../bots/telegram/telegram-channel.ts';
import { addContact } from '../../../src/actions/officer-contact.ts';
import { roomSettingKey } from '../../../src/domain/room.ts';
import type { Group, Member } from '../../support/bot-api/group.ts';
import { startBotApi } from '../../support/bot-api/start-bot-api.ts';
import type { BotApiStub } from '../../support/bot-api/start-bot-api.ts';
import type { Resident as TelegramResident } from '../../support/bot-api/chat.ts';
import { officerIn } from '../../support/officer.ts';
import { openRoom } from '../../support/room.ts';
import type { RoomUnderTest } from '../../support/room.ts';
import type { StoreUnderTest } from '../../support/stores.ts';

const chatId = -100500;
const webhookSecret = 'rahasia';

/** The whole room with a real Telegram channel on the Bot API stub; `room.resident()` writes in the web chat. */
export type GroupRoom = {
  readonly room: RoomUnderTest;
  readonly tg: BotApiStub;
  readonly group: Group;
  /** An officer with a Telegram account in the group. */
  officer(name: string, role?: 'officer' | 'supervisor' | 'analyst'): Promise<GroupOfficer>;
  /** Somebody in the group whom the room does not know. */
  stranger(name?: string): Member;
  /** A resident on Telegram who has agreed. */
  onTelegram(name?: string): Promise<TelegramResident>;
  /** Resolves when everything that was done has had its effect. */
  settles(): Promise<void>;
  /** Moves the clock, sweeps, and lets it all happen. */
  passes(seconds: number): Promise<void>;
  /** Minutes pass until the group lacks nothing. */
  catchesUp(): Promise<void>;
};

export type GroupOfficer = Member & {
  readonly officerId: string;
  readonly desk: Awaited<ReturnType<typeof officerIn>>;
};

export async function openGroupRoom(
  store: StoreUnderTest,
  options: {
    now?: string;
    /** The room has decided that chats are shown there (yes, unless said otherwise), which it must: by default only cards are. */
    showsMessages?: boolean;
  } = {},
): Promise<GroupRoom> {
  let held: RoomUnderTest | undefined = undefined;
  const tg = await startBotApi({ now: () => held?.clock.now() ?? new Date(0) });
  onTestFinished(() => tg.close());
  const group = tg.group({ id: chatId });
  const room = await openRoom(store, {
    ...(options.now === undefined ? {} : { now: options.now }),
    officerChatId: String(chatId),
    residentsOn: 'web',
    plans: ({ clock, log }) => [
      {
        name: 'telegram',
        isExclusive: false,
        make: () =>
          createTelegramChannel({
            token: tg.token,
            apiRoot: tg.url,
            mode: 'webhook',
            webhookSecret,
            // Nobody listens there: the stub hands updates over by itself.
            publicUrl: 'https://bestie.test',
            officerChatId: String(chatId),
            pace: unlimitedPace,
            log,
            clock,
          }),
      },
    ],
  });
  held = room;
  tg.deliverTo(async (request) => room.app.fetch(request));
  if (options.showsMessages ?? true)
    await room.db.query(`INSERT INTO setting (key, value, updated_at) VALUES ($1, $2, $3)`, [
      roomSettingKey,
      JSON.stringify({ officerGroup: { showsMessages: true } }),
      room.clock.now(),
    ]);

  const settles = async (): Promise<void> => {
    await tg.allConfirmed();
    await room.settles();
    // People act one after another.
    room.clock.advance(1);
  };
  const passes = async (seconds: number): Promise<void> => {
    room.clock.advance(seconds * 1000);
    await room.app.sweep();
    await settles();
  };
  let accounts = 700_000;

  return {
    room,
    tg,
    group,
    settles,
    passes,
    stranger: (name = 'Orang Lain') => group.member({ id: (accounts += 1), name }),
    async officer(name, role = 'officer') {
      const desk = await officerIn(room, name);
      await room.db.query(`UPDATE officer SET role = $2 WHERE id = $1`, [desk.id, role]);
      const member = group.member({ id: (accounts += 1), name: 'Nama di Telegram' });
      await room.app.transact((tx) =>
        addContact(tx, {
          officerId: desk.id,
          kind: 'telegram',
          value: String(member.id),
          byOfficerId: desk.id,
        }),
      );
      return { ...member, officerId: desk.id, desk };
    },
    async onTelegram(name = 'Maria') {
      const resident = tg.resident({ name });
      await resident.says('/start');
      await resident.presses('Setuju');
      await settles();
      resident.looksAway();
      return resident;
    },
    async catchesUp() {
      let before: number;
      do {
        before = tg.calls.length;
        await passes(61);
      } while (tg.calls.length > before);
    },
  };
}
