import { Button, Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import type { StepProps } from './referral-steps.tsx';

/** The same packet for another agency; the one that the first agency named is proposed. */
export function RerouteForm({ referral, isBusy, run }: StepProps) {
  const better = referral.events.findLast((event) => event.betterAgencyId !== null)?.betterAgencyId ?? null;
  const [agencyId, setAgencyId] = useState(better);
  const agencies = useQuery({ queryKey: ['agencies'], queryFn: () => ask(api.agencies.$get()) });
  const others = (agencies.data?.items ?? []).filter(
    (agency) => agency.isActive && agency.id !== referral.agency.id,
  );
  return (
    <form
      className="sheet"
      onSubmit={(event) => {
        event.preventDefault();
        if (agencyId === null) return;
        run(
          () => ask(api.referrals[':id'].reroute.$post({ param: { id: referral.id }, json: { agencyId } })),
          'Rujukan baru ditulis dengan isi yang sama. Minta izin warga lagi.',
        );
      }}
    >
      <Group align="end" gap="xs">
        <Select
          label="Instansi lain"
          description={
            better === null
              ? 'Isinya tetap; warga dimintai izin lagi.'
              : 'Usulan instansi sendiri; ganti bila perlu.'
          }
          searchable
          required
          data={others.map((agency) => ({ value: agency.id, label: `${agency.short} (${agency.name})` }))}
          value={agencyId}
          onChange={setAgencyId}
        />
        <Button type="submit" loading={isBusy} disabled={agencyId === null}>
          Tulis rujukannya
        </Button>
      </Group>
    </form>
  );
}
