/** The hall, or one exhibit, in the visitor's own room: looking for a surface, placing, moving, reading, leaving. */

import { Matrix4, Quaternion, Vector3 } from "three";
import type { App } from "../contract.ts";
import { makeAnchored } from "./anchored.ts";
import { modelScale, type Plan, planFrom } from "./anchoring.ts";
import { type ArState, makeControls } from "./ar_controls.ts";
import { headOf } from "./body.ts";
import { makeGestures } from "./gestures.ts";
import type { Visit } from "./immersion.ts";
import { exhibitInRoom, hallInRoom, type Placed } from "./in_room.ts";
import { estimateOf, lightRoom } from "./light.ts";
import { type ImageTrackingFrame, markersOf, tracksImages } from "./markers.ts";
import { overlayRoot } from "./overlay.ts";
import { standAround, standAtImage, standAtWall, standOn } from "./placing.ts";
import { makePointers, type Pointer, type PointerEvent } from "./pointers.ts";
import { makeReticle } from "./reticle.ts";
import { say } from "./say.ts";
import { beginSession, hasEnded, takeCamera } from "./session.ts";
import { apply, type Standing } from "./standing.ts";
import { makeSurfaces, type Surface } from "./surfaces.ts";

/** Radians to the right: there the board stands out of the way. */
const ASIDE = 0.9;

/** Fetch what entering will need: a click's permission to begin is short. */
export function prepare(app: App): void {
  if (app.hall && tracksImages()) void markersOf(app, app.hall.manifest);
}

