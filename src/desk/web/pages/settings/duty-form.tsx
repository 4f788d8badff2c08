import { Button, Checkbox, Group, Modal, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { sayDone, sayError } from '../../notify.ts';
import { longDay } from '../../time.ts';
import { roleWord, weekdayWord } from '../../words.ts';
import { linesOf } from './duty-lines.ts';
import type { DutyOf, DutyView } from './duty-lines.ts';

const ranks = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Everybody of the team, with what they do on that day. */
export function DutyForm({
  view,
  of,
  onClose,
  onSaved,
}: {
  view: DutyView;
  of: DutyOf;
  onClose: () => void;
  onSaved: () => void;
}) {
  const [lines, setLines] = useState(() => {
    const own = linesOf(view, of);
    // A date begins as its weekday is.
    const weekday = 'sessionDate' in of ? new Date(`${of.sessionDate}T00:00:00Z`).getUTCDay() : of.weekday;
    const shown = own.length > 0 ? own : linesOf(view, { weekday });
    return view.officers.map((officer) => {
      const line = shown.find((each) => each.officerId === officer.id);
      return {
        officerId: officer.id,
        isInRoom: line?.isInRoom ?? false,
        onCallRank: line?.onCallRank ?? null,
      };
    });
  });
  const save = useMutation({
    mutationFn: () => ask(api.duty.$post({ json: { of, lines } })),
    onSuccess: () => {
      sayDone('Piket disimpan.');
      onClose();
    },
    onError: sayError,
    onSettled: onSaved,
  });
  const change = (officerId: string, next: Partial<(typeof lines)[number]>): void =>
    setLines(lines.map((line) => (line.officerId === officerId ? { ...line, ...next } : line)));
  const title = 'weekday' in of ? `Setiap ${weekdayWord(of.weekday)}` : longDay(of.sessionDate);
  return (
    <Modal opened onClose={onClose} title={`Piket: ${title}`} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <ul className="duty-lines">
          {view.officers.map((officer) => {
            const line = lines.find((each) => each.officerId === officer.id);
            return (
              <li key={officer.id}>
                <span className="duty-who">
                  <strong>{officer.name}</strong>
                  <small className="faint">
                    {roleWord(officer.role)}
                    {officer.ways.length === 0 && ' · tanpa kontak'}
                  </small>
                </span>
                <Checkbox
                  label="Di ruang"
                  aria-label={`${officer.name} di ruang`}
                  checked={line?.isInRoom ?? false}
                  onChange={(event) => change(officer.id, { isInRoom: event.currentTarget.checked })}
                />
                <Select
                  aria-label={`Urutan siaga ${officer.name}`}
                  placeholder="Siaga: –"
                  clearable
                  clearButtonProps={{ 'aria-label': `Hapus urutan siaga ${officer.name}` }}
                  w={124}
                  data={ranks.map((rank) => ({ value: rank, label: `Siaga ${rank}` }))}
                  value={line?.onCallRank == null ? null : String(line.onCallRank)}
                  onChange={(rank) => change(officer.id, { onCallRank: rank === null ? null : Number(rank) })}
                />
              </li>
            );
          })}
        </ul>
        <Group justify="flex-end" mt="md">
          <Button type="submit" loading={save.isPending}>
            Simpan
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
