import { Button, Group } from '@mantine/core';
import { api, ask } from '../../api.ts';
import type { StepProps } from './referral-steps.tsx';

/** The yes of somebody who has no chat and sits in the room. */
export function RoomApproval({ referral, isBusy, run }: StepProps) {
  const approve = (isNameShared: boolean): void =>
    run(
      () =>
        ask(
          api.referrals[':id']['approve-in-room'].$post({
            param: { id: referral.id },
            json: { version: referral.version, isNameShared },
          }),
        ),
      'Izin warga dicatat.',
    );
  return (
    <div className="sheet">
      <p>Tunjukkan isi di atas kepada warga. Setelah ia setuju, tanyakan: boleh namanya ikut?</p>
      <Group gap="xs">
        <Button variant="default" loading={isBusy} onClick={() => approve(true)}>
          Setuju, dengan nama
        </Button>
        <Button variant="default" loading={isBusy} onClick={() => approve(false)}>
          Setuju, tanpa nama
        </Button>
      </Group>
    </div>
  );
}
