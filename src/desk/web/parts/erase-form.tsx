import { Button, Group, Loader, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Erasure, ErasedBy } from '../../reads/erasure.ts';
import { api, ask } from '../api.ts';
import { useMe } from '../me.ts';
import { sayDone, sayError, sentenceOf } from '../notify.ts';
import { longDay, moment, slotTime } from '../time.ts';
import { bookingWord, channelWord, concernWord } from '../words.ts';

/** For those who may: opens the form below. */
export function EraseButton({ of, id }: { of: ErasedBy; id: string }) {
  const [opened, door] = useDisclosure(false);
  const me = useMe();
  if (!me.data?.permissions.includes('resident.erase')) return null;
  return (
    <>
      {/* Quiet: it is asked for once a year, and stands beside what is pressed all day. */}
      <Button
        className="no-print"
        variant="transparent"
        c="dimmed"
        fw={400}
        size="compact-xs"
        onClick={door.open}
      >
        Hapus semua data warga…
      </Button>
      <EraseForm of={of} id={id} opened={opened} onClose={door.close} />
    </>
  );
}

const sureWord = 'hapus';

/** All of a resident erased for them: what is lost, and a word to type, for nothing brings it back. */
export function EraseForm({
  of,
  id,
  opened,
  onClose,
}: {
  of: ErasedBy;
  id: string;
  opened: boolean;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const lost = useQuery({
    queryKey: ['erasure', of, id],
    queryFn: () => ask(api.erasures[':of'][':id'].$get({ param: { of, id } })),
    enabled: opened,
    staleTime: 0,
  });
  const leave = (): void => {
    setTyped('');
    onClose();
  };
  const erase = useMutation({
    mutationFn: () => ask(api.erasures[':of'][':id'].$post({ param: { of, id }, json: { isSure: true } })),
    onSuccess: ({ agencies }) => {
      const asked = agencies.length === 0 ? '' : ` Diminta menghapus juga: ${agencies.join(', ')}.`;
      sayDone(`Semuanya sudah dihapus dan dicatat atas nama Anda.${asked}`);
      leave();
      // Whatever the desk shows may have been theirs; what this form read is there no more.
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'erasure' });
    },
    onError: sayError,
  });
  return (
    <Modal
      opened={opened}
      onClose={leave}
      title="Hapus semua data warga"
      centered
      closeButtonProps={{ 'aria-label': 'Tutup' }}
    >
      {lost.isPending && <Loader type="dots" />}
      {lost.error && <p role="alert">{sentenceOf(lost.error)}</p>}
      {lost.data && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            erase.mutate();
          }}
        >
          <Stack>
            <p>
              Hanya atas permintaan warga sendiri, misalnya tamu langsung, atau yang nomornya sudah hilang.
              Pastikan orangnya benar. Ini tidak bisa dikembalikan.
            </p>
            <Lost lost={lost.data} />
            <TextInput
              label={`Ketik "${sureWord}" untuk melanjutkan`}
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={leave}>
                Tidak jadi
              </Button>
              <Button
                type="submit"
                color="bata"
                loading={erase.isPending}
                disabled={typed.trim().toLowerCase() !== sureWord}
              >
                Hapus semuanya
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function Lost({ lost }: { lost: Erasure }) {
  const { bookings, concerns } = lost;
  return (
    <section className="card" aria-label="Yang hilang">
      <div>
        <p>
          <strong>{lost.name}</strong> · {lost.channels.map(channelWord).join(', ') || 'tanpa chat'} · sejak{' '}
          {moment(lost.since)}
        </p>
        <p>
          Yang hilang: {bookings.all} jadwal (yang masih berlaku dibatalkan), {concerns.all} curhat dengan
          rujukan dan catatannya, {lost.messages} pesan, {lost.files} berkas, nama dan alamatnya. Instansi
          yang sudah menerima rujukannya diminta menghapus juga.
        </p>
        <ul>
          {bookings.newest.map((booking) => (
            <li key={booking.code}>
              {booking.code}: {longDay(booking.day)}, {slotTime(booking.time)}, {bookingWord(booking.status)}
            </li>
          ))}
          {concerns.newest.map((concern) => (
            <li key={concern.code}>
              {concern.code}: {concernWord(concern.status)}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
