import { Badge } from '@mantine/core';
import { useLocation } from 'wouter';
import type { ListedConcern } from '../../reads/concerns.ts';
import { kelurahanName } from '../kelurahan.ts';
import { daysBetween, dayOf, shortDay } from '../time.ts';
import { categoryWord, concernWord } from '../words.ts';

const colours: Record<string, string> = {
  new: 'jagung',
  read: 'jagung',
  with_officer: 'laut',
  referred: 'laut',
  answered: 'gray',
  settled: 'gray',
  reopened: 'bata',
};

/** One concern on the board: no word of it, only what has to be done and by when. */
export function BoardRow({
  item,
  today,
  onFocus,
}: {
  item: ListedConcern & { found?: 'code' | 'words' };
  today: string;
  onFocus: () => void;
}) {
  const [, go] = useLocation();
  const edge = item.deadline === 'over' ? ' over' : item.deadline === 'today' ? ' soon' : '';
  return (
    <a
      href={`/desk/curhat/${item.id}`}
      className={`board-row${edge}`}
      data-board-row
      onFocus={onFocus}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        go(`/curhat/${item.id}`);
      }}
    >
      <span className="board-code">{item.code}</span>
      <span className="board-what">
        <strong>{categoryWord(item.category)}</strong>
        <small className="faint">
          {kelurahanName(item.kelurahanCode)}
          {item.referral && (
            <>
              {' · '}
              <span className={item.referral.isOverdue ? 'late' : undefined}>
                {item.referral.agency}
                {item.referral.isOverdue && ' lewat tenggat'}
              </span>
            </>
          )}
          {item.found === 'words' && ' · kata ditemukan di isinya'}
        </small>
      </span>
      <span className="board-state">
        <Badge color={colours[item.status] ?? 'gray'} variant="light">
          {concernWord(item.status)}
        </Badge>
        {item.hasAddition && (
          <Badge color="bata" variant="light">
            ada tambahan
          </Badge>
        )}
        {item.isUnheard && (
          <Badge color="bata" variant="light">
            jawaban belum sampai
          </Badge>
        )}
      </span>
      <span className="board-who">{item.officer?.name ?? 'belum ada'}</span>
      <span className={`due ${item.deadline ?? ''}`}>{dueWords(item, today)}</span>
    </a>
  );
}

/** In words too: colour alone tells nothing to whoever cannot see it. */
function dueWords(item: ListedConcern, today: string): string {
  switch (item.deadline) {
    case null:
      return `masuk ${shortDay(dayOf(item.receivedAt))}`;
    case 'over':
      return `lewat ${daysBetween(item.nextWordBy ?? today, today)} hari`;
    case 'today':
      return 'kabar hari ini';
    case 'soon':
      return 'kabar besok';
    case 'later':
      return `kabar ${shortDay(item.nextWordBy ?? today)}`;
  }
}
