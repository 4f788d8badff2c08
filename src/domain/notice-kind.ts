/** Every kind of notice; `src/notices/index.ts` has one file for each. */
export const noticeKinds = [
  'booking-evening',
  'booking-soon',
  'booking-missed',
  'booking-closed',
  'seat-offered',
  'waiting-closed',
  'concern-taken',
  'concern-answered',
  'concern-check',
  'concern-settled',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];
