/** The service worker: what was visited is there again without a network, and what is new comes whole. */

import { blob } from "./offline/blobs.ts";
import { currentDocument, forgetHall, frozenDocument, isWhole } from "./offline/documents.ts";
import { keepHall, keepPage, page } from "./offline/pages.ts";
import { type Fetching, type Place, placeOf, worker } from "./offline/scope.ts";
import { pin, renewViewer, unpin, viewerFile } from "./offline/versions.ts";

worker.addEventListener("install", (event) => {
  event.waitUntil(renewViewer().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(begin());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const place = placeOf(new URL(request.url), worker.registration.scope);
  if (place === undefined || (place.kind === "page") !== (request.mode === "navigate")) return;
  event.respondWith(answer(event, place));
});

/** Take over the pages that are open: they were visited before we were here, so keep what they show. */
async function begin(): Promise<void> {
  await worker.clients.claim();
  const open = await worker.clients.matchAll({ type: "window" });
  for (const client of open) {
    await pin(client.id);
    const place = placeOf(new URL(client.url), worker.registration.scope);
    if (place?.kind !== "page") continue;
    await quietly(keepPage(client.url));
    if (place.hall) await quietly(keepHall(place.hall));
  }
}

async function answer(event: Fetching, place: Place): Promise<Response> {
  const { request } = event;
  switch (place.kind) {
    case "page":
      await pin(event.resultingClientId);
      event.waitUntil(quietly(renew(event.resultingClientId)));
      return await page(request, (work) => event.waitUntil(work));
    case "file":
      return await viewerFile(request, place.name, event.clientId);
    case "pointer":
      return await pointer(event, place.hall);
    case "list":
      return await currentDocument(request);
    case "manifest":
      return await frozenDocument(request);
    case "blob":
      return await blob(request, (work) => event.waitUntil(work));
  }
}

/** A hall whose pointer is asked for is being visited: what is not here of its edition yet is kept now. */
async function pointer(event: Fetching, hall: string): Promise<Response> {
  const found = await currentDocument(event.request);
  if (found.status === 404 || found.status === 410) event.waitUntil(quietly(forgetHall(hall)));
  else if (found.ok && !await isWhole(hall)) event.waitUntil(quietly(keepHall(hall)));
  return found;
}

/** Look for newer files of the viewer; `opening` is the page that is about to open. */
async function renew(opening: string): Promise<void> {
  const open = await worker.clients.matchAll({ type: "window" });
  unpin(new Set([opening, ...open.map((client) => client.id)]));
  await renewViewer();
}

/** What fails here fails for want of a network or of room; the next visit tries again. */
async function quietly(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch {
    // As said.
  }
}
