import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dutyOn, handoffSettingsSchema, nextOfficer } from '../../../src/domain/duty.ts';
import type { DutyRow, OfficerFacts } from '../../../src/domain/duty.ts';

const officer = (id: string, more: Partial<OfficerFacts> = {}): OfficerFacts => ({
  id,
  role: 'officer',
  presence: 'on_duty',
  capacity: 4,
  load: 0,
  skills: [],
  lastAssignedAt: null,
  ...more,
});
const chat = { category: null, asked: new Set<string>() };
const nobody = new Set<string>();

describe('whom a chat is offered to', () => {
  it('is the one least recently assigned, of those who are there, free, able and not asked yet', () => {
    const officers = [
      officer('ana', { lastAssignedAt: new Date(3) }),
      officer('budi', { lastAssignedAt: new Date(2) }),
      officer('away', { presence: 'away' }),
      officer('busy', { presence: 'busy' }),
      officer('full', { load: 4 }),
      officer('none', { capacity: 0 }),
      officer('health', { skills: ['kesehatan'], lastAssignedAt: new Date(1) }),
    ];
    expect(nextOfficer(officers, { ...chat, category: 'bansos' }, nobody)?.id).toBe('budi');
    expect(nextOfficer(officers, { ...chat, category: 'kesehatan' }, nobody)?.id).toBe('health');
    const asked = new Set(['budi', 'health', 'ana']);
    expect(nextOfficer(officers, { ...chat, asked }, nobody)).toBeNull();
  });

  it('keeps to the roster when the day has one, and asks leads only if they are on it', () => {
    const officers = [
      officer('ana'),
      officer('boss', { role: 'supervisor' }),
      officer('it', { role: 'admin' }),
    ];
    expect(nextOfficer(officers, chat, nobody)?.id).toBe('ana');
    expect(nextOfficer(officers.slice(1), chat, nobody)).toBeNull();
    expect(nextOfficer(officers, chat, new Set(['boss']))?.id).toBe('boss');
    expect(nextOfficer(officers, chat, new Set(['somebody else']))).toBeNull();
  });

  it('is fair: however chats come, nobody is more than one ahead of another who could take as many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 40 }), (people, chats) => {
        const officers = Array.from({ length: people }, (_, n) => officer(`o${n}`, { capacity: 100 }));
        const counts = new Map(officers.map(({ id }) => [id, 0]));
        for (let n = 1; n <= chats; n += 1) {
          const next = nextOfficer(officers, chat, nobody);
          if (!next) throw new Error('somebody is always free');
          next.load += 1;
          // Several chats of one walk share its instant.
          next.lastAssignedAt = new Date(Math.ceil(n / 3));
          counts.set(next.id, (counts.get(next.id) ?? 0) + 1);
        }
        expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('never goes over anybody`s capacity, whoever takes and gives back meanwhile', () => {
    const action = fc.record({ who: fc.nat(4), kind: fc.constantFrom('chat', 'close', 'away', 'back') });
    fc.assert(
      fc.property(
        fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }),
        fc.array(action),
        (capacities, actions) => {
          const officers = capacities.map((capacity, n) => officer(`o${n}`, { capacity }));
          for (const [at, { who, kind }] of actions.entries()) {
            const one = officers[who];
            if (one && kind === 'close') one.load = Math.max(0, one.load - 1);
            if (one && kind === 'away') one.presence = 'away';
            if (one && kind === 'back') one.presence = 'on_duty';
            if (kind !== 'chat') continue;
            const next = nextOfficer(officers, chat, nobody);
            if (next) {
              expect(next.presence).toBe('on_duty');
              next.load += 1;
              next.lastAssignedAt = new Date(at + 1);
            } else {
              for (const each of officers)
                expect(each.presence !== 'on_duty' || each.load >= each.capacity).toBe(true);
            }
            for (const each of officers) expect(each.load).toBeLessThanOrEqual(each.capacity);
          }
        },
      ),
    );
  });
});

describe('the roster', () => {
  const row = (officerId: string, more: Partial<DutyRow>): DutyRow => ({
    officerId,
    weekday: null,
    sessionDate: null,
    isInRoom: true,
    onCallRank: null,
    ...more,
  });
  const rows = [
    row('ana', { weekday: 1 }),
    row('budi', { weekday: 1, isInRoom: false, onCallRank: 2 }),
    row('citra', { weekday: 1, onCallRank: 1 }),
    row('dewi', { sessionDate: '2026-12-07', onCallRank: 1 }),
    row('ana', { weekday: 0, isInRoom: false, onCallRank: 1 }),
  ];

  it('takes a date`s own rows instead of its weekday`s', () => {
    const monday = dutyOn(rows, '2026-11-30');
    expect([...monday.inRoom]).toEqual(['ana', 'citra']);
    expect(monday.onCall.map(({ officerId }) => officerId)).toEqual(['citra', 'budi']);
    expect([...dutyOn(rows, '2026-12-07').inRoom]).toEqual(['dewi']);
    expect(dutyOn(rows, '2026-12-06').onCall).toEqual([{ officerId: 'ana', rank: 1 }]);
    expect(dutyOn(rows, '2026-12-01')).toEqual({ inRoom: new Set(), onCall: [] });
  });

  it('has settings that hold with nothing set', () => {
    expect(handoffSettingsSchema.parse({})).toMatchObject({
      assignment: 'round_robin',
      offerMinutes: 2,
      paging: { nextRankMinutes: 3, supervisorMinutes: 6, adminMinutes: 10, repeatMinutes: 15, hours: 24 },
    });
    expect(handoffSettingsSchema.safeParse({ offerMinutes: 0 }).success).toBe(false);
  });
});
