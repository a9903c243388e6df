/** Files by their hash, each fetched once, whoever asks; shared by the editions of a hall. */

import { BlobCache } from "./blob_cache.ts";
import { check } from "./digest.ts";
import { Download } from "./download.ts";
import type { Line } from "./line.ts";
import { aborted, LoadError } from "./load_error.ts";
import type { Resource } from "./manifest.ts";
import { persist } from "./persist.ts";
import { Turns } from "./turns.ts";

/** Someone who wants a file. */
export interface Wish {
  /** How much it is wanted now; larger comes first. */
  readonly rank: () => number;
  /** The wish is taken back; the file is still fetched where others want it. */
  readonly signal: AbortSignal;
  /** How many bytes are here. */
  readonly onBytes?: (reached: number) => void;
}

interface Running {
  readonly wishes: Set<Wish>;
  readonly stop: AbortController;
  readonly data: Promise<Blob>;
  reached: number;
}

export class Files {
  readonly #turns: Turns;
  readonly #running = new Map<string, Running>();
  /** What is in the cache is held as long as the page holds it; what is not, as long as the hall. */
  readonly #here = new Map<string, Blob | WeakRef<Blob>>();
  readonly #writing = new Set<Promise<unknown>>();

  constructor(readonly line: Line, readonly cache: BlobCache, parallel: number, readonly verify: boolean) {
    this.#turns = new Turns(parallel);
  }

  /** The bytes of `resource`, checked. Rejects with a `LoadError`. */
  get(url: URL, resource: Resource, wish: Wish): Promise<Blob> {
    if (wish.signal.aborted) return Promise.reject(aborted(url));
    const kept = this.#here.get(resource.sha256);
    const here = kept instanceof WeakRef ? kept.deref() : kept;
    if (here !== undefined) {
      wish.onBytes?.(here.size);
      return Promise.resolve(here);
    }
    let running = this.#running.get(resource.sha256);
    if (running === undefined) {
      running = this.#start(url, resource);
      this.#running.set(resource.sha256, running);
    }
    return this.#join(running, url, wish);
  }

  /** When everything that came so far is in the cache, or was refused by it. */
  async written(): Promise<void> {
    await Promise.all(this.#writing);
  }

  #start(url: URL, resource: Resource): Running {
    const wishes = new Set<Wish>();
    const stop = new AbortController();
    const onBytes = (reached: number) => {
      running.reached = reached;
      for (const wish of wishes) wish.onBytes?.(reached);
    };
    const rank = () => Math.max(...Array.from(wishes, (wish) => wish.rank()));
    const data = this.#bring(url, resource, rank, stop.signal, onBytes);
    const running: Running = { wishes, stop, data, reached: 0 };
    const end = () => {
      if (this.#running.get(resource.sha256) === running) {
        this.#running.delete(resource.sha256);
      }
    };
    data.then(end, end);
    return running;
  }

  /** A wish that is taken back is refused at once; when nobody is left, the request ends. */
  #join(running: Running, url: URL, wish: Wish): Promise<Blob> {
    running.wishes.add(wish);
    if (running.reached > 0) wish.onBytes?.(running.reached);
    return new Promise((resolve, reject) => {
      const leave = () => {
        running.wishes.delete(wish);
        reject(aborted(url));
        if (running.wishes.size === 0) this.#end(running, url);
      };
      wish.signal.addEventListener("abort", leave, { once: true });
      const stay = () => wish.signal.removeEventListener("abort", leave);
      running.data.then(resolve, reject).finally(stay);
    });
  }

  #end(running: Running, url: URL): void {
    for (const [sha256, other] of this.#running) {
      if (other === running) this.#running.delete(sha256);
    }
    running.stop.abort(aborted(url));
  }

  async #bring(
    url: URL,
    resource: Resource,
    rank: () => number,
    signal: AbortSignal,
    onBytes: (reached: number) => void,
  ): Promise<Blob> {
    const download = new Download(this.line, url, resource, onBytes);
    let kept = await this.#turns.take(rank, signal, () => this.#kept(url, resource));
    if (kept === undefined) {
      const patience = { retries: this.line.retries, url, signal, waitsForLine: true, reached: () => download.reached };
      // A place is held while bytes come, not while waiting for the next try.
      kept = await persist(() => this.#turns.take(rank, signal, () => this.#fetch(download, signal)), patience);
      this.#keep(url, resource, kept);
    } else {
      this.#here.set(resource.sha256, new WeakRef(kept));
    }
    onBytes(resource.bytes);
    return kept;
  }

  async #kept(url: URL, resource: Resource): Promise<Blob | undefined> {
    const kept = await this.cache.read(url, resource);
    if (kept === undefined) return undefined;
    try {
      await check(kept, resource, url, this.verify);
      return kept;
    } catch {
      await this.cache.drop(url, resource);
      return undefined;
    }
  }

  async #fetch(download: Download, signal: AbortSignal): Promise<Blob> {
    try {
      const data = await download.go(signal);
      await check(data, download.resource, download.url, this.verify);
      return data;
    } catch (error) {
      if (error instanceof LoadError && error.code === "corrupt") {
        download.forget();
      }
      throw error;
    }
  }

  #keep(url: URL, resource: Resource, data: Blob): void {
    this.#here.set(resource.sha256, data);
    const writing = this.cache.write(url, resource, data).then((written) => {
      if (written) this.#here.set(resource.sha256, new WeakRef(data));
      this.#writing.delete(writing);
    });
    this.#writing.add(writing);
  }
}
