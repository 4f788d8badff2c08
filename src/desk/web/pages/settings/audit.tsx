import { Button, Group, Loader, Select } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import type { Me } from '../../me.ts';
import { sayDone, sayError } from '../../notify.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { moment } from '../../time.ts';
import { actionWord, auditActions } from '../../words.ts';

/** Who did and who read what, newest first. */
export function Audit({ me }: { me: Me }) {
  const mayUndo = me.permissions.includes('resident.merge');
  const [officer, setOfficer] = useState<string | null>(null);
  const [action, setAction] = useState<string | null>(null);
  const colleagues = useQuery({ queryKey: ['colleagues'], queryFn: () => ask(api.colleagues.$get()) });
  const audit = useInfiniteQuery({
    queryKey: ['audit', officer, action],
    queryFn: ({ pageParam }) =>
      ask(
        api.audit.$get({
          query: {
            ...(pageParam === null ? {} : { before: String(pageParam) }),
            ...(officer === null ? {} : { officer }),
            ...(action === null ? {} : { action }),
          },
        }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.items.length === 100 ? (last.items.at(-1)?.id ?? null) : null),
  });
  if (audit.isPending) return <Loader type="dots" />;
  if (audit.error) return <Trouble error={audit.error} />;
  return (
    <>
      <Group mb="md">
        <Select
          aria-label="Petugas"
          placeholder="Semua petugas"
          clearable
          value={officer}
          onChange={setOfficer}
          data={(colleagues.data?.items ?? []).map((each) => ({ value: each.id, label: each.name }))}
        />
        <Select
          aria-label="Tindakan"
          placeholder="Semua tindakan"
          clearable
          searchable
          value={action}
          onChange={setAction}
          data={auditActions.map((each) => ({ value: each, label: actionWord(each) }))}
        />
      </Group>
      {audit.data.pages[0]?.items.length === 0 && <p className="empty">Tidak ada jejak yang cocok.</p>}
      <ol className="timeline">
        {audit.data.pages.flatMap((page) =>
          page.items.map((item) => (
            <li key={item.id}>
              <time>{moment(item.at)}</time> <strong>{item.officer ?? 'Sistem'}</strong>{' '}
              {actionWord(item.action)}
              <small className="faint"> {detailWords(item.detail) || item.subjectId.slice(0, 8)}</small>
              {item.undoableMerge !== null && mayUndo && <UndoMerge mergeId={item.undoableMerge} />}
            </li>
          )),
        )}
      </ol>
      {audit.hasNextPage && (
        <Button
          variant="default"
          loading={audit.isFetchingNextPage}
          onClick={() => void audit.fetchNextPage()}
        >
          Lebih lama
        </Button>
      )}
    </>
  );
}

/** Two chats that were made one by mistake come apart again where the mistake is found. */
function UndoMerge({ mergeId }: { mergeId: string }) {
  const client = useQueryClient();
  const undo = useMutation({
    mutationFn: () => ask(api.merges[':id'].undo.$post({ param: { id: mergeId } })),
    onSuccess: () => sayDone('Dipisahkan lagi.'),
    onError: sayError,
    onSettled: () => client.invalidateQueries({ queryKey: ['audit'] }),
  });
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="bata"
      loading={undo.isPending}
      onClick={() => {
        if (confirm('Pisahkan lagi kedua chat ini? Masing-masing mendapat kembali miliknya.')) undo.mutate();
      }}
    >
      Pisahkan lagi
    </Button>
  );
}

const isId = (fact: unknown): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(String(fact));

/** Ids tell a person nothing. */
function detailWords(detail: string): string {
  const facts = JSON.parse(detail) as Record<string, unknown>;
  return Object.values(facts)
    .filter((fact) => !isId(fact) && typeof fact !== 'boolean' && fact !== null && fact !== '')
    .map(String)
    .join(' · ');
}
