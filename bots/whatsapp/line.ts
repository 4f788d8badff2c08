/** Help in danger goes before answers that somebody waits for, and these go before notices. */
export type Rank = 'danger' | 'answer' | 'notice';
const ranks: readonly Rank[] = ['danger', 'answer', 'notice'];

/**
 * One piece of work at a time, in the order asked within a rank: a long round of reminders must not hold up the reply
 * to someone in need.
 */
export type Line = <T>(rank: Rank, work: () => Promise<T>) => Promise<T>;

export function createLine(): Line {
  const queue: { rank: Rank; run: () => Promise<void> }[] = [];
  let isBusy = false;

  async function serve(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    while (queue.length > 0) {
      const first = ranks.map((rank) => queue.findIndex((item) => item.rank === rank)).find((at) => at >= 0);
      const [item] = queue.splice(first ?? 0, 1);
      await item?.run();
    }
    isBusy = false;
  }

  return (rank, work) =>
    new Promise((resolve, reject) => {
      queue.push({ rank, run: () => work().then(resolve, reject) });
      void serve();
    });
}
