/** The load plan of a hall: which files, in which order, and how much of them is here. */

import type { Exhibit, HallManifest, Profile, Variant } from "./manifest.ts";
import type { Progress } from "./options.ts";

/** The exhibits in the order of the plan of `profile`; one that the plan forgot comes last. */
export function ordered(manifest: HallManifest, profile: Profile): Exhibit[] {
  const byId = new Map(manifest.exhibits.map((exhibit) => [exhibit.id, exhibit]));
  const steps = manifest.loadPlan[profile] ?? manifest.loadPlan.master ?? [];
  const planned = steps.flatMap(({ items }) => items.flatMap((id) => byId.get(id) ?? []));
  return [...new Set([...planned, ...manifest.exhibits])];
}

interface Part {
  readonly bytes: number;
  reached: number;
  state: "open" | "here" | "failed";
}

/** Counts bytes and files, each file once however many exhibits show it. What failed is not in the totals. */
export class Count {
  readonly #parts = new Map<string, Part>();
  #loaded = 0;
  #total = 0;
  #files = 0;
  #of = 0;

  constructor(variants: Iterable<Variant>) {
    for (const { sha256, bytes } of variants) {
      if (this.#parts.has(sha256)) continue;
      this.#parts.set(sha256, { bytes, reached: 0, state: "open" });
      this.#total += bytes;
      this.#of += 1;
    }
  }

  get progress(): Progress {
    return { loaded: this.#loaded, total: this.#total, files: this.#files, of: this.#of };
  }

  /** So many bytes of the file are here. True if that is news. */
  reached(sha256: string, bytes: number): boolean {
    const part = this.#parts.get(sha256);
    if (part === undefined || part.state !== "open" || bytes <= part.reached) {
      return false;
    }
    this.#loaded += bytes - part.reached;
    part.reached = bytes;
    return true;
  }

  /** The file is here and checked. True if that is news. */
  here(sha256: string): boolean {
    const part = this.#parts.get(sha256);
    if (part === undefined || part.state === "here") return false;
    if (part.state === "failed") this.#mend(part);
    this.#loaded += part.bytes - part.reached;
    part.reached = part.bytes;
    part.state = "here";
    this.#files += 1;
    return true;
  }

  /** The file cannot be had. True if that is news. */
  failed(sha256: string): boolean {
    const part = this.#parts.get(sha256);
    if (part === undefined || part.state !== "open") return false;
    this.#loaded -= part.reached;
    this.#total -= part.bytes;
    this.#of -= 1;
    part.reached = 0;
    part.state = "failed";
    return true;
  }

  #mend(part: Part): void {
    this.#total += part.bytes;
    this.#of += 1;
  }
}
