import { Paper, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** The page before the desk: one card with one thing to do. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="door">
      <Paper className="door-card" withBorder shadow="sm">
        <img src="/desk/icon.svg" alt="" width={52} height={52} />
        <Title order={1} size="h2" mt="sm">
          {title}
        </Title>
        {children}
      </Paper>
    </main>
  );
}
