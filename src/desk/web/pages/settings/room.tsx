import {
  Button,
  Chip,
  Group,
  Loader,
  NumberInput,
  SimpleGrid,
  Stack,
  Switch,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ask } from '../../api.ts';
import type { Answer } from '../../api.ts';
import { sayDone, sayError } from '../../notify.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { LostPlaces } from './lost-places.tsx';
import { PaceFields } from './pace.tsx';
import { TemplateFields } from './templates.tsx';

type Room = Answer<Awaited<ReturnType<typeof api.room.$get>>>['room'];
type Hours = Room['hours'];

/** Text and not `type="time"`: browsers show that in their own language's clock, with AM and PM. */
const clockField = {
  placeholder: '08:00',
  inputMode: 'numeric',
  pattern: '([01][0-9]|2[0-3]):[0-5][0-9]',
  maxLength: 5,
} as const;

const weekdays = ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'];

export function RoomSettings() {
  const client = useQueryClient();
  const [room, setRoom] = useState<Room | null>(null);
  const [seenAt, setSeenAt] = useState<string | null>(null);
  const saved = useQuery({ queryKey: ['room'], queryFn: () => ask(api.room.$get()) });
  useEffect(() => {
    // What is being edited must not jump when a colleague saves; the server tells when it has.
    if (saved.data && room === null) {
      setRoom(saved.data.room);
      setSeenAt(saved.data.seenAt);
    }
  }, [saved.data, room]);
  const save = useMutation({
    mutationFn: (next: Room) => ask(api.room.$post({ json: { room: next, seenAt } })),
    onSuccess: async ({ told }) => {
      sayDone(
        told === 0
          ? 'Disimpan. Berlaku sekarang juga.'
          : `Disimpan. ${told} warga diberi tahu dan ditawari jam lain.`,
      );
      look.reset();
      await client.invalidateQueries({ queryKey: ['room'] });
      setRoom(null);
    },
    onError: sayError,
  });
  /** Whom it would leave without a place; nobody, and it is saved at once. */
  const look = useMutation({
    mutationFn: (next: Room) => ask(api.room.preview.$post({ json: { room: next } })),
    onSuccess: ({ bookings }, next) => {
      if (bookings.length === 0) save.mutate(next);
    },
    onError: sayError,
  });
  if (saved.error) return <Trouble error={saved.error} />;
  if (!room) return <Loader type="dots" />;
  const set = (change: Partial<Room>): void => setRoom({ ...room, ...change });
  const number = (key: NumberKey, label: string, unit?: string) => (
    <NumberInput
      label={label}
      {...(unit ? { suffix: ` ${unit}` } : {})}
      value={room[key]}
      onChange={(value) => typeof value === 'number' && set({ [key]: value })}
    />
  );
  const time = (key: 'quietFrom' | 'quietTo' | 'eveningReminderAt', label: string) => (
    <TextInput
      label={label}
      {...clockField}
      value={room[key]}
      onChange={(event) => set({ [key]: event.currentTarget.value })}
    />
  );
  return (
    <form
      className="form wide"
      onSubmit={(event) => {
        event.preventDefault();
        look.mutate(room);
      }}
    >
      <LostPlaces
        bookings={look.data?.bookings ?? []}
        isSaving={save.isPending}
        onSave={() => save.mutate(room)}
        onClose={() => look.reset()}
      />
      <Stack gap="lg">
        <section>
          <Title order={2} size="h4" mb="xs">
            Hari dan jam
          </Title>
          <Chip.Group
            multiple
            value={room.openWeekdays.map(String)}
            onChange={(days) => set({ openWeekdays: days.map(Number).sort() })}
          >
            <Group gap="xs" mb="sm">
              {weekdays.map((day, index) => (
                <Chip key={day} value={String(index)}>
                  {day}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <HoursFields label="Biasa" hours={room.hours} onChange={(hours) => set({ hours })} />
          <HoursFields
            label="Ramadan"
            hours={room.ramadanHours}
            onChange={(ramadanHours) => set({ ramadanHours })}
          />
        </section>
        <section>
          <Title order={2} size="h4" mb="xs">
            Tempat dan pemesanan
          </Title>
          <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
            {number('slotMinutes', 'Lama satu kunjungan', 'menit')}
            {number('seatsPerSlot', 'Tempat tiap jam')}
            {number('horizonDays', 'Bisa dipesan sampai', 'hari ke depan')}
            {number('noticeMinutes', 'Paling lambat sebelum', 'menit')}
            {number('waitingHoldMinutes', 'Tempat daftar tunggu ditahan', 'menit')}
            {number('silenceMinutes', 'Curhat dianggap selesai setelah diam', 'menit')}
            {number('firstWordWorkingDays', 'Janji kabar pertama', 'hari kerja')}
            {number('hoursBeforeReminder', 'Pengingat sebelum kunjungan', 'jam')}
            {number('trendThreshold', 'Tren menyamarkan yang di bawah', 'orang')}
            {time('eveningReminderAt', 'Pengingat malam sebelumnya')}
            {time('quietFrom', 'Jam tenang mulai')}
            {time('quietTo', 'Jam tenang sampai')}
          </SimpleGrid>
        </section>
        <section>
          <Title order={2} size="h4" mb="xs">
            Alamat
          </Title>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label="Nama ruang"
              required
              value={room.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
            <TextInput
              label="Gedung"
              required
              value={room.place}
              onChange={(event) => set({ place: event.currentTarget.value })}
            />
            <TextInput
              label="Alamat"
              required
              value={room.address}
              onChange={(event) => set({ address: event.currentTarget.value })}
            />
            <Group grow>
              <NumberInput
                label="Lintang"
                decimalScale={6}
                value={room.latitude}
                onChange={(value) => typeof value === 'number' && set({ latitude: value })}
              />
              <NumberInput
                label="Bujur"
                decimalScale={6}
                value={room.longitude}
                onChange={(value) => typeof value === 'number' && set({ longitude: value })}
              />
            </Group>
          </SimpleGrid>
        </section>
        <PaceFields pace={room.whatsappPace} onChange={(whatsappPace) => set({ whatsappPace })} />
        <section>
          <Title order={2} size="h4" mb="xs">
            Grup petugas di Telegram
          </Title>
          <Switch
            label="Tampilkan chat di grup sesudah diambil"
            description={room.officerGroup.showsMessages ? groupReads : groupSeesCards}
            checked={room.officerGroup.showsMessages}
            onChange={(event) => {
              const showsMessages = event.currentTarget.checked;
              if (!showsMessages || confirm(`${groupReads} Tetap tampilkan?`))
                set({ officerGroup: { showsMessages } });
            }}
          />
        </section>
        <TemplateFields
          templates={room.whatsappTemplates}
          onChange={(whatsappTemplates) => set({ whatsappTemplates })}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setRoom(null)}>
            Batalkan perubahan
          </Button>
          <Button type="submit" loading={look.isPending || save.isPending}>
            Simpan
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const groupSeesCards =
  'Mati: grup hanya melihat kartunya dan tautan ke meja. Petugas tetap bisa menjawab dari grup.';
const groupReads =
  'Menyala: sesudah chat diambil, kata-kata, foto, dan suara warga dibaca semua anggota grup dan tersimpan di Telegram, padahal kepada warga kami bilang yang membaca hanya petugas yang menanganinya dan penyelianya.';

type NumberKey = {
  [Key in keyof Room]: Room[Key] extends number ? Key : never;
}[keyof Room];

function HoursFields({
  label,
  hours,
  onChange,
}: {
  label: string;
  hours: Hours;
  onChange: (hours: Hours) => void;
}) {
  const fields = [
    ['opens', 'buka'],
    ['breakFrom', 'istirahat mulai'],
    ['breakTo', 'istirahat sampai'],
    ['closes', 'tutup'],
  ] as const;
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} mb="xs">
      {fields.map(([key, word]) => (
        <TextInput
          key={key}
          {...clockField}
          label={`${label}: ${word}`}
          required
          value={hours[key]}
          onChange={(event) => onChange({ ...hours, [key]: event.currentTarget.value })}
        />
      ))}
    </SimpleGrid>
  );
}
