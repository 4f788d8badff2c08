import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { ConcernReader } from '../parts/concern-reader.tsx';

export function ConcernPage({ id }: { id: string }) {
  return (
    <div className="page narrow">
      <h1 className="unseen">Satu curhat</h1>
      <header className="page-head no-print">
        <Link href="/curhat" className="quiet-link">
          ← Semua curhat
        </Link>
        <Button variant="default" size="compact-sm" onClick={() => window.print()}>
          Cetak
        </Button>
      </header>
      <ConcernReader id={id} />
    </div>
  );
}
