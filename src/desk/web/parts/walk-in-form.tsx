import { Button, Checkbox, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api.ts';
import { kelurahanChoices } from '../kelurahan.ts';
import { sayDone, sayError } from '../notify.ts';
import { slotTime } from '../time.ts';
import { categoryIds, categoryWord } from '../words.ts';
import type { DayView } from './booking-card.tsx';

type Category = NonNullable<Parameters<(typeof api)['walk-ins']['$post']>[0]['json']['concern']>['category'];

/** A visitor who simply came in, or has no phone: the same slots, the same concerns. */
export function WalkInForm({
  view,
  opened,
  onClose,
}: {
  view: DayView;
  opened: boolean;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const free = view.slots.filter((slot) => slot.left > 0);
  const [time, setTime] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [isHere, setIsHere] = useState(true);
  const [category, setCategory] = useState<string | null>(null);
  const [kelurahanCode, setKelurahan] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const isToday = view.day === view.today;
  const chosen = time ?? free[0]?.time ?? null;
  const add = useMutation({
    mutationFn: () =>
      ask(
        api['walk-ins'].$post({
          json: {
            day: view.day,
            time: chosen ?? '',
            name,
            isHere: isToday && isHere,
            concern: category === null ? null : { category: category as Category, kelurahanCode, note },
          },
        }),
      ),
    onSuccess: (result) => {
      sayDone(
        `Tercatat: ${result.code}${result.concernCode === null ? '' : ` dan ${result.concernCode}`}. Tuliskan kodenya untuk tamu.`,
      );
      setName('');
      setNote('');
      setCategory(null);
      setTime(null);
      onClose();
    },
    onError: sayError,
    onSettled: () => client.invalidateQueries({ queryKey: ['day'] }),
  });
  return (
    <Modal opened={opened} onClose={onClose} title="Tambah tamu" centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <Stack>
          <Select
            label="Jam"
            data={free.map((slot) => ({
              value: slot.time,
              label: `${slotTime(slot.time)} (sisa ${slot.left})`,
            }))}
            value={chosen}
            onChange={setTime}
            nothingFoundMessage="Semua jam penuh"
            allowDeselect={false}
            required
          />
          <TextInput
            label="Nama"
            description="Boleh dikosongkan bila tamu tidak ingin disebut."
            value={name}
            maxLength={120}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {isToday && (
            <Checkbox
              label="Tamu sudah di ruang"
              checked={isHere}
              onChange={(event) => setIsHere(event.currentTarget.checked)}
            />
          )}
          <Select
            label="Curhatnya tentang"
            placeholder="Belum tahu"
            clearable
            data={categoryIds.map((id) => ({ value: id, label: categoryWord(id) }))}
            value={category}
            onChange={setCategory}
          />
          {category !== null && (
            <>
              <Select
                label="Kelurahan"
                placeholder="Tidak disebut"
                clearable
                searchable
                data={kelurahanChoices}
                value={kelurahanCode}
                onChange={setKelurahan}
              />
              <Textarea
                label="Catatan"
                autosize
                minRows={3}
                maxLength={8000}
                value={note}
                onChange={(event) => setNote(event.currentTarget.value)}
              />
            </>
          )}
          <Button type="submit" loading={add.isPending} disabled={chosen === null}>
            Simpan
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
