import { Group, SimpleGrid, TextInput, Title } from '@mantine/core';
import { noticeKinds } from '../../../../domain/notice-kind.ts';
import type { NoticeKind } from '../../../../domain/notice-kind.ts';

type Templates = Record<string, { name: string; language: string }>;

const noticeWords: Record<NoticeKind, string> = {
  'booking-evening': 'Pengingat malam sebelumnya',
  'booking-soon': 'Pengingat sebelum kunjungan',
  'booking-missed': 'Tidak datang',
  'booking-closed': 'Hari ditutup',
  'booking-moved': 'Jadwal dipindah petugas',
  'booking-cancelled': 'Jadwal dibatalkan petugas',
  'waiting-closed': 'Hari ditutup (daftar tunggu)',
  'waiting-over': 'Daftar tunggu selesai',
  'seat-offered': 'Tempat kosong dari daftar tunggu',
  'concern-taken': 'Curhat ditangani',
  'concern-answered': 'Curhat dijawab',
  'concern-check': 'Sudah beres? (ditanya lagi)',
  'concern-settled': 'Curhat dicatat beres',
  'concern-late': 'Kabar terlambat',
  'survey-invited': 'Undangan menilai (SKM)',
  'referral-ask': 'Rujukan: minta izin',
  'referral-sent': 'Rujukan: terkirim',
  'referral-acknowledged': 'Rujukan: diterima instansi',
  'referral-progress': 'Rujukan: ditindaklanjuti',
  'referral-answered': 'Rujukan: dijawab instansi',
  'referral-not-ours': 'Rujukan: bukan wewenangnya',
  'referral-overdue': 'Rujukan: instansi terlambat',
  'referral-withdrawn': 'Rujukan: ditarik',
  'queue-next': 'Antrean: giliran berikutnya',
  'queue-longer': 'Antrean: lebih lama dari perkiraan',
};

/** How notices go out on the official WhatsApp API to somebody who has not written for a day. */
export function TemplateFields({
  templates,
  onChange,
}: {
  templates: Templates;
  onChange: (templates: Templates) => void;
}) {
  const set = (kind: NoticeKind, change: Partial<{ name: string; language: string }>): void => {
    const next = { name: '', language: 'id', ...templates[kind], ...change };
    const { [kind]: _old, ...others } = templates;
    onChange(next.name === '' ? others : { ...others, [kind]: next });
  };
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        Templat WhatsApp resmi
      </Title>
      <p className="faint">
        Lewat API resmi, kabar di luar 24 jam sejak pesan terakhir warga hanya boleh dikirim dengan templat
        yang sudah disetujui di WhatsApp Manager. Templatnya punya satu isian, {'{{1}}'}, tempat kabar itu
        ditulis. Yang dikosongkan menunggu sampai warga menulis lagi.
      </p>
      <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs">
        {noticeKinds.map((kind) => (
          <Group key={kind} align="flex-end" grow wrap="nowrap">
            <TextInput
              label={noticeWords[kind]}
              placeholder="nama_templat"
              pattern="[a-z0-9_]*"
              maxLength={512}
              value={templates[kind]?.name ?? ''}
              onChange={(event) => set(kind, { name: event.currentTarget.value.trim() })}
            />
            <TextInput
              label="Bahasa"
              placeholder="id"
              pattern="[a-z]{2,3}(_[A-Z]{2})?"
              maxLength={6}
              disabled={templates[kind] === undefined}
              value={templates[kind]?.language ?? ''}
              onChange={(event) => set(kind, { language: event.currentTarget.value.trim() })}
            />
          </Group>
        ))}
      </SimpleGrid>
    </section>
  );
}
