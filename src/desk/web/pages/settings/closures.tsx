import { Badge, Button, Group, Loader, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import type { Me } from '../../me.ts';
import { sayDone, sayError } from '../../notify.ts';
import { CloseDay } from '../../parts/close-day.tsx';
import { ImportHolidays } from '../../parts/import-holidays.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { longDay } from '../../time.ts';

const kinds: Record<string, string> = {
  libur_nasional: 'libur nasional',
  cuti_bersama: 'cuti bersama',
  admin: 'ditutup di sini',
};

export function Closures({ me }: { me: Me }) {
  const client = useQueryClient();
  const [day, setDay] = useState('');
  const [closing, setClosing] = useState<string | null>(null);
  const [isImporting, setIsImporting] = useState(false);
  const closures = useQuery({ queryKey: ['closures'], queryFn: () => ask(api.closures.$get()) });
  const open = useMutation({
    mutationFn: (which: string) => ask(api.closures[':day'].remove.$post({ param: { day: which } })),
    onSuccess: () => sayDone('Dibuka lagi. Warga bisa memesan hari itu.'),
    onError: sayError,
    onSettled: () => client.invalidateQueries({ queryKey: ['closures'] }),
  });
  if (closures.isPending) return <Loader type="dots" />;
  if (closures.error) return <Trouble error={closures.error} />;
  return (
    <>
      {me.permissions.includes('day.close') && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setClosing(day);
          }}
        >
          <Group align="end" mb="md">
            <TextInput
              type="date"
              label="Tutup hari"
              required
              value={day}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
            <Button type="submit" color="bata" variant="light" disabled={day === ''}>
              Lihat siapa yang terkena…
            </Button>
            {me.permissions.includes('room.manage') && (
              <Button variant="default" onClick={() => setIsImporting(true)}>
                Dari berkas…
              </Button>
            )}
          </Group>
        </form>
      )}
      <ul className="cards">
        {closures.data.items.map((closure) => (
          <li key={closure.day} className="card">
            <div>
              <strong>
                {longDay(closure.day)} {closure.day.slice(0, 4)}
              </strong>
              <p>{closure.name}</p>
            </div>
            <Group gap="xs">
              <Badge variant="light" color="gray">
                {kinds[closure.kind] ?? closure.kind}
              </Badge>
              {me.permissions.includes('room.manage') && (
                <Button
                  variant="default"
                  size="compact-sm"
                  loading={open.isPending && open.variables === closure.day}
                  onClick={() => open.mutate(closure.day)}
                >
                  Buka lagi
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
      {isImporting && <ImportHolidays onClose={() => setIsImporting(false)} />}
      {closing !== null && <CloseDay day={closing} opened onClose={() => setClosing(null)} />}
    </>
  );
}
