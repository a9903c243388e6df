/** Pointers, lists and manifests: what changes comes from the network while there is one, what never changes is kept. */

import type { HallManifest, HallPointer, Resource } from "exhibit-client";
import { keepNamed } from "./digest.ts";
import { at, BLOBS, DOCUMENTS, isKeepable, keep, networkFirst, PAGES, placeOf, STATE, worker } from "./scope.ts";

/** From the network, else as it was last. */
export async function currentDocument(request: Request): Promise<Response> {
  const answer = await networkFirst(request, () => kept(request.url));
  if (isKeepable(answer)) await keep(DOCUMENTS, request.url, answer.clone());
  return answer;
}

/** As it is kept, else from the network, and kept then. */
export async function frozenDocument(request: Request): Promise<Response> {
  const found = request.cache === "reload" ? undefined : await kept(request.url);
  if (found) return found;
  const answer = await fetch(request);
  await keepNamed(DOCUMENTS, request.url, answer.clone());
  return answer;
}

/** The current pointer of a hall as it is kept. Some servers answer 200 with a page for what they have not: that is none. */
export async function keptPointer(hall: string): Promise<HallPointer | undefined> {
  return await pointerIn(await kept(at(`public/halls/${hall}.json`)));
}

async function pointerIn(answer: Response | undefined): Promise<HallPointer | undefined> {
  try {
    const pointer = await answer?.json() as HallPointer | undefined;
    return typeof pointer?.manifest?.url === "string" ? pointer : undefined;
  } catch {
    return undefined;
  }
}

/** Whether all of the edition that the hall's kept pointer names was kept. */
export async function isWhole(hall: string): Promise<boolean> {
  const whole = await (await caches.open(STATE)).match(at(`public/halls/${hall}.json`));
  return whole !== undefined && await whole.text() === (await keptPointer(hall))?.manifest.sha256;
}

/** Say that all of an edition was kept. */
export async function sayWhole(hall: string, sha256: string): Promise<void> {
  await (await caches.open(STATE)).put(at(`public/halls/${hall}.json`), new Response(sha256));
}

/** All manifests that are kept, by their address. */
export async function keptManifests(): Promise<Map<string, HallManifest>> {
  const cache = await caches.open(DOCUMENTS);
  const found = new Map<string, HallManifest>();
  for (const request of await cache.keys()) {
    if (!request.url.includes("/public/manifests/")) continue;
    const answer = await cache.match(request);
    if (answer) found.set(request.url, await answer.json() as HallManifest);
  }
  return found;
}

/**
 * Let go of manifests that no kept pointer names, and of the blobs that only they named: of editions before, and of a hall that
 * is shown no more. Whoever withdrew something finds it withdrawn here too, as soon as there is a network.
 */
export async function letGo(): Promise<void> {
  const documents = await caches.open(DOCUMENTS);
  const current = new Set<string>();
  for (const request of await documents.keys()) {
    if (!request.url.includes("/public/halls/")) continue;
    const pointer = await pointerIn(await documents.match(request));
    if (pointer) current.add(new URL(pointer.manifest.url, request.url).href);
  }
  const manifests = await keptManifests();
  const named = new Set<string>();
  const unnamed = new Set<string>();
  for (const [address, manifest] of manifests) {
    for (const resource of resourcesOf(manifest)) {
      (current.has(address) ? named : unnamed).add(new URL(resource.url, address).href);
    }
    if (!current.has(address)) await documents.delete(address);
  }
  const blobs = await caches.open(BLOBS);
  for (const address of unnamed) {
    if (!named.has(address)) await blobs.delete(address, { ignoreVary: true });
  }
}

/** Forget a hall that is shown no more: its pages, its pointer, and what only it named. */
export async function forgetHall(hall: string): Promise<void> {
  const pages = await caches.open(PAGES);
  for (const request of await pages.keys()) {
    const place = placeOf(new URL(request.url), worker.registration.scope);
    if (place?.kind === "page" && place.hall === hall) await pages.delete(request);
  }
  for (const cache of [DOCUMENTS, STATE]) await (await caches.open(cache)).delete(at(`public/halls/${hall}.json`));
  await letGo();
}

/** Everything with bytes in a part of a manifest. */
export function* resourcesOf(part: unknown): Generator<Resource> {
  if (Array.isArray(part)) {
    for (const one of part) yield* resourcesOf(one);
  } else if (part !== null && typeof part === "object") {
    const { url, sha256 } = part as Partial<Resource>;
    if (typeof url === "string" && typeof sha256 === "string") yield part as Resource;
    for (const one of Object.values(part)) yield* resourcesOf(one);
  }
}

async function kept(address: string): Promise<Response | undefined> {
  return await (await caches.open(DOCUMENTS)).match(address, { ignoreVary: true });
}
