/** Where AR may stand the hall: the manifest's anchors in their fall-back order, against what the device has found. */

import type { HallManifest } from "../contract.ts";

/** A flat surface that the device has found; metres. */
export interface FoundPlane {
  vertical: boolean;
  width: number;
  depth: number;
}

/** What the device has found so far. */
export interface Found {
  /** Undefined where the device does not tell of planes: then sizes are taken on trust. */
  planes?: readonly FoundPlane[];
  /** Numbers of those image anchors whose picture is in sight now; undefined where it cannot look for pictures. */
  images?: ReadonlySet<number>;
  /** The surface that is pointed at; `height` above the floor. */
  surface?: { vertical: boolean; height: number };
}

/** How the hall is to stand if it is placed now, and what was passed over on the way to it. */
export interface Plan {
  how: "image" | "floor" | "wall" | "tap";
  /** Number in the manifest's anchors; none for a mere tap. */
  anchor?: number;
  /** 1 is life-size. */
  scale: number;
  passed: { anchor: number; type: string; why: string }[];
}

/** Metres above the floor from which a surface is a table. */
export const TABLE = 0.3;
/** Metres that a table-top model is wide where no anchor says a scale. */
const MODEL_WIDTH = 0.6;

/** The first anchor that holds; a tap on any surface, as a table-top model, if none does. */
export function planFrom(manifest: HallManifest, found: Found): Plan {
  const passed: Plan["passed"] = [];
  for (const [number, anchor] of manifest.anchors.entries()) {
    const why = whyNot(anchor, number, found);
    if (why === undefined && anchor.type !== "geo") {
      const scale = anchor.type === "floor" ? anchor.scale ?? 1 : 1;
      return { how: anchor.type ?? "floor", anchor: number, scale, passed };
    }
    passed.push({ anchor: number, type: anchor.type ?? "floor", why: why ?? "" });
  }
  return { how: "tap", scale: modelScale(manifest), passed };
}

/** The scale of the table-top model: the first anchor's that is one, else what makes it fit a table. */
export function modelScale(manifest: HallManifest): number {
  for (const anchor of manifest.anchors) {
    if (anchor.type === "floor" && anchor.scale !== undefined && anchor.scale < 1) return anchor.scale;
  }
  const { min, max } = manifest.space.bounds;
  return Math.min(1, MODEL_WIDTH / Math.max(max[0] - min[0], max[2] - min[2], 1e-3));
}

/** Why an anchor does not hold; undefined if it does. */
function whyNot(anchor: HallManifest["anchors"][number], number: number, found: Found): string | undefined {
  const { planes, images, surface } = found;
  switch (anchor.type) {
    case "image":
      if (!images) return "the device cannot look for images";
      return images.has(number) ? undefined : "its image is not in sight";
    case "geo":
      return "WebXR knows no places on the earth";
    case "wall": {
      if (!surface?.vertical) return "no wall is pointed at";
      const width = anchor.minimumWidth ?? 0;
      const wide = !planes || planes.some((plane) => plane.vertical && Math.max(plane.width, plane.depth) >= width);
      return wide ? undefined : `no wall is ${width} m wide`;
    }
    default: {
      if (surface?.vertical) return "a wall is pointed at";
      if ((anchor.scale ?? 1) >= 1 && surface && surface.height > TABLE) return "life-size does not stand on a table";
      const [width, depth] = anchor.minimum ?? [0, 0];
      const large = !planes || planes.some((plane) => !plane.vertical && holds(plane, width, depth));
      return large ? undefined : `no floor of ${width} × ${depth} m was found`;
    }
  }
}

/** Whether the plane is as large as that, in either turn. */
function holds(plane: FoundPlane, width: number, depth: number): boolean {
  return Math.max(plane.width, plane.depth) >= Math.max(width, depth) &&
    Math.min(plane.width, plane.depth) >= Math.min(width, depth);
}
