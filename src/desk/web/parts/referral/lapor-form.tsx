import { Button, CopyButton, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import type { StepProps } from './referral-steps.tsx';

/** The packet carried to SP4N-LAPOR! by hand, and the number that it got there. */
export function LaporForm({ referral, isBusy, run }: StepProps) {
  const [laporId, setLaporId] = useState('');
  return (
    <form
      className="sheet"
      onSubmit={(event) => {
        event.preventDefault();
        const json = { version: referral.version, laporId: laporId.trim() };
        run(
          () => ask(api.referrals[':id'].lapor.$post({ param: { id: referral.id }, json })),
          'Tercatat. Tenggat instansi mulai berjalan.',
        );
      }}
    >
      <p>
        Salin isinya, buat laporan di <strong>lapor.go.id</strong>, lalu catat nomor yang keluar.
      </p>
      <Group align="end" gap="xs">
        <CopyButton value={referral.packet}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? 'Tersalin' : 'Salin isinya'}
            </Button>
          )}
        </CopyButton>
        <TextInput
          label="Nomor laporan di SP4N-LAPOR!"
          maxLength={40}
          required
          value={laporId}
          onChange={(event) => setLaporId(event.currentTarget.value)}
        />
        <Button type="submit" loading={isBusy} disabled={laporId.trim() === ''}>
          Catat nomornya
        </Button>
      </Group>
    </form>
  );
}
