import { Center, Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import type { ComponentType } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { startLive } from './live.ts';
import { LogInPage } from './pages/log-in.tsx';
import { Shell } from './parts/shell.tsx';
import { Trouble } from './parts/trouble.tsx';
import { useMe } from './me.ts';
import type { Me } from './me.ts';
import { onLead } from './worker-registration.tsx';

/**
 * Each page is its own file in the browser: the log-in needs none of them. The one that was asked for comes while the
 * server is asked who is there.
 */
function page<Props extends object>(path: string, load: () => Promise<ComponentType<Props>>) {
  if (location.pathname.startsWith(`/desk/${path}`)) {
    load().catch(() => {
      // Drawing the page asks once more, and says so when that fails, too.
    });
  }
  return lazy(async () => ({ default: await load() }));
}

const SetUpPage = page('mulai', async () => (await import('./pages/set-up.tsx')).SetUpPage);
const TodayPage = page('hari-ini', async () => (await import('./pages/today.tsx')).TodayPage);
const QueuePage = page('antrean', async () => (await import('./pages/queue.tsx')).QueuePage);
const ConcernsPage = page('curhat', async () => (await import('./pages/concerns.tsx')).ConcernsPage);
const ConcernPage = page('curhat/', async () => (await import('./pages/concern.tsx')).ConcernPage);
const ReferralsPage = page('rujukan', async () => (await import('./pages/referrals.tsx')).ReferralsPage);
const SurveyPage = page('survei', async () => (await import('./pages/survey.tsx')).SurveyPage);
const TrendsPage = page('tren', async () => (await import('./pages/trends.tsx')).TrendsPage);
const UnsentPage = page('belum-terkirim', async () => (await import('./pages/unsent.tsx')).UnsentPage);
const SettingsPage = page('pengaturan', async () => (await import('./pages/settings.tsx')).SettingsPage);

export function Desk() {
  const me = useMe();
  return (
    <Suspense fallback={<Waiting />}>
      <Switch>
        <Route path="/mulai">
          <SetUpPage />
        </Route>
        <Route>
          {me.isPending ? (
            <Waiting />
          ) : me.data ? (
            <SignedIn me={me.data} />
          ) : me.error ? (
            <Trouble error={me.error} />
          ) : (
            <LogInPage />
          )}
        </Route>
      </Switch>
    </Suspense>
  );
}

function SignedIn({ me }: { me: Me }) {
  const client = useQueryClient();
  const isTeam = me.permissions.includes('events.read');
  const seesTrends = me.permissions.includes('trends.read');
  const seesSurvey = me.permissions.includes('survey.read');
  useEffect(() => (isTeam ? startLive(client) : undefined), [client, isTeam]);
  const [, go] = useLocation();
  useEffect(() => onLead(go), [go]);
  return (
    <Shell me={me}>
      <Suspense fallback={<Waiting />}>
        {isTeam ? (
          <Switch>
            <Route path="/hari-ini">
              <TodayPage me={me} />
            </Route>
            <Route path="/antrean/:id?">{(params) => <QueuePage me={me} openId={params.id ?? null} />}</Route>
            <Route path="/curhat">
              <ConcernsPage me={me} />
            </Route>
            <Route path="/curhat/:id">{(params) => <ConcernPage id={params.id} />}</Route>
            <Route path="/rujukan">
              <ReferralsPage me={me} />
            </Route>
            {seesTrends && (
              <Route path="/tren">
                <TrendsPage />
              </Route>
            )}
            {seesSurvey && (
              <Route path="/survei">
                <SurveyPage me={me} />
              </Route>
            )}
            <Route path="/belum-terkirim">
              <UnsentPage />
            </Route>
            <Route path="/pengaturan/:part?">
              {(params) => <SettingsPage me={me} part={params.part ?? null} />}
            </Route>
            <Route>
              <Redirect to="/hari-ini" replace />
            </Route>
          </Switch>
        ) : (
          <Switch>
            {seesTrends && (
              <Route path="/tren">
                <TrendsPage />
              </Route>
            )}
            {seesSurvey && (
              <Route path="/survei">
                <SurveyPage me={me} />
              </Route>
            )}
            <Route path="/pengaturan/:part?">
              {(params) => <SettingsPage me={me} part={params.part ?? null} />}
            </Route>
            <Route>
              <Redirect to={seesTrends ? '/tren' : '/pengaturan/saya'} replace />
            </Route>
          </Switch>
        )}
      </Suspense>
    </Shell>
  );
}

function Waiting() {
  return (
    <Center mih="40dvh" role="status" aria-label="Memuat">
      <Loader type="dots" />
    </Center>
  );
}
