/** The pictures that image tracking looks for: the QR codes of the manifest's image anchors, as they are printed. */

import qrcode from "qrcode-generator";
import type { HallManifest } from "../contract.ts";
import type { TrackedImage } from "./session.ts";

const MODULE = 16;

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

/** The pictures of all image anchors, with the anchors' numbers. */
export async function markersOf(manifest: HallManifest): Promise<{ anchors: number[]; images: TrackedImage[] }> {
  const anchors: number[] = [];
  const images: TrackedImage[] = [];
  for (const [number, anchor] of manifest.anchors.entries()) {
    if (anchor.type !== "image") continue;
    anchors.push(number);
    images.push({ image: await pictureOf(anchor.marker), widthInMeters: anchor.physicalWidth });
  }
  return { anchors, images };
}

/** The code without its quiet zone: the anchor's width is the code's. */
function pictureOf(marker: string): Promise<ImageBitmap> {
  qrcode.stringToBytes = (text: string) => [...new TextEncoder().encode(text)];
  const code = qrcode(0, "M");
  code.addData(marker);
  code.make();
  const modules = code.getModuleCount();
  const canvas = new OffscreenCanvas(modules * MODULE, modules * MODULE);
  const context = canvas.getContext("2d")!;
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#000000";
  for (let row = 0; row < modules; row++) {
    for (let column = 0; column < modules; column++) {
      if (code.isDark(row, column)) context.fillRect(column * MODULE, row * MODULE, MODULE, MODULE);
    }
  }
  return createImageBitmap(canvas);
}
