import { Badge, Button, Group, Loader, Select, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api.ts';
import { sayDone, sayError } from '../notify.ts';
import { moment, shortDate } from '../time.ts';
import { contactWord } from '../words.ts';
import { Trouble } from './trouble.tsx';

const kinds = [
  { value: 'whatsapp', label: 'WhatsApp' },
  { value: 'email', label: 'Email' },
] as const;
type Kind = (typeof kinds)[number]['value'];

/** The ways to call an officer when somebody is in danger: their own, or (for an admin) a colleague's. */
export function Contacts({ officerId }: { officerId: string | null }) {
  const client = useQueryClient();
  const [kind, setKind] = useState<Kind>('whatsapp');
  const [value, setValue] = useState('');
  const queryKey = ['contacts', officerId ?? 'me'];
  const contacts = useQuery({
    queryKey,
    queryFn: () =>
      officerId === null
        ? ask(api.me.contacts.$get())
        : ask(api.officers[':id'].contacts.$get({ param: { id: officerId } })),
    // Whichever process has the way sends it; what came of it is looked for until it is known.
    refetchInterval: (query) => (query.state.data?.items.some((item) => item.isTrying) ? 2_000 : false),
  });
  const refresh = (): void => {
    void client.invalidateQueries({ queryKey });
    void client.invalidateQueries({ queryKey: ['duty'] });
  };
  const add = useMutation({
    mutationFn: () =>
      officerId === null
        ? ask(api.me.contacts.$post({ json: { kind, value } }))
        : ask(api.officers[':id'].contacts.$post({ param: { id: officerId }, json: { kind, value } })),
    onSuccess: () => {
      setValue('');
      sayDone('Kontak ditambahkan.');
    },
    onError: sayError,
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (id: string) =>
      officerId === null
        ? ask(api.me.contacts[':id'].remove.$post({ param: { id } }))
        : ask(api.contacts[':id'].remove.$post({ param: { id } })),
    onError: sayError,
    onSettled: refresh,
  });
  const attempt = useMutation({
    mutationFn: (id: string) => ask(api.me.contacts[':id'].try.$post({ param: { id } })),
    onError: sayError,
    onSettled: refresh,
  });
  return (
    <section className="contacts">
      <Title order={2} size="h4">
        Kontak saat darurat
      </Title>
      <p className="faint">
        Ke sinilah panggilan dikirim bila ada tanda bahaya, siang dan malam. Isinya tidak pernah memuat nama
        atau cerita warga.
      </p>
      {contacts.isPending && <Loader type="dots" />}
      {contacts.error && <Trouble error={contacts.error} />}
      {contacts.data && contacts.data.items.length === 0 && (
        <p className="fact-danger">Belum ada kontak: panggilan darurat tidak akan sampai.</p>
      )}
      <ul className="contact-list">
        {contacts.data?.items.map((contact) => (
          <li key={contact.id}>
            <span>
              <strong>{contactWord(contact.kind)}</strong> {contact.label}{' '}
              <small className="faint">sejak {shortDate(contact.since)}</small>{' '}
              {contact.hasFailed && <Badge color="bata">tidak bisa dihubungi</Badge>}
              {contact.isDoubtful && <Badge color="jagung">terakhir tidak sampai</Badge>}
              <small className="contact-reach faint">{reachOf(contact)}</small>
              {contact.trouble !== null && <small className="contact-reach late">{contact.trouble}</small>}
            </span>
            <Group gap={4} wrap="nowrap">
              {officerId === null && (
                <Button
                  variant="default"
                  size="compact-sm"
                  loading={contact.isTrying || (attempt.isPending && attempt.variables === contact.id)}
                  onClick={() => attempt.mutate(contact.id)}
                  aria-label={`Coba ${contactWord(contact.kind)} ${contact.label}`}
                >
                  Coba
                </Button>
              )}
              <Button
                variant="subtle"
                size="compact-sm"
                loading={remove.isPending && remove.variables === contact.id}
                onClick={() => remove.mutate(contact.id)}
                aria-label={`Hapus ${contactWord(contact.kind)} ${contact.label}`}
              >
                Hapus
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <Group align="flex-end" gap="xs">
          <Select
            label="Jenis"
            w={130}
            allowDeselect={false}
            data={kinds}
            value={kind}
            onChange={(next) => setKind(next ?? 'whatsapp')}
          />
          <TextInput
            label={kind === 'email' ? 'Alamat email' : 'Nomor WhatsApp'}
            type={kind === 'email' ? 'email' : 'tel'}
            placeholder={kind === 'email' ? 'nama@contoh.id' : '0812 3456 7890'}
            required
            maxLength={200}
            flex="1 1 180px"
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={add.isPending}>
            Tambah
          </Button>
        </Group>
      </form>
    </section>
  );
}

function reachOf(contact: {
  isTrying: boolean;
  reachedAt: string | null;
  hasFailed: boolean;
  isDoubtful: boolean;
  trouble: string | null;
}): string {
  if (contact.isTrying) return 'Sedang dicoba…';
  if (contact.reachedAt !== null) return `Terakhir terkirim ${moment(contact.reachedAt)}.`;
  const wasTried = contact.hasFailed || contact.isDoubtful || contact.trouble !== null;
  return wasTried ? 'Belum pernah sampai.' : 'Belum pernah dicoba.';
}
