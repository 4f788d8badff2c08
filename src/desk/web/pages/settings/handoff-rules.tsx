import { Button, NumberInput, Select, SimpleGrid, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { sayDone, sayError } from '../../notify.ts';
import type { DutyView } from './duty-lines.ts';

/** How waiting chats find an officer, and how soon the next ones hear of it. */
export function HandoffRules({
  view,
  mayEdit,
  onSaved,
}: {
  view: DutyView;
  mayEdit: boolean;
  onSaved: () => void;
}) {
  const [settings, setSettings] = useState(view.settings);
  const save = useMutation({
    mutationFn: () => ask(api.duty.settings.$post({ json: { settings, seenAt: view.seenAt } })),
    onSuccess: () => sayDone('Disimpan.'),
    onError: sayError,
    onSettled: onSaved,
  });
  const { paging } = settings;
  const minutes = (label: string, value: number, onChange: (value: number) => void) => (
    <NumberInput
      label={label}
      suffix=" menit"
      min={1}
      max={1440}
      allowDecimal={false}
      disabled={!mayEdit}
      value={value}
      onChange={(next) => onChange(Number(next))}
    />
  );
  const page = (change: Partial<typeof paging>) =>
    setSettings({ ...settings, paging: { ...paging, ...change } });
  return (
    <form
      className="form wide"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Title order={2} size="h4" mt="lg" mb="xs">
        Pembagian chat
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label="Cara"
          allowDeselect={false}
          disabled={!mayEdit}
          data={[
            { value: 'round_robin', label: 'Ditawarkan bergiliran' },
            { value: 'pull', label: 'Diambil sendiri dari antrean' },
          ]}
          value={settings.assignment}
          onChange={(assignment) =>
            setSettings({ ...settings, assignment: assignment === 'pull' ? 'pull' : 'round_robin' })
          }
        />
        {minutes('Lama satu tawaran', settings.offerMinutes, (offerMinutes) =>
          setSettings({ ...settings, offerMinutes }),
        )}
        {minutes(
          'Supervisor diberi tahu setelah (jam layanan)',
          settings.supervisorAfterMinutes,
          (supervisorAfterMinutes) => setSettings({ ...settings, supervisorAfterMinutes }),
        )}
        {minutes('Lalu admin setelah (jam layanan)', settings.adminAfterMinutes, (adminAfterMinutes) =>
          setSettings({ ...settings, adminAfterMinutes }),
        )}
        {minutes(
          'Pemegang chat dipanggil bila pesan tak dijawab (jam layanan)',
          settings.holderAfterMinutes,
          (holderAfterMinutes) => setSettings({ ...settings, holderAfterMinutes }),
        )}
        {minutes('Dianggap pergi bila meja diam', settings.goneAfterMinutes, (goneAfterMinutes) =>
          setSettings({ ...settings, goneAfterMinutes }),
        )}
        {minutes(
          'Dianggap pergi bila diam di grup Telegram',
          settings.groupGoneAfterMinutes,
          (groupGoneAfterMinutes) => setSettings({ ...settings, groupGoneAfterMinutes }),
        )}
      </SimpleGrid>
      <Title order={2} size="h4" mt="lg" mb="xs">
        Tanda bahaya yang belum ditanggapi
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {minutes('Siaga berikutnya dipanggil setelah', paging.nextRankMinutes, (nextRankMinutes) =>
          page({ nextRankMinutes }),
        )}
        {minutes('Supervisor setelah', paging.supervisorMinutes, (supervisorMinutes) =>
          page({ supervisorMinutes }),
        )}
        {minutes('Admin setelah', paging.adminMinutes, (adminMinutes) => page({ adminMinutes }))}
        {minutes('Lalu semua diulang setiap', paging.repeatMinutes, (repeatMinutes) =>
          page({ repeatMinutes }),
        )}
      </SimpleGrid>
      {mayEdit && (
        <Button type="submit" mt="md" loading={save.isPending}>
          Simpan aturan
        </Button>
      )}
    </form>
  );
}
