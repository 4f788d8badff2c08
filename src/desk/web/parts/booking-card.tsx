import { Badge, Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api, ask } from '../api.ts';
import type { Answer } from '../api.ts';
import { sayError } from '../notify.ts';
import { bookingWord, categoryWord, channelWord } from '../words.ts';
import { ChangeBooking } from './change-booking.tsx';
import { EraseButton } from './erase-form.tsx';

export type DayView = Answer<Awaited<ReturnType<typeof api.day.$get>>>;
export type Booking = DayView['slots'][number]['bookings'][number];
type Mark = 'booked' | 'arrived' | 'finished' | 'missed';

const buttons: Record<string, readonly { to: Mark; label: string; isMain?: boolean }[]> = {
  booked: [
    { to: 'arrived', label: 'Datang', isMain: true },
    { to: 'missed', label: 'Tidak datang' },
  ],
  arrived: [
    { to: 'finished', label: 'Selesai', isMain: true },
    { to: 'booked', label: 'Batal tandai' },
  ],
  finished: [{ to: 'arrived', label: 'Batal tandai' }],
  missed: [
    { to: 'arrived', label: 'Ternyata datang' },
    { to: 'booked', label: 'Batal tandai' },
  ],
};

const colours: Record<string, string> = {
  held: 'gray',
  booked: 'gray',
  arrived: 'laut',
  finished: 'gray',
  missed: 'bata',
};

export function BookingCard({
  booking,
  day,
  time,
  isToday,
  onRead,
}: {
  booking: Booking;
  day: string;
  time: string;
  isToday: boolean;
  onRead: (concernId: string) => void;
}) {
  const client = useQueryClient();
  const mark = useMutation({
    mutationFn: (to: Mark) =>
      ask(
        api.bookings[':id'].mark.$post({
          param: { id: booking.id },
          json: { from: booking.status as Mark, to },
        }),
      ),
    onError: sayError,
    onSettled: () => client.invalidateQueries({ queryKey: ['day'] }),
  });
  return (
    <article className={`booking ${booking.status}`}>
      <div className="booking-who">
        <h2>{booking.name}</h2>
        <Group gap={6}>
          <Badge color={colours[booking.status] ?? 'gray'} variant="light">
            {bookingWord(booking.status)}
          </Badge>
          {booking.isConfirmed && booking.status === 'booked' && (
            <Badge color="laut" variant="outline">
              bilang akan datang
            </Badge>
          )}
          {booking.isWalkIn && (
            <Badge color="jagung" variant="light">
              tamu langsung
            </Badge>
          )}
          <small className="faint">
            {booking.code}
            {booking.channel !== null && ` · ${channelWord(booking.channel)}`}
          </small>
        </Group>
      </div>
      {booking.concerns.map((concern) => (
        <button key={concern.id} type="button" className="concern-chip" onClick={() => onRead(concern.id)}>
          <span>
            <strong>{categoryWord(concern.category)}</strong>
            <small>
              {concern.code} · {concern.parts} pesan
            </small>
          </span>
          <em className={concern.isReadByMe ? 'read' : 'unread'}>
            {concern.isReadByMe ? 'baca lagi' : 'baca dulu'}
          </em>
        </button>
      ))}
      <div className="booking-do no-print">
        {isToday &&
          (buttons[booking.status] ?? []).map((button) => (
            <Button
              key={button.to}
              size="sm"
              variant={button.isMain ? 'filled' : 'default'}
              loading={mark.isPending && mark.variables === button.to}
              disabled={mark.isPending}
              onClick={() => mark.mutate(button.to)}
            >
              {button.label}
            </Button>
          ))}
        {booking.conversationId !== null && (
          <Link className="quiet-link" href={`/antrean/${booking.conversationId}`}>
            Buka chat
          </Link>
        )}
        <ChangeBooking booking={booking} day={day} time={time} />
        <EraseButton of="booking" id={booking.id} />
      </div>
    </article>
  );
}
