import {
  Badge,
  Button,
  Checkbox,
  Group,
  Loader,
  Modal,
  MultiSelect,
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
import { categoryIds, categoryWord } from '../../words.ts';

type Agency = Answer<Awaited<ReturnType<typeof api.agencies.$get>>>['items'][number];
/** `version` 0 is one that is not there yet; `source` says where it is known from. */
const fresh: Agency = {
  id: '',
  name: '',
  short: '',
  level: 'kota',
  categories: [],
  handles: '',
  email: null,
  contact: null,
  source: '',
  isActive: true,
  version: 0,
};
type Category = Parameters<(typeof api.agencies)[':id']['$post']>[0]['json']['categories'][number];

export function Agencies({ me }: { me: Me }) {
  const client = useQueryClient();
  const [editing, setEditing] = useState<Agency | null>(null);
  const [search, setSearch] = useState('');
  const agencies = useQuery({ queryKey: ['agencies'], queryFn: () => ask(api.agencies.$get()) });
  const save = useMutation({
    mutationFn: async ({ id, ...agency }: Agency) => {
      const json = {
        ...agency,
        categories: agency.categories as Category[],
        email: agency.email ?? '',
        contact: agency.contact ?? '',
      };
      if (agency.version === 0) await ask(api.agencies.$post({ json }));
      else await ask(api.agencies[':id'].$post({ param: { id }, json }));
    },
    onSuccess: () => {
      setEditing(null);
      sayDone('Disimpan.');
    },
    onError: sayError,
    onSettled: () => client.invalidateQueries({ queryKey: ['agencies'] }),
  });
  const remove = useMutation({
    mutationFn: (id: string) => ask(api.agencies[':id'].remove.$post({ param: { id } })),
    onSuccess: () => {
      setEditing(null);
      sayDone('Dihapus.');
    },
    onError: sayError,
    onSettled: () => client.invalidateQueries({ queryKey: ['agencies'] }),
  });
  if (agencies.isPending) return <Loader type="dots" />;
  if (agencies.error) return <Trouble error={agencies.error} />;
  const items = agencies.data.items.filter((agency) =>
    `${agency.name} ${agency.short} ${agency.handles}`.toLowerCase().includes(search.toLowerCase()),
  );
  return (
    <>
      <Group mb="md">
        <TextInput
          className="spring"
          aria-label="Cari instansi"
          placeholder="Cari instansi atau urusan…"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {me.permissions.includes('agencies.manage') && (
          <Button onClick={() => setEditing(fresh)}>Instansi baru</Button>
        )}
      </Group>
      <ul className="cards">
        {items.map((agency) => (
          <li key={agency.id} className={agency.isActive ? 'card' : 'card off'}>
            <div>
              <Group gap="xs">
                <strong>{agency.short}</strong>
                <Badge variant="light" color="gray">
                  {agency.level}
                </Badge>
                {agency.email === null && (
                  <Badge variant="light" color="jagung">
                    tanpa email
                  </Badge>
                )}
              </Group>
              <p>{agency.name}</p>
              <small className="faint">{agency.handles}</small>
            </div>
            {me.permissions.includes('agencies.manage') && (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`Ubah ${agency.short}`}
                onClick={() => setEditing(agency)}
              >
                Ubah
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Modal
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={editing?.short || 'Instansi baru'}
        centered
      >
        {editing && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              save.mutate(editing);
            }}
          >
            <Stack>
              <TextInput
                label="Nama"
                required
                value={editing.name}
                onChange={(event) => setEditing({ ...editing, name: event.currentTarget.value })}
              />
              <TextInput
                label="Singkatan"
                required
                value={editing.short}
                onChange={(event) => setEditing({ ...editing, short: event.currentTarget.value })}
              />
              <TextInput
                label="Tingkat"
                description="mis. kota, provinsi, pusat"
                required
                value={editing.level}
                onChange={(event) => setEditing({ ...editing, level: event.currentTarget.value })}
              />
              <MultiSelect
                label="Kategori"
                data={categoryIds.map((id) => ({ value: id, label: categoryWord(id) }))}
                value={editing.categories}
                onChange={(categories) => setEditing({ ...editing, categories })}
              />
              <Textarea
                label="Urusan"
                autosize
                value={editing.handles}
                onChange={(event) => setEditing({ ...editing, handles: event.currentTarget.value })}
              />
              <TextInput
                label="Email"
                type="email"
                value={editing.email ?? ''}
                onChange={(event) => setEditing({ ...editing, email: event.currentTarget.value })}
              />
              <TextInput
                label="Kontak"
                value={editing.contact ?? ''}
                onChange={(event) => setEditing({ ...editing, contact: event.currentTarget.value })}
              />
              {editing.version === 0 ? (
                <TextInput
                  label="Sumber"
                  description="Dari mana alamat dan urusannya diketahui"
                  value={editing.source}
                  onChange={(event) => setEditing({ ...editing, source: event.currentTarget.value })}
                />
              ) : (
                <Checkbox
                  label="Dipakai untuk rujukan"
                  checked={editing.isActive}
                  onChange={(event) => setEditing({ ...editing, isActive: event.currentTarget.checked })}
                />
              )}
              <FormButtons
                isSaving={save.isPending}
                {...(editing.version > 0
                  ? { onRemove: () => remove.mutate(editing.id), ask: `Hapus ${editing.short} dari daftar?` }
                  : {})}
              />
            </Stack>
          </form>
        )}
      </Modal>
    </>
  );
}
