/**
 * One piece of work at a time, in the order asked, except that people who are waiting for an answer go before
 * notices: a long round of reminders must not hold up the reply to someone in need.
 */
export type Line = <T>(isUrgent: boolean, work: () => Promise<T>) => Promise<T>;

export function createLine(): Line {
  const queue: { isUrgent: boolean; run: () => Promise<void> }[] = [];
  let isBusy = false;

  async function serve(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    while (queue.length > 0) {
      const urgent = queue.findIndex((item) => item.isUrgent);
      const [item] = queue.splice(Math.max(0, urgent), 1);
      await item?.run();
    }
    isBusy = false;
  }

  return (isUrgent, work) =>
    new Promise((resolve, reject) => {
      queue.push({ isUrgent, run: () => work().then(resolve, reject) });
      void serve();
    });
}
