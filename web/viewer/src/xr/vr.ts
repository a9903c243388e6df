/** The hall in a headset: standing in it, teleporting, pointing, reading, lifting, going on through portals. */

import { Vector3 } from "three";
import type { App, Gaze } from "../contract.ts";
import { contains } from "../walk/polygon.ts";
import { type Aim, aimOf, floorAim } from "./aim.ts";
import { makeBoard } from "./board.ts";
import { headOf, moveHead, seat, turn, yawOf } from "./body.ts";
import { makeComfort } from "./comfort.ts";
import { makeGrab } from "./grab.ts";
import type { Visit } from "./immersion.ts";
import { makePointers, type Pointer, type PointerEvent } from "./pointers.ts";
import { say } from "./say.ts";
import { beginSession, takeCamera } from "./session.ts";
import { makeSticks } from "./sticks.ts";
import { markTeleport } from "./teleport.ts";
import { tellOn } from "./told.ts";

/** Radians of a step to the side; metres a second. */
const SNAP = Math.PI / 6;
const WALK = 1.4;

/** Enter VR where the visitor stands. Rejects with the browser's error if the session does not begin. */
export async function visitVr(app: App): Promise<Visit> {
  const { stage } = app;
  let stand: Gaze | undefined = app.walker.gaze();
  const before = app.hall;
  const giveBack = takeCamera(app);
  const session = await beginSession(stage, "immersive-vr").catch((error) => {
    giveBack();
    throw error;
  });
  // Another hall may have come to stand while the browser asked.
  if (app.hall !== before) stand = { position: stage.rig.position.clone(), yaw: yawOf(stage.rig.quaternion), pitch: 0 };
  const board = makeBoard(stage);
  const mark = markTeleport(stage);
  const grab = makeGrab(stage);
  const comfort = makeComfort(stage);
  const pointers = makePointers(stage, session, happened);
  const aims = new Map<Pointer, Aim>();
  const head = { position: stand.position.clone(), yaw: stand.yaw };
  const ground = stand.position.clone();
  const rig = { position: stage.rig.position.clone(), quaternion: stage.rig.quaternion.clone() };
  let slug = app.hall?.slug;
  let frameNow: XRFrame | undefined;
  let secondsNow = 0;
  let armed = false;
  let going = false;
  let walking = false;
  let lead: XRInputSource | undefined;

  const sticks = makeSticks({
    go: (pointer) => app.hall && goTo(floorAim(app, app.hall, pointer)),
    step: (side) => turn(stage, head.position, side * SNAP),
    walk: smoothly,
  }, () => comfort.smooth);

  const told = tellOn(app, board, () => board.standBefore(head.position, head.yaw), () => [
    {
      button: { key: "smooth", label: say(comfort.smooth ? "xr.smoothOn" : "xr.smoothOff", app.language) },
      run() {
        comfort.smooth = !comfort.smooth;
        told.rewrite();
      },
    },
    { button: { key: "leave", label: say("xr.leave", app.language) }, run: () => void session.end().catch(() => {}) },
  ]);

  function happened(event: PointerEvent, pointer: Pointer, frame: XRFrame): void {
    const { hall } = app;
    if (!hall) return;
    frameNow = frame;
    lead = pointer.source;
    const aim = aimOf(app, hall, board, pointer);
    if (event === "select") {
      if (aim.kind === "board") aim.button && told.press(aim.button);
      else if (aim.kind === "floor") goTo(aim);
      else {
        app.select(aim.id);
        board.standBefore(head.position, head.yaw);
      }
    } else if (event === "squeezestart" && aim.kind === "exhibit") void grab.lift(hall, aim.id, pointer);
    else if (event === "squeezeend") grab.release(pointer.source);
  }

  function goTo(aim: Aim & { kind: "floor" }): void {
    if (!aim.landing.free) return;
    moveHead(stage, head.position, aim.landing.point);
    look();
  }

  function smoothly(right: number, forward: number): void {
    const way = new Vector3(right, 0, -forward).applyAxisAngle(new Vector3(0, 1, 0), head.yaw);
    const to = head.position.clone().addScaledVector(way, WALK * secondsNow);
    walking = true;
    for (const next of [to, to.clone().setZ(head.position.z), to.clone().setX(head.position.x)]) {
      if (!app.walker.isFree(next.x, next.z)) continue;
      moveHead(stage, head.position, next.setY(stage.rig.position.y));
      return look();
    }
  }

  /** Where the head is now. */
  function look(): void {
    const seen = frameNow && headOf(stage, frameNow);
    if (!seen) return;
    head.position.copy(seen.position);
    head.yaw = seen.yaw;
    if (app.walker.isFree(seen.position.x, seen.position.z)) ground.set(seen.position.x, 0, seen.position.z);
  }

  function portals(): void {
    const { x, z } = head.position;
    const portal = app.hall?.manifest.space.portals.find((one) => contains(one.floor, x, z));
    if (!portal) armed = true;
    else if (armed && !going) {
      armed = false;
      going = true;
      void app.open(portal.to, { from: slug }).finally(() => going = false);
    }
  }

  function everyFrame(seconds: number, frame?: XRFrame): void {
    const { hall } = app;
    if (!frame || !hall) return;
    frameNow = frame;
    secondsNow = seconds;
    if (stand && headOf(stage, frame)) {
      seat(stage, frame, stand);
      stand = undefined;
    }
    look();
    pointers.update(frame);
    walking = false;
    sticks.update(pointers.all.values());
    comfort.moving(walking);
    point();
    grab.update(seconds);
    portals();
    rig.position.copy(stage.rig.position);
    rig.quaternion.copy(stage.rig.quaternion);
  }

  /** See what the rays meet, and show it. */
  function point(): void {
    const { hall } = app;
    if (!hall) return;
    aims.clear();
    for (const pointer of pointers.all.values()) {
      const aim = sticks.aiming === pointer ? floorAim(app, hall, pointer) : aimOf(app, hall, board, pointer);
      aims.set(pointer, aim);
      pointers.draw(pointer, aim.kind === "floor" ? 0.4 : aim.distance);
    }
    const all = [...aims.values()];
    board.point(all.map((aim) => aim.kind === "board" ? aim.button : undefined).find(Boolean));
    const exhibit = all.find((aim) => aim.kind === "exhibit");
    hall.exhibits.mark(exhibit?.kind === "exhibit" ? exhibit.id : undefined);
    // One ring at a time: of the stick that aims, else of the hand that did something last, else of the right one.
    const leading = sticks.aiming ?? [...aims.keys()].find(({ source }) => source === lead) ??
      [...aims.keys()].find(({ source }) => source.handedness !== "left");
    const shown = leading && aims.get(leading);
    const always = leading === sticks.aiming || leading?.pressed;
    if (shown?.kind === "floor" && (always || shown.landing.free)) mark.show(shown.landing);
    else mark.hide();
  }

  const undo = [
    stage.onFrame(everyFrame),
    stage.keepDrawing(),
    app.on("hall", (hall) => {
      board.hide();
      armed = false;
      if (hall.slug === slug) {
        // A newer edition of the same hall: stay.
        stage.rig.position.copy(rig.position);
        stage.rig.quaternion.copy(rig.quaternion);
        stage.rig.updateMatrixWorld(true);
      } else {
        // The walker has put the rig where one arrives; the head comes above that.
        stand = { position: stage.rig.position.clone(), yaw: yawOf(stage.rig.quaternion), pitch: 0 };
      }
      slug = hall.slug;
    }),
    app.on("leaving", () => grab.dispose()),
    told.undo,
  ];

  return {
    session,
    facts: () => ({
      hall: slug,
      head: head.position.toArray(),
      yaw: head.yaw,
      held: grab.held,
      smooth: comfort.smooth,
      aims: [...aims].map(([pointer, aim]) => ({
        hand: pointer.source.handedness,
        kind: aim.kind,
        id: "id" in aim ? aim.id : undefined,
        free: aim.kind === "floor" ? aim.landing.free : undefined,
      })),
    }),
    end() {
      for (const one of undo) one();
      for (const one of [pointers, board, mark, grab, comfort]) one.dispose();
      app.hall?.exhibits.mark(undefined);
      giveBack();
      app.walker.stand({ position: ground.clone(), yaw: head.yaw, pitch: 0 });
    },
  };
}
