import { Badge, Button, Group, Loader, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import type { Me } from '../../me.ts';
import { sayDone, sayError } from '../../notify.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { moment } from '../../time.ts';
import { channelWord } from '../../words.ts';

type Name = 'telegram' | 'whatsapp' | 'web';

/** How each channel is, and pairing the room's phone with WhatsApp. */
export function Channels({ me }: { me: Me }) {
  const client = useQueryClient();
  // A QR code lives some twenty seconds.
  const channels = useQuery({
    queryKey: ['channels'],
    queryFn: () => ask(api.channels.$get()),
    refetchInterval: 5000,
  });
  const act = useMutation({
    mutationFn: async ({ name, what }: { name: Name; what: 'log-out' | 'restart' }) => {
      if (what === 'log-out') await ask(api.channels[':name']['log-out'].$post({ param: { name } }));
      else await ask(api.channels[':name'].restart.$post({ param: { name } }));
    },
    onSuccess: () => sayDone('Diminta. Keadaannya berubah di sini sebentar lagi.'),
    onError: sayError,
    onSettled: () => client.invalidateQueries({ queryKey: ['channels'] }),
  });
  if (channels.isPending) return <Loader type="dots" />;
  if (channels.error) return <Trouble error={channels.error} />;
  if (channels.data.items.length === 0) return <p className="empty">Belum ada kanal yang dinyalakan.</p>;
  const mayAct = me.permissions.includes('channels.manage');
  return (
    <ul className="cards">
      {channels.data.items.map((channel) => (
        <li key={channel.name} className={channel.state === 'connected' ? 'card' : 'card red'}>
          <div>
            <Group gap="xs">
              <strong>{channelWord(channel.name)}</strong>
              <Badge variant="light" color={channel.state === 'connected' ? 'laut' : 'jagung'}>
                sejak {moment(channel.since)}
              </Badge>
            </Group>
            <p>{channel.words}</p>
            {channel.detail !== null && <small className="faint">Catatan teknis: {channel.detail}</small>}
            {channel.qr !== null && (
              <figure className="qr">
                <img
                  alt="Kode QR untuk dipindai dari telepon ruang"
                  src={`data:image/svg+xml;utf8,${encodeURIComponent(channel.qr)}`}
                />
                <figcaption>
                  Di telepon ruang: WhatsApp → Perangkat tertaut → Tautkan perangkat, lalu pindai.
                </figcaption>
              </figure>
            )}
            {channel.heldBack !== null && <p>{channel.heldBack}</p>}
            {mayAct && channel.state === 'needs_pairing' && channel.canPair && (
              <PairByCode name={channel.name as Name} />
            )}
            {channel.code !== null && (
              <p role="status">
                Di telepon ruang: Perangkat tertaut → Tautkan dengan nomor telepon, lalu ketik{' '}
                <strong className="code">{channel.code}</strong>
              </p>
            )}
          </div>
          {mayAct && channel.canPair && (
            <Group gap="xs">
              <Button
                variant="default"
                loading={act.isPending && act.variables.what === 'restart'}
                onClick={() => act.mutate({ name: channel.name as Name, what: 'restart' })}
              >
                Nyalakan ulang
              </Button>
              {channel.state !== 'needs_pairing' && (
                <Button
                  variant="light"
                  color="bata"
                  loading={act.isPending && act.variables.what === 'log-out'}
                  onClick={() => {
                    if (confirm('Lepas telepon ini? WhatsApp berhenti sampai dipasangkan lagi.'))
                      act.mutate({ name: channel.name as Name, what: 'log-out' });
                  }}
                >
                  Lepas telepon
                </Button>
              )}
            </Group>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Where the room's phone cannot scan: its number here, the code that comes on the phone. */
function PairByCode({ name }: { name: Name }) {
  const client = useQueryClient();
  const [phone, setPhone] = useState('');
  const pair = useMutation({
    mutationFn: () => ask(api.channels[':name']['pair-by-code'].$post({ param: { name }, json: { phone } })),
    onError: sayError,
    // The code stands with the channel, for every page that is open.
    onSettled: () => client.invalidateQueries({ queryKey: ['channels'] }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        pair.mutate();
      }}
    >
      <Group align="flex-end" gap="xs" mt="xs">
        <TextInput
          label="Tidak bisa memindai? Nomor telepon ruang"
          placeholder="0812 3456 7890"
          inputMode="tel"
          maxLength={30}
          required
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={pair.isPending}>
          Minta kode
        </Button>
      </Group>
    </form>
  );
}
