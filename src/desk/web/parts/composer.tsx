import { ActionIcon, Button, FileButton, Menu, Tabs, Textarea, Tooltip } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { MessageView } from '../../reads/message-view.ts';
import { api, ask, asRefused, makeOnceKey } from '../api.ts';
import { useDraft } from '../draft.ts';
import { fillPlaceholders } from '../placeholders.ts';
import { sayDone, sayError } from '../notify.ts';
import { useTyping } from '../live.ts';
import type { Me } from '../me.ts';
import { BoltIcon, ClipIcon } from './icons.tsx';

/** Where an officer writes: to the resident, or a note that only colleagues see. */
export function Composer({
  conversationId,
  residentName,
  me,
  quoted,
  onQuoted,
  field,
}: {
  conversationId: string;
  residentName: string;
  me: Me;
  quoted: MessageView | null;
  onQuoted: (message: MessageView | null) => void;
  field: RefObject<HTMLTextAreaElement | null>;
}) {
  const client = useQueryClient();
  const [kind, setKind] = useState<'reply' | 'note'>('reply');
  const [draft, setDraft] = useDraft(`${kind}.${conversationId}`);
  // One key for one text: sending again after a broken connection must not say it twice.
  const once = useRef({ text: '', key: '' });
  const lastTyping = useRef(0);
  const typing = useTyping(conversationId);
  const canned = useQuery({
    queryKey: ['canned'],
    queryFn: () => ask(api.canned.$get()),
    staleTime: 300_000,
  });

  const done = (): void => {
    void client.invalidateQueries({ queryKey: ['thread', conversationId] });
    void client.invalidateQueries({ queryKey: ['conversation', conversationId] });
    void client.invalidateQueries({ queryKey: ['queue'] });
  };
  const send = useMutation({
    mutationFn: async () => {
      const text = draft.trim();
      if (kind === 'note') {
        await ask(
          api.conversations[':id'].notes.$post({ param: { id: conversationId }, json: { body: text } }),
        );
        return;
      }
      if (once.current.text !== text) once.current = { text, key: makeOnceKey() };
      await ask(
        api.conversations[':id'].messages.$post({
          param: { id: conversationId },
          json: { text, onceKey: once.current.key, replyToMessageId: quoted?.id ?? null },
        }),
      );
    },
    onSuccess: () => {
      once.current = { text: '', key: '' };
      setDraft('');
      onQuoted(null);
      if (kind === 'note') sayDone('Catatan disimpan. Warga tidak melihatnya.');
    },
    onError: sayError,
    onSettled: done,
  });
  const sendFile = useMutation({
    mutationFn: async (file: File) => {
      const query = new URLSearchParams({ name: file.name, caption: '', onceKey: makeOnceKey() });
      const response = await fetch(`/desk/api/conversations/${conversationId}/files?${query}`, {
        method: 'PUT',
        body: file,
        headers: { 'content-type': file.type || 'application/octet-stream' },
      });
      if (!response.ok) throw asRefused(response.status, await response.json().catch(() => null));
    },
    onSuccess: () => sayDone('Berkas dikirim.'),
    onError: sayError,
    onSettled: done,
  });
  const tellTyping = (): void => {
    if (Date.now() - lastTyping.current < 3000) return;
    lastTyping.current = Date.now();
    // A courtesy; when it fails nobody needs to know.
    api.conversations[':id'].typing.$post({ param: { id: conversationId } }).catch(() => {});
  };
  const put = (body: string): void => {
    const filled = fillPlaceholders(body, { residentName, officerName: me.name });
    setDraft(draft.trim() === '' ? filled : `${draft}\n${filled}`);
    field.current?.focus();
  };
  const isEmpty = draft.trim() === '';

  return (
    <div className={`composer ${kind}`}>
      {typing !== null && (
        <p className="typing" role="status">
          {typing} sedang mengetik di chat ini…
        </p>
      )}
      {quoted && kind === 'reply' && (
        <p className="quoting">
          Mengutip: {quoted.text?.slice(0, 90) ?? 'pesan tanpa teks'}
          <button type="button" onClick={() => onQuoted(null)}>
            batal
          </button>
        </p>
      )}
      <Tabs
        value={kind}
        onChange={(value) => setKind(value === 'note' ? 'note' : 'reply')}
        variant="pills"
        className="composer-tabs"
      >
        <Tabs.List>
          <Tabs.Tab value="reply">Balas warga</Tabs.Tab>
          <Tabs.Tab value="note">Catatan dalam</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      <Textarea
        ref={field}
        aria-label={kind === 'reply' ? `Balasan untuk ${residentName}` : 'Catatan untuk rekan'}
        placeholder={
          kind === 'reply' ? 'Tulis balasan… (Ctrl+Enter mengirim)' : 'Hanya dibaca rekan, tidak oleh warga…'
        }
        autosize
        minRows={2}
        maxRows={8}
        maxLength={8000}
        value={draft}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          if (kind === 'reply') tellTyping();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isEmpty && !send.isPending)
            send.mutate();
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <div className="composer-foot">
        {kind === 'reply' && (
          <>
            <FileButton
              accept="image/jpeg,image/png,image/webp,application/pdf,audio/ogg"
              onChange={(file) => file && sendFile.mutate(file)}
            >
              {(props) => (
                <Tooltip label="Kirim foto, PDF, atau suara">
                  <ActionIcon
                    {...props}
                    variant="default"
                    size="lg"
                    aria-label="Kirim berkas"
                    loading={sendFile.isPending}
                  >
                    <ClipIcon />
                  </ActionIcon>
                </Tooltip>
              )}
            </FileButton>
            <Menu position="top-start" width={320}>
              <Menu.Target>
                <Tooltip label="Balasan siap pakai">
                  <ActionIcon variant="default" size="lg" aria-label="Balasan siap pakai">
                    <BoltIcon />
                  </ActionIcon>
                </Tooltip>
              </Menu.Target>
              <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
                {(canned.data?.items ?? []).map((reply) => (
                  <Menu.Item key={reply.id} onClick={() => put(reply.body)}>
                    <strong>{reply.title}</strong> <small className="faint">/{reply.shortcut}</small>
                    <small className="faint clip">{reply.body}</small>
                  </Menu.Item>
                ))}
                {canned.data?.items.length === 0 && (
                  <Menu.Label>Belum ada. Supervisor menambahkannya di Pengaturan.</Menu.Label>
                )}
              </Menu.Dropdown>
            </Menu>
          </>
        )}
        <span className="spring" />
        <Button
          onClick={() => send.mutate()}
          loading={send.isPending}
          disabled={isEmpty}
          {...(kind === 'note' ? { color: 'jagung' } : {})}
        >
          {kind === 'reply' ? 'Kirim' : 'Simpan catatan'}
        </Button>
      </div>
    </div>
  );
}
