/** Pages: from the network while there is one, else as they were at the last visit. */

import { keepBlob, MOST_SOUND } from "./blobs.ts";
import { currentDocument, forgetHall, frozenDocument, keptPointer, letGo, resourcesOf, sayWhole } from "./documents.ts";
import { at, isKeepable, keep, networkFirst, PAGES } from "./scope.ts";
import type { HallManifest } from "exhibit-client";

/** The page of a navigation. Where it was never visited, a page that says so. `later` is given work to be done meanwhile. */
export async function page(request: Request, later: (work: Promise<void>) => void): Promise<Response> {
  try {
    const answer = await networkFirst(request, () => kept(request.url));
    // What a visitor searched for is not kept: a page for each question would never end.
    const asks = new URL(request.url).searchParams.has("q");
    if (isKeepable(answer) && !answer.redirected && !asks) later(keep(PAGES, keyOf(request.url), answer.clone()));
    return answer;
  } catch {
    return notVisited();
  }
}

/** Keep a page, asked for as a browser would. */
export async function keepPage(address: string): Promise<void> {
  const answer = await fetch(keyOf(address), { headers: { Accept: "text/html" } });
  if (isKeepable(answer)) await keep(PAGES, keyOf(answer.redirected ? answer.url : address), answer);
}

/** Keep a hall that is visited: its pages, its manifest, a picture of each exhibit, its sounds with their captions. */
export async function keepHall(hall: string): Promise<void> {
  const answer = await currentDocument(new Request(at(`public/halls/${hall}.json`), { cache: "no-cache" }));
  if (answer.status === 404 || answer.status === 410) return await forgetHall(hall);
  const pointer = await keptPointer(hall);
  if (!pointer) return;
  const address = new URL(pointer.manifest.url, at(`public/halls/${hall}.json`)).href;
  const manifest = await (await frozenDocument(new Request(address))).json() as HallManifest;
  await Promise.all([keepPage(at(`view/${hall}`)), keepPage(at(`catalogue/${hall}`)), keepPage(at(""))]);
  for (const exhibit of manifest.exhibits) {
    const onGround = (exhibit.pictures ?? []).filter((picture) => !picture.transparent);
    const smallest = onGround.sort((one, other) => one.width - other.width)[0] ?? exhibit.poster;
    const sounds = [...resourcesOf(exhibit.audio)].filter((sound) => sound.bytes <= MOST_SOUND);
    for (const one of smallest ? [smallest, ...sounds] : sounds) await keepBlob(new URL(one.url, address).href);
  }
  await letGo();
  await sayWhole(hall, pointer.manifest.sha256);
}

/** The address with what pages differ by: of its query, the language alone. */
function keyOf(address: string): string {
  const key = new URL(address);
  const language = key.searchParams.get("lang");
  key.hash = "";
  key.search = language === null ? "" : `?lang=${encodeURIComponent(language)}`;
  return key.href;
}

/** The page in the language that is asked for, else in another; a static server has a slash at the end, the service none. */
async function kept(address: string): Promise<Response | undefined> {
  const cache = await caches.open(PAGES);
  const url = new URL(keyOf(address));
  const bare = url.pathname.replace(/(index\.html|\/)$/, "");
  for (const pathname of [url.pathname, bare, `${bare}/`]) {
    const key = new URL(url);
    key.pathname = pathname;
    const found = await cache.match(key, { ignoreVary: true }) ??
      await cache.match(key, { ignoreVary: true, ignoreSearch: true });
    if (found) return found;
  }
  return undefined;
}

function notVisited(): Response {
  const words = `<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>离线 · Off-line</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="${
    at("viewer/pages.css")
  }"></head>
<body class="missing"><main><section><h1>现在没有网络</h1><p>这一页还没有看过，所以没有存下来。看过的展厅离线也能看。</p>
<p><a href="${at("")}">去展览入口</a></p></section><section lang="en"><h2>You are off-line</h2>
<p>This page was not visited before, so it is not kept. Halls that were visited can be seen off-line.</p>
<p><a href="${at("")}">To the entrance</a></p></section></main></body></html>`;
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'",
  };
  return new Response(words, { status: 503, headers });
}
