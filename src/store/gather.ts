/** The most that one batch holds. */
const maxBatch = 100;

/**
 * Writes what is asked for one by one in batches: while one is on its way to the database, whatever else is asked
 * gathers for the next. Alone, nothing waits; under load a few statements and commits do the work of many.
 *
 * `write` answers in the order of its batch. A batch that fails is written again one by one, so that what is wrong with
 * one is told to its caller alone.
 */
export function gather<In, Out>(write: (batch: readonly In[]) => Promise<Out[]>): (one: In) => Promise<Out> {
  type Asked = { one: In; resolve: (out: Out) => void; reject: (error: unknown) => void };
  let waiting: Asked[] = [];
  let isWriting = false;

  const writeOut = async (batch: readonly Asked[]): Promise<void> => {
    const outs = await write(batch.map(({ one }) => one));
    if (outs.length !== batch.length) throw new Error('gather: as many answers as questions');
    for (const [at, { resolve }] of batch.entries()) resolve(outs[at] as Out);
  };
  const run = async (): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maxBatch);
      waiting = waiting.slice(maxBatch);
      try {
        await writeOut(batch);
      } catch (error) {
        if (batch.length === 1) batch[0]?.reject(error);
        else for (const asked of batch) await writeOut([asked]).catch(asked.reject);
      }
    }
    isWriting = false;
  };

  return (one) =>
    new Promise((resolve, reject) => {
      waiting.push({ one, resolve, reject });
      if (!isWriting) void run();
    });
}
