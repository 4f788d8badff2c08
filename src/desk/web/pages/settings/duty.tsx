import { Alert, Badge, Button, Group, Loader, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import type { Me } from '../../me.ts';
import { sayError } from '../../notify.ts';
import { nobodyCalled } from '../../parts/call-banner.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { longDay } from '../../time.ts';
import { weekdayWord } from '../../words.ts';
import { DutyForm } from './duty-form.tsx';
import { linesOf } from './duty-lines.ts';
import type { DutyOf, DutyView } from './duty-lines.ts';
import { HandoffRules } from './handoff-rules.tsx';

/** Monday first, as a week is read here. */
const weekdays = [1, 2, 3, 4, 5, 6, 0];

/** The roster: who serves in the room, and who is called on danger. */
export function DutyRoster({ me }: { me: Me }) {
  const client = useQueryClient();
  const [editing, setEditing] = useState<DutyOf | null>(null);
  const duty = useQuery({ queryKey: ['duty'], queryFn: () => ask(api.duty.$get()) });
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['duty'] });
  const clear = useMutation({
    mutationFn: (sessionDate: string) => ask(api.duty.$post({ json: { of: { sessionDate }, lines: [] } })),
    onError: sayError,
    onSettled: refresh,
  });
  if (duty.isPending) return <Loader type="dots" />;
  if (duty.error) return <Trouble error={duty.error} />;
  const view = duty.data;
  const mayEdit = me.permissions.includes('duty.manage');
  return (
    <>
      <OnCallWarning view={view} />
      <p className="lead">
        Di ruang: mendapat tawaran chat pada hari buka. Siaga: dipanggil lewat kontaknya bila ada tanda
        bahaya, siang dan malam, dari pukul 00.00 sampai 24.00 WITA hari itu. Nomor 1 dipanggil lebih dulu.
      </p>
      <Title order={2} size="h4" mt="md" mb="xs">
        Setiap minggu
      </Title>
      <ul className="cards">
        {weekdays.map((weekday) => (
          <DutyCard
            key={weekday}
            title={weekdayWord(weekday)}
            note={view.openWeekdays.includes(weekday) ? 'hari buka' : null}
            view={view}
            of={{ weekday }}
            onEdit={mayEdit ? setEditing : null}
          />
        ))}
      </ul>
      <Title order={2} size="h4" mt="lg" mb="xs">
        Hari buka berikutnya
      </Title>
      <ul className="cards">
        {view.dates.map((sessionDate) => (
          <DutyCard
            key={sessionDate}
            title={longDay(sessionDate)}
            note={null}
            view={view}
            of={{ sessionDate }}
            onEdit={mayEdit ? setEditing : null}
            onClear={mayEdit ? () => clear.mutate(sessionDate) : null}
          />
        ))}
      </ul>
      <HandoffRules key={view.seenAt} view={view} mayEdit={mayEdit} onSaved={() => void refresh()} />
      {editing && (
        <DutyForm view={view} of={editing} onClose={() => setEditing(null)} onSaved={() => void refresh()} />
      )}
    </>
  );
}

function OnCallWarning({ view }: { view: DutyView }) {
  if (!view.isNobodyCalled && !view.isNobodyOnCall && view.unreachable.length === 0) return null;
  return (
    <Alert
      color="bata"
      variant={view.isNobodyCalled ? 'filled' : 'light'}
      mb="md"
      title={
        view.isNobodyCalled
          ? nobodyCalled
          : view.isNobodyOnCall
            ? 'Belum ada petugas siaga untuk hari ini'
            : 'Ada petugas siaga tanpa kontak'
      }
      role="alert"
    >
      {view.isNobodyOnCall && (
        <p>Tanpa daftar siaga, yang dipanggil semua supervisor dan admin. Isi urutan siaga di bawah.</p>
      )}
      {view.unreachable.length > 0 && (
        <p>Belum punya kontak: {view.unreachable.join(', ')}. Kontak diisi di Pengaturan, Saya.</p>
      )}
    </Alert>
  );
}

function DutyCard({
  title,
  note,
  view,
  of,
  onEdit,
  onClear = null,
}: {
  title: string;
  note: string | null;
  view: DutyView;
  of: DutyOf;
  onEdit: ((of: DutyOf) => void) | null;
  onClear?: (() => void) | null;
}) {
  const lines = linesOf(view, of);
  const nameOf = (id: string): string => view.officers.find((officer) => officer.id === id)?.name ?? '?';
  const inRoom = lines.filter((line) => line.isInRoom).map((line) => nameOf(line.officerId));
  const onCall = lines
    .filter((line) => line.onCallRank !== null)
    .map((line) => `${line.onCallRank}. ${nameOf(line.officerId)}`);
  const isFollowing = 'sessionDate' in of && lines.length === 0;
  return (
    <li className="card">
      <div>
        <Group gap="xs">
          <strong>{title}</strong>
          {note !== null && <Badge variant="light">{note}</Badge>}
          {'sessionDate' in of && of.sessionDate === view.today && <Badge color="laut">hari ini</Badge>}
        </Group>
        {isFollowing ? (
          <p className="faint">Seperti hari biasanya.</p>
        ) : (
          <>
            <p>
              Di ruang: {inRoom.length > 0 ? inRoom.join(', ') : <span className="faint">belum ada</span>}
            </p>
            <p>Siaga: {onCall.length > 0 ? onCall.join(', ') : <span className="faint">belum ada</span>}</p>
          </>
        )}
      </div>
      {onEdit && (
        <Group gap="xs">
          {onClear && !isFollowing && (
            <Button variant="subtle" size="compact-sm" onClick={onClear}>
              Seperti biasa
            </Button>
          )}
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => onEdit(of)}
            aria-label={`Ubah piket ${title}`}
          >
            Ubah
          </Button>
        </Group>
      )}
    </li>
  );
}
