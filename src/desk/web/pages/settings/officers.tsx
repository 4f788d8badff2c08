import {
  Alert,
  Badge,
  Button,
  Checkbox,
  Group,
  Loader,
  Modal,
  MultiSelect,
  NumberInput,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import type { Answer } from '../../api.ts';
import { sayDone, sayError } from '../../notify.ts';
import { Contacts } from '../../parts/contacts.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { categoryIds, categoryWord, presenceWord, roleIds, roleWord } from '../../words.ts';

type Officer = Answer<Awaited<ReturnType<typeof api.officers.$get>>>['items'][number];
type Role = (typeof roleIds)[number];
type Skill = Parameters<(typeof api.officers)[':id']['$post']>[0]['json']['skills'][number];

const roleChoices = roleIds.map((id) => ({ value: id, label: roleWord(id) }));

export function Officers() {
  const client = useQueryClient();
  const [editing, setEditing] = useState<Officer | null>(null);
  const [inviting, setInviting] = useState<{ name: string; login: string; role: Role } | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const officers = useQuery({ queryKey: ['officers'], queryFn: () => ask(api.officers.$get()) });
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['officers'] });
  const invite = useMutation({
    mutationFn: (json: { name: string; login: string; role: Role }) => ask(api.officers.$post({ json })),
    onSuccess: (result) => {
      setInviting(null);
      setLink(result.link);
    },
    onError: sayError,
    onSettled: refresh,
  });
  const save = useMutation({
    mutationFn: (officer: Officer) =>
      ask(
        api.officers[':id'].$post({
          param: { id: officer.id },
          json: {
            version: officer.version,
            name: officer.name,
            role: officer.role as Role,
            isActive: officer.isActive,
            capacity: officer.capacity,
            skills: officer.skills as Skill[],
          },
        }),
      ),
    onSuccess: () => {
      setEditing(null);
      sayDone('Disimpan.');
    },
    onError: sayError,
    onSettled: refresh,
  });
  const reset = useMutation({
    mutationFn: (id: string) => ask(api.officers[':id'].reset.$post({ param: { id } })),
    onSuccess: (result) => {
      setEditing(null);
      setLink(result.link);
    },
    onError: sayError,
  });
  if (officers.isPending) return <Loader type="dots" />;
  if (officers.error) return <Trouble error={officers.error} />;
  return (
    <>
      <Button mb="md" onClick={() => setInviting({ name: '', login: '', role: 'officer' })}>
        Undang petugas
      </Button>
      <ul className="cards">
        {officers.data.items.map((officer) => (
          <li key={officer.id} className={officer.isActive ? 'card' : 'card off'}>
            <div>
              <Group gap="xs">
                <strong>{officer.name}</strong>
                <Badge variant="light">{roleWord(officer.role)}</Badge>
                {!officer.isActive && <Badge color="gray">tidak aktif</Badge>}
                {!officer.hasPassword && <Badge color="jagung">belum memakai undangan</Badge>}
              </Group>
              <small className="faint">
                {officer.login} · {presenceWord(officer.presence)} · paling banyak {officer.capacity} chat
                {officer.skills.length > 0 &&
                  ` · ${officer.skills.map((skill) => categoryWord(skill)).join(', ')}`}
              </small>
            </div>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={`Ubah ${officer.name}`}
              onClick={() => setEditing(officer)}
            >
              Ubah
            </Button>
          </li>
        ))}
      </ul>
      <Modal opened={inviting !== null} onClose={() => setInviting(null)} title="Undang petugas" centered>
        {inviting && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              invite.mutate(inviting);
            }}
          >
            <Stack>
              <TextInput
                label="Nama"
                required
                value={inviting.name}
                onChange={(event) => setInviting({ ...inviting, name: event.currentTarget.value })}
              />
              <TextInput
                label="Nama masuk"
                required
                value={inviting.login}
                onChange={(event) => setInviting({ ...inviting, login: event.currentTarget.value })}
              />
              <Select
                label="Peran"
                required
                allowDeselect={false}
                data={roleChoices}
                value={inviting.role}
                onChange={(role) => setInviting({ ...inviting, role: role as Role })}
              />
              <Button type="submit" loading={invite.isPending}>
                Buat undangan
              </Button>
            </Stack>
          </form>
        )}
      </Modal>
      <Modal opened={link !== null} onClose={() => setLink(null)} title="Tautan sekali pakai" centered>
        <Text mb="sm">
          Berikan langsung kepada orangnya. Tautan ini hanya tampil sekali di sini dan mati setelah dipakai.
        </Text>
        <Alert className="link-box">{link}</Alert>
        <Button
          mt="sm"
          onClick={() => void navigator.clipboard?.writeText(link ?? '').then(() => sayDone('Disalin.'))}
        >
          Salin
        </Button>
      </Modal>
      <Modal opened={editing !== null} onClose={() => setEditing(null)} title={editing?.login ?? ''} centered>
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
              <Select
                label="Peran"
                required
                allowDeselect={false}
                data={roleChoices}
                value={editing.role}
                onChange={(role) => setEditing({ ...editing, role: role ?? editing.role })}
              />
              <NumberInput
                label="Paling banyak chat sekaligus"
                min={0}
                max={50}
                value={editing.capacity}
                onChange={(value) => setEditing({ ...editing, capacity: Number(value) })}
              />
              <MultiSelect
                label="Keahlian"
                data={categoryIds.map((id) => ({ value: id, label: categoryWord(id) }))}
                value={editing.skills}
                onChange={(skills) => setEditing({ ...editing, skills })}
              />
              <Checkbox
                label="Aktif"
                description="Bila dimatikan, ia langsung keluar, chat yang dipegangnya kembali ke antrean, dan curhatnya bisa diambil petugas lain."
                checked={editing.isActive}
                onChange={(event) => setEditing({ ...editing, isActive: event.currentTarget.checked })}
              />
              <Group justify="space-between">
                <Button variant="subtle" loading={reset.isPending} onClick={() => reset.mutate(editing.id)}>
                  Tautan kata sandi baru
                </Button>
                <Button type="submit" loading={save.isPending}>
                  Simpan
                </Button>
              </Group>
            </Stack>
          </form>
        )}
        {editing && <Contacts officerId={editing.id} />}
      </Modal>
    </>
  );
}
