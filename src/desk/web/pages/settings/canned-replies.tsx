import { Button, Group, Loader, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import type { Me } from '../../me.ts';
import { sayDone, sayError } from '../../notify.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { fillPlaceholders } from '../../placeholders.ts';

type Reply = { id: string | null; shortcut: string; title: string; body: string; version: number };
const fresh: Reply = { id: null, shortcut: '', title: '', body: '', version: 0 };

export function CannedReplies({ me }: { me: Me }) {
  const client = useQueryClient();
  const [editing, setEditing] = useState<Reply | null>(null);
  const replies = useQuery({ queryKey: ['canned'], queryFn: () => ask(api.canned.$get()) });
  const mayEdit = me.permissions.includes('canned.manage');
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['canned'] });
  const save = useMutation({
    mutationFn: async (reply: Reply) => {
      const json = { shortcut: reply.shortcut, title: reply.title, body: reply.body, version: reply.version };
      if (reply.id === null) await ask(api.canned.$post({ json }));
      else await ask(api.canned[':id'].$post({ param: { id: reply.id }, json }));
    },
    onSuccess: () => {
      setEditing(null);
      sayDone('Disimpan.');
    },
    onError: sayError,
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (id: string) => ask(api.canned[':id'].remove.$post({ param: { id } })),
    onSuccess: () => setEditing(null),
    onError: sayError,
    onSettled: refresh,
  });
  if (replies.isPending) return <Loader type="dots" />;
  if (replies.error) return <Trouble error={replies.error} />;
  return (
    <>
      {mayEdit && (
        <Button mb="md" onClick={() => setEditing(fresh)}>
          Balasan baru
        </Button>
      )}
      {replies.data.items.length === 0 && <p className="empty">Belum ada balasan siap pakai.</p>}
      <ul className="cards">
        {replies.data.items.map((reply) => (
          <li key={reply.id} className="card">
            <div>
              <strong>{reply.title}</strong> <small className="faint">/{reply.shortcut}</small>
              <p className="said">{reply.body}</p>
            </div>
            {mayEdit && (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`Ubah ${reply.title}`}
                onClick={() => setEditing(reply)}
              >
                Ubah
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Modal opened={editing !== null} onClose={() => setEditing(null)} title="Balasan siap pakai" centered>
        {editing && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              save.mutate(editing);
            }}
          >
            <Stack>
              <TextInput
                label="Judul"
                required
                maxLength={80}
                value={editing.title}
                onChange={(event) => setEditing({ ...editing, title: event.currentTarget.value })}
              />
              <TextInput
                label="Kata singkat"
                required
                maxLength={30}
                value={editing.shortcut}
                onChange={(event) => setEditing({ ...editing, shortcut: event.currentTarget.value })}
              />
              <Textarea
                label="Isi"
                description="Bisa memakai {nama}, {petugas}, {salam}"
                required
                autosize
                minRows={4}
                maxLength={4000}
                value={editing.body}
                onChange={(event) => setEditing({ ...editing, body: event.currentTarget.value })}
              />
              {editing.body !== '' && (
                <Text size="sm" className="preview">
                  {fillPlaceholders(editing.body, { residentName: 'Maria', officerName: me.name })}
                </Text>
              )}
              <Group justify="space-between">
                {editing.id !== null ? (
                  <Button
                    variant="subtle"
                    color="bata"
                    loading={remove.isPending}
                    onClick={() => editing.id !== null && remove.mutate(editing.id)}
                  >
                    Hapus
                  </Button>
                ) : (
                  <span />
                )}
                <Button type="submit" loading={save.isPending}>
                  Simpan
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Modal>
    </>
  );
}
