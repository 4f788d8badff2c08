import { answerConcern } from '../../src/actions/answer-concern.ts';
import { closeDay } from '../../src/actions/close-day.ts';
import { returnToBot } from '../../src/actions/return-to-bot.ts';
import { sendOfficerMessage } from '../../src/actions/send-officer-message.ts';
import { takeConcern } from '../../src/actions/take-concern.ts';
import { takeConversation } from '../../src/actions/take-conversation.ts';
import { createFileStore } from '../../src/store/file-store.ts';
import { loadRoomFacts } from '../../src/store/room-facts.ts';
import type { Resident } from './resident.ts';
import type { RoomUnderTest } from './room.ts';

/** An officer at the desk, as far as residents notice. */
export async function officerIn(room: RoomUnderTest, name = 'Maria Lay') {
  const [row] = await room.rows<{ id: string }>(
    `INSERT INTO officer (login, name, role, password_hash, created_at)
     VALUES ($1, $2, 'officer', 'none', $3) RETURNING id`,
    [name.toLowerCase().replace(/\s/g, '.'), name, room.clock.now()],
  );
  const officerId = row?.id ?? '';
  let keys = 0;
  const onceKey = () => `key-${(keys += 1)}`;
  const concernId = async (code: string) => {
    const [concern] = await room.rows<{ id: string }>(`SELECT id FROM concern WHERE code = $1`, [code]);
    return concern?.id ?? '';
  };
  return {
    id: officerId,
    async takes(resident: Resident) {
      const conversationId = await room.conversationOf(resident);
      const taken = await room.app.transact((tx) => takeConversation(tx, { conversationId, officerId }));
      await room.settles();
      return taken.kind;
    },
    async tells(resident: Resident, text: string) {
      resident.looksAway();
      const conversationId = await room.conversationOf(resident);
      await room.app.transact((tx) =>
        sendOfficerMessage(tx, {
          conversationId,
          officerId,
          content: { kind: 'text', text },
          onceKey: onceKey(),
        }),
      );
      await room.settles();
    },
    async sendsFile(resident: Resident, bytes = new Uint8Array([7, 8, 9])) {
      resident.looksAway();
      const conversationId = await room.conversationOf(resident);
      const { dataDir, vault } = room;
      const fileKey = await createFileStore({ dataDir, vault }).put(bytes, { kind: 'attachment' });
      await room.app.transact((tx) =>
        sendOfficerMessage(tx, {
          conversationId,
          officerId,
          content: {
            kind: 'file',
            name: 'surat-dari-petugas.pdf',
            mime: 'application/pdf',
            source: { from: 'store', fileKey, size: bytes.length },
          },
          onceKey: onceKey(),
        }),
      );
      await room.settles();
      return fileKey;
    },
    async returns(resident: Resident, word = '') {
      resident.looksAway();
      const conversationId = await room.conversationOf(resident);
      await room.app.transact((tx) => returnToBot(tx, { conversationId, officerId, word }));
      await room.settles();
    },
    async takesConcern(code: string) {
      const id = await concernId(code);
      await room.app.transact((tx) => takeConcern(tx, { concernId: id, officerId }));
      await room.settles();
    },
    async answers(code: string, word: string, from = 'with_officer') {
      const id = await concernId(code);
      const answered = await room.app.transact((tx) =>
        answerConcern(tx, { concernId: id, officerId, from, word, onceKey: onceKey() }),
      );
      await room.settles();
      return answered.kind;
    },
    async closes(day: string, name: string) {
      const { calendar } = await loadRoomFacts(room.db);
      const closed = await room.app.transact((tx) => closeDay(tx, { day, name, officerId, calendar }));
      await room.settles();
      return closed;
    },
  };
}
