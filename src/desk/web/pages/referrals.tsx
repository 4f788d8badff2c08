import { Badge, Loader, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api, ask } from '../api.ts';
import type { Me } from '../me.ts';
import { LetterByHand } from '../parts/referral/letter-by-hand.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { clockWord } from '../referral-words.ts';
import { daysBetween, dayOf, longDay, moment } from '../time.ts';

/** What agencies owe and have not given, and letters to them that did not leave. */
export function ReferralsPage({ me }: { me: Me }) {
  const seesOverdue = me.permissions.includes('referral.overdue');
  return (
    <div className="page narrow">
      <header className="page-head">
        <div>
          <Title order={1} size="h2">
            Rujukan
          </Title>
          <p className="lead">Curhat yang sudah diserahkan ke instansi dan perlu dikejar.</p>
        </div>
      </header>
      {seesOverdue && <Overdue />}
      <Unsent />
    </div>
  );
}

function Overdue() {
  const overdue = useQuery({
    queryKey: ['referrals', 'overdue'],
    queryFn: () => ask(api.referrals.overdue.$get()),
  });
  const items = overdue.data?.items ?? [];
  const today = dayOf(new Date().toISOString());
  return (
    <section className="referral-list">
      <h2>Instansi lewat tenggat {items.length > 0 && <span className="faint">{items.length}</span>}</h2>
      {overdue.isPending && <Loader type="dots" />}
      {overdue.error && <Trouble error={overdue.error} again={() => void overdue.refetch()} />}
      {overdue.data && items.length === 0 && <p className="empty">Tidak ada instansi yang lewat tenggat.</p>}
      <ul className="cards">
        {items.map((item) => (
          <li key={item.referralId} className="card red">
            <div>
              <strong>{item.agency.short}</strong>{' '}
              <span className="late">
                {clockWord(item.clock ?? '')} lewat {daysBetween(item.dueOn, today)} hari
              </span>
              <p>
                <Link href={`/curhat/${item.concernId}`}>{item.code}</Link> · seharusnya {longDay(item.dueOn)}{' '}
                · {item.officer === null ? 'belum ada petugas' : item.officer.name}
              </p>
              <small className="faint">
                {item.way === 'lapor' ? 'lewat SP4N-LAPOR!' : 'lewat surel'}
                {item.sentAt !== null && `, dikirim ${moment(item.sentAt)}`}
                {item.isReminderWaiting
                  ? '; pengingatnya menunggu dikirim'
                  : item.chasedAt !== null && `; diingatkan ${moment(item.chasedAt)}`}
              </small>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Unsent() {
  const unsent = useQuery({
    queryKey: ['referrals', 'unsent'],
    queryFn: () => ask(api.referrals.unsent.$get()),
  });
  const items = unsent.data?.items ?? [];
  const waiting = unsent.data?.waiting ?? [];
  const count = items.length + waiting.length;
  return (
    <section className="referral-list">
      <h2>Surat belum terkirim {count > 0 && <span className="faint">{count}</span>}</h2>
      {unsent.isPending && <Loader type="dots" />}
      {unsent.error && <Trouble error={unsent.error} again={() => void unsent.refetch()} />}
      {unsent.data && count === 0 && <p className="empty">Semua surat ke instansi sudah terkirim.</p>}
      <ul className="cards">
        {waiting.map((letter) => (
          <li key={letter.id} className={letter.isLate ? 'card red' : 'card'}>
            <div>
              <strong>{letter.agency}</strong>{' '}
              <Badge variant="light" color={letter.isLate ? 'bata' : 'jagung'}>
                menunggu dikirim
              </Badge>
              <p>{letter.sentence}</p>
              <small className="faint">
                {letter.mailbox === null ? (letter.contact ?? 'tanpa surel') : `ke ${letter.mailbox}`} ·{' '}
                {moment(letter.at)}
                {letter.officer !== null && ` · ${letter.officer}`}
              </small>
              {letter.may && <LetterByHand id={letter.id} isPacket={letter.kind === 'packet'} />}
            </div>
            {letter.concernId === null ? (
              <span className="faint">{letter.code}</span>
            ) : (
              <Link className="quiet-link" href={`/curhat/${letter.concernId}`}>
                Buka {letter.code}
              </Link>
            )}
          </li>
        ))}
        {items.map((item) => {
          const isTried = item.letter.status === 'due' || item.letter.status === 'sending';
          return (
            <li key={item.letter.id} className={isTried ? 'card' : 'card red'}>
              <div>
                <strong>{item.agency.short}</strong>{' '}
                <Badge variant="light" color={isTried ? 'jagung' : 'bata'}>
                  {isTried ? 'dicoba lagi' : 'gagal'}
                </Badge>
                <p>{item.letter.sentence}</p>
                <small className="faint">
                  ke {item.letter.mailbox} · {moment(item.letter.at)}
                </small>
              </div>
              <Link className="quiet-link" href={`/curhat/${item.concernId}`}>
                Buka {item.code}
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
