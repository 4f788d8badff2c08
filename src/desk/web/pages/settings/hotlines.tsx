import {
  Badge,
  Button,
  Checkbox,
  Group,
  Loader,
  Modal,
  NumberInput,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import type { Answer } from '../../api.ts';
import type { Me } from '../../me.ts';
import { sayDone, sayError } from '../../notify.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { shortDate } from '../../time.ts';

type Hotline = Answer<Awaited<ReturnType<typeof api.hotlines.$get>>>['items'][number];

export function Hotlines({ me }: { me: Me }) {
  const client = useQueryClient();
  const [editing, setEditing] = useState<Hotline | null>(null);
  const hotlines = useQuery({ queryKey: ['hotlines'], queryFn: () => ask(api.hotlines.$get()) });
  const save = useMutation({
    mutationFn: (hotline: Hotline) =>
      ask(
        api.hotlines[':id'].$post({
          param: { id: hotline.id },
          json: {
            version: hotline.version,
            name: hotline.name,
            call: hotline.call ?? '',
            whatsapp: hotline.whatsapp ?? '',
            web: hotline.web ?? '',
            hours: hotline.hours ?? '',
            isShown: hotline.isShown,
            position: hotline.position,
            source: hotline.source,
            verifiedOn: hotline.verifiedOn,
          },
        }),
      ),
    onSuccess: () => {
      setEditing(null);
      sayDone('Disimpan.');
    },
    onError: sayError,
    onSettled: () => client.invalidateQueries({ queryKey: ['hotlines'] }),
  });
  if (hotlines.isPending) return <Loader type="dots" />;
  if (hotlines.error) return <Trouble error={hotlines.error} />;
  const text = (key: 'name' | 'call' | 'whatsapp' | 'web' | 'hours', label: string) =>
    editing && (
      <TextInput
        label={label}
        value={editing[key] ?? ''}
        onChange={(event) => setEditing({ ...editing, [key]: event.currentTarget.value })}
      />
    );
  return (
    <>
      <p className="lead">
        Warga dalam bahaya membaca ini lebih dulu daripada apa pun. Telepon setiap nomor sebelum menandainya
        diperiksa.
      </p>
      <ul className="cards">
        {hotlines.data.items.map((hotline) => (
          <li key={hotline.id} className={hotline.isShown ? 'card' : 'card off'}>
            <div>
              <Group gap="xs">
                <strong>{hotline.name}</strong>
                {!hotline.isShown && <Badge color="gray">tidak ditampilkan</Badge>}
                <Badge variant="light" color={hotline.verifiedOn === null ? 'bata' : 'laut'}>
                  {hotline.verifiedOn === null
                    ? 'belum diperiksa'
                    : `diperiksa ${shortDate(hotline.verifiedOn)}`}
                </Badge>
              </Group>
              <p>
                {[hotline.call, hotline.whatsapp && `WA ${hotline.whatsapp}`, hotline.hours]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              <small className="faint">{hotline.source}</small>
            </div>
            {me.permissions.includes('room.manage') && (
              <Button variant="default" size="compact-sm" onClick={() => setEditing(hotline)}>
                Ubah
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Modal opened={editing !== null} onClose={() => setEditing(null)} title="Nomor darurat" centered>
        {editing && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              save.mutate(editing);
            }}
          >
            <Stack>
              {text('name', 'Nama')}
              {text('call', 'Telepon')}
              {text('whatsapp', 'WhatsApp')}
              {text('web', 'Situs')}
              {text('hours', 'Jam')}
              <Textarea
                label="Sumber"
                autosize
                value={editing.source}
                onChange={(event) => setEditing({ ...editing, source: event.currentTarget.value })}
              />
              <TextInput
                type="date"
                label="Terakhir diperiksa"
                value={editing.verifiedOn ?? ''}
                onChange={(event) =>
                  setEditing({ ...editing, verifiedOn: event.currentTarget.value || null })
                }
              />
              <NumberInput
                label="Urutan"
                min={0}
                value={editing.position}
                onChange={(value) => setEditing({ ...editing, position: Number(value) })}
              />
              <Checkbox
                label="Tampilkan kepada warga"
                checked={editing.isShown}
                onChange={(event) => setEditing({ ...editing, isShown: event.currentTarget.checked })}
              />
              <Button type="submit" loading={save.isPending}>
                Simpan
              </Button>
            </Stack>
          </form>
        )}
      </Modal>
    </>
  );
}
