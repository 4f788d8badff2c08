import { Button, Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { api, ask } from '../../api.ts';
import { sayDone, sayError } from '../../notify.ts';
import { AgencyStepForm } from './agency-step-form.tsx';
import { LaporForm } from './lapor-form.tsx';
import type { ReferralView } from './referral-panel.tsx';
import { RerouteForm } from './reroute-form.tsx';
import { RoomApproval } from './room-approval.tsx';
import { WithdrawForm } from './withdraw-form.tsx';

/** What a form of a step is given: the referral as it stood, and the way to move it. */
export type StepProps = {
  referral: ReferralView;
  isBusy: boolean;
  /** Asks the server, then says `done` and closes the form; a refusal is said and leaves it open. */
  run: (act: () => Promise<unknown>, done: string) => void;
};

type Sheet = 'room' | 'lapor' | 'withdraw' | 'reroute' | 'record';
const forms: Record<Sheet, (props: StepProps) => ReactNode> = {
  room: RoomApproval,
  lapor: LaporForm,
  withdraw: WithdrawForm,
  reroute: RerouteForm,
  record: AgencyStepForm,
};

/** What may be done with a referral now; the server says what, this shows how. The next step stands out. */
export function ReferralSteps({
  referral,
  hasMailServer,
  onEdit,
  refresh,
}: {
  referral: ReferralView;
  hasMailServer: boolean;
  onEdit: () => void;
  refresh: () => Promise<void>;
}) {
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const step = useMutation({
    mutationFn: async ({ act }: { act: () => Promise<unknown>; done: string }) => act(),
    onSuccess: (_result, { done }) => {
      setSheet(null);
      sayDone(done);
    },
    onError: sayError,
    onSettled: refresh,
  });
  const run: StepProps['run'] = (act, done) => step.mutate({ act, done });
  const isBusy = step.isPending;
  const { may, status } = referral;
  const given = { param: { id: referral.id }, json: { version: referral.version } };
  const hasMailbox = referral.agency.mailbox !== null;

  const act = (label: string, isNext: boolean, request: () => Promise<unknown>, done: string): ReactNode => (
    <Button variant={isNext ? 'filled' : 'default'} loading={isBusy} onClick={() => run(request, done)}>
      {label}
    </Button>
  );
  const open = (name: Sheet, label: string, isNext = false): ReactNode => (
    <Button
      variant={isNext ? 'filled' : 'default'}
      aria-expanded={sheet === name}
      onClick={() => setSheet((now) => (now === name ? null : name))}
    >
      {label}
    </Button>
  );
  const Form = sheet && forms[sheet];
  if (referral.isClosed && !may.reroute) return null;
  return (
    <Stack gap="sm" mt="sm">
      <Group gap="xs">
        {may.ask &&
          act(
            status === 'draft' ? 'Minta izin warga' : 'Tanyakan lagi',
            status === 'draft',
            () => ask(api.referrals[':id'].ask.$post(given)),
            'Warga membaca isinya sekarang dan ditanya izinnya.',
          )}
        {may.approveInRoom &&
          !referral.isApproved &&
          open('room', 'Warga setuju di ruang…', status === 'draft')}
        {may.send &&
          hasMailbox &&
          act(
            sendLabel(status, hasMailServer),
            referral.isApproved && status !== 'sent' && status !== 'by_hand',
            () => ask(api.referrals[':id'].send.$post(given)),
            hasMailServer
              ? 'Suratnya dikirim. Bila gagal, ia muncul di halaman Rujukan.'
              : 'Suratnya siap untuk Anda kirim.',
          )}
        {may.hand_in && open('lapor', 'Catat nomor LAPOR!…', !hasMailbox && referral.isApproved)}
        {may.record.length > 0 && open('record', 'Catat kabar instansi…')}
        {may.reroute && open('reroute', 'Rujuk ke instansi lain…', status === 'not_ours')}
        {may.edit && (
          <Button variant="default" onClick={onEdit}>
            Ubah isinya
          </Button>
        )}
        {may.withdraw && open('withdraw', 'Tarik…')}
      </Group>
      {may.send && !hasMailbox && (
        <p className="faint">
          Instansi ini belum punya alamat surel (Pengaturan, Instansi). Pakai SP4N-LAPOR! untuk sekarang.
        </p>
      )}
      {may.send && hasMailbox && !hasMailServer && status !== 'by_hand' && (
        <p className="faint">
          Server surel belum diatur: Anda mengunduh suratnya dan mengirimnya sendiri. Warga baru diberi tahu
          sesudah Anda menekan &ldquo;Sudah saya kirim&rdquo;.
        </p>
      )}
      {Form && <Form referral={referral} isBusy={isBusy} run={run} />}
    </Stack>
  );
}

function sendLabel(status: string, hasMailServer: boolean): string {
  const isAgain = ['by_hand', 'sent', 'failed'].includes(status);
  if (!hasMailServer) return isAgain ? 'Siapkan suratnya lagi' : 'Siapkan suratnya';
  return isAgain ? 'Kirim ulang suratnya' : 'Kirim lewat surel';
}
