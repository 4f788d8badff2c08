import { Badge, Button, Group, Loader } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api, ask, shutDoor } from '../api.ts';
import type { Answer } from '../api.ts';
import { kelurahanName } from '../kelurahan.ts';
import { sayDone, sayError, sentenceOf } from '../notify.ts';
import { longDay, moment, slotTime } from '../time.ts';
import { categoryWord, concernWord } from '../words.ts';
import { AnswerForm } from './answer-form.tsx';
import { ConcernGuess } from './concern-guess.tsx';
import { ConcernTimeline } from './concern-timeline.tsx';
import { EraseButton } from './erase-form.tsx';
import { MessageBubble } from './message-bubble.tsx';
import { NoteForm } from './note-form.tsx';
import { ReferralPanel } from './referral/referral-panel.tsx';
import { SimilarConcerns } from './similar-concerns.tsx';
import { Trouble } from './trouble.tsx';

export type ConcernView = Answer<Awaited<ReturnType<(typeof api.concerns)[':id']['$get']>>>;

/** One concern: what was poured out, what was done, what can be done next. Opening it is recorded. */
export function ConcernReader({ id }: { id: string }) {
  const client = useQueryClient();
  const concern = useQuery({
    queryKey: ['concern', id],
    queryFn: () => ask(api.concerns[':id'].$get({ param: { id } })),
  });
  const take = useMutation({
    mutationFn: () => ask(api.concerns[':id'].take.$post({ param: { id } })),
    onSuccess: () => sayDone('Anda menangani curhat ini. Warganya diberi tahu.'),
    onError: sayError,
    onSettled: () =>
      Promise.all(['concern', 'concerns', 'day'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
  useHotkeys([['t', () => concern.data?.may.take && !concern.data.may.handle && take.mutate()]]);
  if (concern.isPending) return <Loader type="dots" m="xl" />;
  if (concern.error) {
    const door = shutDoor(concern.error);
    if (!door) return <Trouble error={concern.error} again={() => void concern.refetch()} />;
    return (
      <div className="closed-door">
        <p>{sentenceOf(concern.error)}</p>
        {door.isFree && (
          <Button loading={take.isPending} onClick={() => take.mutate()}>
            Tangani
          </Button>
        )}
      </div>
    );
  }
  const view = concern.data;
  return (
    <article className="concern">
      <header>
        <h2>{view.name}</h2>
        <Group gap="xs">
          <Badge variant="light">{concernWord(view.status)}</Badge>
          <Badge variant="light" color="jagung">
            {categoryWord(view.category)}
          </Badge>
          <small className="faint">
            {view.code} · kelurahan {kelurahanName(view.kelurahanCode)} · diterima {moment(view.receivedAt)}
          </small>
        </Group>
        <p className="promise">
          {view.nextWordBy !== null && view.status !== 'settled' && (
            <>
              Warga dijanjikan kabar paling lambat{' '}
              <strong className={view.deadline === 'over' ? 'late' : undefined}>
                {longDay(view.nextWordBy)}
              </strong>
              . {view.deadline === 'over' && 'Itu sudah lewat. '}
              {view.putOffTo !== null && `Kepadanya sudah disebut hari baru: ${longDay(view.putOffTo)}. `}
            </>
          )}
          {view.isNameShared
            ? 'Namanya boleh diketahui instansi.'
            : 'Namanya tidak boleh diberikan kepada instansi.'}
        </p>
        {view.booking && (
          <p className="faint">
            Kunjungan {view.booking.code}: {longDay(view.booking.day)}, {slotTime(view.booking.time)} WITA
          </p>
        )}
      </header>

      <div className="poured" aria-label="Isi curhat">
        {view.messages.length === 0 && <p className="faint">Tidak ada pesan tertulis.</p>}
        {view.messages.map((message) => (
          <MessageBubble key={message.id} message={message} quoted={null} />
        ))}
      </div>

      <Group gap="xs" className="no-print">
        {view.may.take && !view.may.handle && view.status !== 'settled' && (
          <Button loading={take.isPending} onClick={() => take.mutate()}>
            Tangani
          </Button>
        )}
        {view.officer && <small className="faint">Ditangani {view.officer.name}</small>}
        {view.conversationId !== null && (
          <Link className="quiet-link" href={`/antrean/${view.conversationId}`}>
            Buka chat
          </Link>
        )}
        <EraseButton of="concern" id={id} />
      </Group>
      {view.may.handle && view.status !== 'settled' && <AnswerForm concern={view} />}

      <ReferralPanel concern={view} />

      <section>
        <h3>Catatan rekan</h3>
        {view.notes.map((note) => (
          <p key={note.id} className="note">
            <strong>{note.officer ?? 'Petugas'}</strong> <small className="faint">{moment(note.at)}</small>
            <span className="said">{note.body}</span>
          </p>
        ))}
        <NoteForm concernId={id} />
      </section>

      <ConcernGuess concern={view} />

      <SimilarConcerns similar={view.similar} />

      {view.earlier.length > 0 && (
        <section>
          <h3>Curhat lain dari warga ini</h3>
          <ul className="plain">
            {view.earlier.map((each) => (
              <li key={each.id}>
                <Link href={`/curhat/${each.id}`}>{each.code}</Link> · {categoryWord(each.category)} ·{' '}
                {concernWord(each.status)}
              </li>
            ))}
          </ul>
        </section>
      )}

      <section>
        <h3>Perjalanan</h3>
        <ConcernTimeline entries={view.timeline} />
      </section>
    </article>
  );
}
