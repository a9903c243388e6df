/** Looking things up in a manifest: by id, by what names them, in the order of a walk. */

import type { Exhibit, HallManifest, Placard, Resource, Zone } from "exhibit-client";
import type { OpenHall } from "../contract.ts";

/** What has an id → the thing. */
export function byId<Thing extends { id: string }>(things: readonly Thing[] | undefined): Map<string, Thing> {
  return new Map((things ?? []).map((thing) => [thing.id, thing]));
}

/** The things with these ids, in their order; ids of nothing are passed over. */
export function named<Thing extends { id: string }>(things: readonly Thing[], ids: readonly string[] = []): Thing[] {
  const known = byId(things);
  return [...new Set(ids)].flatMap((id) => known.get(id) ?? []);
}

export interface Part {
  /** None for what stands in no zone. */
  zone: Zone | undefined;
  exhibits: Exhibit[];
}

/** The exhibits zone by zone, as the hall lists its zones; within one, the more important first. */
export function parts(manifest: HallManifest): Part[] {
  const zones: (Zone | undefined)[] = [...manifest.space.zones, undefined];
  const ids = new Set(manifest.space.zones.map((zone) => zone.id));
  const ranked = [...manifest.exhibits].sort((one, other) => other.priority - one.priority);
  return zones
    .map((zone) => ({
      zone,
      exhibits: ranked.filter((exhibit) => zone ? exhibit.zone === zone.id : !ids.has(exhibit.zone ?? "")),
    }))
    .filter((part) => part.exhibits.length > 0);
}

/** The exhibits in the order in which one goes from one to the next. */
export function walkOrder(manifest: HallManifest): Exhibit[] {
  return parts(manifest).flatMap((part) => part.exhibits);
}

/** The placards that speak of an exhibit. */
export function placardsOf(manifest: HallManifest, exhibit: Exhibit): Placard[] {
  const own = named(manifest.placards, exhibit.placards);
  return own.length > 0 ? own : manifest.placards.filter((placard) => placard.exhibit === exhibit.id);
}

/** The smallest picture of an exhibit that is at least `pixels` wide, on a ground where there is one. */
export function pictureOf(exhibit: Exhibit, pixels: number): Resource | undefined {
  const pictures = [...exhibit.pictures ?? []].sort(
    (one, other) => Number(one.transparent) - Number(other.transparent) || one.width - other.width,
  );
  return pictures.find((picture) => !picture.transparent && picture.width >= pixels) ?? exhibit.poster ?? pictures[0];
}

/** Where a file of the hall lies; undefined where its address is none that may be asked. */
export function addressOf(hall: OpenHall, resource: Resource | undefined): string | undefined {
  try {
    return resource && hall.loader.url(resource).href;
  } catch {
    return undefined;
  }
}
