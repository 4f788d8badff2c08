import { Button, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api.ts';
import { sayDone, sayError } from '../notify.ts';
import { categoryIds, categoryWord, dangerIds, dangerWord } from '../words.ts';
import type { ConcernView } from './concern-reader.tsx';

type Body = Parameters<(typeof api.concerns)[':id']['correction']['$post']>[0]['json'];
type Agency = { id: string; short: string; name: string; isActive: boolean };

const dangerChoices = [
  { value: 'not_judged', label: 'Belum dinilai' },
  { value: 'no_danger', label: 'Bukan bahaya' },
  ...dangerIds.map((id) => ({ value: id, label: `Bahaya: ${dangerWord(id)}` })),
];

/**
 * Begins with what counts so far: the officers' last word, else the category that the resident chose. The machine's
 * own guess is offered first but never filled in: what nobody looked at must not come back as a lesson.
 */
export function CorrectionForm({ concern, agencies }: { concern: ConcernView; agencies: readonly Agency[] }) {
  const client = useQueryClient();
  const { guess, correction } = concern;
  const [category, setCategory] = useState(concern.category ?? guess?.categories[0]?.id ?? 'lainnya');
  const [agencyId, setAgencyId] = useState(correction?.agencyId ?? null);
  const [danger, setDanger] = useState(correction?.danger ?? 'not_judged');
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.concerns[':id'].correction.$post({
          param: { id: concern.id },
          json: {
            seen: correction?.id ?? null,
            category: category as Body['category'],
            agencyId,
            danger: danger as Body['danger'],
          },
        }),
      ),
    onSuccess: () => sayDone('Koreksi disimpan.'),
    onError: sayError,
    onSettled: () =>
      Promise.all(['concern', 'concerns'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
  const choice = (agency: Agency) => ({ value: agency.id, label: `${agency.short} (${agency.name})` });
  const offered = agencies.filter((agency) => agency.isActive || agency.id === agencyId);
  const guessed = (guess?.agencies ?? []).flatMap(({ id }) => offered.filter((agency) => agency.id === id));
  const others = offered.filter((agency) => !guessed.includes(agency));
  return (
    <form
      className="correction"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Select
        label="Kategori yang benar"
        data={categoryIds.map((id) => ({ value: id, label: categoryWord(id) }))}
        allowDeselect={false}
        value={category}
        onChange={(value) => value !== null && setCategory(value)}
      />
      <Select
        label="Bahaya"
        data={dangerChoices}
        allowDeselect={false}
        value={danger}
        onChange={(value) => value !== null && setDanger(value)}
      />
      <Select
        label="Instansi yang benar"
        className="correction-agency"
        placeholder="Belum tahu"
        searchable
        clearable
        nothingFoundMessage="Tidak ada instansi dengan nama itu"
        data={[
          { group: 'Dugaan sistem', items: guessed.map(choice) },
          { group: 'Semua yang lain', items: others.map(choice) },
        ]}
        value={agencyId}
        onChange={setAgencyId}
      />
      <Button type="submit" variant="default" loading={save.isPending}>
        Simpan koreksi
      </Button>
    </form>
  );
}
