import { Alert, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api.ts';
import { sentenceOf } from '../notify.ts';

export function LogInPage() {
  const client = useQueryClient();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({
    mutationFn: () => ask(api['log-in'].$post({ json: { login, password } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['me'] }),
  });
  return (
    <main className="door">
      <Paper className="door-card" withBorder shadow="sm">
        <img src="/desk/icon.svg" alt="" width={52} height={52} />
        <Title order={1} size="h2" mt="sm">
          Selamat datang
        </Title>
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
            <PasswordInput
              label="Kata sandi"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            {enter.error && (
              <Alert color="bata" role="alert">
                {sentenceOf(enter.error)}
              </Alert>
            )}
            <Button type="submit" size="md" loading={enter.isPending}>
              Masuk
            </Button>
            <Text size="sm" c="dimmed">
              Lupa kata sandi? Mintalah tautan baru kepada admin.
            </Text>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
