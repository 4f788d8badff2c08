import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, ask } from '../api.ts';
import type { Me } from '../me.ts';
import {
  CalendarIcon,
  ChatIcon,
  GearIcon,
  HeartIcon,
  ReferralIcon,
  StarIcon,
  TrendIcon,
  UnsentIcon,
} from './icons.tsx';

export type NavLink = {
  to: string;
  label: string;
  icon: ReactNode;
  /** How many wait there, in which colour, and what they want; no number for 0. */
  count: number;
  color: string;
  says: string;
};

const link = (to: string, label: string, icon: ReactNode): NavLink => ({
  to,
  label,
  icon,
  count: 0,
  color: 'laut',
  says: '',
});

/** Where this officer can go and what waits there, the most used first. */
export function useNavLinks(me: Me): NavLink[] {
  const isTeam = me.permissions.includes('queue.read');
  /** Sees to everybody's promises. */
  const isLead = me.permissions.includes('referral.overdue');
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
    enabled: isLead,
  });
  const late = useQuery({
    queryKey: ['concerns', 'late'],
    queryFn: () => ask(api.concerns.$get({ query: { status: 'open', overdue: '1' } })),
    enabled: isTeam,
  });
  const broken =
    (isLead
      ? late.data?.counts?.overdue
      : late.data?.items.filter((item) => item.officer?.id === me.id).length) ?? 0;
  const toCarry = letters.data?.waiting.filter((letter) => letter.may).length ?? 0;
  const toChase = (letters.data?.items.length ?? 0) + toCarry + (overdue.data?.items.length ?? 0);
  const waiting = queue.data?.items.filter((item) => item.status === 'waiting') ?? [];
  const mineUnread =
    queue.data?.items.filter((item) => item.officer?.id === me.id && item.unread > 0).length ?? 0;
  const failed = unsent.data?.items.filter((item) => item.isFailed).length ?? 0;
  const team: NavLink[] = [
    link('/hari-ini', 'Hari ini', <CalendarIcon />),
    {
      ...link('/antrean', 'Antrean', <ChatIcon />),
      count: waiting.length + mineUnread,
      color: waiting.some((item) => item.isDanger) ? 'bata' : 'jagung',
      says: 'perlu dilihat',
    },
    {
      ...link('/curhat', 'Curhat', <HeartIcon />),
      count: broken,
      color: 'bata',
      says: 'lewat janji',
    },
    {
      ...link('/rujukan', 'Rujukan', <ReferralIcon />),
      count: toChase,
      color: 'bata',
      says: 'perlu dikejar',
    },
    {
      ...link('/belum-terkirim', 'Belum terkirim', <UnsentIcon />),
      count: failed,
      color: 'bata',
      says: 'gagal',
    },
  ];
  return [
    ...(isTeam ? team : []),
    ...(me.permissions.includes('trends.read') ? [link('/tren', 'Tren', <TrendIcon />)] : []),
    ...(me.permissions.includes('survey.read') ? [link('/survei', 'Survei', <StarIcon />)] : []),
    link('/pengaturan', 'Pengaturan', <GearIcon />),
  ];
}
