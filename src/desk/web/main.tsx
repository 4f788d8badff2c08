import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './desk.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { queryClient } from './api.ts';
import { Desk } from './desk.tsx';
import { paper, theme } from './theme.ts';
import { startWorker } from './worker-registration.tsx';

// The desk was updated while this page was open: its old files are gone, the new ones are a reload away.
addEventListener('vite:preloadError', (event) => {
  event.preventDefault();
  location.reload();
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={paper} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <Notifications position="top-center" />
          <Router base="/desk">
            <Desk />
          </Router>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

// After the first page: the worker fetches all of the desk, which must not hold up what is looked at now.
addEventListener('load', () => void startWorker());
