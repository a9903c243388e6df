/** Where things are: pages, pointers, files of the viewer; on the service and on a static server alike. */

import type { App } from "./contract.ts";

/** What the page says of itself, read once: later the address bar moves, and relative addresses with it. */
export interface Page {
  places: App["places"];
  hall: string;
  embedded: boolean;
}

/** Read the page's own words: `<html data-root="../" data-hall="shanghai">`. */
export function readPage(document: Document): Page {
  const { root = "./", hall = "" } = document.documentElement.dataset;
  const base = new URL(root, document.baseURI);
  const address = new URL(document.baseURI);
  // A static server shows a page at its folder, with a slash at the end; the service without.
  const end = address.pathname.endsWith("/") ? "/" : "";
  const kept = new URLSearchParams();
  for (const name of ["embed"]) {
    const value = address.searchParams.get(name);
    if (value !== null) kept.set(name, value);
  }
  const query = kept.size > 0 ? `?${kept}` : "";
  const page = (kind: string, hall: string) => new URL(`${kind}/${encodeURIComponent(hall)}${end}`, base).href;
  return {
    hall,
    embedded: address.searchParams.has("embed"),
    places: {
      view: (hall, exhibit) => page("view", hall) + query + (exhibit ? `#exhibit=${encodeURIComponent(exhibit)}` : ""),
      catalogue: (hall, exhibit) => page("catalogue", hall) + (exhibit ? `#${encodeURIComponent(exhibit)}` : ""),
      entrance: () => base.href,
      pointer: (hall) => new URL(`public/halls/${encodeURIComponent(hall)}.json`, base).href,
      file: (name) => new URL(`viewer/${name}`, base).href,
    },
  };
}

/** The slug at the end of an id: "exhibits/welding-robot" → "welding-robot". */
export function slugOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
