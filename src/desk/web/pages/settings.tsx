import { Loader, Select, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { ComponentType } from 'react';
import { Link, Redirect, useLocation } from 'wouter';
import type { Permission } from '../../policy.ts';
import type { Me } from '../me.ts';

type Part = { key: string; label: string; needs: Permission; Page: ComponentType<{ me: Me }> };

/** A part more is a file and a line. */
const parts: readonly Part[] = [
  part('saya', 'Saya', 'account.own', async () => (await import('./settings/own-account.tsx')).OwnAccount),
  part(
    'balasan',
    'Balasan siap pakai',
    'canned.read',
    async () => (await import('./settings/canned-replies.tsx')).CannedReplies,
  ),
  part(
    'petugas',
    'Petugas',
    'officers.manage',
    async () => (await import('./settings/officers.tsx')).Officers,
  ),
  part(
    'ruang',
    'Jam dan ruang',
    'room.manage',
    async () => (await import('./settings/room.tsx')).RoomSettings,
  ),
  part('piket', 'Piket', 'duty.read', async () => (await import('./settings/duty.tsx')).DutyRoster),
  part('libur', 'Hari tutup', 'room.read', async () => (await import('./settings/closures.tsx')).Closures),
  part(
    'darurat',
    'Nomor darurat',
    'room.read',
    async () => (await import('./settings/hotlines.tsx')).Hotlines,
  ),
  part('instansi', 'Instansi', 'room.read', async () => (await import('./settings/agencies.tsx')).Agencies),
  part('rujukan', 'Tabel rujukan', 'room.read', async () => (await import('./settings/routing.tsx')).Routing),
  part(
    'kalimat',
    'Kalimat bot',
    'sentences.manage',
    async () => (await import('./settings/sentences.tsx')).Sentences,
  ),
  part('kanal', 'Kanal', 'channels.read', async () => (await import('./settings/channels.tsx')).Channels),
  part(
    'latihan',
    'Baris latihan',
    'corrections.export',
    async () => (await import('./settings/training-lines.tsx')).TrainingLines,
  ),
  part('jejak', 'Jejak', 'audit.read', async () => (await import('./settings/audit.tsx')).Audit),
];

function part(
  key: string,
  label: string,
  needs: Permission,
  load: () => Promise<ComponentType<{ me: Me }>>,
): Part {
  return { key, label, needs, Page: lazy(async () => ({ default: await load() })) };
}

export function SettingsPage({ me, part: asked }: { me: Me; part: string | null }) {
  const [, go] = useLocation();
  const mine = parts.filter((each) => me.permissions.includes(each.needs));
  const open = mine.find((each) => each.key === asked);
  if (!open) return <Redirect to="/pengaturan/saya" replace />;
  return (
    <div className="page">
      <Title order={1} size="h2" mb="sm">
        Pengaturan
      </Title>
      <Select
        className="only-phone tabs-choice"
        aria-label="Bagian pengaturan"
        allowDeselect={false}
        data={mine.map((each) => ({ value: each.key, label: each.label }))}
        value={open.key}
        onChange={(key) => go(`/pengaturan/${key}`)}
      />
      <nav className="tabs no-phone" aria-label="Bagian pengaturan">
        {mine.map((each) => (
          <Link
            key={each.key}
            href={`/pengaturan/${each.key}`}
            className={each.key === open.key ? 'here' : undefined}
            aria-current={each.key === open.key ? 'page' : undefined}
          >
            {each.label}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<Loader type="dots" />}>
        <open.Page me={me} />
      </Suspense>
    </div>
  );
}
