import type { ReactNode } from 'react';
import type { Me } from '../me.ts';
import { AccountMenu } from './account-menu.tsx';
import { AlertBanner } from './alert-banner.tsx';
import { CallBanner } from './call-banner.tsx';
import { ChannelBanner } from './channel-banner.tsx';
import { MainNav } from './main-nav.tsx';
import { OfferBanner } from './offer-banner.tsx';

/** The frame of every page: where one can go, what waits there, and the alarm above all. */
export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const isTeam = me.permissions.includes('queue.read');
  return (
    <div className="shell">
      <a className="skip" href="#isi">
        Langsung ke isi
      </a>
      <nav className="rail" aria-label="Utama">
        <div className="brand">
          <img src="/desk/icon.svg" alt="" width={34} height={34} />
          <span>
            <strong>Bestie</strong>
            <small>Meja petugas</small>
          </span>
        </div>
        <MainNav me={me} />
        <AccountMenu me={me} />
      </nav>
      <main id="isi" className="main" tabIndex={-1}>
        {isTeam && <AlertBanner />}
        {isTeam && <OfferBanner me={me} />}
        {me.permissions.includes('duty.manage') && <CallBanner />}
        {me.permissions.includes('channels.manage') && <ChannelBanner />}
        {children}
      </main>
    </div>
  );
}
