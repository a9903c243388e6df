/** A hall that is being loaded. */

import { changesBetween } from "./changes.ts";
import { type Found, isResource, readIfNew, readManifest, within } from "./documents.ts";
import type { Files } from "./files.ts";
import { follow } from "./follow.ts";
import { attempt, Listeners } from "./listeners.ts";
import { aborted, LoadError } from "./load_error.ts";
import type { Exhibit, HallManifest, Profile, Resource, Variant } from "./manifest.ts";
import type { Events, Failure, Loaded, Options, Progress } from "./options.ts";
import { Count, ordered } from "./plan.ts";

/** One exhibit on its way. */
interface Task {
  readonly exhibit: Exhibit;
  /** Place in the load plan, from 0. */
  readonly order: number;
  /** Someone waits for it: before all others. */
  urgent: boolean;
  told: boolean;
  loading?: Promise<Loaded>;
}

/** Where the pointer is, and which one is known. */
export interface Pointed {
  readonly url: URL;
  readonly etag: string | null;
  readonly sha256?: string;
}

/** Made by `loadHall` alone. */
export class Hall {
  readonly manifest: HallManifest;
  /** Of the manifest, absolute, after redirects. */
  readonly address: URL;
  readonly profile: Profile;
  /** What became of the load plan; rejects only after an abort. Files that came are in the cache then. */
  readonly finished: Promise<{ loaded: Exhibit[]; failed: Failure[] }>;
  readonly #options: Options;
  readonly #files: Files;
  readonly #listeners = new Listeners<Events>();
  readonly #stop = new AbortController();
  readonly #tasks = new Map<string, Task>();
  readonly #plan: Task[];
  readonly #count: Count;
  #rank: ((exhibit: Exhibit) => number) | undefined;
  #begin: () => void = () => {};

