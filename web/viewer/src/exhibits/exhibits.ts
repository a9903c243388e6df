/** The exhibits of a hall: what each one shows now, by how large it is seen, what has come, and what the machine can bear. */

import { Color, Group, type PerspectiveCamera } from "three";
import type { App, Exhibits, Hall, HallManifest, ShownExhibit, Stage, Undo } from "../contract.ts";
import { isHandheld } from "../stage/quality.ts";
import { ladderOf, type ModelRung, type Rung, rungFor, trianglesOf } from "./ladder.ts";
import { makeCopies } from "./copies.ts";
import { makeFirst } from "./first.ts";
import { outlineOf } from "./marking.ts";
import { makeModels, type Model } from "./models.ts";
import { makeMotion } from "./motion.ts";
import { hit } from "./picking.ts";
import { makePlaceholders } from "./placeholders.ts";
import { makePoster } from "./posters.ts";
import { sightOf } from "./sight.ts";
import { progressOf } from "./progress.ts";
import { Stand } from "./stand.ts";

/** Seconds between two looks at what is seen how. */
const EVERY = 0.15;
/** So many models are on their way at a time, and so many posters. */
const MODELS_AT_A_TIME = 4;
const POSTERS_AT_A_TIME = 6;
/** Memory that models and posters may take on the GPU. */
const MEMORY = 800e6;
const MEMORY_HANDHELD = 220e6;
/** A poster is fetched before a model only where the model has so many times its bytes. */
const POSTER_FIRST = 3;
/** A hall whose coarsest models have fewer triangles shows no pictures for good; one whose full ones have fewer, those. */
const LIGHT = 400_000;
const LIGHT_ALL = 1_500_000;
const ACCENT = new Color("#b3341e");

/**
 * Stand all exhibits of `manifest` up. Bytes come through `loader` alone; each change of form is told as "shown". Models are seen
 * once the hall is `lit`.
 */
