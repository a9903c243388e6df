/** What one may ask of the loader, and what it tells. */

import type { Device } from "./device.ts";
import type { Hall } from "./hall.ts";
import type { LoadError } from "./load_error.ts";
import type { Exhibit, Profile, Variant } from "./manifest.ts";

export interface Options {
  /** Which variants to load. Else what `chooseProfile` says of `device`. */
  profile?: Profile;
  /** What the device can do. Else it is found out. */
  device?: Device | Promise<Device>;
  /** How many requests may run at a time; 6 unless told. */
  parallel?: number;
  /**
   * Whether bytes are checked against their sha256. Unless told: wherever the browser can, which is in secure contexts
   * (https, localhost). `true` refuses to load where it cannot; `false` never checks. The length is checked always.
   */
  verify?: boolean;
  /** Name of the Cache Storage that keeps files by hash, `exhibit-blobs` unless told; `false` keeps nothing. */
  cache?: string | false;
  /** Ends everything, as `Hall.abort` does. */
  signal?: AbortSignal;
  /** Who comes first among what waits: see `Hall.rank`. */
  rank?: (exhibit: Exhibit) => number;
  /** Leave exhibits out of the load plan and of its totals; `Hall.model` still gives them. */
  only?: (exhibit: Exhibit) => boolean;
  /** Seconds between looks for a new edition, while the page is visible and someone listens; 60 unless told. */
  follow?: number | false;
  /** Seconds without a byte after which a request is given up and tried again; 20 unless told. */
  stallSeconds?: number;
  /** How often a request that brought nothing new is tried again; 4 unless told. */
  retries?: number;
  /** `false`: only what is asked for is loaded, until `Hall.begin`. */
  begin?: boolean;
  /** In place of the global `fetch`. */
  fetch?: typeof fetch;
}

/** How far the load plan is. What fails for good is taken out of the totals, so that it always ends at them. */
export interface Progress {
  /** Bytes that are here; never goes back while nothing fails. */
  readonly loaded: number;
  /** Bytes of all files of the plan, each once. */
  readonly total: number;
  /** Files that are here and were checked. */
  readonly files: number;
  /** Files of the plan. */
  readonly of: number;
}

/** The model of an exhibit, here and checked. */
export interface Loaded {
  readonly exhibit: Exhibit;
  readonly variant: Variant;
  readonly data: Blob;
  /** Where it came from; relative references in it start there. */
  readonly url: URL;
}

/** An exhibit whose model could not be loaded. */
export interface Failure {
  readonly exhibit: Exhibit;
  readonly error: LoadError;
}

/** How one edition differs from the one before: ids of exhibits. One that was moved and changed is in both lists. */
export interface Changes {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Stand elsewhere: pose, plinth or zone. */
  readonly moved: readonly string[];
  /** Are no longer the same: model, pictures or words. */
  readonly changed: readonly string[];
}

export interface Events {
  /** The model of an exhibit of the plan, or one that was asked for, came for the first time. */
  model: Loaded;
  progress: Progress;
  failure: Failure;
  /** There is a newer edition: `hall` has begun to load it, sharing what is here. The old one goes on until it is aborted. */
  edition: { readonly hall: Hall; readonly changed: Changes };
}
