import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api, ask } from '../api.ts';
import { WarningIcon } from './icons.tsx';

/** Said loudly: an alarm that reaches nobody is worse than none. */
export const nobodyCalled = 'Tanda bahaya tidak akan sampai ke siapa pun di luar meja';

/** Nobody can be called on danger: on every page of those who can mend it, before the first danger and not after it. */
export function CallBanner() {
  const [path, go] = useLocation();
  const duty = useQuery({
    queryKey: ['duty'],
    queryFn: () => ask(api.duty.$get()),
    refetchInterval: 60_000,
  });
  // The roster itself says it all.
  if (!duty.data?.isNobodyCalled || path.startsWith('/pengaturan/piket')) return null;
  return (
    <section className="alerts calls" aria-label="Panggilan bahaya" role="alert">
      <div className="alert">
        <WarningIcon />
        <p>
          <strong>{nobodyCalled}.</strong> Kalau meja ditutup, warga dalam bahaya hanya mendapat nomor
          darurat.
        </p>
        <Button size="sm" color="bata" onClick={() => go('/pengaturan/saya')}>
          Isi kontak
        </Button>
      </div>
    </section>
  );
}
