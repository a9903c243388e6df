/** Opens a hall by the address of its pointer, of its manifest, or of the service's own routes. */

import { BLOB_CACHE, BlobCache } from "./blob_cache.ts";
import { canDigest } from "./digest.ts";
import { type Found, readDocument, readManifest, within } from "./documents.ts";
import { Files } from "./files.ts";
import { Hall } from "./hall.ts";
import { LoadError } from "./load_error.ts";
import type { HallManifest, HallPointer, Profile } from "./manifest.ts";
import type { Options } from "./options.ts";
import { chooseProfile, device } from "./device.ts";

const PARALLEL = 6;
const STALL_SECONDS = 20;
const RETRIES = 4;

/**
 * Load the hall at `url`, relative to the page. Resolves when its manifest is here; unless `options.begin` is false, its models
 * come from the next task on, so that listeners set now miss nothing. Rejects with a `LoadError`.
 */
export async function loadHall(url: string | URL, options: Options = {}): Promise<Hall> {
  const start = new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href);
  if (options.verify === true && !canDigest()) {
    const why = "files cannot be checked here: sha256 needs a secure context (https or localhost)";
    throw new LoadError("invalid", why, start.href);
  }
  const verify = options.verify ?? canDigest();
  const { stallSeconds = STALL_SECONDS, retries = RETRIES, parallel = PARALLEL, cache = BLOB_CACHE } = options;
  const ask = options.fetch ?? globalThis.fetch;
  const line = { fetch: (input: RequestInfo | URL, init?: RequestInit) => ask(input, init), stallSeconds, retries };
  const signal = options.signal ?? new AbortController().signal;
  const first = await readDocument(line, start, signal);
  const profile = options.profile ?? chooseProfile(await (options.device ?? device()));
  const files = new Files(line, new BlobCache(cache), parallel, verify);
  const pointer = isPointer(first) ? first : undefined;
  const found = isPointer(first) ? await readManifest(line, first, signal, verify) : first as Found<HallManifest>;
  try {
    const pointed = {
      url: pointer?.address ?? within(found.document.links.latest, found.address),
      etag: pointer?.etag ?? null,
      sha256: pointer?.document.manifest.sha256,
    };
    return new Hall(found, offered(found.document, profile), pointed, files, options);
  } catch (cause) {
    if (cause instanceof LoadError) throw cause;
    const message = `${found.address} contradicts the schema of manifests: ${cause}`;
    throw new LoadError("invalid", message, found.address.href, { cause });
  }
}

function isPointer(found: Found<HallManifest | HallPointer>): found is Found<HallPointer> {
  return found.document.type === "HallPointer";
}

/** A manifest that was asked for with `?profile=` has that one alone. */
function offered({ loadPlan }: HallManifest, profile: Profile): Profile {
  if (profile in loadPlan || "master" in loadPlan) return profile;
  return (Object.keys(loadPlan)[0] ?? profile) as Profile;
}
