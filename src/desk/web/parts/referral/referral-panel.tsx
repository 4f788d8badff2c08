import { Badge, Button, Group, Loader } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import type { Answer } from '../../api.ts';
import { longDay, moment, shortDay } from '../../time.ts';
import { clockWord, referralEventWord, referralNext, referralWord } from '../../referral-words.ts';
import type { ConcernView } from '../concern-reader.tsx';
import { LetterByHand } from './letter-by-hand.tsx';
import { ReferralForm } from './referral-form.tsx';
import { ReferralSteps } from './referral-steps.tsx';
import { Trouble } from '../trouble.tsx';

export type Referrals = Answer<Awaited<ReturnType<(typeof api.concerns)[':id']['referral']['$get']>>>;
export type ReferralView = Referrals['referrals'][number];

const colours: Record<string, string> = {
  failed: 'bata',
  not_ours: 'bata',
  refused_by_resident: 'gray',
  withdrawn: 'gray',
  answered: 'laut',
  acknowledged: 'laut',
  sent: 'laut',
};

/** Letters that did not leave stand out; these are still on their way, or wait for a hand. */
const letterLook: Record<string, string> = { due: 'faint', sending: 'faint', by_hand: '' };

/** A concern on its way to an agency: written, seen and allowed by the resident, sent, followed. */
export function ReferralPanel({ concern }: { concern: ConcernView }) {
  const client = useQueryClient();
  const [isWriting, setWriting] = useState(false);
  const isShown = concern.may.handle || concern.referral !== null;
  const referrals = useQuery({
    queryKey: ['referral', concern.id],
    queryFn: () => ask(api.concerns[':id'].referral.$get({ param: { id: concern.id } })),
    enabled: isShown,
  });
  if (!isShown) return null;
  const refresh = async (): Promise<void> => {
    await Promise.all(
      ['referral', 'referrals', 'concern', 'concerns'].map((key) =>
        client.invalidateQueries({ queryKey: [key] }),
      ),
    );
  };
  const [newest, ...earlier] = referrals.data?.referrals ?? [];
  // One that came back goes on to another agency from its own card.
  const mayBegin =
    referrals.data?.mayHandle === true &&
    concern.status !== 'settled' &&
    (!newest || (newest.isClosed && newest.status !== 'not_ours'));
  return (
    <section className="referral no-print">
      <h3>Rujukan ke instansi</h3>
      {referrals.isPending && <Loader type="dots" />}
      {referrals.error && <Trouble error={referrals.error} again={() => void referrals.refetch()} />}
      {referrals.data && newest && (
        <Standing concern={concern} referrals={referrals.data} referral={newest} refresh={refresh} />
      )}
      {referrals.data && mayBegin && !isWriting && (
        <Button variant={newest ? 'default' : 'filled'} onClick={() => setWriting(true)}>
          {newest ? 'Tulis rujukan baru…' : 'Rujuk ke instansi…'}
        </Button>
      )}
      {referrals.data && mayBegin && isWriting && (
        <ReferralForm
          concernId={concern.id}
          referrals={referrals.data}
          referral={null}
          onDone={async () => {
            setWriting(false);
            await refresh();
          }}
          onLeave={() => setWriting(false)}
        />
      )}
      {earlier.length > 0 && (
        <details className="earlier">
          <summary>Rujukan sebelumnya ({earlier.length})</summary>
          <ul className="plain">
            {earlier.map((each) => (
              <li key={each.id}>
                {each.agency.short}: {referralWord(each.status)}
                {each.closedAt && `, ${moment(each.closedAt)}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Standing({
  concern,
  referrals,
  referral,
  refresh,
}: {
  concern: ConcernView;
  referrals: Referrals;
  referral: ReferralView;
  refresh: () => Promise<void>;
}) {
  const [isEditing, setEditing] = useState(false);
  const isLate = referral.overdue !== null;
  const letters = referral.letters.filter(
    (letter) => letter.status !== 'sent' && letter.status !== 'dropped',
  );
  const told = referral.events.filter((event) => event.words !== null);
  return (
    <div className={`referral-card${isLate || referral.status === 'failed' ? ' late' : ''}`}>
      <Group gap="xs">
        <strong>{referral.agency.name}</strong>
        <Badge color={colours[referral.status] ?? 'jagung'} variant="light">
          {referralWord(referral.status)}
        </Badge>
        {referral.laporId !== null && (
          <Badge color="gray" variant="light">
            LAPOR! {referral.laporId}
          </Badge>
        )}
      </Group>
      <p>{referralNext(referral.status)}</p>
      {!referral.isClosed && referral.events.some((event) => event.kind === 'recalled') && (
        <p className="late">
          {referralEventWord('recalled')}. Tarik rujukannya, atau bicarakan dulu dengannya.
        </p>
      )}
      {isLate && (
        <p className="late">
          Lewat tenggat: {clockWord(referral.overdue ?? '')} belum ada.
          {referral.clocks.some((clock) => clock.chasedAt !== null) &&
            !letters.some((letter) => letter.kind === 'reminder') &&
            ' Instansi sudah diingatkan.'}
        </p>
      )}
      {referral.sentAt !== null && !referral.isClosed && (
        <ul className="clocks">
          {referral.clocks.map((clock) => (
            <li key={clock.clock} className={clock.isOverdue ? 'over' : clock.isMet ? 'met' : undefined}>
              {clockWord(clock.clock)} {clock.isMet ? '✓' : `s.d. ${shortDay(clock.dueOn)}`}
            </li>
          ))}
        </ul>
      )}
      {referral.expectedBy !== null && !referral.isClosed && (
        <p className="faint">Instansi memperkirakan selesai {longDay(referral.expectedBy)}.</p>
      )}
      {letters.map((letter) => (
        <div key={letter.id}>
          <p className={letterLook[letter.status] ?? 'late'}>
            Surel ke {letter.mailbox}: {letter.sentence}
          </p>
          {letter.status === 'by_hand' && referrals.mayHandle && (
            <LetterByHand id={letter.id} isPacket={letter.kind === 'packet'} />
          )}
        </div>
      ))}
      {told.map((event) => (
        <blockquote key={event.id} className="agency-word">
          <small className="faint">
            {event.by === 'resident' ? 'Warga' : (event.officer ?? referral.agency.short)} ·{' '}
            {referralEventWord(event.kind)} · {moment(event.at)}
          </small>
          <span className="said">{event.words}</span>
        </blockquote>
      ))}
      {isEditing ? (
        <ReferralForm
          concernId={concern.id}
          referrals={referrals}
          referral={referral}
          onDone={async () => {
            setEditing(false);
            await refresh();
          }}
          onLeave={() => setEditing(false)}
        />
      ) : (
        <>
          <details
            className="packet"
            open={['draft', 'asked', 'approved', 'failed'].includes(referral.status)}
          >
            <summary>
              Persis yang dibaca instansi
              {referral.isNameShared ? ', dengan nama warga' : ', tanpa nama warga'}
            </summary>
            <pre>{referral.packet}</pre>
          </details>
          {referrals.mayHandle && (
            <ReferralSteps
              referral={referral}
              hasMailServer={referrals.hasMailServer}
              onEdit={() => setEditing(true)}
              refresh={refresh}
            />
          )}
        </>
      )}
    </div>
  );
}
