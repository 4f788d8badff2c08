import { describe, expect, it } from 'vitest';
import { routeFor } from '../../../src/domain/agency-route.ts';
import type { Closure } from '../../../src/domain/calendar.ts';
import {
  afterMove,
  clockDays,
  clocksMetBy,
  isClosed,
  letterRetryMs,
  nextWordDay,
  overdueClocks,
  referralStatuses,
} from '../../../src/domain/referral.ts';
import type { ReferralMove, ReferralStatus, RunningClock } from '../../../src/domain/referral.ts';
import { packetText } from '../../../src/domain/referral-packet.ts';

const allMoves: ReferralMove[] = [
  'edit',
  'ask',
  'send',
  'hand_in',
  'withdraw',
  'approve',
  'amend',
  'refuse',
  'leave',
  'fail',
  'set_aside',
  'acknowledge',
  'follow_up',
  'answer',
  'disown',
];

/** Every allowed move; what is not here is not allowed. */
const table: Record<ReferralStatus, string> = {
  draft: 'edit>draft ask>asked withdraw>withdrawn approve>approved',
  asked: 'edit>draft ask>asked withdraw>withdrawn approve>approved amend>draft refuse>refused_by_resident',
  approved:
    'edit>draft ask>asked send>sending hand_in>sent withdraw>withdrawn approve>approved amend>draft refuse>refused_by_resident',
  sending:
    'withdraw>withdrawn approve>approved amend>draft refuse>refused_by_resident leave>sent fail>failed set_aside>by_hand',
  by_hand:
    'edit>draft ask>asked send>sending hand_in>sent withdraw>withdrawn approve>approved amend>draft refuse>refused_by_resident leave>sent',
  failed:
    'edit>draft ask>asked send>sending hand_in>sent withdraw>withdrawn approve>approved amend>draft refuse>refused_by_resident leave>sent',
  sent: 'send>sent withdraw>withdrawn acknowledge>acknowledged follow_up>acknowledged answer>answered disown>not_ours',
  acknowledged: 'withdraw>withdrawn follow_up>acknowledged answer>answered disown>not_ours',
  answered: '',
  not_ours: '',
  refused_by_resident: '',
  withdrawn: '',
};

describe('a referral', () => {
  it.each(referralStatuses)('that is %s makes exactly the moves of the table', (status) => {
    const made = allMoves.flatMap((move) => {
      const to = afterMove(status, move);
      return to === null ? [] : [`${move}>${to}`];
    });
    expect(made.join(' ')).toBe(table[status]);
    expect(isClosed(status)).toBe(table[status] === '');
  });

  it('reaches an agency only by way of a yes', () => {
    const seen = new Set<ReferralStatus>(['draft']);
    const reach = (from: ReferralStatus): void => {
      for (const move of allMoves) {
        const to = move === 'approve' ? null : afterMove(from, move);
        if (to === null || seen.has(to)) continue;
        seen.add(to);
        reach(to);
      }
    };
    reach('draft');
    expect([...seen].sort()).toEqual(['asked', 'draft', 'refused_by_resident', 'withdrawn']);
  });
});

const closures = new Map<string, Closure>(
  ['2026-12-24', '2026-12-25'].map((day) => [day, { day, name: 'Natal', kind: 'libur_nasional' }]),
);

