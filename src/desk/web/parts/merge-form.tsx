import { Button, Group, Modal, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MergeSide } from '../../reads/merge.ts';
import { api, ask } from '../api.ts';
import { sayDone, sayError, sentenceOf } from '../notify.ts';
import { longDay, moment, slotTime } from '../time.ts';
import { bookingWord, channelWord, concernWord } from '../words.ts';

/** Two chats of one person: found by a code of the other, compared, made one; and taken apart again. */
export function MergeForm({
  id,
  opened,
  onClose,
  onDone,
}: {
  id: string;
  opened: boolean;
  onClose: () => void;
  onDone: () => void;
}) {
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const preview = useQuery({
    queryKey: ['merge-preview', id, asked],
    queryFn: () =>
      ask(api.conversations[':id']['merge-preview'].$get({ param: { id }, query: { code: asked ?? '' } })),
    enabled: opened && asked !== null,
    staleTime: 0,
  });
  const leave = (): void => {
    setCode('');
    setAsked(null);
    onClose();
  };
  const refresh = (): void => {
    onDone();
    void client.invalidateQueries({ queryKey: ['merges', id] });
  };
  const merge = useMutation({
    mutationFn: () =>
      ask(api.conversations[':id'].merge.$post({ param: { id }, json: { code: asked ?? '' } })),
    onSuccess: () => {
      sayDone('Disatukan. Bila ternyata keliru, pisahkan lagi lewat menu ini.');
      leave();
    },
    onError: sayError,
    onSettled: refresh,
  });
  const found = preview.data;
  return (
    <Modal
      opened={opened}
      onClose={leave}
      title="Satukan dengan chat lain"
      centered
      size="lg"
      closeButtonProps={{ 'aria-label': 'Tutup' }}
    >
      <Stack>
        <p className="faint">
          Hanya bila Anda yakin keduanya orang yang sama, misalnya karena ia menyebut kodenya sendiri. Nama
          yang sama belum berarti orang yang sama. Penyatuan dicatat atas nama Anda.
        </p>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setAsked(code.trim());
          }}
        >
          <Group align="flex-end">
            <TextInput
              label="Kode jadwal atau curhat dari chat yang lain"
              placeholder="BST-4K7Q2M"
              required
              maxLength={20}
              value={code}
              onChange={(event) => {
                setCode(event.currentTarget.value);
                setAsked(null);
              }}
            />
            <Button type="submit" variant="default" loading={preview.isFetching}>
              Cari
            </Button>
          </Group>
        </form>
        {preview.error && asked !== null && <p role="alert">{sentenceOf(preview.error)}</p>}
        {found?.isSame && <p role="alert">Kode itu memang milik warga di chat ini.</p>}
        {found && !found.isSame && asked !== null && (
          <>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <Side title="Chat ini" side={found.here} />
              <Side title="Chat yang lain" side={found.there} />
            </SimpleGrid>
            <Group justify="flex-end">
              <Button variant="default" onClick={leave}>
                Tidak jadi
              </Button>
              <Button loading={merge.isPending} onClick={() => merge.mutate()}>
                Ya, orang yang sama
              </Button>
            </Group>
          </>
        )}
        <Merged id={id} opened={opened} onDone={refresh} />
      </Stack>
    </Modal>
  );
}

function Side({ title, side }: { title: string; side: MergeSide }) {
  return (
    <section className="card" aria-label={title}>
      <div>
        <small className="faint">{title}</small>
        <p>
          <strong>{side.name}</strong> · {side.channels.map(channelWord).join(', ') || 'Tanpa chat'}
        </p>
        <small className="faint">sejak {moment(side.since)}</small>
        <ul>
          {side.bookings.map((booking) => (
            <li key={booking.code}>
              {booking.code}: {longDay(booking.day)}, {slotTime(booking.time)}, {bookingWord(booking.status)}
            </li>
          ))}
          {side.concerns.map((concern) => (
            <li key={concern.code}>
              {concern.code}: {concernWord(concern.status)}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

/** What was joined to this resident before, each with the way back. */
function Merged({ id, opened, onDone }: { id: string; opened: boolean; onDone: () => void }) {
  const merges = useQuery({
    queryKey: ['merges', id],
    queryFn: () => ask(api.conversations[':id'].merges.$get({ param: { id } })),
    enabled: opened,
  });
  const undo = useMutation({
    mutationFn: (mergeId: string) => ask(api.merges[':id'].undo.$post({ param: { id: mergeId } })),
    onSuccess: () => sayDone('Dipisahkan lagi. Yang belum berubah kembali ke tempatnya semula.'),
    onError: sayError,
    onSettled: onDone,
  });
  const items = merges.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-label="Sudah disatukan">
      <p>
        <strong>Sudah disatukan</strong>
      </p>
      <ul className="cards">
        {items.map((item) => (
          <li key={item.id} className="card">
            <div>
              <p>{item.how === 'code' ? 'Dengan kode dari warga sendiri' : `Oleh ${item.by ?? 'petugas'}`}</p>
              <small className="faint">{moment(item.at)}</small>
            </div>
            <Button
              variant="light"
              color="bata"
              loading={undo.isPending && undo.variables === item.id}
              onClick={() => {
                if (confirm('Pisahkan lagi kedua chat ini?')) undo.mutate(item.id);
              }}
            >
              Pisahkan lagi
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
