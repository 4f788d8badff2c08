import { Button, Group, Loader, Select, TextInput, Title } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import type { BoardFilter } from '../../board-filter.ts';
import { api, ask } from '../api.ts';
import { filterOf, paramsOf } from '../board-address.ts';
import { download } from '../download.ts';
import { kelurahanChoices } from '../kelurahan.ts';
import type { Me } from '../me.ts';
import { sayDone, sayError } from '../notify.ts';
import { BoardRow } from '../parts/board-row.tsx';
import { BoardViews } from '../parts/board-views.tsx';
import { KeySheet } from '../parts/key-sheet.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { categoryIds, categoryWord, concernStates, concernWord } from '../words.ts';

/** The board of concerns: looked at through views, narrowed, searched, worked through with the keyboard. */
export function ConcernsPage({ me }: { me: Me }) {
  const [params, setParams] = useSearchParams();
  const [, go] = useLocation();
  const searchField = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 400);
  const [at, setAt] = useState(-1);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const filter = filterOf(params);
  const choose = (next: BoardFilter): void => setParams(paramsOf(next));
  const narrow = (part: { [K in keyof BoardFilter]?: BoardFilter[K] | undefined }): void => {
    const next = { ...filter, ...part };
    choose(Object.fromEntries(Object.entries(next).filter(([, value]) => value)) as BoardFilter);
  };

  const board = useInfiniteQuery({
    queryKey: ['concerns', filter],
    queryFn: ({ pageParam }) =>
      ask(
        api.concerns.$get({ query: { ...filter, ...(pageParam === 0 ? {} : { skip: String(pageParam) }) } }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.hasOlder ? pages.length * 100 : null),
    placeholderData: keepPreviousData,
  });
  const isSearching = search.length >= 2;
  const found = useQuery({
    queryKey: ['concerns', 'search', filter, search],
    queryFn: () => ask(api.concerns.search.$post({ json: { search, filter } })),
    enabled: isSearching,
    placeholderData: keepPreviousData,
  });
  const take = useMutation({
    mutationFn: (id: string) => ask(api.concerns[':id'].take.$post({ param: { id } })),
    onSuccess: (_done, id) => {
      sayDone('Anda menangani curhat ini. Warganya diberi tahu.');
      go(`/curhat/${id}`);
    },
    onError: sayError,
  });
  const takeAlong = useMutation({
    mutationFn: () => ask(api.concerns.export.$post({ json: { filter } })),
    onSuccess: ({ count, csv }) => {
      download('papan-curhat.csv', csv);
      sayDone(`${count} curhat diunduh, tanpa isi dan tanpa nama.`);
    },
    onError: sayError,
  });

  const first = board.data?.pages[0];
  const today = first?.today ?? '';
  const items = isSearching
    ? (found.data?.items ?? [])
    : (board.data?.pages.flatMap((page) => page.items) ?? []);
  const shown = isSearching ? found : board;
  const focusRow = (index: number): void => {
    const rows = list.current?.querySelectorAll<HTMLElement>('[data-board-row]');
    rows?.[Math.max(0, Math.min(index, rows.length - 1))]?.focus();
  };
  const openHelp = (): void => setHelpOpen(true);
  useHotkeys([
    ['j', () => focusRow(at + 1)],
    ['k', () => focusRow(at - 1)],
    ['t', () => items[at] && take.mutate(items[at].id)],
    ['/', () => searchField.current?.focus()],
    ['?', openHelp],
    ['shift+?', openHelp],
  ]);

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
        <Group gap="xs">
          <Button
            variant="default"
            size="compact-sm"
            className="no-phone"
            rightSection={<kbd>?</kbd>}
            onClick={openHelp}
          >
            Papan ketik
          </Button>
          {me.permissions.includes('concern.export') && (
            <Button
              variant="default"
              size="compact-sm"
              loading={takeAlong.isPending}
              onClick={() => takeAlong.mutate()}
            >
              Unduh CSV
            </Button>
          )}
        </Group>
      </header>
      <BoardViews filter={filter} counts={first?.counts ?? {}} onChoose={choose} />
      <div className="board-tools">
        <TextInput
          ref={searchField}
          type="search"
          aria-label="Cari curhat"
          placeholder="Cari kode, nama, atau kata di isinya"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            setTyped('');
            event.currentTarget.blur();
          }}
        />
        <Select
          aria-label="Keadaan"
          placeholder="Semua keadaan"
          clearable
          data={[
            { value: 'open', label: 'Belum beres' },
            ...concernStates.map((state) => ({ value: state, label: concernWord(state) })),
          ]}
          value={filter.status ?? null}
          onChange={(value) => narrow({ status: (value ?? undefined) as BoardFilter['status'] })}
        />
        <Select
          aria-label="Kategori"
          placeholder="Semua kategori"
          clearable
          data={categoryIds.map((id) => ({ value: id, label: categoryWord(id) }))}
          value={filter.category ?? null}
          onChange={(value) => narrow({ category: value ?? undefined })}
        />
        <Select
          aria-label="Kelurahan"
          placeholder="Semua kelurahan"
          clearable
          searchable
          data={kelurahanChoices}
          value={filter.kelurahan ?? null}
          onChange={(value) => narrow({ kelurahan: value ?? undefined })}
        />
      </div>
      {shown.isPending && <Loader type="dots" />}
      {shown.error && <Trouble error={shown.error} again={() => void shown.refetch()} />}
      {isSearching && found.data && (
        <p className="search-told" role="status">
          {found.data.items.length === 0 ? 'Tidak ditemukan.' : `${found.data.items.length} ditemukan.`}{' '}
          Dicari di {found.data.isAll ? '' : 'hanya '}
          {found.data.looked} curhat{found.data.isAll ? '' : ' terbaru'}, dan di isi {found.data.opened} yang
          boleh Anda baca.{' '}
          {Object.keys(filter).length > 0 && (
            <Button variant="subtle" size="compact-sm" onClick={() => choose({})}>
              Cari di semua curhat
            </Button>
          )}
        </p>
      )}
      {!isSearching && first && items.length === 0 && (
        <p className="empty">Tidak ada curhat di tampilan ini.</p>
      )}
      <ul className="board" ref={list}>
        {items.map((item, index) => (
          <li key={item.id}>
            <BoardRow item={item} today={today} onFocus={() => setAt(index)} />
          </li>
        ))}
      </ul>
      {!isSearching && board.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={board.isFetchingNextPage}
          onClick={() => void board.fetchNextPage()}
        >
          Tampilkan yang lebih lama
        </Button>
      )}
      <KeySheet isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </div>
  );
}
