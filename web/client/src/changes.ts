/** How two editions of a hall differ. */

import type { Exhibit, HallManifest } from "./manifest.ts";
import type { Changes } from "./options.ts";

/** Compared by what is written in the manifests: the same words mean the same thing. */
export function changesBetween(before: HallManifest, after: HallManifest): Changes {
  const old = new Map(before.exhibits.map((exhibit) => [exhibit.id, exhibit]));
  const now = new Set(after.exhibits.map(({ id }) => id));
  const stayed = after.exhibits.filter(({ id }) => old.has(id));
  const differ = (part: (exhibit: Exhibit) => unknown) =>
    stayed.filter((exhibit) =>
      JSON.stringify(part(exhibit)) !==
        JSON.stringify(part(old.get(exhibit.id)!))
    )
      .map(({ id }) => id);
  return {
    added: after.exhibits.map(({ id }) => id).filter((id) => !old.has(id)),
    removed: before.exhibits.map(({ id }) => id).filter((id) => !now.has(id)),
    moved: differ(({ pose, plinth, zone }) => [pose, plinth, zone]),
    changed: differ(({ pose: _pose, plinth: _plinth, zone: _zone, bounds: _bounds, ...rest }) => rest),
  };
}
