import { Badge, Button, Loader, Title } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { api, ask } from '../api.ts';
import type { Answer } from '../api.ts';
import { download } from '../download.ts';
import type { Me } from '../me.ts';
import { sayDone, sayError } from '../notify.ts';
import { PeriodPicker, usePeriod, type Period } from '../parts/period-picker.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { dayOf, decimal, monthName } from '../time.ts';
import { bandWord, channelWord, elementWord } from '../words.ts';

type Survey = Answer<Awaited<ReturnType<typeof api.survey.$get>>>;

/** What residents think of the room, in sums, and what some of them wrote. */
export function SurveyPage({ me }: { me: Me }) {
  const thisMonth = dayOf(new Date().toISOString()).slice(0, 7);
  const [period, choose] = usePeriod(thisMonth);
  const survey = useQuery({
    queryKey: ['survey', period],
    queryFn: () => ask(api.survey.$get({ query: period })),
    placeholderData: keepPreviousData,
  });
  const takeAlong = useMutation({
    mutationFn: () => ask(api.survey.export.$post({ json: period })),
    onSuccess: ({ csv }) => {
      download(`skm-${period.from}-${period.to}.csv`, csv);
      sayDone('Diunduh.');
    },
    onError: sayError,
  });
  const year = thisMonth.slice(0, 4);
  const periods: readonly (Period & { name: string })[] = [
    { name: 'Bulan ini', from: thisMonth, to: thisMonth },
    { name: 'Semester 1', from: `${year}-01`, to: `${year}-06` },
    { name: 'Semester 2', from: `${year}-07`, to: `${year}-12` },
    { name: `Tahun ${year}`, from: `${year}-01`, to: `${year}-12` },
  ];
  return (
    <div className="page narrow">
      <header className="page-head">
        <div>
          <Title order={1} size="h2">
            Survei (SKM)
          </Title>
          <p className="lead">Sembilan unsur Permenpan RB 14/2017, dijawab warga tanpa nama.</p>
        </div>
        <Button
          variant="default"
          size="compact-sm"
          loading={takeAlong.isPending}
          onClick={() => takeAlong.mutate()}
        >
          Unduh CSV
        </Button>
      </header>
      <PeriodPicker period={period} choose={choose} offered={periods} />
      {survey.isPending && <Loader type="dots" />}
      {survey.error && <Trouble error={survey.error} again={() => void survey.refetch()} />}
      {survey.data && <Result survey={survey.data} />}
      {me.permissions.includes('survey.comments') && <Comments period={period} />}
    </div>
  );
}

function Result({ survey: { skm, channels } }: { survey: Survey }) {
  if (skm.respondents === 0) return <p className="empty">Belum ada yang menjawab pada masa ini.</p>;
  return (
    <section>
      <div className="skm">
        {skm.kind === 'index' ? (
          <>
            <strong className={`skm-index band-${skm.band}`}>{decimal(skm.index)}</strong>
            <div>
              <p>
                Mutu <strong>{skm.band}</strong>, {bandWord(skm.band)}
              </p>
              <p className="faint">
                dari {skm.respondents} warga{' '}
                {skm.isSmall && (
                  <Badge component="span" color="jagung" variant="light">
                    contoh kecil
                  </Badge>
                )}
              </p>
            </div>
          </>
        ) : (
          <p>
            Indeks belum bisa dihitung: belum ada jawaban untuk {skm.missing.map(elementWord).join(', ')}.{' '}
            <span className="faint">Sudah menjawab: {skm.respondents} warga.</span>
          </p>
        )}
      </div>
      {skm.kind === 'index' && skm.isSmall && (
        <p className="faint">
          Di bawah 30 jawaban angkanya mudah berubah: jangan dibandingkan dengan masa lain.
        </p>
      )}
      <ol className="elements">
        {skm.elements.map(({ element, mean, count }) => (
          <li key={element}>
            <span>{elementWord(element)}</span>
            <span className="meter" aria-hidden="true">
              <span style={{ width: `${(((mean ?? 1) - 1) / 3) * 100}%` }} />
            </span>
            <strong>{mean === null ? '—' : decimal(mean)}</strong>
            <small className="faint">{count} jawaban</small>
          </li>
        ))}
      </ol>
      <p className="faint">
        Nilai 1 (tidak baik) sampai 4 (sangat baik).{' '}
        {Object.entries(channels)
          .map(([channel, count]) => `${channelWord(channel)}: ${count}`)
          .join(' · ')}
      </p>
    </section>
  );
}

/** Opened on purpose: it is a reading of residents' words, and recorded. */
function Comments({ period }: { period: Period }) {
  const comments = useQuery({
    queryKey: ['survey-comments', period],
    queryFn: () => ask(api.survey.comments.$get({ query: period })),
    enabled: false,
  });
  const items = comments.data?.items;
  return (
    <section className="comments">
      <h2>Kalimat warga</h2>
      {!items && (
        <>
          <p className="faint">
            Ditulis tanpa nama; nomor, alamat, dan nama yang disebut ditutup dengan [-]. Hanya untuk
            supervisor dan admin, dan membukanya dicatat.
          </p>
          <Button
            variant="default"
            mt="xs"
            loading={comments.isFetching}
            onClick={() => void comments.refetch()}
          >
            Buka kalimat warga
          </Button>
        </>
      )}
      {comments.error && <Trouble error={comments.error} again={() => void comments.refetch()} />}
      {items?.length === 0 && <p className="empty">Belum ada yang menulis pada masa ini.</p>}
      {items?.map((comment) => (
        <blockquote key={comment.id} className="agency-word">
          <span className="said">{comment.text}</span>
          <small className="faint">{monthName(comment.month)}</small>
        </blockquote>
      ))}
    </section>
  );
}
