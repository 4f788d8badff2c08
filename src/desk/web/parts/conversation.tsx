import { ActionIcon, Badge, Button, Group, Loader, Menu } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { MessageView } from '../../reads/message-view.ts';
import { api, ask, shutDoor } from '../api.ts';
import type { Answer } from '../api.ts';
import type { Me } from '../me.ts';
import { sayDone, sayError, sentenceOf } from '../notify.ts';
import { moment } from '../time.ts';
import { channelWord, reasonWord } from '../words.ts';
import { Composer } from './composer.tsx';
import { ConversationFacts } from './conversation-facts.tsx';
import { EndForm } from './end-form.tsx';
import { EraseForm } from './erase-form.tsx';
import { BackIcon } from './icons.tsx';
import { Guests, InviteForm } from './guests.tsx';
import { MergeForm } from './merge-form.tsx';
import { NoteForm } from './note-form.tsx';
import { Thread } from './thread.tsx';
import { TransferForm } from './transfer-form.tsx';
import { Trouble } from './trouble.tsx';

export type ConversationView = Answer<Awaited<ReturnType<(typeof api.conversations)[':id']['$get']>>>;

/** One chat with everything an officer can do in it. */
export function Conversation({ id, me }: { id: string; me: Me }) {
  const client = useQueryClient();
  const [, go] = useLocation();
  const field = useRef<HTMLTextAreaElement>(null);
  const [quoted, setQuoted] = useState<MessageView | null>(null);
  const [ending, setEnding] = useState<'close' | 'return' | null>(null);
  const [passing, passingDoor] = useDisclosure(false);
  const [merging, mergingDoor] = useDisclosure(false);
  const [erasing, erasingDoor] = useDisclosure(false);
  const [inviting, invitingDoor] = useDisclosure(false);
  const chat = useQuery({
    queryKey: ['conversation', id],
    queryFn: () => ask(api.conversations[':id'].$get({ param: { id } })),
  });
  const refresh = (): void => {
    void client.invalidateQueries({ queryKey: ['conversation', id] });
    void client.invalidateQueries({ queryKey: ['thread', id] });
    void client.invalidateQueries({ queryKey: ['queue'] });
    void client.invalidateQueries({ queryKey: ['alerts'] });
  };
  const claim = useMutation({
    mutationFn: () => ask(api.conversations[':id'].claim.$post({ param: { id } })),
    onSuccess: () => field.current?.focus(),
    onError: sayError,
    onSettled: refresh,
  });
  const take = useMutation({
    mutationFn: () => ask(api.conversations[':id'].take.$post({ param: { id } })),
    onError: sayError,
    onSettled: refresh,
  });
  const reveal = useMutation({
    mutationFn: () => ask(api.conversations[':id'].reveal.$post({ param: { id } })),
    onSuccess: (address) =>
      sayDone(`${channelWord(address.channel)}: ${address.value}. Dicatat bahwa Anda melihatnya.`),
    onError: sayError,
  });
  useHotkeys([
    ['r', () => field.current?.focus()],
    ['a', () => chat.data?.may.claim && !claim.isPending && claim.mutate()],
  ]);

  if (chat.isPending) return <Loader type="dots" m="xl" />;
  if (chat.error) {
    const door = shutDoor(chat.error);
    if (!door) return <Trouble error={chat.error} again={() => void chat.refetch()} />;
    return (
      <div className="closed-door">
        <p>{sentenceOf(chat.error)}</p>
        {door.isFree && (
          <Button loading={take.isPending} onClick={() => take.mutate()}>
            Ambil chat ini
          </Button>
        )}
        <Link href="/antrean">Kembali ke antrean</Link>
      </div>
    );
  }
  const view = chat.data;
  const isGuest = view.guests.some((guest) => guest.id === me.id);
  return (
    <section className="chat" aria-label={`Chat dengan ${view.name}`}>
      <header className="chat-head">
        <ActionIcon
          className="only-phone"
          variant="subtle"
          aria-label="Kembali ke antrean"
          onClick={() => go('/antrean')}
        >
          <BackIcon />
        </ActionIcon>
        <div className="chat-who">
          <h2>{view.name}</h2>
          <small>
            {channelWord(view.channel)}
            {view.handoff && ` · ${reasonWord(view.handoff.reason)}`}
            {view.handoff?.requestedAt && ` · ${moment(view.handoff.requestedAt)}`}
            {view.language === 'en' && ' · berbahasa Inggris'}
          </small>
        </div>
        <Group gap="xs">
          {view.handoff?.isDanger && (
            <Badge className="no-phone" color="bata">
              Bahaya
            </Badge>
          )}
          {view.isUnreachable && <Badge color="bata">Hubungi orang ini</Badge>}
          {view.may.claim && (
            <Button loading={claim.isPending} onClick={() => claim.mutate()}>
              Ambil
            </Button>
          )}
          {view.handoff?.status === 'held' && !view.may.write && (
            <Badge variant="light">dipegang {view.handoff.officer?.name ?? 'telepon ruang'}</Badge>
          )}
          {view.may.steer && (
            <Button color="laut" variant="light" onClick={() => setEnding('close')}>
              Tutup…
            </Button>
          )}
          <Menu position="bottom-end" width={230}>
            <Menu.Target>
              <Button variant="default" px="sm" aria-label="Tindakan lain">
                ⋯
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {view.may.steer && (
                <Menu.Item onClick={() => setEnding('return')}>Kembalikan ke bot…</Menu.Item>
              )}
              {view.may.steer && <Menu.Item onClick={passingDoor.open}>Alihkan ke rekan…</Menu.Item>}
              {view.may.write && <Menu.Item onClick={invitingDoor.open}>Ajak rekan membaca…</Menu.Item>}
              <Menu.Item disabled={!view.may.reveal} onClick={() => reveal.mutate()}>
                Lihat nomor atau akun warga
              </Menu.Item>
              {me.permissions.includes('resident.merge') && (
                <Menu.Item onClick={mergingDoor.open}>Satukan dengan chat lain…</Menu.Item>
              )}
              {me.permissions.includes('resident.erase') && (
                <Menu.Item color="bata" onClick={erasingDoor.open}>
                  Hapus semua data warga…
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        </Group>
      </header>
      <Guests view={view} me={me} onDone={refresh} />
      <ConversationFacts view={view} onDone={refresh} />
      <Thread conversationId={id} {...(view.may.write ? { onQuote: setQuoted } : {})} />
      {view.may.write ? (
        <Composer
          key={id}
          conversationId={id}
          residentName={view.name}
          me={me}
          quoted={quoted}
          onQuoted={setQuoted}
          field={field}
        />
      ) : isGuest ? (
        <div className="not-mine">
          <p>{view.handoff?.officer?.name ?? 'Rekan Anda'} sedang menangani. Anda ikut membaca.</p>
          <NoteForm conversationId={id} />
        </div>
      ) : (
        <p className="not-mine">
          {view.may.claim
            ? 'Ambil chat ini untuk membalas. Warga langsung diberi tahu bahwa Anda yang membaca.'
            : view.handoff?.status === 'held'
              ? `${view.handoff.officer?.name ?? 'Rekan Anda'} sedang menangani. Anda membaca sebagai supervisor.`
              : 'Chat ini kembali dipegang bot.'}
        </p>
      )}
      <EndForm
        id={id}
        kind={ending}
        residentName={view.name}
        onClose={() => setEnding(null)}
        onDone={refresh}
      />
      <TransferForm id={id} me={me} opened={passing} onClose={passingDoor.close} onDone={refresh} />
      <InviteForm view={view} me={me} opened={inviting} onClose={invitingDoor.close} onDone={refresh} />
      <MergeForm id={id} opened={merging} onClose={mergingDoor.close} onDone={refresh} />
      <EraseForm of="conversation" id={id} opened={erasing} onClose={erasingDoor.close} />
    </section>
  );
}
