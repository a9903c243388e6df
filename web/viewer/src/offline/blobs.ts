/** Files by their hash: pictures and sounds of pages. Models come through the client library, which keeps them itself. */

import { keptManifests } from "./documents.ts";
import { keepNamed } from "./digest.ts";
import { BLOBS, isKeepable } from "./scope.ts";

/** Bytes beyond which a sound is not kept. */
export const MOST_SOUND = 16 << 20;

/** What stands for a picture that is not here. */
const NOTHING_TO_SEE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';

/** The file, or the part that is asked for; from the cache, where it is. `later` is given work to be done meanwhile. */
export async function blob(request: Request, later: (work: Promise<void>) => void): Promise<Response> {
  const key = keyOf(request.url);
  const range = request.headers.get("Range");
  // Who asks to pass over caches found the bytes wrong.
  const found = request.cache === "reload"
    ? undefined
    : await (await caches.open(BLOBS)).match(key, { ignoreVary: true });
  if (found) return range === null ? found : await part(found, range);
  // The library keeps what it fetches, after it has checked it.
  if (request.destination === "") return await fetch(request);
  try {
    if (range !== null) {
      const answer = await fetch(request);
      later(keepWhole(key));
      return answer;
    }
    const answer = await readable(request);
    later(keepNamed(BLOBS, key, answer.clone()));
    return answer;
  } catch (error) {
    if (request.destination !== "image") throw error;
    return await otherSize(key) ?? new Response(NOTHING_TO_SEE, { headers: { "Content-Type": "image/svg+xml" } });
  }
}

/** Keep a file that is not here yet. */
export async function keepBlob(address: string): Promise<void> {
  const key = keyOf(address);
  if (await (await caches.open(BLOBS)).match(key, { ignoreVary: true })) return;
  const answer = await fetch(key);
  await keepNamed(BLOBS, key, answer);
}

/** The key that the client library uses: the address without its query. */
function keyOf(address: string): string {
  const key = new URL(address);
  key.hash = key.search = "";
  return key.href;
}

/** A picture's request takes what it is not allowed to read, and that cannot be kept; so ask for a readable one first. */
async function readable(request: Request): Promise<Response> {
  if (request.mode !== "no-cors") return await fetch(request);
  try {
    return await fetch(request.url, { mode: "cors", credentials: "same-origin" });
  } catch {
    return await fetch(request);
  }
}

const coming = new Set<string>();

/** A player asks for many parts: the whole is fetched for the first of them. */
async function keepWhole(key: string): Promise<void> {
  if (coming.has(key)) return;
  coming.add(key);
  try {
    const answer = await fetch(key);
    const size = Number(answer.headers.get("Content-Length") ?? 0);
    if (isKeepable(answer) && size <= MOST_SOUND) await keepNamed(BLOBS, key, answer);
    else await answer.body?.cancel();
  } catch {
    // The line was lost: next time.
  } finally {
    coming.delete(key);
  }
}

/** The bytes of a Range (RFC 9110: one range; any other form asks for all). */
async function part(whole: Response, range: string): Promise<Response> {
  const data = await whole.blob();
  const found = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  if (!found || (found[1] === "" && found[2] === "")) return whole;
  const last = data.size - 1;
  const start = found[1] === "" ? Math.max(0, data.size - Number(found[2])) : Number(found[1]);
  const end = found[1] === "" || found[2] === "" ? last : Math.min(Number(found[2]), last);
  const headers = new Headers(whole.headers);
  if (start > last || end < start) {
    headers.set("Content-Range", `bytes */${data.size}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("Content-Range", `bytes ${start}-${end}/${data.size}`);
  headers.set("Content-Length", String(end - start + 1));
  return new Response(data.slice(start, end + 1, data.type), { status: 206, headers });
}

/** Off-line, a picture in another size is better than none. */
async function otherSize(key: string): Promise<Response | undefined> {
  const cache = await caches.open(BLOBS);
  for (const [address, manifest] of await keptManifests()) {
    for (const exhibit of manifest.exhibits) {
      const sizes = (exhibit.pictures ?? []).map((picture) => new URL(picture.url, address).href);
      if (!sizes.includes(key)) continue;
      for (const size of sizes) {
        const found = await cache.match(size, { ignoreVary: true });
        if (found) return found;
      }
    }
  }
  return undefined;
}
