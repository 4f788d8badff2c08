import { dangerIn, type DangerKind, type DangerSeverity } from './danger.ts';
import { normalise } from './normalise.ts';
import { topicOf, type Urgency } from './topic.ts';
import { whenIn, type DayPart } from './when.ts';

export type UnderstandLine = { id: string; text: string; now: string };

export type Understood = {
  id: string;
  when: { date: string | null; time: string | null; part: DayPart | null; ask: string | null } | null;
  category: string | null;
  agency: string | null;
  urgency: Urgency;
  danger: { kind: DangerKind; severity: DangerSeverity } | null;
};

/** One line of `bestie understand`. */
export function understandLine(line: UnderstandLine): Understood {
  const normal = normalise(line.text);
  const when = whenIn(normal, new Date(line.now));
  const danger = dangerIn(normal);
  const topic = topicOf(normal, danger);
  return {
    id: line.id,
    when: when && { date: when.date, time: when.time, part: when.part, ask: when.ask },
    category: topic.categories[0]?.id ?? null,
    agency: topic.agencies[0]?.id ?? null,
    urgency: topic.urgency,
    danger: danger && { kind: danger.kind, severity: danger.severity },
  };
}
