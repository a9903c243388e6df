/** Work in small portions, so that no frame waits long for it. */

/** Runs what it is given in its order, so many at a time, each begun in a task of its own. */
export function inTurn(places: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      await nextTask();
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** In a later task: frames and input come between, and hidden pages go on too. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(undefined);
  });
}

/** When `work` is done, failed, or `milliseconds` are over. */
export function orAfter(milliseconds: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    work.catch(() => {}).finally(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
