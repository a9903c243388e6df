/** Taking turns: so many at a time; who comes next is asked whenever a place is free. */

interface Waiting {
  readonly rank: () => number;
  readonly start: () => void;
}

export class Turns {
  readonly #waiting: Waiting[] = [];
  #free: number;
  #calling = false;

  constructor(places: number) {
    this.#free = Math.max(1, Math.floor(places) || 1);
  }

  /** Do `work` when it has a place. Larger ranks first; among equals, who came first. Not begun once `signal` is aborted. */
  take<T>(rank: () => number, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(signal.reason);
      };
      const waiting = {
        rank,
        start: () => {
          signal.removeEventListener("abort", leave);
          work().then(resolve, reject).finally(() => {
            this.#free += 1;
            this.#call();
          });
        },
      };
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.push(waiting);
      this.#call();
    });
  }

  /** Give out free places soon: those who come in the same moment are compared with each other. */
  #call(): void {
    if (this.#calling) return;
    this.#calling = true;
    queueMicrotask(() => {
      this.#calling = false;
      while (this.#free > 0 && this.#waiting.length > 0) {
        this.#free -= 1;
        this.#waiting.splice(this.#next(), 1)[0].start();
      }
    });
  }

  #next(): number {
    let best = 0;
    let highest = Number.NEGATIVE_INFINITY;
    this.#waiting.forEach(({ rank }, at) => {
      const value = rank();
      if (value > highest) [best, highest] = [at, value];
    });
    return best;
  }
}
