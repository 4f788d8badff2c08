import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import type { StepProps } from './referral-steps.tsx';

export function WithdrawForm({ referral, isBusy, run }: StepProps) {
  const [reason, setReason] = useState('');
  return (
    <form
      className="sheet"
      onSubmit={(event) => {
        event.preventDefault();
        const json = { version: referral.version, reason: reason.trim() };
        run(
          () => ask(api.referrals[':id'].withdraw.$post({ param: { id: referral.id }, json })),
          'Rujukan ditarik.',
        );
      }}
    >
      <Textarea
        label="Mengapa ditarik?"
        description="Instansi diberi tahu bila suratnya sudah sampai di sana. Boleh dikosongkan."
        autosize
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" mt="xs" color="bata" loading={isBusy}>
        Ya, tarik rujukan ini
      </Button>
    </form>
  );
}
