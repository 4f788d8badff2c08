import { Group, TextInput } from '@mantine/core';
import { useSearchParams } from 'wouter';

/** Whole months, yyyy-mm, both ends included. */
export type Period = { from: string; to: string };

/** The period of a page of figures, kept in its address; the month `first` where that names none. */
export function usePeriod(first: string): [period: Period, choose: (next: Period) => void] {
  const [params, setParams] = useSearchParams();
  const from = params.get('dari') ?? first;
  const choose = (next: Period): void =>
    setParams({ dari: next.from, sampai: next.to < next.from ? next.from : next.to });
  return [{ from, to: params.get('sampai') ?? from }, choose];
}

/** The periods that are asked for most, as buttons, and any other by its months. */
export function PeriodPicker({
  period,
  choose,
  offered,
  last,
}: {
  period: Period;
  choose: (next: Period) => void;
  offered: readonly (Period & { name: string })[];
  /** The last month there is. */
  last?: string;
}) {
  const upTo = last === undefined ? {} : { max: last };
  return (
    <>
      <div className="views no-print" role="group" aria-label="Masa">
        {offered.map((each) => (
          <button
            key={each.name}
            type="button"
            className="view"
            aria-pressed={each.from === period.from && each.to === period.to}
            onClick={() => choose(each)}
          >
            {each.name}
          </button>
        ))}
      </div>
      <Group align="end" gap="sm" mb="md" className="no-print">
        <TextInput
          type="month"
          label="Dari bulan"
          {...upTo}
          value={period.from}
          onChange={(event) =>
            event.currentTarget.value && choose({ from: event.currentTarget.value, to: period.to })
          }
        />
        <TextInput
          type="month"
          label="Sampai bulan"
          min={period.from}
          {...upTo}
          value={period.to}
          onChange={(event) =>
            event.currentTarget.value && choose({ from: period.from, to: event.currentTarget.value })
          }
        />
      </Group>
    </>
  );
}
