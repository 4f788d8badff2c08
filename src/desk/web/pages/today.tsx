import { Badge, Button, Drawer, Group, Loader, SegmentedControl, Select, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api.ts';
import { BookingCard } from '../parts/booking-card.tsx';
import type { Booking } from '../parts/booking-card.tsx';
import { CloseDay } from '../parts/close-day.tsx';
import { ConcernReader } from '../parts/concern-reader.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { WalkInForm } from '../parts/walk-in-form.tsx';
import type { Me } from '../me.ts';
import { clock, longDay, moment, shortDay, slotTime } from '../time.ts';
import { useNow } from '../live.ts';

/** The room's day: who comes when, what to read before, who has arrived. */
export function TodayPage({ me }: { me: Me }) {
  const [asked, setAsked] = useState<string | null>(null);
  const [walkIn, walkInDoor] = useDisclosure(false);
  const [closing, closingDoor] = useDisclosure(false);
  const [reading, setReading] = useState<string | null>(null);
  const now = useNow();
  const day = useQuery({
    queryKey: ['day', asked],
    queryFn: () => ask(api.day.$get({ query: asked === null ? {} : { day: asked } })),
    placeholderData: (before) => before,
  });
  if (day.isPending) return <Loader type="dots" m="xl" />;
  if (day.error) return <Trouble error={day.error} again={() => void day.refetch()} />;
  const view = day.data;
  const bookings = view.slots.flatMap((slot) => slot.bookings);
  const count = (status: string): number => bookings.filter((booking) => booking.status === status).length;
  const isToday = view.day === view.today;
  const here = clock(new Date(now).toISOString()).replace('.', ':');
  const nowSlot = isToday ? view.slots.findLast((slot) => slot.time <= here)?.time : undefined;
  const next = isToday ? nextUp(view.slots) : null;
  const days = [...new Set([view.today, ...view.days])];

  return (
    <div className="page">
      <header className="page-head">
        <div>
          <Title order={1} size="h2">
            {isToday ? 'Hari ini' : 'Sesi'}
          </Title>
          <p className="lead">
            {longDay(view.day)}
            {view.presence.kind === 'open' && isToday && ` · buka sampai ${clock(view.presence.until)} WITA`}
            {view.presence.kind === 'closed' &&
              view.presence.next !== null &&
              isToday &&
              ` · tutup, buka lagi ${moment(view.presence.next)}`}
          </p>
        </div>
        <Group gap="xs" className="no-print">
          <Button onClick={walkInDoor.open} disabled={!view.isRoomDay}>
            Tambah tamu
          </Button>
          <Button variant="default" onClick={() => window.print()}>
            Cetak
          </Button>
          {me.permissions.includes('day.close') && view.isRoomDay && (
            <Button variant="subtle" color="bata" onClick={closingDoor.open}>
              Tutup hari ini…
            </Button>
          )}
        </Group>
      </header>

      <div className="no-print day-choice">
        <SegmentedControl
          aria-label="Pilih hari"
          value={days.slice(0, 3).includes(view.day) ? view.day : ''}
          onChange={setAsked}
          data={days.slice(0, 3).map((each) => ({ value: each, label: dayLabel(each, view.today) }))}
        />
        {days.length > 3 && (
          <Select
            aria-label="Hari lain"
            placeholder="Hari lain…"
            value={days.slice(0, 3).includes(view.day) ? null : view.day}
            data={days.slice(3).map((each) => ({ value: each, label: longDay(each) }))}
            onChange={setAsked}
            w={210}
          />
        )}
      </div>

      <ul className="tally" aria-label="Ringkasan">
        <Tally n={bookings.length} what="kunjungan" />
        <Tally n={count('booked')} what="belum datang" />
        <Tally n={count('arrived')} what="di ruang" />
        <Tally n={count('finished')} what="selesai" />
        <Tally n={count('missed')} what="tidak datang" />
      </ul>

      {next && (
        <section className="next no-print" aria-label="Berikutnya">
          <strong>Berikutnya: {next.booking.name}</strong>
          <span>
            pukul {slotTime(next.time)} ·{' '}
            {next.booking.status === 'arrived' ? 'sudah menunggu di ruang' : 'belum datang'}
          </span>
          {next.booking.concerns.some((concern) => !concern.isReadByMe) && (
            <Badge color="jagung" variant="light">
              curhatnya belum Anda baca
            </Badge>
          )}
        </section>
      )}

      {view.closed !== null && <p className="empty">Ruang tutup: {view.closed}.</p>}
      {!view.isRoomDay && view.closed === null && (
        <p className="empty">
          Ruang tidak buka hari ini.{' '}
          {view.days[0] && view.days[0] !== view.day && (
            <Button variant="light" size="compact-sm" onClick={() => setAsked(view.days[0] ?? null)}>
              Lihat sesi {longDay(view.days[0])}
            </Button>
          )}
        </p>
      )}

      <ol className="slots">
        {view.slots.map((slot) => (
          <li key={slot.time} className={slot.time === nowSlot ? 'slot now' : 'slot'}>
            <div className="slot-time">
              <strong>{slotTime(slot.time)}</strong>
              {slot.time === nowSlot && <small>sekarang</small>}
              {slot.left > 0 && slot.bookings.length > 0 && <small>sisa {slot.left}</small>}
            </div>
            <div className="slot-body">
              {slot.bookings.map((booking) => (
                <BookingCard
                  key={booking.id}
                  booking={booking}
                  day={view.day}
                  time={slot.time}
                  isToday={isToday}
                  onRead={setReading}
                />
              ))}
              {slot.bookings.length === 0 && <p className="free">kosong · {slot.left} tempat</p>}
            </div>
          </li>
        ))}
      </ol>

      <Drawer
        opened={reading !== null}
        onClose={() => setReading(null)}
        position="right"
        size="lg"
        title="Curhat sebelum kunjungan"
      >
        {reading !== null && <ConcernReader id={reading} />}
      </Drawer>
      <WalkInForm view={view} nowSlot={nowSlot} opened={walkIn} onClose={walkInDoor.close} />
      <CloseDay day={view.day} opened={closing} onClose={closingDoor.close} />
    </div>
  );
}

function dayLabel(day: string, today: string): string {
  return day === today ? 'Hari ini' : shortDay(day);
}

function Tally({ n, what }: { n: number; what: string }) {
  return (
    <li className={n === 0 ? 'zero' : undefined}>
      <strong>{n}</strong> {what}
    </li>
  );
}

/** Who is to be called next: the first who has arrived, else the first who is still expected. */
function nextUp(
  slots: readonly { time: string; bookings: readonly Booking[] }[],
): { time: string; booking: Booking } | null {
  for (const status of ['arrived', 'booked']) {
    for (const slot of slots) {
      const booking = slot.bookings.find((each) => each.status === status);
      if (booking) return { time: slot.time, booking };
    }
  }
  return null;
}
