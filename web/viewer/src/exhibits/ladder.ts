/** In which forms an exhibit can be shown, and which one its size on the screen asks for. Pure. */

import type { Exhibit, Lod, Picture, Variant } from "exhibit-client";

/** One form: a picture, a level of detail, or the model itself. */
export type Rung =
  | { form: "poster"; picture: Picture }
  | { form: "lod"; file: Lod }
  | { form: "full"; file: Variant };
export type ModelRung = Exclude<Rung, { form: "poster" }>;

/** Heights of the exhibit as a part of the view's height from which a model takes the place of a picture, and the full one that of a level. */
const MODEL_FROM = 0.045;
const FULL_FROM = 0.24;
/** Going up needs so much more than the mark, going down so much less: what stands at a mark does not flicker. */
const UP = 1.08;
const DOWN = 0.82;
/** A level that spares less than this part of the triangles is not worth its bytes. */
const SPARES = 0.2;

/** The rungs of an exhibit, coarsest first. `full` is the profile's variant; a picture in its place ends the ladder there. */
export function ladderOf(exhibit: Exhibit, full: Variant | undefined): Rung[] {
  const rungs: Rung[] = [];
  const picture = pictureOf(exhibit);
  if (picture) rungs.push({ form: "poster", picture });
  if (!full || !full.mediaType.startsWith("model/")) return rungs;
  const levels = [...exhibit.model.lods ?? []].sort((a, b) => b.level - a.level);
  for (const file of levels) if (file.triangles < (1 - SPARES) * full.triangles) rungs.push({ form: "lod", file });
  rungs.push({ form: "full", file: full });
  return rungs;
}

/** The picture to stand in the exhibit's place: one without a ground, the smallest that is large enough. */
function pictureOf({ pictures = [] }: Exhibit): Picture | undefined {
  const bare = pictures.filter(({ transparent }) => transparent);
  return (bare.length > 0 ? bare : [...pictures]).sort((a, b) => a.width - b.width).find(({ width }) => width >= 256) ??
    pictures[0];
}

/** From which size on the screen each rung is wanted: the first from 0. */
export function marksOf(rungs: readonly Rung[]): number[] {
  const models = rungs.filter(({ form }) => form !== "poster").length;
  const pictures = rungs.length - models;
  return rungs.map((_, at) => {
    const step = at - pictures;
    if (at === 0 || step < 0) return 0;
    if (models === 1) return MODEL_FROM;
    return MODEL_FROM * (FULL_FROM / MODEL_FROM) ** (step / (models - 1));
  });
}

/** The rung for `size` (part of the view's height, times detail), by the marks, coming from rung `now`. */
export function rungFor(marks: readonly number[], size: number, now: number): number {
  let rung = Math.min(Math.max(0, now), marks.length - 1);
  while (rung + 1 < marks.length && size > marks[rung + 1] * UP) rung += 1;
  while (rung > 0 && size < marks[rung] * DOWN) rung -= 1;
  return rung;
}

/** Triangles with everything in sight, of one model of each. */
export function trianglesOf(all: readonly { rungs: readonly Rung[] }[], which: "coarsest" | "full"): number {
  return all.reduce((sum, { rungs }) => {
    const models = rungs.filter((rung): rung is ModelRung => rung.form !== "poster");
    return sum + ((which === "coarsest" ? models[0] : models.at(-1))?.file.triangles ?? 0);
  }, 0);
}