  constructor(found: Found<HallManifest>, profile: Profile, pointed: Pointed, files: Files, options: Options) {
    this.manifest = found.document;
    this.address = found.address;
    this.profile = profile;
    this.#files = files;
    this.#options = options;
    this.#rank = options.rank;
    ordered(this.manifest, profile).forEach((exhibit, order) =>
      this.#tasks.set(exhibit.id, {
        exhibit,
        order,
        urgent: false,
        told: false,
      })
    );
    const { only } = options;
    this.#plan = [...this.#tasks.values()].filter(({ exhibit }) => !only || attempt(() => only(exhibit), true));
    this.#count = new Count(this.#plan.flatMap(({ exhibit }) => this.#variantOrNone(exhibit) ?? []));
    const begun = new Promise<void>((resolve) => this.#begin = resolve);
    this.finished = begun.then(() => this.#all());
    this.finished.catch(() => {}); // who does not listen is not told
    this.#obey(options.signal);
    if (options.begin !== false) setTimeout(() => this.begin()); // after the page could say who comes first
    const { follow: seconds = 60 } = options;
    if (seconds !== false) this.#follow(pointed, seconds);
  }

  /** Number of the edition. */
  get edition(): number {
    return this.manifest.edition.number;
  }

  /** How far the load plan is. */
  get progress(): Progress {
    return this.#count.progress;
  }

  /** By id or slug. */
  exhibit(id: string): Exhibit | undefined {
    return (this.#tasks.get(id) ?? this.#tasks.get(`exhibits/${id}`))?.exhibit;
  }

  /** The variant of this profile, else the master. Throws `invalid` where the manifest names neither properly. */
  variantOf(exhibit: Exhibit): Variant {
    const { variants } = exhibit.model;
    const of = (profile: Profile) => variants.find((variant) => variant?.profile === profile);
    const variant = Array.isArray(variants) ? of(this.profile) ?? of("master") ?? variants[0] : undefined;
    if (!isResource(variant)) {
      throw new LoadError("invalid", `${exhibit.id} has no model that can be loaded`, this.address.href);
    }
    return variant;
  }

  /** Absolute address of a resource of this hall. */
  url(resource: Resource): URL {
    return within(resource.url, this.address);
  }

  /** The model of `exhibit`, before all that waits. What failed is tried anew. Rejects with a `LoadError`. */
  model(exhibit: Exhibit): Promise<Loaded> {
    const task = this.#tasks.get(exhibit.id) ?? { exhibit, order: 0, urgent: true, told: false };
    task.urgent = true;
    return this.#load(task);
  }

  /** Any resource of the hall: a poster, a level of detail, a sound. `rank` as in `rank()`; 0 unless told. */
  async blob(resource: Resource, options: { rank?: number; signal?: AbortSignal } = {}): Promise<Blob> {
    if (!isResource(resource)) {
      throw new LoadError("invalid", "there is no such resource", this.address.href);
    }
    const { rank = 0, signal } = options;
    const either = signal === undefined ? this.#stop.signal : AbortSignal.any([signal, this.#stop.signal]);
    return await this.#files.get(this.url(resource), resource, { rank: () => rank, signal: either });
  }

  /**
   * Who comes first among what waits: larger first, asked whenever a place is free. Without it exhibits come in the order of
   * the plan, from 0 downwards.
   */
  rank(rank: (exhibit: Exhibit) => number): void {
    this.#rank = rank;
  }

  /** Follow the load plan, where `options.begin` was false. */
  begin(): void {
    this.#begin();
  }

  /** End all requests. What waits is rejected with `aborted`. */
  abort(): void {
    this.#stop.abort(aborted(this.address));
    this.begin();
  }

  /** Call `listener` until the answer is called. */
  on<Name extends keyof Events>(name: Name, listener: (detail: Events[Name]) => void): () => void {
    return this.#listeners.on(name, listener);
  }

  async #all(): Promise<{ loaded: Exhibit[]; failed: Failure[] }> {
    const loaded: Exhibit[] = [];
    const failed: Failure[] = [];
    await Promise.all(this.#plan.map((task) =>
      this.#load(task).then(
        () => loaded.push(task.exhibit),
        (error) => failed.push({ exhibit: task.exhibit, error }),
      )
    ));
    if (!this.#stop.signal.aborted) await this.#files.written();
    if (this.#stop.signal.aborted) throw this.#stop.signal.reason;
    return { loaded, failed };
  }

  #load(task: Task): Promise<Loaded> {
    task.loading ??= this.#bring(task).finally(() => task.loading = undefined);
    return task.loading;
  }

  async #bring(task: Task): Promise<Loaded> {
    const { exhibit } = task;
    try {
      const variant = this.variantOf(exhibit);
      const url = this.url(variant);
      const onBytes = (reached: number) => this.#count.reached(variant.sha256, reached) && this.#tellProgress();
      const wish = { rank: () => this.#rankOf(task), signal: this.#stop.signal, onBytes };
      const data = await this.#files.get(url, variant, wish);
      if (this.#count.here(variant.sha256)) this.#tellProgress();
      const loaded = { exhibit, variant, data, url };
      if (!task.told) this.#listeners.tell("model", loaded);
      task.told = true;
      return loaded;
    } catch (error) {
      throw this.#failed(task, error);
    }
  }

  #failed({ exhibit }: Task, cause: unknown): LoadError {
    const error = cause instanceof LoadError
      ? cause
      : new LoadError("invalid", `${exhibit.id}: ${cause}`, this.address.href, { cause });
    if (error.code === "aborted") return error;
    const variant = this.#variantOrNone(exhibit);
    if (variant !== undefined && this.#count.failed(variant.sha256)) {
      this.#tellProgress();
    }
    this.#listeners.tell("failure", { exhibit, error });
    return error;
  }

  #variantOrNone(exhibit: Exhibit): Variant | undefined {
    try {
      return this.variantOf(exhibit);
    } catch {
      return undefined;
    }
  }

  #rankOf({ exhibit, order, urgent }: Task): number {
    if (urgent) return Number.POSITIVE_INFINITY;
    const rank = this.#rank;
    return rank === undefined ? -order : attempt(() => rank(exhibit), -order);
  }

  #tellProgress(): void {
    this.#listeners.tell("progress", this.progress);
  }

  #obey(signal: AbortSignal | undefined): void {
    if (signal?.aborted) this.abort();
    signal?.addEventListener("abort", () => this.abort(), { once: true, signal: this.#stop.signal });
  }

  #follow(pointed: Pointed, seconds: number): void {
    let { etag } = pointed;
    const { signal } = this.#stop;
    const look = async () => {
      if (!this.#listeners.has("edition")) return false;
      try {
        const pointer = await readIfNew(this.#files.line, pointed.url, etag, signal);
        if (pointer === undefined) return false;
        const { sha256 } = pointer.document.manifest;
        const known = pointed.sha256 === undefined
          ? pointer.document.edition === this.edition
          : sha256 === pointed.sha256;
        if (!known) {
          const found = await readManifest(this.#files.line, pointer, signal, this.#files.verify);
          this.#succeed(found, { url: pointed.url, etag: pointer.etag, sha256 });
          return true;
        }
        etag = pointer.etag;
        return false;
      } catch {
        return false; // the hall that is here stays; the next look may see more
      }
    };
    follow({ seconds, signal, look });
  }

  #succeed(found: Found<HallManifest>, pointed: Pointed): void {
    const rank = this.#rank ?? this.#options.rank;
    const hall = new Hall(found, this.profile, pointed, this.#files, { ...this.#options, rank });
    this.#listeners.tell("edition", { hall, changed: changesBetween(this.manifest, found.document) });
  }
}
