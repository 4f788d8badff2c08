import { Alert, Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import type { Me } from '../../me.ts';
import { sayDone } from '../../notify.ts';
import { Contacts } from '../../parts/contacts.tsx';
import { FormError } from '../../parts/form-error.tsx';
import { PasswordField } from '../../parts/password-field.tsx';
import { TelegramLink } from '../../parts/telegram-link.tsx';
import { roleWord } from '../../words.ts';
import { PushDevices } from './push-devices.tsx';

export function OwnAccount({ me }: { me: Me }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => ask(api.me.password.$post({ json: { current, next } })),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      sayDone('Kata sandi diganti. Perangkat lain yang masih masuk sudah dikeluarkan.');
    },
  });
  return (
    <>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Text mb="md">
          {me.name} · nama masuk <strong>{me.login}</strong> · {roleWord(me.role)}
        </Text>
        {me.role === 'analyst' && (
          <Alert mb="md">
            Peran analis melihat angka tanpa nama di halaman Tren dan Survei, bukan chat atau curhat.
          </Alert>
        )}
        <Stack>
          <PasswordField label="Kata sandi sekarang" value={current} onChange={setCurrent} />
          <PasswordField label="Kata sandi baru" isNew value={next} onChange={setNext} />
          <FormError error={change.error} />
          <Button type="submit" loading={change.isPending}>
            Ganti kata sandi
          </Button>
        </Stack>
      </form>
      {me.permissions.includes('contact.own') && <Contacts officerId={null} />}
      {me.permissions.includes('contact.own') && <TelegramLink />}
      {me.permissions.includes('events.read') && <PushDevices />}
    </>
  );
}
