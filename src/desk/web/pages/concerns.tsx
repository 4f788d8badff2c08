import { Badge, Chip, Group, Loader, Select, TextInput, Title } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { api, ask } from '../api.ts';
import { kelurahanChoices, kelurahanName } from '../kelurahan.ts';
import { Trouble } from '../parts/trouble.tsx';
import { shortDate } from '../time.ts';
import { categoryIds, categoryWord, concernStates, concernWord } from '../words.ts';

const colours: Record<string, string> = {
  new: 'jagung',
  read: 'jagung',
  with_officer: 'laut',
  referred: 'laut',
  answered: 'gray',
  settled: 'gray',
  reopened: 'bata',
};

/** The board of concerns. What is chosen stands in the address, so a view can be kept as a bookmark. */
export function ConcernsPage() {
  const [params, setParams] = useSearchParams();
  const [, go] = useLocation();
  const searchField = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(params.get('cari') ?? '');
  const [search] = useDebouncedValue(typed, 250);
  const status = params.get('status') ?? 'open';
  const filter = {
    ...(status === 'all' ? {} : { status: status as 'open' }),
    ...(params.get('kategori') ? { category: params.get('kategori') ?? '' } : {}),
    ...(params.get('kelurahan') ? { kelurahan: params.get('kelurahan') ?? '' } : {}),
    ...(params.get('saya') ? { mine: '1' as const } : {}),
    ...(params.get('lewat') ? { overdue: '1' as const } : {}),
    ...(search === '' ? {} : { search }),
  };
  const board = useQuery({
    queryKey: ['concerns', filter],
    queryFn: () => ask(api.concerns.$get({ query: filter })),
    placeholderData: (before) => before,
  });
  const [at, setAt] = useState(-1);
  const items = board.data?.items ?? [];
  const today = board.data?.today ?? '';
  const choose = (key: string, value: string | null): void =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      if (value === null || value === '') next.delete(key);
      else next.set(key, value);
      return next;
    });
  useHotkeys([
    ['j', () => setAt((now) => Math.min(items.length - 1, now + 1))],
    ['k', () => setAt((now) => Math.max(0, now - 1))],
    ['Enter', () => items[at] && go(`/curhat/${items[at].id}`)],
    ['/', () => searchField.current?.focus()],
  ]);
  const count = (state: string): number => board.data?.counts[state] ?? 0;

  return (
    <div className="page">
      <header className="page-head">
        <div>
          <Title order={1} size="h2">
            Curhat
          </Title>
          <p className="lead">
            Isinya hanya terbuka bagi yang menangani dan supervisor; setiap pembacaan dicatat.
          </p>
        </div>
      </header>
      <Group gap="xs" mb="sm" role="group" aria-label="Keadaan">
        {['open', ...concernStates, 'all'].map((state) => (
          <Chip key={state} size="sm" checked={status === state} onChange={() => choose('status', state)}>
            {state === 'open' ? 'Belum beres' : state === 'all' ? 'Semua' : concernWord(state)}
            {concernStates.includes(state) && count(state) > 0 ? ` ${count(state)}` : ''}
          </Chip>
        ))}
      </Group>
      <Group gap="sm" mb="md" align="end">
        <TextInput
          ref={searchField}
          aria-label="Cari kode curhat"
          placeholder="Cari kode, mis. CRH-4K…"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Select
          aria-label="Kategori"
          placeholder="Semua kategori"
          clearable
          data={categoryIds.map((id) => ({ value: id, label: categoryWord(id) }))}
          value={params.get('kategori')}
          onChange={(value) => choose('kategori', value)}
        />
        <Select
          aria-label="Kelurahan"
          placeholder="Semua kelurahan"
          clearable
          searchable
          data={kelurahanChoices}
          value={params.get('kelurahan')}
          onChange={(value) => choose('kelurahan', value)}
        />
        <Chip checked={params.get('saya') !== null} onChange={(on) => choose('saya', on ? '1' : null)}>
          Saya tangani
        </Chip>
        <Chip
          color="bata"
          checked={params.get('lewat') !== null}
          onChange={(on) => choose('lewat', on ? '1' : null)}
        >
          Lewat tenggat
        </Chip>
      </Group>
      {board.isPending && <Loader type="dots" />}
      {board.error && <Trouble error={board.error} again={() => void board.refetch()} />}
      {board.data && items.length === 0 && <p className="empty">Tidak ada curhat dengan pilihan ini.</p>}
      <ul className="board">
        {items.map((item, index) => (
          <li key={item.id}>
            <a
              href={`/desk/curhat/${item.id}`}
              className={index === at ? 'board-row at' : 'board-row'}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey) return;
                event.preventDefault();
                go(`/curhat/${item.id}`);
              }}
            >
              <span className="board-code">{item.code}</span>
              <span className="board-what">
                <strong>{categoryWord(item.category)}</strong>
                <small className="faint">{kelurahanName(item.kelurahanCode)}</small>
              </span>
              <Badge color={colours[item.status] ?? 'gray'} variant="light">
                {concernWord(item.status)}
              </Badge>
              <span className="board-who">{item.officer?.name ?? '—'}</span>
              <span className={dueClass(item, today)}>
                {item.nextWordBy === null || item.status === 'settled'
                  ? `masuk ${shortDate(item.receivedAt)}`
                  : `kabar ${item.nextWordBy < today ? 'lewat ' : ''}${shortDate(item.nextWordBy)}`}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {board.data?.hasOlder && (
        <p className="faint">Hanya 100 terbaru yang tampil. Persempit dengan pilihan di atas.</p>
      )}
    </div>
  );
}

function dueClass(item: { nextWordBy: string | null; status: string }, today: string): string {
  if (item.nextWordBy === null || ['settled', 'answered'].includes(item.status)) return 'due';
  if (item.nextWordBy < today) return 'due over';
  return item.nextWordBy === today ? 'due soon' : 'due';
}
