import { Badge, Button, Group, Loader, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import type { Answer } from '../../api.ts';
import { kelurahanChoices, kelurahanName } from '../../kelurahan.ts';
import type { Me } from '../../me.ts';
import { sayDone, sayError } from '../../notify.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { categoryIds, categoryWord } from '../../words.ts';

type Route = Answer<Awaited<ReturnType<(typeof api)['agency-routes']['$get']>>>['items'][number];
type Category = Parameters<(typeof api)['agency-routes']['$post']>[0]['json']['category'];

/** Which agency is offered first for what, and where; an officer can always choose another. */
export function Routing({ me }: { me: Me }) {
  const client = useQueryClient();
  const mayEdit = me.permissions.includes('agencies.manage');
  const routes = useQuery({ queryKey: ['agency-routes'], queryFn: () => ask(api['agency-routes'].$get()) });
  const refresh = () => client.invalidateQueries({ queryKey: ['agency-routes'] });
  const remove = useMutation({
    mutationFn: ({ id, version }: Route) =>
      ask(api['agency-routes'][':id'].remove.$post({ param: { id }, json: { version } })),
    onSuccess: () => sayDone('Dihapus.'),
    onError: sayError,
    onSettled: refresh,
  });
  if (routes.isPending) return <Loader type="dots" />;
  if (routes.error) return <Trouble error={routes.error} again={() => void routes.refetch()} />;
  const { items } = routes.data;
  const byCategory = categoryIds
    .map((category) => ({ category, lines: items.filter((route) => route.category === category) }))
    .filter(({ lines }) => lines.length > 0);
  return (
    <>
      <p className="faint">
        Instansi yang diusulkan saat petugas merujuk. Baris dengan kelurahan menang atas baris tanpa
        kelurahan.
      </p>
      {mayEdit && <NewRoute onSaved={refresh} />}
      {items.length === 0 && (
        <p className="empty">Tabelnya masih kosong: petugas memilih instansinya sendiri setiap kali.</p>
      )}
      <ul className="cards">
        {byCategory.map(({ category, lines }) => (
          <li key={category} className="card routes">
            <strong>{categoryWord(category)}</strong>
            <ul>
              {lines.map((route) => (
                <li key={route.id}>
                  <span>
                    {route.kelurahanCode === null ? 'Semua kelurahan' : kelurahanName(route.kelurahanCode)}
                  </span>
                  <span>
                    {route.agency}{' '}
                    {!route.isAgencyActive && (
                      <Badge variant="light" color="bata">
                        tidak dipakai lagi
                      </Badge>
                    )}
                  </span>
                  {mayEdit && (
                    <Button
                      variant="default"
                      size="compact-sm"
                      aria-label={`Hapus ${categoryWord(category)} ke ${route.agency}`}
                      loading={remove.isPending && remove.variables?.id === route.id}
                      onClick={() => remove.mutate(route)}
                    >
                      Hapus
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}

function NewRoute({ onSaved }: { onSaved: () => Promise<void> }) {
  const [category, setCategory] = useState<string | null>(null);
  const [kelurahanCode, setKelurahan] = useState<string | null>(null);
  const [agencyId, setAgency] = useState<string | null>(null);
  const agencies = useQuery({ queryKey: ['agencies'], queryFn: () => ask(api.agencies.$get()) });
  const save = useMutation({
    mutationFn: () =>
      ask(
        api['agency-routes'].$post({
          json: {
            id: null,
            version: 0,
            category: category as Category,
            kelurahanCode,
            agencyId: agencyId ?? '',
          },
        }),
      ),
    onSuccess: () => {
      setAgency(null);
      setKelurahan(null);
      sayDone('Disimpan.');
    },
    onError: sayError,
    onSettled: onSaved,
  });
  const offered = (agencies.data?.items ?? []).filter((agency) => agency.isActive);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Group align="end" my="md" gap="sm">
        <Select
          label="Soal"
          required
          data={categoryIds.map((id) => ({ value: id, label: categoryWord(id) }))}
          value={category}
          onChange={setCategory}
        />
        <Select
          label="Kelurahan"
          placeholder="Semua"
          clearable
          searchable
          data={kelurahanChoices}
          value={kelurahanCode}
          onChange={setKelurahan}
        />
        <Select
          label="Instansi"
          required
          searchable
          data={offered.map((agency) => ({ value: agency.id, label: `${agency.short} (${agency.name})` }))}
          value={agencyId}
          onChange={setAgency}
        />
        <Button type="submit" loading={save.isPending} disabled={category === null || agencyId === null}>
          Tambahkan
        </Button>
      </Group>
    </form>
  );
}
