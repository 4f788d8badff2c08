import {
  Badge,
  Button,
  Checkbox,
  Group,
  Loader,
  Modal,
  MultiSelect,
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
import { FormButtons } from '../../parts/form-buttons.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { shortDate } from '../../time.ts';
import { dangerIds, dangerWord } from '../../words.ts';

type Kind = Parameters<typeof api.hotlines.$post>[0]['json']['kinds'][number];
type Hotline = Answer<Awaited<ReturnType<typeof api.hotlines.$get>>>['items'][number];

/** `version` 0 is one that is not there yet. */
const fresh: Hotline = {
  id: '',
  name: '',
  call: null,
  whatsapp: null,
  web: null,
  hours: null,
  kinds: [],
  isShown: false,
  position: 0,
  source: '',
  verifiedOn: null,
  version: 0,
};

export function Hotlines({ me }: { me: Me }) {
  const client = useQueryClient();
  const [editing, setEditing] = useState<Hotline | null>(null);
  const hotlines = useQuery({ queryKey: ['hotlines'], queryFn: () => ask(api.hotlines.$get()) });
  const save = useMutation({
    mutationFn: async (hotline: Hotline) => {
      const json = {
        version: hotline.version,
        name: hotline.name,
        call: hotline.call ?? '',
        whatsapp: hotline.whatsapp ?? '',
        web: hotline.web ?? '',
        hours: hotline.hours ?? '',
        kinds: hotline.kinds as Kind[],
        isShown: hotline.isShown,
        position: hotline.position,
        source: hotline.source,
        verifiedOn: hotline.verifiedOn,
      };
      if (hotline.version === 0) await ask(api.hotlines.$post({ json }));
      else await ask(api.hotlines[':id'].$post({ param: { id: hotline.id }, json }));
    },
    onSuccess: () => {
      setEditing(null);
      sayDone('Disimpan.');
    },
    onError: sayError,
    onSettled: () => client.invalidateQueries({ queryKey: ['hotlines'] }),
  });
  const remove = useMutation({
    mutationFn: (id: string) => ask(api.hotlines[':id'].remove.$post({ param: { id } })),
    onSuccess: () => {
      setEditing(null);
      sayDone('Dihapus.');
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
      {me.permissions.includes('room.manage') && (
        <Button my="md" onClick={() => setEditing(fresh)}>
          Nomor baru
        </Button>
      )}
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
              <small className="faint">
                {hotline.kinds.map(dangerWord).join(', ') || 'untuk bahaya apa saja'}
              </small>
              {hotline.source !== '' && (
                <details className="earlier">
                  <summary>Sumber</summary>
                  {hotline.source}
                </details>
              )}
            </div>
            {me.permissions.includes('room.manage') && (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`Ubah ${hotline.name}`}
                onClick={() => setEditing(hotline)}
              >
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
              <MultiSelect
                label="Untuk bahaya"
                description="Kosong: ditampilkan bila tidak ada nomor lain yang cocok"
                data={dangerIds.map((id) => ({ value: id, label: dangerWord(id) }))}
                value={editing.kinds}
                onChange={(kinds) => setEditing({ ...editing, kinds })}
              />
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
              {editing.version > 0 && (
                <NumberInput
                  label="Urutan"
                  min={0}
                  value={editing.position}
                  onChange={(value) => setEditing({ ...editing, position: Number(value) })}
                />
              )}
              <Checkbox
                label="Tampilkan kepada warga"
                checked={editing.isShown}
                onChange={(event) => setEditing({ ...editing, isShown: event.currentTarget.checked })}
              />
              <FormButtons
                isSaving={save.isPending}
                {...(editing.version > 0
                  ? { onRemove: () => remove.mutate(editing.id), ask: `Hapus ${editing.name} dari daftar?` }
                  : {})}
              />
            </Stack>
          </form>
        )}
      </Modal>
    </>
  );
}
