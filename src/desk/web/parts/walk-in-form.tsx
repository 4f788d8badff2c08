import { Alert, Button, Checkbox, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, ask, makeOnceKey } from '../api.ts';
import { kelurahanChoices } from '../kelurahan.ts';
import { sayDone, sayError } from '../notify.ts';
import { longDay, slotTime } from '../time.ts';
import { categoryIds, categoryWord } from '../words.ts';
import type { DayView } from './booking-card.tsx';

type Category = NonNullable<Parameters<(typeof api)['walk-ins']['$post']>[0]['json']['concern']>['category'];

/** A visitor who simply came in, or has no phone: the same slots, the same concerns. */
export function WalkInForm({
  view,
  nowSlot,
  opened,
  onClose,
}: {
  view: DayView;
  /** The hour that runs; none on another day, where the hour has to be chosen. */
  nowSlot: string | undefined;
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
  const next = isToday ? free.find((slot) => slot.time >= (nowSlot ?? '')) : undefined;
  const chosen = time ?? next?.time ?? null;
  // One key for one guest as typed: pressing again after a broken connection must not take a second seat.
  const once = useRef({ guest: '', key: '' });
  const add = useMutation({
    mutationFn: () => {
      const guest = {
        day: view.day,
        time: chosen ?? '',
        name,
        isHere: isToday && isHere,
        concern: category === null ? null : { category: category as Category, kelurahanCode, note },
      };
      const typed = JSON.stringify(guest);
      if (once.current.guest !== typed) once.current = { guest: typed, key: makeOnceKey() };
      return ask(api['walk-ins'].$post({ json: { ...guest, onceKey: once.current.key } }));
    },
    onSuccess: (result) => {
      once.current = { guest: '', key: '' };
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
    <Modal opened={opened} onClose={onClose} title={`Tambah tamu, ${longDay(view.day)}`} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <Stack>
          {!isToday && (
            <Alert color="jagung">Bukan hari ini: tamunya diminta datang {longDay(view.day)}.</Alert>
          )}
          <Select
            label="Jam"
            placeholder="Pilih jam"
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