export function showExhibits(
  app: App,
  manifest: HallManifest,
  loader: Hall,
  stage: Stage,
  lit: Promise<void>,
): Exhibits {
  const root = new Group();
  root.name = "exhibits";
  const stands = manifest.exhibits.map((exhibit) => new Stand(exhibit, ladderOf(exhibit, fullOf(loader, exhibit))));
  const all = new Map(stands.map((stand) => [stand.id, stand]));
  const models = makeModels(stage, app.places.file, lit);
  const motion = makeMotion(stage);
  const placeholders = makePlaceholders();
  const memory = isHandheld(navigator) ? MEMORY_HANDHELD : MEMORY;
  const undos: Undo[] = [];
  const copies = makeCopies(stage, giveBack);
  const first = makeFirst(soon);
  const lightest = trianglesOf(stands, "coarsest");
  const heaviest = trianglesOf(stands, "full");
  let gone = false;
  let eyes: PerspectiveCamera | undefined;
  let since = Infinity;
  let later: ReturnType<typeof setTimeout> | undefined;
  let pressure = 1;
  let modelsComing = 0;
  let postersComing = 0;
  let told: ReturnType<typeof progressOf> | undefined;
  let mark: { outline: ReturnType<typeof outlineOf>; id: string } | undefined;

  root.add(placeholders.root);
  for (const stand of stands) {
    root.add(stand.root);
    placeholders.show(stand.id, stand.bounds);
  }
  loader.rank((exhibit) => rankOf(all.get(exhibit.id)));
  undos.push(
    loader.on("model", ({ exhibit }) => {
      const stand = all.get(exhibit.id);
      if (stand) stand.here = true;
      soon();
    }),
    app.on("hall", () => {
      told = undefined;
      soon();
    }),
  );
  undos.push(
    stage.onFrame((seconds) => {
      since += seconds;
      if (since >= EVERY) look();
      // Where no more frames come, the last change of place is looked at all the same.
      else later ??= setTimeout(() => look(), 1000 * EVERY);
    }),
    () => clearTimeout(later),
  );

  /** Whether the hall is in the scene; until then the visitor's eyes are elsewhere. */
  const isStanding = () => root.parent?.parent != null;

  /** Look at all exhibits: what each should show, what is to be fetched, what may run. */
  function look(from?: PerspectiveCamera): void {
    since = 0;
    clearTimeout(later);
    later = undefined;
    eyes = from ?? eyes;
    const see = sightOf(isStanding() ? stage.camera : eyes ?? stage.camera, root);
    relieve();
    for (const stand of stands) {
      stand.seen = see(stand.bounds);
      const asked = rungFor(stand.marks, stand.seen.size * stage.quality.detail * pressure, stand.wanted);
      stand.wanted = Math.max(asked, least(stand));
    }
    const waiting = stands.toSorted((a, b) => rankOf(b) - rankOf(a));
    for (const stand of waiting) improve(stand);
    tellProgress();
    motion.choose(stands.flatMap((stand) => stand.mixer ? [{ mixer: stand.mixer, ...stand.seen }] : []));
  }

  /**
   * The least that is shown where there is time for more than is asked: the full model of what the visitor looks into; in halls
   * that are light enough a model of all exhibits, and the full ones whose bytes are here.
   */
  function least(stand: Stand): number {
    if (stand.isMarked) return stand.rungs.length - 1;
    const { level, detail } = stage.quality;
    if (stand.here && level >= 0.75 && heaviest < LIGHT_ALL * pressure) return stand.rungs.length - 1;
    return lightest < LIGHT * detail * pressure ? stand.rungs.findIndex(({ form }) => form !== "poster") : 0;
  }

  /** Where memory is short, take all for smaller than it is, so that the farthest give up theirs first. */
  function relieve(): void {
    const used = models.bytes + stands.reduce((sum, { poster }) => sum + (poster?.bytes ?? 0), 0);
    if (used > memory) {
      models.shrink(memory * 0.8);
      if (models.bytes > memory * 0.9) pressure = Math.max(0.05, pressure * 0.85);
    } else if (used < memory * 0.6) pressure = Math.min(1, pressure * 1.02);
  }

  /** Bytes and files of the models that are wanted now, and how much of them is here: as the visitor walks, more may be. */
  function tellProgress(): void {
    const now = progressOf(stands);
    if (!isStanding()) return;
    if (now.loaded === told?.loaded && now.total === told.total) return;
    told = now;
    app.tell("progress", now);
  }

  /** Bring one exhibit nearer to what is wanted of it. */
  function improve(stand: Stand): void {
    const target = stand.rungs[Math.min(stand.wanted, stand.rungs.length - 1)];
    if (!target) return;
    if (target.form === "poster" || wantsPosterFirst(stand, target)) askPoster(stand);
    if (target.form === "poster") {
      if (stand.content && stand.poster) {
        giveBack(stand.clear());
        present(stand);
      }
      return;
    }
    if (stand.rung === target || stand.coming) return;
    const most = first.isAlone ? 1 : MODELS_AT_A_TIME;
    if (modelsComing < most || models.has(target.file.sha256)) void bring(stand, stepTo(stand, target));
  }

  /** A far coarser level on the way to the full model, where nothing is shown yet and it spares much of the waiting. */
  function stepTo(stand: Stand, target: ModelRung): ModelRung {
    if (stand.content || target.form === "lod" || models.has(target.file.sha256)) return target;
    const coarse = stand.rungs.find((rung) => rung.form === "lod");
    return coarse?.form === "lod" && coarse.file.bytes < 0.4 * target.file.bytes ? coarse : target;
  }

  async function bring(stand: Stand, rung: ModelRung): Promise<void> {
    stand.coming = rung;
    modelsComing += 1;
    let again = true;
    try {
      const model = await models.take(rung.file, () => bytesOf(stand, rung));
      if (gone) return;
      giveBack(stand.show(model, rung));
      present(stand);
      first.stand();
    } catch (error) {
      again = !wasAborted(error);
      if (!gone) fail(stand, rung, error);
    } finally {
      stand.coming = undefined;
      modelsComing -= 1;
      first.end();
      if (again) soon();
    }
  }

  async function bytesOf(stand: Stand, rung: ModelRung): Promise<Blob> {
    const data = rung.form === "full"
      ? (await loader.model(stand.exhibit)).data
      : await loader.blob(rung.file, { rank: rankOf(stand) });
    first.arrived();
    return data;
  }

  function wantsPosterFirst(stand: Stand, target: ModelRung): boolean {
    const [first] = stand.rungs;
    return !stand.content && first?.form === "poster" &&
      stepTo(stand, target).file.bytes > POSTER_FIRST * first.picture.bytes;
  }

  function askPoster(stand: Stand): void {
    const rung = stand.rungs[0];
    if (rung?.form !== "poster" || stand.poster || stand.posterAsked || postersComing >= POSTERS_AT_A_TIME) return;
    stand.posterAsked = true;
    postersComing += 1;
    const { width, height } = rung.picture;
    const wide = stand.seen.size > 0.12 ? Math.min(512, width) : 128;
    const pixels = { width: wide, height: Math.max(1, Math.round(wide * height / width)) };
    loader.blob(rung.picture, { rank: rankOf(stand) + 1 })
      .then((blob) => makePoster(blob, pixels, stand.bounds))
      .then((poster) => {
        if (gone) return poster.dispose();
        stand.poster = poster;
        if (stand.state === "nothing") stand.state = "poster";
        present(stand);
      }, (error) => {
        if (!gone) fail(stand, rung, error);
      })
      .finally(() => {
        postersComing -= 1;
        soon();
      });
  }

  function fail(stand: Stand, rung: Rung, error: unknown): void {
    if (wasAborted(error)) return;
    stand.fail(rung, error instanceof Error ? error.message : String(error));
    stand.wanted = 0;
    askPoster(stand);
    present(stand);
  }

  /** Let be seen what a stand has: model, else poster, else its placeholder. */
  function present(stand: Stand): void {
    if (stand.poster) {
      if (stand.content) {
        stand.poster.dispose();
        stand.poster = undefined;
        stand.posterAsked = false;
      } else if (!stand.poster.mesh.parent) root.add(stand.poster.mesh);
    }
    placeholders.show(stand.id, stand.content || stand.poster ? undefined : stand.bounds);
    stand.sign(root);
    stage.renderer.shadowMap.needsUpdate = true;
    app.tell("shown", stand);
    tellProgress();
    stage.invalidate();
  }

  function soon(): void {
    if (gone) return;
    since = Infinity;
    stage.invalidate();
  }

  function giveBack(model: Model | undefined): void {
    if (model) models.giveBack(model);
  }

  return {
    root,
    all,
    look,
    first: first.stood,
    giveWay: first.giveWay,
    at: (origin, direction) => hit(root, stands, origin, direction),
    mark(id) {
      if (mark?.id === id) return;
      mark?.outline.removeFromParent();
      mark?.outline.geometry.dispose();
      mark?.outline.material.dispose();
      mark = undefined;
      const stand = id === undefined ? undefined : all.get(id);
      for (const one of stands) one.isMarked = one === stand;
      if (stand) {
        mark = { id: stand.id, outline: outlineOf(stand.bounds, ACCENT) };
        root.add(mark.outline);
      }
      soon();
    },
    async copyOf(id) {
      const stand = all.get(id);
      const full = stand?.rungs.findLast(({ form }) => form !== "poster");
      if (!stand || !full || full.form === "poster") throw new Error(`${id} has no model that can be shown`);
      const model = await models.take(full.file, () => bytesOf(stand, full));
      return copies.make(model, stand);
    },
    dispose() {
      gone = true;
      first.end();
      for (const undo of undos) undo();
      motion.dispose();
      copies.dispose();
      this.mark(undefined);
      for (const stand of stands) {
        giveBack(stand.clear());
        stand.poster?.dispose();
      }
      placeholders.dispose();
      models.dispose();
      root.removeFromParent();
      stage.invalidate();
    },
  };
}

function wasAborted(error: unknown): boolean {
  return error instanceof Error && (error.name === "AbortError" || (error as { code?: unknown }).code === "aborted");
}

/** Larger comes first: what the visitor looks into, then what is in view, then what is near, then what the hall holds dear. */
function rankOf(stand: Stand | undefined): number {
  if (!stand) return 0;
  const { inView, ahead, distance } = stand.seen;
  return (stand.isMarked ? 5000 : 0) + (ahead ? 1000 : 0) + (inView ? 1000 : 0) + 500 / (1 + Math.min(distance, 1e6)) +
    stand.exhibit.priority;
}

function fullOf(loader: Hall, exhibit: ShownExhibit["exhibit"]) {
  try {
    return loader.variantOf(exhibit);
  } catch {
    return undefined; // Its poster is shown, if it has one.
  }
}
