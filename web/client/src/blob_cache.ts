/** Files kept by their hash in Cache Storage, for the next visit. It may fail in any way: then there is no cache. */

import type { Resource } from "./manifest.ts";

export const BLOB_CACHE = "exhibit-blobs";

export class BlobCache {
  readonly #opened: Promise<Cache | undefined>;
  #full = false;

  /** `false` keeps nothing, as do browsers without Cache Storage (insecure contexts, some private windows). */
  constructor(name: string | false) {
    const storage = name === false ? undefined : globalThis.caches;
    this.#opened = Promise.resolve().then(() => storage?.open(name as string))
      .catch(() => undefined);
  }

  /** What was kept, or undefined. */
  async read(url: URL, resource: Resource): Promise<Blob | undefined> {
    try {
      const kept = await (await this.#opened)?.match(keyOf(url, resource), { ignoreVary: true });
      if (kept === undefined) return undefined;
      const data = await kept.blob();
      return data.type === resource.mediaType ? data : data.slice(0, data.size, resource.mediaType);
    } catch {
      return undefined;
    }
  }

  /** True if it is kept now. Where there is no room, nothing more is tried. */
  async write(url: URL, resource: Resource, data: Blob): Promise<boolean> {
    try {
      const cache = await this.#opened;
      if (cache === undefined || this.#full) return false;
      const headers = {
        "Content-Type": resource.mediaType,
        "Content-Length": String(data.size),
        ETag: `"${resource.sha256}"`,
      };
      await cache.put(keyOf(url, resource), new Response(data, { headers }));
      return true;
    } catch {
      this.#full = true;
      return false;
    }
  }

  async drop(url: URL, resource: Resource): Promise<void> {
    try {
      await (await this.#opened)?.delete(keyOf(url, resource), { ignoreVary: true });
    } catch {
      // It will be found corrupt again.
    }
  }
}

/** The address without its query, which may be a signature of the day; the hash must stand in it. */
export function keyOf(url: URL, resource: Resource): string {
  const key = new URL(url);
  key.hash = "";
  key.search = key.pathname.includes(resource.sha256) ? "" : `?sha256=${resource.sha256}`;
  return key.href;
}
