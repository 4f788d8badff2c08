import { Button, CopyButton, Group, Select, Stack, TextInput, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { api, ask } from '../api.ts';
import { sayDone, sayError } from '../notify.ts';
import { AgencyStepForm } from './agency-step-form.tsx';
import type { ReferralView } from './referral-panel.tsx';

type Sheet = 'room' | 'lapor' | 'withdraw' | 'reroute' | 'record';

/** What may be done with a referral now; the server says what, this shows how. */
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
  const param = { id: referral.id };
  const { version, may } = referral;
  const step = useMutation({
    mutationFn: async ({ act }: { act: () => Promise<unknown>; done: string }) => act(),
    onSuccess: (_result, { done }) => {
      setSheet(null);
      sayDone(done);
    },
    onError: sayError,
    onSettled: refresh,
  });
  const run = (act: () => Promise<unknown>, done: string): void => step.mutate({ act, done });
  const toggle = (name: Sheet, label: string): ReactNode => (
    <Button
      variant="default"
      aria-expanded={sheet === name}
      onClick={() => setSheet((now) => (now === name ? null : name))}
    >
      {label}
    </Button>
  );
  const isSentAgain = referral.status === 'sent' || referral.status === 'failed';
  return (
    <Stack gap="sm" mt="sm">
      <Group gap="xs">
        {may.ask && (
          <Button
            variant={referral.status === 'draft' ? 'filled' : 'default'}
            loading={step.isPending}
            onClick={() =>
              run(
                () => ask(api.referrals[':id'].ask.$post({ param, json: { version } })),
                'Warga membaca isinya sekarang dan ditanya izinnya.',
              )
            }
          >
            {referral.status === 'draft' ? 'Minta izin warga' : 'Tanyakan lagi'}
          </Button>
        )}
        {may.approveInRoom && toggle('room', 'Warga setuju di ruang…')}
        {may.send && (
          <Button
            variant={referral.isApproved && !isSentAgain ? 'filled' : 'default'}
            loading={step.isPending}
            onClick={() =>
              run(
                () => ask(api.referrals[':id'].send.$post({ param, json: { version } })),
                'Suratnya dikirim. Bila gagal, ia muncul di halaman Rujukan.',
              )
            }
          >
            {isSentAgain ? 'Kirim ulang suratnya' : 'Kirim lewat surel'}
          </Button>
        )}
        {may.hand_in && toggle('lapor', 'Catat nomor LAPOR!…')}
        {may.record.length > 0 && toggle('record', 'Catat kabar instansi…')}
        {may.reroute && toggle('reroute', 'Rujuk ke instansi lain…')}
        {may.edit && (
          <Button variant="default" onClick={onEdit}>
            Ubah isinya
          </Button>
        )}
        {may.withdraw && toggle('withdraw', 'Tarik…')}
      </Group>
      {may.send && !hasMailServer && (
        <p className="faint">
          Server surel belum diatur: suratnya hanya ditaruh di folder &ldquo;mail&rdquo; server, dan seseorang
          harus mengantarnya.
        </p>
      )}
      {may.send && referral.agency.mailbox === null && (
        <p className="faint">
          Instansi ini belum punya alamat surel (Pengaturan, Instansi). Pakai SP4N-LAPOR! untuk sekarang.
        </p>
      )}
      {sheet === 'room' && (
        <div className="sheet">
          <p>Tunjukkan isi di atas kepada warga. Setelah ia setuju, tanyakan: boleh namanya ikut?</p>
          <Group gap="xs">
            {[true, false].map((isNameShared) => (
              <Button
                key={String(isNameShared)}
                variant="default"
                loading={step.isPending}
                onClick={() =>
                  run(
                    () =>
                      ask(
                        api.referrals[':id']['approve-in-room'].$post({
                          param,
                          json: { version, isNameShared },
                        }),
                      ),
                    'Izin warga dicatat.',
                  )
                }
              >
                {isNameShared ? 'Setuju, dengan nama' : 'Setuju, tanpa nama'}
              </Button>
            ))}
          </Group>
        </div>
      )}
      {sheet === 'lapor' && (
        <OneLine
          label="Nomor laporan di SP4N-LAPOR!"
          description="Salin isinya ke lapor.go.id, lalu catat nomor yang keluar."
          action="Catat nomornya"
          isBusy={step.isPending}
          before={<CopyPacket text={referral.packet} />}
          onSave={(laporId) =>
            run(
              () => ask(api.referrals[':id'].lapor.$post({ param, json: { version, laporId } })),
              'Tercatat. Tenggat instansi mulai berjalan.',
            )
          }
        />
      )}
      {sheet === 'withdraw' && (
        <Withdraw
          isBusy={step.isPending}
          onSave={(reason) =>
            run(
              () => ask(api.referrals[':id'].withdraw.$post({ param, json: { version, reason } })),
              'Rujukan ditarik.',
            )
          }
        />
      )}
      {sheet === 'reroute' && (
        <Reroute
          agencyId={referral.agency.id}
          better={referral.events.findLast((event) => event.betterAgencyId !== null)?.betterAgencyId ?? null}
          isBusy={step.isPending}
          onSave={(agencyId) =>
            run(
              () => ask(api.referrals[':id'].reroute.$post({ param, json: { agencyId } })),
              'Rujukan baru ditulis dengan isi yang sama. Minta izin warga lagi.',
            )
          }
        />
      )}
      {sheet === 'record' && (
        <AgencyStepForm
          steps={may.record}
          isBusy={step.isPending}
          onSave={(given) =>
            run(
              () => ask(api.referrals[':id'].record.$post({ param, json: { version, ...given } })),
              'Kabar instansi dicatat.',
            )
          }
        />
      )}
    </Stack>
  );
}

function CopyPacket({ text }: { text: string }) {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button variant="default" onClick={copy}>
          {copied ? 'Tersalin' : 'Salin isinya'}
        </Button>
      )}
    </CopyButton>
  );
}

function OneLine({
  label,
  description,
  action,
  isBusy,
  before,
  onSave,
}: {
  label: string;
  description: string;
  action: string;
  isBusy: boolean;
  before: ReactNode;
  onSave: (text: string) => void;
}) {
  const [text, setText] = useState('');
  return (
    <form
      className="sheet"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(text.trim());
      }}
    >
      <Group align="end" gap="xs">
        {before}
        <TextInput
          label={label}
          description={description}
          maxLength={40}
          required
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" loading={isBusy} disabled={text.trim() === ''}>
          {action}
        </Button>
      </Group>
    </form>
  );
}

function Withdraw({ isBusy, onSave }: { isBusy: boolean; onSave: (reason: string) => void }) {
  const [reason, setReason] = useState('');
  return (
    <form
      className="sheet"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(reason.trim());
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

function Reroute({
  agencyId,
  better,
  isBusy,
  onSave,
}: {
  agencyId: string;
  /** The one that the agency named itself. */
  better: string | null;
  isBusy: boolean;
  onSave: (agencyId: string) => void;
}) {
  const [chosen, setChosen] = useState(better);
  const agencies = useQuery({ queryKey: ['agencies'], queryFn: () => ask(api.agencies.$get()) });
  const others = (agencies.data?.items ?? []).filter((agency) => agency.isActive && agency.id !== agencyId);
  return (
    <form
      className="sheet"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== null) onSave(chosen);
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
          value={chosen}
          onChange={setChosen}
        />
        <Button type="submit" loading={isBusy} disabled={chosen === null}>
          Tulis rujukannya
        </Button>
      </Group>
    </form>
  );
}
