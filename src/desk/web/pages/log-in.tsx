import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api.ts';
import { Door } from '../parts/door.tsx';
import { FormError } from '../parts/form-error.tsx';
import { PasswordField } from '../parts/password-field.tsx';

export function LogInPage() {
  const client = useQueryClient();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({
    mutationFn: () => ask(api['log-in'].$post({ json: { login, password } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['me'] }),
  });
  return (
    <Door title="Selamat datang">
      <Text c="dimmed" mb="lg">
        Meja petugas Ruang Curhat Bestie
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          enter.mutate();
        }}
      >
        <Stack>
          <TextInput
            label="Nama masuk"
            autoComplete="username"
            autoFocus
            required
            value={login}
            onChange={(event) => setLogin(event.currentTarget.value)}
          />
          <PasswordField value={password} onChange={setPassword} />
          <FormError error={enter.error} />
          <Button type="submit" size="md" loading={enter.isPending}>
            Masuk
          </Button>
          <Text size="sm" c="dimmed">
            Lupa kata sandi? Mintalah tautan baru kepada admin.
          </Text>
        </Stack>
      </form>
    </Door>
  );
}
