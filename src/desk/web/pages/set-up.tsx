import { Button, Loader, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api, ask } from '../api.ts';
import { Door } from '../parts/door.tsx';
import { FormError } from '../parts/form-error.tsx';
import { PasswordField } from '../parts/password-field.tsx';

/** Opened by a one-time link; the token stands behind `#`, so that it is in no log of any server. */
export function SetUpPage() {
  const client = useQueryClient();
  const [, go] = useLocation();
  const [token] = useState(() => location.hash.slice(1));
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const link = useQuery({
    queryKey: ['set-up', token],
    queryFn: () => ask(api['set-up'].look.$post({ json: { token } })),
    staleTime: Infinity,
    retry: false,
  });
  const finish = useMutation({
    mutationFn: () =>
      ask(api['set-up'].$post({ json: { token, password, ...(isFirst ? { login, name } : {}) } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['me'] });
      go('/hari-ini', { replace: true });
    },
  });
  const isFirst = link.data?.purpose === 'first_admin';
  return (
    <Door title={isFirst ? 'Mulai memakai Bestie' : 'Kata sandi baru'}>
      {link.isPending && <Loader type="dots" mt="md" />}
      <FormError error={link.error} />
      {link.data && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            finish.mutate();
          }}
        >
          <Text c="dimmed" mb="lg">
            {isFirst
              ? 'Anda menjadi admin pertama. Petugas lain bisa Anda undang sesudah ini.'
              : `Halo ${link.data.officer?.name ?? ''}. Nama masuk Anda: ${link.data.officer?.login ?? ''}`}
          </Text>
          <Stack>
            {isFirst && (
              <>
                <TextInput
                  label="Nama Anda"
                  description="Warga melihat nama depannya saja."
                  autoComplete="name"
                  required
                  value={name}
                  onChange={(event) => setName(event.currentTarget.value)}
                />
                <TextInput
                  label="Nama masuk"
                  autoComplete="username"
                  required
                  value={login}
                  onChange={(event) => setLogin(event.currentTarget.value)}
                />
              </>
            )}
            <PasswordField isNew value={password} onChange={setPassword} />
            <FormError error={finish.error} />
            <Button type="submit" size="md" loading={finish.isPending}>
              Simpan dan masuk
            </Button>
          </Stack>
        </form>
      )}
    </Door>
  );
}
