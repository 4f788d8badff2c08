import { Alert, Button, Checkbox, Group, Select, Stack, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { useDraft } from '../../draft.ts';
import { sayDone, sayError } from '../../notify.ts';
import { shortDate } from '../../time.ts';
import type { Referrals, ReferralView } from './referral-panel.tsx';

const proposedBy = {
  correction: 'Instansi dari koreksi petugas',
  kelurahan: 'Usulan tabel rujukan untuk kelurahan ini',
  words: 'Usulan dari kata-kata warga',
  table: 'Usulan tabel rujukan',
};

const fileWords: Record<string, string> = {
  voice: 'Pesan suara',
  audio: 'Rekaman suara',
  photo: 'Foto',
  video: 'Video',
  document: 'Dokumen',
};

/** The packet in the officer's own words. Whatever is changed here, the resident is asked for again. */
export function ReferralForm({
  concernId,
  referrals,
  referral,
  onDone,
  onLeave,
}: {
  concernId: string;
  referrals: Referrals;
  /** Null: a new one. */
  referral: ReferralView | null;
  onDone: () => Promise<void>;
  onLeave: () => void;
}) {
  const { proposal, files } = referrals;
  const [draft, setDraft] = useDraft(`referral.${referral?.id ?? concernId}`);
  const [summary, setSummaryHere] = useState(draft || (referral?.summary ?? ''));
  const setSummary = (text: string): void => {
    setSummaryHere(text);
    setDraft(text);
  };
  const [agencyId, setAgencyId] = useState(
    referral?.agency.id ?? (proposal?.kind === 'one' ? proposal.agencyId : null),
  );
  const [attachmentIds, setAttachmentIds] = useState<string[]>(referral?.attachmentIds ?? []);
  const agencies = useQuery({ queryKey: ['agencies'], queryFn: () => ask(api.agencies.$get()) });
  const save = useMutation({
    mutationFn: () => {
      const packet = { agencyId: agencyId ?? '', summary: summary.trim(), attachmentIds };
      return referral
        ? ask(
            api.referrals[':id'].packet.$post({
              param: { id: referral.id },
              json: { ...packet, version: referral.version },
            }),
          )
        : ask(api.concerns[':id'].referral.$post({ param: { id: concernId }, json: packet }));
    },
    onSuccess: async () => {
      setDraft('');
      sayDone('Tersimpan. Belum ada yang dikirim; warga perlu mengizinkannya dulu.');
      await onDone();
    },
    onError: sayError,
  });
  const offered = (agencies.data?.items ?? []).filter((agency) => agency.isActive || agency.id === agencyId);
  const nameOf = (id: string): string => offered.find((agency) => agency.id === id)?.short ?? id;
  return (
    <form
      className="referral-form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="sm">
        {!referral && proposal?.kind === 'differ' && (
          <Alert color="jagung" title="Dua usulan yang berbeda">
            <p>
              Tabel rujukan menunjuk {nameOf(proposal.byTable)}, tetapi kata-kata warga menunjuk{' '}
              {nameOf(proposal.byWords)}. Baca curhatnya, lalu pilih.
            </p>
            <Group gap="xs" mt="xs">
              {[proposal.byWords, proposal.byTable].map((id) => (
                <Button
                  key={id}
                  size="compact-sm"
                  variant={agencyId === id ? 'filled' : 'default'}
                  aria-pressed={agencyId === id}
                  onClick={() => setAgencyId(id)}
                >
                  {nameOf(id)}
                </Button>
              ))}
            </Group>
          </Alert>
        )}
        <Select
          label="Instansi"
          description={
            proposal?.kind === 'one' && proposal.agencyId === agencyId
              ? `${proposedBy[proposal.by]}; ganti bila perlu.`
              : 'Pilih yang berwenang.'
          }
          placeholder="Pilih instansi"
          searchable
          required
          nothingFoundMessage="Tidak ada instansi dengan nama itu"
          data={offered.map((agency) => ({
            value: agency.id,
            label: `${agency.short} (${agency.name})${agency.email === null ? ', tanpa surel' : ''}`,
          }))}
          value={agencyId}
          onChange={setAgencyId}
        />
        <Textarea
          label="Ringkasan untuk instansi"
          description="Tulis dengan kata Anda, seperlunya saja. Jangan menyalin seluruh curhat; nama dan nomor warga tidak ditulis di sini, warga sendiri yang memilih apakah namanya ikut."
          autosize
          minRows={4}
          maxLength={4000}
          required
          value={summary}
          onChange={(event) => setSummary(event.currentTarget.value)}
        />
        {files.length > 0 && (
          <Checkbox.Group
            label="Lampiran yang ikut"
            description="Hanya yang dicentang yang keluar dari ruang ini."
            value={attachmentIds}
            onChange={setAttachmentIds}
          >
            <Stack gap={6} mt={6}>
              {files.map((file) => (
                <Checkbox
                  key={file.id}
                  value={file.id}
                  label={`${file.name ?? fileWords[file.kind] ?? 'Berkas'}, ${shortDate(file.at)}`}
                />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        <Group gap="xs">
          <Button
            type="submit"
            loading={save.isPending}
            disabled={agencyId === null || summary.trim() === ''}
          >
            Simpan dan lihat hasilnya
          </Button>
          <Button variant="default" onClick={onLeave}>
            Nanti saja
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
