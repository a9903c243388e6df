/** The service worker's own world, as far as it is used here: its global object has other types than a page's. */

/** An event whose work the browser waits for. */
export interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}

/** A request of a page, to be answered. */
export interface Fetching extends Extendable {
  readonly request: Request;
  /** The page that asks; empty for a navigation. */
  readonly clientId: string;
  /** The page that a navigation makes. */
  readonly resultingClientId: string;
  respondWith(answer: Promise<Response>): void;
}

export interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: "window" }): Promise<readonly { readonly id: string; readonly url: string }[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(name: "install" | "activate", listener: (event: Extendable) => void): void;
  addEventListener(name: "fetch", listener: (event: Fetching) => void): void;
}

export const worker = globalThis as unknown as WorkerScope;

/** Caches by what they keep. Blobs are shared with the client library, under the same keys. */
export const PAGES = "exhibit-pages-1";
export const DOCUMENTS = "exhibit-documents-1";
export const BLOBS = "exhibit-blobs";
export const STATE = "exhibit-state-1";
export const VIEWER = "exhibit-viewer-";

/** What an address below the worker's scope names. */
export type Place =
  | { kind: "page"; hall?: string }
  | { kind: "file"; name: string }
  | { kind: "pointer"; hall: string }
  | { kind: "list" | "manifest" | "blob" };

/** What the address names; undefined for what is none of the worker's business. */
export function placeOf(address: URL, scope: string): Place | undefined {
  const root = new URL(scope);
  if (address.origin !== root.origin || !address.pathname.startsWith(root.pathname)) return undefined;
  const path = address.pathname.slice(root.pathname.length).replace(/(^|\/)index\.html$/, "$1");
  if (path === "") return { kind: "page" };
  let found = /^(?:view|catalogue)\/([a-z0-9-]+)(?:\/[A-Za-z0-9-]*)?\/?$/.exec(path);
  if (found) return { kind: "page", hall: found[1] };
  found = /^viewer\/(.+)$/.exec(path);
  if (found) return { kind: "file", name: found[1] };
  found = /^public\/halls\/([a-z0-9-]+)\.json$/.exec(path);
  if (found) return { kind: "pointer", hall: found[1] };
  if (/^public\/exhibitions\/[a-z0-9-]+\.json$/.test(path)) return { kind: "list" };
  if (/^public\/manifests\/[0-9a-f]{64}\.json$/.test(path)) return { kind: "manifest" };
  if (/^public\/blobs\/[0-9a-f]{64}\.[a-z0-9]+$/.test(path)) return { kind: "blob" };
  return undefined;
}

/** The address below the scope. */
export function at(path: string): string {
  return new URL(path, worker.registration.scope).href;
}

/** Whether an answer may be kept: whole, good, and readable. */
export function isKeepable(response: Response): boolean {
  return response.status === 200 && (response.type === "basic" || response.type === "cors");
}

/** Keep an answer, as if it had come without a redirect: else no navigation could be answered with it. No room is no error. */
export async function keep(cache: string, key: string, response: Response): Promise<void> {
  try {
    const { headers, status } = response;
    await (await caches.open(cache)).put(key, new Response(await response.blob(), { headers, status }));
  } catch {
    // Without room the exhibition is merely not there off-line.
  }
}

const PATIENCE = 6000;

/**
 * From the network; if that does not begin to answer within some seconds, what is kept, if anything is. Rejects where neither
 * comes.
 */
export async function networkFirst(request: Request, kept: () => Promise<Response | undefined>): Promise<Response> {
  const coming = fetch(request);
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE));
  try {
    const answer = await Promise.race([coming, late]);
    if (answer && answer.status < 500) return answer;
    return await kept() ?? await coming;
  } catch (error) {
    const found = await kept();
    if (found) return found;
    throw error;
  } finally {
    coming.catch(() => {}); // it was answered from what is kept
  }
}
