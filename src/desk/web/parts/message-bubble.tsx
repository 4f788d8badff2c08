import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { memo } from 'react';
import type { MessageView } from '../../reads/message-view.ts';
import { api, ask } from '../api.ts';
import { sayDone, sayError } from '../notify.ts';
import { clock } from '../time.ts';
import { MessageFile } from './message-file.tsx';

const unreadable: Record<string, string> = {
  // What answered the survey is emptied: who gave which answer is nobody's to know.
  text: 'Isinya tidak disimpan',
  choice: 'Isinya tidak disimpan',
  sticker: 'Stiker',
  poll: 'Jajak pendapat, tidak bisa dibaca di sini',
  unsupported: 'Pesan jenis lain, tidak bisa dibaca di sini',
  call: 'Panggilan tak terjawab',
};

export const MessageBubble = memo(function MessageBubble({
  message,
  quoted,
  onQuote,
}: {
  message: MessageView;
  quoted: MessageView | null;
  onQuote?: (message: MessageView) => void;
}) {
  const side = message.direction === 'out' || message.author === 'phone' ? 'ours' : 'theirs';
  const isFailed = message.failure !== null;
  return (
    <div className={`bubble-row ${side}`}>
      <div
        className={`bubble ${side} ${message.author} ${isFailed ? 'failed' : ''} ${message.isDeleted ? 'gone' : ''}`}
      >
        <span className="by">{authorWord(message)}</span>
        {quoted && (
          <blockquote className="quote">{quoted.text?.slice(0, 140) ?? 'pesan tanpa teks'}</blockquote>
        )}
        {message.isForwarded && <small className="faint">diteruskan dari orang lain</small>}
        {message.files.map((file) => (
          <MessageFile key={file.path ?? file.kind} file={file} />
        ))}
        {message.location && (
          <a
            href={`https://www.openstreetmap.org/?mlat=${message.location.latitude}&mlon=${message.location.longitude}#map=17/${message.location.latitude}/${message.location.longitude}`}
            target="_blank"
            rel="noreferrer"
          >
            Lokasi{message.location.title ? `: ${message.location.title}` : ''} (buka peta)
          </a>
        )}
        {message.text !== null && message.text !== '' && <p className="said">{message.text}</p>}
        {message.text === null && message.files.length === 0 && !message.location && (
          <p className="said faint">{unreadable[message.kind] ?? 'Pesan tanpa isi'}</p>
        )}
        {message.choices.length > 0 && <p className="choices">{message.choices.join(' · ')}</p>}
        {message.earlier.length > 0 && (
          <details className="earlier">
            <summary>diedit, sebelumnya:</summary>
            {message.earlier.map((text, index) => (
              <p key={index} className="said">
                {text}
              </p>
            ))}
          </details>
        )}
        <span className="foot">
          {message.isDeleted && <span>dihapus warga · </span>}
          {message.isEdited && message.earlier.length === 0 && <span>diedit · </span>}
          {message.isLate && <span>datang terlambat · </span>}
          <time dateTime={message.sentAt}>{clock(message.sentAt)}</time>
          {message.isOutsideWindow && <span> · menunggu, di luar jendela 24 jam</span>}
          {message.direction === 'out' && <Ticks status={message.status} />}
          {onQuote && message.author === 'resident' && !message.isDeleted && (
            <button type="button" className="quote-it" onClick={() => onQuote(message)}>
              kutip
            </button>
          )}
        </span>
        {isFailed && <Failed message={message} />}
      </div>
    </div>
  );
});

function authorWord(message: MessageView): string {
  if (message.author === 'officer') return message.officer ?? 'Petugas';
  if (message.author === 'bot') return 'Bot';
  if (message.author === 'notice') return 'Pengingat otomatis';
  if (message.author === 'phone') return 'Dari telepon ruang';
  return '';
}

const ticks: Record<string, { sign: string; word: string }> = {
  pending: { sign: '◌', word: 'menunggu dikirim' },
  sending: { sign: '◌', word: 'sedang dikirim' },
  sent: { sign: '✓', word: 'terkirim' },
  delivered: { sign: '✓✓', word: 'sampai' },
  read: { sign: '✓✓', word: 'dibaca' },
  failed: { sign: '!', word: 'belum terkirim' },
  undeliverable: { sign: '!', word: 'tidak bisa dikirim' },
};

function Ticks({ status }: { status: string | null }) {
  const tick = ticks[status ?? ''];
  if (!tick) return null;
  return (
    <span className={`ticks ${status}`} title={tick.word}>
      <span aria-hidden="true">{tick.sign}</span>
      <span className="unseen">{tick.word}</span>
    </span>
  );
}

function Failed({ message }: { message: MessageView }) {
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: () => ask(api.messages[':id'].retry.$post({ param: { id: message.id } })),
    onSuccess: () => sayDone('Dikirim lagi.'),
    onError: sayError,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['thread'] }),
        client.invalidateQueries({ queryKey: ['unsent'] }),
      ]),
  });
  return (
    <span className="failure" role="status">
      {message.failure}
      <Button
        size="compact-xs"
        color="bata"
        variant="filled"
        loading={retry.isPending}
        onClick={() => retry.mutate()}
      >
        Kirim lagi
      </Button>
    </span>
  );
}