/** Enter AR with the open hall, or with one exhibit alone. Rejects with the browser's error if the session does not begin. */
export async function visitAr(app: App, exhibit?: string): Promise<Visit> {
  const { stage } = app;
  let open = app.hall!;
  const id = exhibit && open.manifest.exhibits.find((one) => one.id === exhibit || one.id.endsWith(`/${exhibit}`))?.id;
  if (exhibit && !id) throw new Error(`the hall has no exhibit ${exhibit}`);
  const estimate = open.manifest.lighting.useEstimation ? estimateOf(stage) : undefined;
  const markers = !id && tracksImages() ? await markersOf(app, open.manifest) : undefined;
  const gaze = app.walker.gaze();
  const entered = open.slug;
  const giveBack = takeCamera(app);
  const session = await beginSession(stage, "immersive-ar", { overlay: overlayRoot(), images: markers?.images })
    .catch((error) => {
      giveBack();
      throw error;
    });
  open = app.hall ?? open; // Another may have come to stand while the visitor was asked.
  enterRoom();

  const light = lightRoom(stage, estimate);
  const pointers = makePointers(stage, session, happened);
  const surfaces = makeSurfaces(stage, session, pointers);
  const anchored = makeAnchored(session);
  const gestures = makeGestures();
  const reticle = makeReticle(stage);
  const head = { position: new Vector3(0, 1.6, 0), quaternion: new Quaternion(), yaw: 0 };
  let placed: Placed | undefined;
  let standing: Standing | undefined;
  let model: Standing | undefined;
  let surface: Surface | undefined;
  let plan: Plan | undefined;
  /** The visitor's own wish, against the anchors'. */
  let wish: "life" | "model" | undefined;
  let holdNext = false;
  /** The device knows where the head is. */
  let awake = false;

  const state: ArState = {
    placed: false,
    found: false,
    life: false,
    exhibit: id || undefined,
    placeAgain() {
      anchored.drop();
      standing = undefined;
      if (placed) placed.object.visible = false;
      settle();
    },
    resize() {
      if (!placed) return;
      if (id) {
        if (standing) standing.scale = 1;
      } else if (state.life) {
        wish = "model";
        standing = model && { ...model };
        if (!standing) state.placeAgain();
      } else {
        wish = "life";
        standing = standAround(placed, head.position, head.yaw);
      }
      holdNext = true;
      settle();
    },
    leave: () => void session.end().catch(() => {}),
  };
  const overlay = session.domOverlayState ? overlayRoot() : undefined;
  const controls = makeControls(app, state, overlay, (board) => {
    board.standBefore(head.position, head.yaw - ASIDE, 1);
  });

  bring();

  /** The visitor's own feet move them from now on, and the hall is out of sight until it is placed. */
  function enterRoom(): void {
    stage.rig.position.set(0, 0, 0);
    stage.rig.rotation.set(0, 0, 0);
    stage.rig.updateMatrixWorld(true);
    open.root.visible = false;
  }

  /** Fetch what is to be placed; it comes to stand where something stood before. */
  function bring(): void {
    const from = open;
    if (!id) {
      placed = hallInRoom(from);
      return settle();
    }
    from.exhibits.copyOf(id).then((copy) => {
      if (hasEnded(session) || from !== open) return;
      copy.name = "xr-exhibit";
      copy.visible = false;
      placed = exhibitInRoom(stage, from, copy);
      settle();
    }, () => {
      if (hasEnded(session) || from !== open) return;
      app.tell("notice", { severity: "warning", text: say("xr.noExhibit", app.language) });
      state.leave();
    });
  }

  /** Show how things stand now. */
  function settle(): void {
    if (placed && standing) {
      placed.object.visible = true;
      placed.dress(standing.scale);
      apply(standing, placed.object);
      if (standing.scale < 1) model = { ...standing };
    }
    const life = standing ? standing.scale >= 1 : wish === "life";
    if (state.placed === (standing !== undefined) && state.life === life) return;
    state.placed = standing !== undefined;
    state.life = life;
    controls.rewrite();
  }

  function place(now: Standing): void {
    standing = now;
    surface = undefined;
    holdNext = true;
    reticle.hide();
    settle();
  }

  /** What a tap would do now. */
  function standingNow(): Standing | undefined {
    if (!placed || !surface) return undefined;
    if (id) return surface.vertical ? undefined : standOn(placed, surface, head.position, 1);
    if (wish === "life") return standAround(placed, head.position, head.yaw);
    if (plan?.how === "wall") return standAtWall(placed, surface, plan.scale);
    if (surface.vertical) return undefined;
    const scale = wish === "model" ? modelScale(open.manifest) : plan?.scale ?? modelScale(open.manifest);
    return standOn(placed, surface, head.position, scale);
  }

  function happened(event: PointerEvent, pointer: Pointer): void {
    const onBoard = controls.board?.at(pointer.origin, pointer.direction);
    if (event === "select") {
      if (onBoard) onBoard.button && controls.press(onBoard.button);
      else if (!standing) {
        const now = standingNow();
        if (now) place(now);
      } else if (!gestures.moved) look(pointer);
    } else if (event === "selectstart" && !onBoard && standing) gestures.press(pointer, head.quaternion);
    else if (event === "selectend") {
      gestures.release(pointer);
      if (gestures.moved) holdNext = true;
    }
  }

  /** Look into what the ray meets of the hall that stands here. */
  function look(pointer: Pointer): void {
    if (id) return app.select(id);
    const { origin, direction } = pointer;
    const shown = app.hall?.exhibits.at(origin, direction);
    const read = app.hall?.boards.at(origin, direction);
    if (shown && shown.distance <= (read?.distance ?? Infinity)) app.select(shown.exhibit.id);
    else if (read) app.select(read.placard.id);
  }

  /** The marker that is in sight, if any. */
  function imageNow(frame: XRFrame & ImageTrackingFrame): { anchor: number; surface: Surface } | undefined {
    const space = stage.renderer.xr.getReferenceSpace();
    if (!markers || !space) return undefined;
    for (const result of frame.getImageTrackingResults?.() ?? []) {
      const pose = result.trackingState === "tracked" && frame.getPose(result.imageSpace, space);
      if (!pose) continue;
      const position = new Vector3();
      const rotation = new Quaternion();
      new Matrix4().fromArray(pose.transform.matrix).decompose(position, rotation, new Vector3());
      const vertical = new Vector3(0, 1, 0).applyQuaternion(rotation).y < 0.5;
      return { anchor: markers.anchors[result.index], surface: { position, rotation, vertical } };
    }
    return undefined;
  }

  function seek(frame: XRFrame): void {
    surface = surfaces.at(frame);
    const image = imageNow(frame);
    plan = planFrom(open.manifest, {
      planes: surfaces.planes(frame),
      images: markers && new Set(image ? [image.anchor] : []),
      surface: surface && { vertical: surface.vertical, height: surface.position.y },
    });
    if (placed && image && plan.how === "image" && !wish) {
      return place(standAtImage(placed, image.surface, modelScale(open.manifest)));
    }
    if (surface) reticle.show(surface);
    else reticle.hide();
    if (state.found !== (surface !== undefined)) {
      state.found = surface !== undefined;
      controls.rewrite();
    }
  }

  function everyFrame(_seconds: number, frame?: XRFrame): void {
    const space = stage.renderer.xr.getReferenceSpace();
    const seen = frame && headOf(stage, frame);
    if (!frame || !space) return;
    if (seen) Object.assign(head, seen);
    if (seen && !awake) controls.board?.standBefore(head.position, head.yaw - ASIDE, 1);
    awake ||= seen !== undefined;
    pointers.update(frame);
    let boarded: string | undefined;
    for (const pointer of pointers.all.values()) {
      const onBoard = controls.board?.at(pointer.origin, pointer.direction);
      boarded ??= onBoard?.button;
      pointers.draw(pointer, onBoard?.distance ?? 1.5);
    }
    controls.board?.point(boarded);
    if (!standing) return seek(frame);
    if (!placed) return;
    const moved = gestures.update(standing, placed.limits, head.quaternion);
    const corrected = !moved && anchored.follow(standing, frame, space);
    if (moved || corrected) settle();
    if (holdNext && !moved) {
      holdNext = false;
      anchored.hold(standing, frame, space);
    }
  }

  const undo = [
    stage.onFrame(everyFrame),
    stage.keepDrawing(),
    app.on("leaving", () => {
      placed?.undo();
      placed = undefined;
    }),
    app.on("hall", (hall) => {
      // A newer edition, or another hall: the walker has put the rig where one arrives in it.
      open = hall;
      enterRoom();
      light.relit();
      bring();
    }),
  ];

  return {
    session,
    facts: () => ({
      exhibit: id,
      placed: standing && { ...standing, position: standing.position.toArray(), pivot: standing.pivot.toArray() },
      plan,
      life: state.life,
      found: state.found,
      anchored: anchored.held,
      estimated: light.estimated(),
      overlay: overlay !== undefined,
    }),
    end() {
      for (const one of undo) one();
      for (const one of [pointers, surfaces, reticle]) one.dispose();
      anchored.drop();
      controls.undo();
      light.undo();
      placed?.undo();
      if (app.hall) app.hall.root.visible = true;
      giveBack();
      if (open.slug === entered) app.walker.stand(gaze);
      else app.walker.arrive(entered);
    },
  };
}