describe('what an agency owes', () => {
  it('is counted in working days, over weekends and holidays', () => {
    expect(clockDays(closures, '2026-11-24')).toEqual({
      acknowledge: '2026-11-27',
      follow_up: '2026-12-01',
      answer: '2026-12-08',
    });
    expect(clockDays(closures, '2026-12-22')).toEqual({
      acknowledge: '2026-12-29',
      follow_up: '2026-12-31',
      answer: '2027-01-07',
    });
  });

  const clocks: RunningClock[] = [
    { clock: 'acknowledge', dueOn: '2026-11-27', isMet: false },
    { clock: 'follow_up', dueOn: '2026-12-01', isMet: false },
    { clock: 'answer', dueOn: '2026-12-08', isMet: false },
  ];

  it.each([
    ['2026-11-27', []],
    ['2026-11-28', ['acknowledge']],
    ['2026-12-02', ['follow_up', 'acknowledge']],
    ['2026-12-09', ['answer', 'follow_up', 'acknowledge']],
  ] as const)('is late after its day and not on it: %s', (today, late) => {
    expect(overdueClocks(clocks, today)).toEqual(late);
  });

  it('is met by a step that says as much or more', () => {
    expect(clocksMetBy('acknowledge')).toEqual(['acknowledge']);
    expect(clocksMetBy('follow_up')).toEqual(['acknowledge', 'follow_up']);
    expect(clocksMetBy('answer')).toEqual(['acknowledge', 'follow_up', 'answer']);
    expect(clocksMetBy('edit')).toEqual([]);
    expect(
      overdueClocks(
        clocks.map((clock) => ({ ...clock, isMet: true })),
        '2027-01-01',
      ),
    ).toEqual([]);
  });

  it('promises the resident a word on the working day after the next clock', () => {
    expect(nextWordDay(closures, clocks, '2026-11-24')).toBe('2026-11-30');
    expect(nextWordDay(closures, clocks, '2026-11-30')).toBe('2026-12-02');
    expect(nextWordDay(closures, clocks, '2026-12-09')).toBe('2026-12-14');
    expect(nextWordDay(closures, [], '2026-12-22')).toBe('2026-12-29');
  });
});

describe('a letter', () => {
  it('is tried less and less often, and given up after a day', () => {
    const waits = Array.from({ length: 8 }, (_, at) => letterRetryMs(at + 1));
    expect(waits.at(-1)).toBeNull();
    const known = waits.filter((wait) => wait !== null);
    expect(known).toEqual([...known].sort((a, b) => a - b));
    expect(known.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(24 * 3_600_000);
  });
});

describe('the routing table', () => {
  const routes = [
    { category: 'adminduk', kelurahanCode: null, agencyId: 'dukcapil' },
    { category: 'adminduk', kelurahanCode: '53.71.01.1001', agencyId: 'kelurahan' },
    { category: 'lingkungan', kelurahanCode: '53.71.01.1001', agencyId: 'dlhk' },
  ];

  it.each([
    ['adminduk', '53.71.01.1001', 'kelurahan'],
    ['adminduk', '53.71.01.1002', 'dukcapil'],
    ['adminduk', null, 'dukcapil'],
    ['lingkungan', null, undefined],
    ['lingkungan', '53.71.01.1001', 'dlhk'],
    ['kesehatan', null, undefined],
    [null, null, undefined],
  ])('%s in %s is for %s', (category, kelurahanCode, agencyId) => {
    expect(routeFor(routes, { category, kelurahanCode })?.agencyId).toBe(agencyId);
    expect(routeFor([...routes].reverse(), { category, kelurahanCode })?.agencyId).toBe(agencyId);
  });
});

describe('a packet', () => {
  const packet = {
    code: 'CRH-4K7Q2M',
    category: 'bansos',
    kelurahanCode: null,
    summary: 'Bantuan belum diterima.\nSudah dua kali bertanya.',
    fileKinds: [],
    person: null,
  };

  it('names nobody unless a person is given', () => {
    expect(packetText(packet)).toBe(
      'Kode: CRH-4K7Q2M\nSoal: Bantuan sosial\nKelurahan: tidak disebut\nNama: dirahasiakan\n\nBantuan belum diterima.\nSudah dua kali bertanya.',
    );
    const named = packetText({ ...packet, person: { name: 'Ina Bano', contact: '+62812' } });
    expect(named).toContain('Nama: Ina Bano\nKontak: +62812\n');
    expect(packetText({ ...packet, person: { name: 'Ina', contact: null } })).toContain('lewat petugas');
  });

  it('says which files go along and where it is', () => {
    const text = packetText({
      ...packet,
      kelurahanCode: '53.71.01.1001',
      category: 'tidak ada',
      fileKinds: ['photo', 'voice', 'sticker'],
    });
    expect(text).toContain('Lampiran: foto, pesan suara, berkas');
    expect(text).toMatch(/Kelurahan: \S.*, Kecamatan Alak/);
    expect(text).toContain('Soal: Lainnya');
  });
});
