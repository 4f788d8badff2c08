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
import { Trouble } from '../../parts/trouble.tsx';
import { categoryIds, categoryWord } from '../../words.ts';

type Agency = Answer<Awaited<ReturnType<typeof api.agencies.$get>>>['items'][number];
type Category = Parameters<(typeof api.agencies)[':id']['$post']>[0]['json']['categories'][number];

export function Agencies({ me }: { me: Me }) {
  const client = useQueryClient();
  const [editing, setEditing] = useState<Agency | null>(null);
  const [search, setSearch] = useState('');
  const agencies = useQuery({ queryKey: ['agencies'], queryFn: () => ask(api.agencies.$get()) });
  const save = useMutation({
    mutationFn: ({ id, categories, ...agency }: Agency) =>
      ask(
        api.agencies[':id'].$post({
          param: { id },
          json: {
            ...agency,
            categories: categories as Category[],
            email: agency.email ?? '',
            contact: agency.contact ?? '',
          },
        }),
      ),
    onSuccess: () => {
      setEditing(null);
      sayDone('Disimpan.');
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
      <TextInput
        aria-label="Cari instansi"
        placeholder="Cari instansi atau urusan…"
        mb="md"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
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
              <Button variant="default" size="compact-sm" onClick={() => setEditing(agency)}>
                Ubah
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Modal opened={editing !== null} onClose={() => setEditing(null)} title={editing?.short ?? ''} centered>
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
              <Checkbox
                label="Dipakai untuk rujukan"
                checked={editing.isActive}
                onChange={(event) => setEditing({ ...editing, isActive: event.currentTarget.checked })}
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
