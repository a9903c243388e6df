/** The pictures that image tracking looks for: the QR codes of the manifest's image anchors, as they are printed. */

import type { App, HallManifest } from "../contract.ts";
import type { TrackedImage } from "./session.ts";

const MODULE = 16;
/** Modules of white around a printed code. */
const QUIET = 4;
/** Milliseconds. */
const PATIENCE = 4_000;

/** One frame's result of image tracking, which is not yet in the types. */
export interface ImageTrackingFrame {
  getImageTrackingResults?(): {
    index: number;
    trackingState: "tracked" | "emulated" | "untracked";
    imageSpace: XRSpace;
  }[];
}

/** Whether the browser can look for pictures at all. */
export function tracksImages(): boolean {
  return typeof XRFrame !== "undefined" && "getImageTrackingResults" in XRFrame.prototype;
}

export interface Markers {
  anchors: number[];
  images: TrackedImage[];
}

const known = new WeakMap<HallManifest, Promise<Markers>>();

/**
 * The pictures of all image anchors, with the anchors' numbers, as the hall's catalogue prints them: two encoders draw the same
 * words differently. Without the catalogue there are none. Found once for a hall: ask before the visitor clicks.
 */
export function markersOf(app: App, manifest: HallManifest): Promise<Markers> {
  let found = known.get(manifest);
  if (!found) {
    found = find(app, manifest);
    known.set(manifest, found);
  }
  return found;
}

async function find(app: App, manifest: HallManifest): Promise<Markers> {
  const anchors: number[] = [];
  const images: TrackedImage[] = [];
  const wanted = [...manifest.anchors.entries()].filter(([, anchor]) => anchor.type === "image");
  const printed = wanted.length > 0 ? await catalogueOf(app, manifest) : undefined;
  for (const [number, anchor] of wanted) {
    if (anchor.type !== "image" || !printed) continue;
    const image = await pictureOf(printed, anchor.marker);
    if (!image) continue;
    anchors.push(number);
    images.push({ image, widthInMeters: anchor.physicalWidth });
  }
  return { anchors, images };
}

async function catalogueOf(app: App, manifest: HallManifest): Promise<Document | undefined> {
  try {
    // A session may be asked for only for some seconds after the visitor's click.
    const answer = await fetch(app.places.catalogue(manifest.hall.slug), { signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : undefined;
  } catch {
    return undefined;
  }
}

/** The code without its quiet zone: the anchor's width is the code's. */
async function pictureOf(printed: Document, marker: string): Promise<ImageBitmap | undefined> {
  const place = [...printed.querySelectorAll<HTMLElement>(".marker-code")].find((one) => one.dataset.marker === marker);
  const drawing = place?.querySelector("svg");
  const dark = drawing?.querySelector("path:last-of-type")?.getAttribute("d");
  const whole = Number(drawing?.getAttribute("viewBox")?.split(" ")[2]);
  const modules = whole - 2 * QUIET;
  if (!dark || !(modules > 0)) return undefined;
  const canvas = new OffscreenCanvas(modules * MODULE, modules * MODULE);
  const context = canvas.getContext("2d")!;
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#000000";
  context.setTransform(MODULE, 0, 0, MODULE, -QUIET * MODULE, -QUIET * MODULE);
  context.fill(new Path2D(dark));
  return await createImageBitmap(canvas);
}
