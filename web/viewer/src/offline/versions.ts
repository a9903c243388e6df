/** The viewer's files, kept as whole versions: a page gets all of one build or all of another, never some of each. */

import { digest } from "./digest.ts";
import { at, isKeepable, keep, STATE, VIEWER, worker } from "./scope.ts";

interface Listed {
  readonly name: string;
  readonly sha256: string;
}

/** Names of caches: the version that new pages get, and the one before, which open pages may still read. */
interface State {
  readonly current?: string;
  readonly previous?: string;
}

const LIST = "viewer/files.json";
const ICON = "viewer/icon.svg";
const pinned = new Map<string, string>();

/** Fetch the newest version whole, if it is not here yet; from then on new pages get it. Rejects where that fails. */
export async function renewViewer(): Promise<void> {
  // Two pages may open at once, and a new worker be installed beside an old one: one deleted what the other was filling.
  await navigator.locks.request(at("viewer/"), renew);
}

async function renew(): Promise<void> {
  const answer = await fetch(at(LIST), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${LIST}: ${answer.status}`);
  const text = await answer.text();
  // An origin may have several exhibitions in folders: each has its own versions, which no other may let go.
  const ours = `${VIEWER}${(await digest(encoded(worker.registration.scope))).slice(0, 8)}-`;
  const name = ours + (await digest(encoded(text))).slice(0, 16);
  const state = await readState();
  if (state.current === name) return;
  const listed = (JSON.parse(text) as { files: Listed[] }).files;
  const cache = await caches.open(name);
  try {
    for (const file of listed) await bring(cache, file, state.current);
    await cache.add(at(ICON));
  } catch (error) {
    await caches.delete(name); // half a version is none
    throw error;
  }
  await writeState({ current: name, previous: state.current });
  const kept = new Set([name, state.current, ...pinned.values()]);
  for (const other of await caches.keys()) {
    if (other.startsWith(ours) && !kept.has(other)) await caches.delete(other);
  }
}

/** A page that is opened now keeps the version of now. */
export async function pin(client: string): Promise<void> {
  const { current } = await readState();
  if (current) pinned.set(client, current);
}

/** Forget pages that are closed. */
export function unpin(open: ReadonlySet<string>): void {
  for (const client of pinned.keys()) {
    if (!open.has(client)) pinned.delete(client);
  }
}

/** A file of the viewer: of the page's version; what only another version has, from there; else from the network. */
export async function viewerFile(request: Request, name: string, client: string): Promise<Response> {
  const state = await readState();
  for (const version of [pinned.get(client) ?? state.current, state.current, state.previous]) {
    const found = version && await (await caches.open(version)).match(at(`viewer/${name}`));
    if (found) return found;
  }
  const answer = await fetch(request);
  if (state.current && isKeepable(answer)) await keep(state.current, request.url, answer.clone());
  return answer;
}

async function bring(cache: Cache, file: Listed, before: string | undefined): Promise<void> {
  const key = at(`viewer/${file.name}`);
  const old = before ? await (await caches.open(before)).match(key) : undefined;
  if (old && await digest(await old.clone().arrayBuffer()) === file.sha256) return await cache.put(key, old);
  const answer = await fetch(key, { cache: "no-cache" });
  const bytes = await answer.clone().arrayBuffer();
  if (!isKeepable(answer) || await digest(bytes) !== file.sha256) {
    throw new Error(`${file.name} is not the file that is listed`);
  }
  const type = answer.headers.get("Content-Type") ?? "application/octet-stream";
  await cache.put(key, new Response(bytes, { headers: { "Content-Type": type } }));
}

function encoded(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

async function readState(): Promise<State> {
  const found = await (await caches.open(STATE)).match(at("viewer/"));
  return found ? await found.json() as State : {};
}

async function writeState(state: State): Promise<void> {
  await (await caches.open(STATE)).put(at("viewer/"), new Response(JSON.stringify(state)));
}
