/** Portals: floors that lead to other halls, and where one arrives. */

import type { HallManifest, Portal } from "exhibit-client";
import type { Gaze } from "../contract.ts";
import { gazeOf } from "./gazes.ts";
import { contains, distanceTo } from "./polygon.ts";

/** Around a portal's floor, what still means the portal when it is pointed at: its frame and its sign. Metres. */
const AROUND = 0.35;

/** The portal on whose floor the feet are. */
export function portalAt(manifest: HallManifest, x: number, z: number): Portal | undefined {
  return manifest.space.portals.find((portal) => contains(portal.floor, x, z));
}

/** The portal that somebody means who points at the place. */
export function portalMeant(manifest: HallManifest, x: number, z: number): Portal | undefined {
  return manifest.space.portals.find((portal) => distanceTo(portal.floor, x, z) < AROUND);
}

/** Where one stands on arrival: at the portal that leads back to the hall `from`, else at the spawn. */
export function arrivalAt(manifest: HallManifest, from?: string): Gaze {
  const back = from === undefined ? undefined : manifest.space.portals.find((portal) => portal.to === from);
  return gazeOf(back?.pose ?? manifest.space.spawn);
}

/** Tells, once for each time the feet come onto a portal, which one it is. Where they were set down does not count. */
export function makeThreshold() {
  let on: string | undefined;
  return {
    /** The feet were set down there, by arriving or by a link. */
    setDown(manifest: HallManifest, x: number, z: number): void {
      on = portalAt(manifest, x, z)?.to;
    },
    /** The feet came there by themselves. */
    stepped(manifest: HallManifest, x: number, z: number): Portal | undefined {
      const portal = portalAt(manifest, x, z);
      const entered = portal && portal.to !== on ? portal : undefined;
      on = portal?.to;
      return entered;
    },
  };
}
