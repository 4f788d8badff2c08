import { Button, Menu, UnstyledButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api, ask } from '../api.ts';
import { forgetDrafts } from '../draft.ts';
import { useLive } from '../live.ts';
import type { Me } from '../me.ts';
import { sayError } from '../notify.ts';
import { presenceWord, roleWord } from '../words.ts';

const presences = ['on_duty', 'busy', 'away'] as const;

/** Who works here, whether they are at their place, and the way out. */
export function AccountMenu({ me }: { me: Me }) {
  const client = useQueryClient();
  const isLive = useLive();
  const [, go] = useLocation();
  const present = useMutation({
    mutationFn: (presence: (typeof presences)[number]) => ask(api.me.presence.$post({ json: { presence } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['me'] }),
    onError: sayError,
  });
  const leave = useMutation({
    mutationFn: () => ask(api['log-out'].$post()),
    onSuccess: () => {
      // The next one at this machine must find nothing of what was written here.
      forgetDrafts();
      // `clear` would leave the mounted readers with what they hold; nobody is logged in, and nothing else is known.
      client.setQueryData(['me'], null);
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
      go('/');
    },
    onError: sayError,
  });
  return (
    <div className="account">
      <Menu position="top-start" width={220} withArrow withinPortal={false}>
        <Menu.Target>
          <UnstyledButton className="me">
            <span className={`dot ${me.presence}`} aria-hidden="true" />
            <span className="me-words">
              <strong>{me.name}</strong>
              <small>
                {roleWord(me.role)} · {presenceWord(me.presence)}
              </small>
            </span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Keberadaan saya</Menu.Label>
          {presences.map((presence) => (
            <Menu.Item
              key={presence}
              leftSection={<span className={`dot ${presence}`} />}
              onClick={() => present.mutate(presence)}
            >
              {presenceWord(presence)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => go('/pengaturan/saya')}>Kata sandi saya</Menu.Item>
          <Menu.Item onClick={() => leave.mutate()}>Keluar</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button
        className="leave"
        variant="subtle"
        size="compact-sm"
        loading={leave.isPending}
        onClick={() => leave.mutate()}
      >
        Keluar
      </Button>
      {!isLive && me.permissions.includes('events.read') && (
        <small className="offline" role="status">
          Menyambung…
        </small>
      )}
    </div>
  );
}
