import { z } from 'zod';

/**
 * Everything about the room that an admin may change. Kept as one JSON value in `setting` under the key
 * {@link roomSettingKey}; what is missing there has the default written here (sources: shared notes/domain.md).
 */
export const roomSettingKey = 'room';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'tulis jam seperti 08:00');
const day = z.iso.date();

export const openingHoursSchema = z.object({
  opens: timeOfDay,
  closes: timeOfDay,
  breakFrom: timeOfDay,
  breakTo: timeOfDay,
});
export type OpeningHours = z.output<typeof openingHoursSchema>;

/** An approved template, as it is called in WhatsApp Manager. Its one blank, `{{1}}`, takes the notice's text. */
export const whatsappTemplateSchema = z.object({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/, 'huruf kecil, angka, dan garis bawah saja'),
  language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, 'tulis bahasa seperti id atau en_US'),
});

/** How fast a paired phone writes, in seconds, and how much in a day: what is too fast or too much gets a number blocked. */
export const whatsappPaceSchema = z
  .object({
    minSeconds: z.number().min(0).max(60),
    maxSeconds: z.number().min(0).max(60),
    dailyCeiling: z.int().min(1).max(20_000),
  })
  .refine(({ minSeconds, maxSeconds }) => minSeconds <= maxSeconds, {
    path: ['maxSeconds'],
    message: 'jeda terlama tidak boleh lebih singkat dari jeda tersingkat',
  });

export const roomSchema = z.object({
  name: z.string().min(1).default('Ruang Curhat Bestie'),
  place: z.string().min(1).default('Mall Pelayanan Publik Kota Kupang'),
  address: z.string().min(1).default('Jl. Timor Raya No. 124, Kota Kupang'),
  /** Of the map pin. Read off no map: an admin must check it on the desk before launch. */
  latitude: z.number().min(-90).max(90).default(-10.1494),
  longitude: z.number().min(-180).max(180).default(123.6098),
  /** Days of the week it opens, 0 Sunday … 6 Saturday. */
  openWeekdays: z.array(z.int().min(0).max(6)).min(1).default([1, 3]),
  hours: openingHoursSchema.default({
    opens: '08:00',
    closes: '16:00',
    breakFrom: '12:00',
    breakTo: '13:00',
  }),
  ramadanHours: openingHoursSchema.default({
    opens: '08:00',
    closes: '15:00',
    breakFrom: '12:00',
    breakTo: '12:30',
  }),
  /** First and last day, both included. 2027 is an astronomical estimate; isbat decides. */
  ramadanWindows: z.array(z.object({ from: day, to: day })).default([
    { from: '2026-02-19', to: '2026-03-20' },
    { from: '2027-02-08', to: '2027-03-09' },
  ]),
  slotMinutes: z.int().min(5).max(240).default(30),
  seatsPerSlot: z.int().min(1).max(50).default(2),
  /** How far ahead one may book. */
  horizonDays: z.int().min(1).max(120).default(28),
  /** How long before a slot it stops being bookable. */
  noticeMinutes: z.int().min(0).max(10080).default(60),
  quietFrom: timeOfDay.default('21:00'),
  quietTo: timeOfDay.default('07:00'),
  /** When the reminder of the evening before goes out. */
  eveningReminderAt: timeOfDay.default('18:00'),
  hoursBeforeReminder: z.int().min(1).max(12).default(2),
  /** How long a seat from the waiting list is held for the one it is offered to. */
  waitingHoldMinutes: z.int().min(5).max(1440).default(120),
  /** A silence of this length ends an outpouring. */
  silenceMinutes: z.int().min(5).max(1440).default(30),
  /** Biggest file that is taken in, bytes. */
  maxFileBytes: z
    .int()
    .min(1)
    .default(20 * 1024 * 1024),
  /** Working days within which a resident hears again after leaving a concern. */
  firstWordWorkingDays: z.int().min(1).max(30).default(3),
  /**
   * Whether claimed chats are shown in the officers' Telegram group, or only their cards with a link to the desk. Shown,
   * everybody in the group reads them, which residents are not told when they agree: so only where a room has decided it.
   */
  officerGroup: z.object({ showsMessages: z.boolean().default(false) }).prefault({}),
  /** By kind of notice: how it goes out on the official WhatsApp API when the resident has not written for a day. */
  whatsappTemplates: z.record(z.string().max(60), whatsappTemplateSchema).default({}),
  whatsappPace: whatsappPaceSchema.default({ minSeconds: 1, maxSeconds: 3, dailyCeiling: 1000 }),
  /** Of fewer people than this the trends tell nothing (docs/trends.md). Holds for months that close from then on. */
  trendThreshold: z.int().min(5, 'paling sedikit 5 orang').max(50, 'paling banyak 50 orang').default(5),
});
export type Room = z.output<typeof roomSchema>;

export const defaultRoom: Room = roomSchema.parse({});
