import { Badge, Button, Menu, UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { api, ask } from '../api.ts';
import { forgetDrafts } from '../draft.ts';
import { useLive } from '../live.ts';
import type { Me } from '../me.ts';
import { sayError } from '../notify.ts';
import { presenceWord, roleWord } from '../words.ts';
import { AlertBanner } from './alert-banner.tsx';
import { ChannelBanner } from './channel-banner.tsx';
import { OfferBanner } from './offer-banner.tsx';
import { CalendarIcon, ChatIcon, GearIcon, HeartIcon, ReferralIcon, StarIcon, UnsentIcon } from './icons.tsx';

/** The frame of every page: where one can go, what waits there, and the alarm above all. */
export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const [path, go] = useLocation();
  const isTeam = me.permissions.includes('queue.read');
  const queue = useQuery({ queryKey: ['queue'], queryFn: () => ask(api.queue.$get()), enabled: isTeam });
  const unsent = useQuery({
    queryKey: ['unsent'],
    queryFn: () => ask(api.unsent.$get()),
    enabled: isTeam,
    refetchInterval: 60_000,
  });
  const letters = useQuery({
    queryKey: ['referrals', 'unsent'],
    queryFn: () => ask(api.referrals.unsent.$get()),
    enabled: isTeam,
  });
  const overdue = useQuery({
    queryKey: ['referrals', 'overdue'],
    queryFn: () => ask(api.referrals.overdue.$get()),
    enabled: me.permissions.includes('referral.overdue'),
  });
  const late = (letters.data?.items.length ?? 0) + (overdue.data?.items.length ?? 0);
  const waiting = queue.data?.items.filter((item) => item.status === 'waiting') ?? [];
  const mineUnread =
    queue.data?.items.filter((item) => item.officer?.id === me.id && item.unread > 0).length ?? 0;
  const failed = unsent.data?.items.filter((item) => item.isFailed).length ?? 0;
  const isDanger = waiting.some((item) => item.isDanger);
  const survey = me.permissions.includes('survey.read')
    ? [{ to: '/survei', label: 'Survei', icon: <StarIcon />, count: 0, color: 'laut', says: '' }]
    : [];
  const settings = {
    to: '/pengaturan',
    label: 'Pengaturan',
    icon: <GearIcon />,
    count: 0,
    color: 'laut',
    says: '',
  };
  const links = isTeam
    ? [
        { to: '/hari-ini', label: 'Hari ini', icon: <CalendarIcon />, count: 0, color: 'laut', says: '' },
        {
          to: '/antrean',
          label: 'Antrean',
          icon: <ChatIcon />,
          count: waiting.length + mineUnread,
          color: isDanger ? 'bata' : 'jagung',
          says: 'perlu dilihat',
        },
        { to: '/curhat', label: 'Curhat', icon: <HeartIcon />, count: 0, color: 'laut', says: '' },
        {
          to: '/rujukan',
          label: 'Rujukan',
          icon: <ReferralIcon />,
          count: late,
          color: 'bata',
          says: 'perlu dikejar',
        },
        {
          to: '/belum-terkirim',
          label: 'Belum terkirim',
          icon: <UnsentIcon />,
          count: failed,
          color: 'bata',
          says: 'gagal',
        },
        ...survey,
        settings,
      ]
    : [...survey, settings];

  useHotkeys(links.map((link, index) => [String(index + 1), () => go(link.to)] as [string, () => void]));

  // On a phone the row is wider than the screen.
  useEffect(() => {
    document.querySelector('.nav.here')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [path]);

  return (
    <div className="shell">
      <a className="skip" href="#isi">
        Langsung ke isi
      </a>
      <nav className="rail" aria-label="Utama">
        <div className="brand">
          <img src="/desk/icon.svg" alt="" width={34} height={34} />
          <span>
            <strong>Bestie</strong>
            <small>Meja petugas</small>
          </span>
        </div>
        <ul>
          {links.map((link) => {
            const isHere = path.startsWith(link.to);
            return (
              <li key={link.to}>
                <Link
                  href={link.to}
                  className={isHere ? 'nav here' : 'nav'}
                  aria-current={isHere ? 'page' : undefined}
                >
                  {link.icon}
                  <span className="nav-label">{link.label}</span>
                  {link.count > 0 && (
                    <Badge color={link.color} variant="filled" size="sm" circle={link.count < 10}>
                      {link.count}
                      <span className="unseen"> {link.says}</span>
                    </Badge>
                  )}
                </Link>
              </li>
            );
          })}
        </ul>
        <Account me={me} />
      </nav>
      <main id="isi" className="main" tabIndex={-1}>
        {isTeam && <AlertBanner />}
        {isTeam && <OfferBanner me={me} />}
        {me.permissions.includes('channels.manage') && <ChannelBanner />}
        {children}
      </main>
    </div>
  );
}

const presences = ['on_duty', 'busy', 'away'] as const;

function Account({ me }: { me: Me }) {
  const client = useQueryClient();
  const isLive = useLive();
  const [, go] = useLocation();
  const present = useMutation({
    mutationFn: (presence: (typeof presences)[number]) => ask(api.me.presence.$post({ json: { presence } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['me'] }),
    onError: sayError,
  });
  const leave = useMutation({
    mutationFn: () => ask(api['log-out'].$post()),
    onSuccess: () => {
      // The next one at this machine must find nothing of what was written here.
      forgetDrafts();
      // `clear` would leave the mounted readers with what they hold; nobody is logged in, and nothing else is known.
      client.setQueryData(['me'], null);
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
      go('/');
    },
    onError: sayError,
  });
  return (
    <div className="account">
      <Menu position="top-start" width={220} withArrow>
        <Menu.Target>
          <UnstyledButton className="me">
            <span className={`dot ${me.presence}`} aria-hidden="true" />
            <span className="me-words">
              <strong>{me.name}</strong>
              <small>
                {roleWord(me.role)} · {presenceWord(me.presence)}
              </small>
            </span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Keberadaan saya</Menu.Label>
          {presences.map((presence) => (
            <Menu.Item
              key={presence}
              leftSection={<span className={`dot ${presence}`} />}
              onClick={() => present.mutate(presence)}
            >
              {presenceWord(presence)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => go('/pengaturan/saya')}>Kata sandi saya</Menu.Item>
          <Menu.Item onClick={() => leave.mutate()}>Keluar</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button
        className="leave"
        variant="subtle"
        size="compact-sm"
        loading={leave.isPending}
        onClick={() => leave.mutate()}
      >
        Keluar
      </Button>
      {!isLive && me.permissions.includes('events.read') && (
        <small className="offline" role="status">
          Menyambung…
        </small>
      )}
    </div>
  );
}
