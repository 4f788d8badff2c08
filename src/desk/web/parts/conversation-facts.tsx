import { Badge, Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api, ask } from '../api.ts';
import { sayDone, sayError } from '../notify.ts';
import { clock, longDay, moment, slotTime } from '../time.ts';
import { bookingWord, categoryWord, concernWord, dangerWord, severityWord } from '../words.ts';
import type { ConversationView } from './conversation.tsx';

/** What is known about the resident, and what colleagues noted, above the thread. */
export function ConversationFacts({ view, onDone }: { view: ConversationView; onDone: () => void }) {
  const isPhone = useMediaQuery('(max-width: 820px)', matchMedia('(max-width: 820px)').matches);
  const coming = view.bookings.find((booking) => booking.status === 'booked' || booking.status === 'arrived');
  const open = view.concerns.filter((concern) => concern.status !== 'settled');
  const danger = view.alerts[0];
  if (!coming && open.length === 0 && view.notes.length === 0 && !danger) return null;
  return (
    <div className="facts">
      {danger && (
        <div className={danger.isFalse ? 'fact-danger off' : 'fact-danger'}>
          <p>
            {severityWord(danger.severity)}: {dangerWord(danger.kind)}, {clock(danger.at)}
            {danger.signs > 1 && ` · ${danger.signs} tanda`}
            {danger.isFalse
              ? ` · bukan bahaya${danger.acknowledgedBy === null ? '' : `, kata ${danger.acknowledgedBy}`}`
              : danger.acknowledgedBy !== null && ` · diurus ${danger.acknowledgedBy}`}
          </p>
          {!danger.isFalse && <DismissButton alertId={danger.id} onDone={onDone} />}
        </div>
      )}
      <div className="fact-row">
        {coming && (
          <Badge variant="light" color="laut" size="lg" tt="none">
            {bookingWord(coming.status)}: {longDay(coming.day)}, {slotTime(coming.time)}
          </Badge>
        )}
        {open.map((concern) => (
          <Link key={concern.id} href={`/curhat/${concern.id}`} className="fact-link">
            {concern.code} · {categoryWord(concern.category)} · {concernWord(concern.status)}
          </Link>
        ))}
      </div>
      {view.notes.length > 0 && (
        <details className="notes" open={view.notes.length < 3 && !isPhone}>
          <summary>{view.notes.length} catatan rekan</summary>
          {view.notes.map((note) => (
            <p key={note.id}>
              <strong>{note.officer ?? 'Petugas'}</strong> <small className="faint">{moment(note.at)}</small>
              <span className="said">{note.body}</span>
            </p>
          ))}
        </details>
      )}
    </div>
  );
}

/** Asked once more: whoever is in danger must not be put aside by a slip of the thumb. */
function DismissButton({ alertId, onDone }: { alertId: string; onDone: () => void }) {
  const dismiss = useMutation({
    mutationFn: () => ask(api.alerts[':id'].dismiss.$post({ param: { id: alertId } })),
    onSuccess: () =>
      sayDone('Tercatat: bukan bahaya. Tidak ada lagi yang dipanggil; chatnya tetap di antrean.'),
    onError: sayError,
    onSettled: onDone,
  });
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={dismiss.isPending}
      onClick={() => {
        if (confirm('Sudah dibaca, dan tidak ada bahaya? Tandanya dicabut dan menjadi bahan belajar sistem.'))
          dismiss.mutate();
      }}
    >
      Bukan bahaya
    </Button>
  );
}
