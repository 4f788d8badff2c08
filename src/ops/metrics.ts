import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Queryable } from '../store/database.ts';

/**
 * What an operator's Prometheus reads from `/metrics`: sums, and names of jobs, channels and states. No person, no word,
 * no code of anybody.
 */
export type Metrics = {
  jobRan(job: string, outcome: 'done' | 'failed' | 'given_up', milliseconds: number): void;
  received(channel: string): void;
  sent(channel: string, outcome: string): void;
  /** Prometheus' text format. */
  read(): Promise<string>;
  readonly contentType: string;
};

/** What waits in the database, by what it waits for; each by an index of its own. */
const waiting = `
  SELECT 'to_take_in' AS what, count(*) AS count FROM message WHERE direction = 'in' AND processed_at IS NULL
  UNION ALL SELECT 'to_send', count(*) FROM message WHERE status IN ('pending', 'sending')
  UNION ALL SELECT 'notice', count(*) FROM notice WHERE status = 'due' AND due_at <= $1
  UNION ALL SELECT 'handoff', count(*) FROM handoff WHERE status = 'waiting'
  UNION ALL SELECT 'danger_alert', count(*) FROM danger_alert WHERE acknowledged_at IS NULL
  UNION ALL SELECT 'file_to_fetch', count(*) FROM attachment WHERE status = 'pending'
  UNION ALL SELECT 'letter_by_hand', count(*) FROM agency_letter WHERE status = 'by_hand'`;

export function createMetrics(deps: {
  db: Queryable;
  now: () => Date;
  /** Jobs by name and state. */
  queues: () => Promise<Record<string, Record<string, number>>>;
  /** Those that this process holds. */
  channels: () => { name: string; state: string }[];
}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const jobs = new Histogram({
    name: 'bestie_job_seconds',
    help: 'Jobs that ran in this process, by outcome',
    labelNames: ['job', 'outcome'],
    buckets: [0.01, 0.1, 1, 10, 60],
    registers,
  });
  const received = new Counter({
    name: 'bestie_messages_received_total',
    help: 'What platforms delivered to this process, repeats included',
    labelNames: ['channel'],
    registers,
  });
  const sent = new Counter({
    name: 'bestie_messages_sent_total',
    help: 'Attempts to send from this process, by outcome',
    labelNames: ['channel', 'outcome'],
    registers,
  });
  registry.registerMetric(
    new Gauge({
      name: 'bestie_waiting',
      help: 'Rows that wait, by what for',
      labelNames: ['what'],
      registers: [],
      async collect() {
        const { rows } = await deps.db.query<{ what: string; count: number }>(waiting, [deps.now()]);
        for (const { what, count } of rows) this.set({ what }, count);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'bestie_queue_jobs',
      help: 'Jobs in the queue',
      labelNames: ['job', 'state'],
      registers: [],
      async collect() {
        for (const [job, states] of Object.entries(await deps.queues()))
          for (const [state, count] of Object.entries(states)) this.set({ job, state }, count);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'bestie_channel',
      help: 'Channels that this process holds: 1 under the state they are in',
      labelNames: ['channel', 'state'],
      registers: [],
      collect() {
        this.reset();
        for (const { name, state } of deps.channels()) this.set({ channel: name, state }, 1);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'bestie_memory_bytes',
      help: 'Resident memory of this process',
      registers: [],
      collect() {
        this.set(process.memoryUsage.rss());
      },
    }),
  );
  return {
    jobRan: (job, outcome, milliseconds) => jobs.observe({ job, outcome }, milliseconds / 1000),
    received: (channel) => received.inc({ channel }),
    sent: (channel, outcome) => sent.inc({ channel, outcome }),
    read: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
