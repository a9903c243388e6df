/** Work in small portions, so that no frame waits long for it. */

/** Runs what it is given one after the other, each in a task of its own. */
export function inTurn(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(nextTask).then(work);
    last = result.catch(() => {});
    return result;
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
