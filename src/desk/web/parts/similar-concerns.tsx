import { Link } from 'wouter';
import { shortDate } from '../time.ts';
import { concernWord } from '../words.ts';
import type { ConcernView } from './concern-reader.tsx';

/** Open concerns that may be of the same thing. A person decides; the desk never makes one of two. */
export function SimilarConcerns({ similar }: { similar: ConcernView['similar'] }) {
  if (similar.length === 0) return null;
  return (
    <section>
      <h3>Mungkin serupa</h3>
      <ul className="plain">
        {similar.map(({ code, open }) => (
          <li key={code}>
            {open === null ? (
              <>
                {code} <small className="faint">isinya tertutup bagi Anda; tanyakan kepada supervisor</small>
              </>
            ) : (
              <>
                <Link href={`/curhat/${open.id}`}>{code}</Link> · {concernWord(open.status)} · diterima{' '}
                {shortDate(open.receivedAt)}
              </>
            )}
          </li>
        ))}
      </ul>
      <small className="faint">
        Kategori dan kelurahannya sama, dan kata-katanya mirip. Dugaan saja: tidak ada yang digabung sendiri.
      </small>
    </section>
  );
}
