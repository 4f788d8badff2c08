import { Alert, Button, Group, Loader, Modal, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api.ts';
import { sayDone, sayError } from '../notify.ts';
import { longDay, slotTime } from '../time.ts';
import type { Booking } from './booking-card.tsx';
import { Trouble } from './trouble.tsx';

export type Visit = { booking: Booking; day: string; time: string };

/** Moving and cancelling a visit, for whoever asks at the counter, by phone or in a voice note. */
export function ChangeBooking(visit: Visit) {
  const [moving, moveDoor] = useDisclosure(false);
  const [cancelling, cancelDoor] = useDisclosure(false);
  const { status, isWalkIn } = visit.booking;
  const isComing = status === 'booked';
  // A guest is put down as arrived at once, so one put down wrongly is taken out from there.
  if (!isComing && !(isWalkIn && status === 'arrived')) return null;
  return (
    <>
      <Group gap={4} wrap="nowrap">
        {isComing && (
          <Button variant="subtle" size="compact-sm" onClick={moveDoor.open}>
            Pindah…
          </Button>
        )}
        <Button variant="subtle" color="bata" size="compact-sm" onClick={cancelDoor.open}>
          {isComing ? 'Batalkan…' : 'Salah catat…'}
        </Button>
      </Group>
      <MoveForm {...visit} opened={moving} onClose={moveDoor.close} />
      <CancelForm {...visit} opened={cancelling} onClose={cancelDoor.close} />
    </>
  );
}

type Sheet = Visit & { opened: boolean; onClose: () => void };

function MoveForm({ booking, day: from, time: fromTime, opened, onClose }: Sheet) {
  const client = useQueryClient();
  const [day, setDay] = useState<string | null>(null);
  const [time, setTime] = useState<string | null>(null);
  const free = useQuery({
    queryKey: ['day', 'free-slots'],
    queryFn: () => ask(api['free-slots'].$get()),
    enabled: opened,
    staleTime: 0,
  });
  const days = (free.data?.days ?? []).filter(({ left }) => left > 0);
  const chosen = days.find((each) => each.day === (day ?? from)) ?? days[0];
  const slots = (chosen?.slots ?? []).filter(
    (slot) => slot.left > 0 && !(chosen?.day === from && slot.time === fromTime),
  );
  const chosenTime = slots.some((slot) => slot.time === time) ? time : null;
  const leave = (): void => {
    setDay(null);
    setTime(null);
    onClose();
  };
  const move = useMutation({
    mutationFn: () =>
      ask(
        api.bookings[':id'].move.$post({
          param: { id: booking.id },
          json: { revision: booking.revision, day: chosen?.day ?? '', time: chosenTime ?? '' },
        }),
      ),
    onSuccess: ({ code, isTold }) => {
      sayDone(`${code} dipindah. ${toldWords(isTold)}`);
      leave();
    },
    onError: sayError,
    onSettled: () => client.invalidateQueries({ queryKey: ['day'] }),
  });
  return (
    <Modal
      opened={opened}
      onClose={leave}
      title={`Pindah jadwal ${booking.code}`}
      centered
      closeButtonProps={{ 'aria-label': 'Tutup' }}
    >
      {free.isPending && <Loader type="dots" />}
      {free.error && <Trouble error={free.error} />}
      {free.data && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            move.mutate();
          }}
        >
          <Stack>
            <Text>
              {booking.name}, sekarang {longDay(from)} pukul {slotTime(fromTime)}.
            </Text>
            <Select
              label="Hari"
              data={days.map((each) => ({
                value: each.day,
                label: `${longDay(each.day)} (sisa ${each.left})`,
              }))}
              value={chosen?.day ?? null}
              onChange={setDay}
              allowDeselect={false}
            />
            <Select
              label="Jam"
              placeholder="Pilih jam"
              data={slots.map((slot) => ({
                value: slot.time,
                label: `${slotTime(slot.time)} (sisa ${slot.left})`,
              }))}
              value={chosenTime}
              onChange={setTime}
              allowDeselect={false}
              required
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={leave}>
                Tidak jadi
              </Button>
              <Button type="submit" loading={move.isPending} disabled={chosenTime === null}>
                Pindahkan
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function CancelForm({ booking, day, time, opened, onClose }: Sheet) {
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () =>
      ask(
        api.bookings[':id'].cancel.$post({
          param: { id: booking.id },
          json: { revision: booking.revision },
        }),
      ),
    onSuccess: ({ code, isTold }) => {
      sayDone(`${code} dibatalkan. ${toldWords(isTold)}`);
      onClose();
    },
    onError: sayError,
    onSettled: () => client.invalidateQueries({ queryKey: ['day'] }),
  });
  const codes = booking.concerns.map(({ code }) => code).join(', ');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Batalkan jadwal ${booking.code}`}
      centered
      closeButtonProps={{ 'aria-label': 'Tutup' }}
    >
      <Stack>
        <Text>
          {booking.name}, {longDay(day)} pukul {slotTime(time)}. Tempatnya langsung terbuka untuk orang lain.
        </Text>
        {booking.conversationId === null && booking.status === 'booked' && (
          <Alert color="jagung">Tidak punya chat: beri tahu sendiri orangnya.</Alert>
        )}
        {codes !== '' && <Text className="faint">Curhatnya ({codes}) tetap ada di papan curhat.</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Tidak jadi
          </Button>
          <Button color="bata" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            Ya, batalkan
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function toldWords(isTold: boolean): string {
  return isTold ? 'Warga akan dikabari di chatnya.' : 'Warga ini tidak punya chat.';
}
