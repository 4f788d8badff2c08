import { Button, CloseButton, Group, Popover, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BoardFilter } from '../../board-filter.ts';
import { api, ask } from '../api.ts';
import { isSameFilter } from '../board-address.ts';
import { sayDone, sayError } from '../notify.ts';

const builtIn = [
  { key: 'open', name: 'Belum beres', filter: { status: 'open' } },
  { key: 'mine', name: 'Punya saya', filter: { status: 'open', mine: '1' } },
  { key: 'unassigned', name: 'Belum ditangani', filter: { status: 'open', unassigned: '1' } },
  { key: 'overdue', name: 'Lewat waktu', filter: { status: 'open', overdue: '1' } },
  { key: 'referred', name: 'Menunggu instansi', filter: { status: 'referred' } },
  { key: 'reopened', name: 'Dibuka lagi', filter: { status: 'reopened' } },
  { key: 'all', name: 'Semua', filter: {} },
] as const satisfies readonly { key: string; name: string; filter: BoardFilter }[];

export type BoardCounts = Partial<Record<(typeof builtIn)[number]['key'], number>>;

/** The ways of looking at the board: those that everybody has, and those that this officer has kept. */
export function BoardViews({
  filter,
  counts,
  onChoose,
}: {
  filter: BoardFilter;
  counts: BoardCounts;
  onChoose: (filter: BoardFilter) => void;
}) {
  const client = useQueryClient();
  const views = useQuery({ queryKey: ['views'], queryFn: () => ask(api.views.$get()) });
  const refresh = () => client.invalidateQueries({ queryKey: ['views'] });
  const remove = useMutation({
    mutationFn: (id: string) => ask(api.views[':id'].remove.$post({ param: { id } })),
    onSuccess: () => sayDone('Tampilan dihapus.'),
    onError: sayError,
    onSettled: refresh,
  });
  const saved = views.data?.items ?? [];
  const isNew = ![...builtIn, ...saved].some((view) => isSameFilter(view.filter, filter));
  return (
    <div className="views" role="group" aria-label="Tampilan papan">
      {builtIn.map(({ key, name, filter: of }) => {
        const count = counts[key] ?? 0;
        return (
          <button
            key={key}
            type="button"
            className={key === 'overdue' && count > 0 ? 'view late' : 'view'}
            aria-pressed={isSameFilter(of, filter)}
            onClick={() => onChoose(of)}
          >
            {name}
            {count > 0 && <span className="view-count"> {count}</span>}
          </button>
        );
      })}
      {saved.map((view) => (
        <span key={view.id} className="view-own">
          <button
            type="button"
            className="view"
            aria-pressed={isSameFilter(view.filter, filter)}
            onClick={() => onChoose(view.filter)}
          >
            {view.name}
          </button>
          {isSameFilter(view.filter, filter) && (
            <CloseButton
              size="sm"
              aria-label={`Hapus tampilan ${view.name}`}
              disabled={remove.isPending}
              onClick={() => remove.mutate(view.id)}
            />
          )}
        </span>
      ))}
      {isNew && <KeepView filter={filter} onKept={refresh} />}
    </div>
  );
}

function KeepView({ filter, onKept }: { filter: BoardFilter; onKept: () => Promise<void> }) {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const save = useMutation({
    mutationFn: () => ask(api.views.$post({ json: { name, filter } })),
    onSuccess: () => {
      setOpen(false);
      setName('');
      sayDone('Tampilan disimpan.');
    },
    onError: sayError,
    onSettled: onKept,
  });
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus withArrow position="bottom-start">
      <Popover.Target>
        <Button variant="subtle" size="compact-sm" onClick={() => setOpen((now) => !now)}>
          Simpan tampilan ini…
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          <Group gap="xs" align="end" wrap="nowrap">
            <TextInput
              label="Nama tampilan"
              placeholder="mis. Bansos lewat waktu"
              maxLength={40}
              required
              data-autofocus
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
              Simpan
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
