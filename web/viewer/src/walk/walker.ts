/** The walker: what the visitor's hands want becomes steps on the hall's ground, flights, choices and ways through portals. */

import { type PerspectiveCamera, Vector3 } from "three";
import type { App, Gaze, Undo, Walker } from "../contract.ts";
import { makeBody } from "./body.ts";
import { makeChoosing } from "./choosing.ts";
import { makeFlights } from "./flights.ts";
import { listenToGamepads } from "./gamepad.ts";
import { openGround } from "./ground.ts";
import { listenToKeys } from "./keys.ts";
import { AT_REST, isAtRest, moved } from "./motion.ts";
import { listenToPointers } from "./pointer.ts";
import { arrivalAt, makeThreshold } from "./portals.ts";
import { makeRing } from "./ring.ts";
import { placeFor } from "./standing.ts";
import { makeStick } from "./stick.ts";
import { together, wantsNothing } from "./wish.ts";

/** Two thirds of the wheel's metres are walked in this many seconds. */
const ROLLING = 0.12;
/** As long as one frame may count, seconds: a slow machine walks as fast as others, in larger steps. */
const LONGEST_FRAME = 0.5;

/** Let the visitor of `app` walk. */
export function makeWalker(app: App): Walker {
  const { stage } = app;
  const { canvas, camera } = stage;
  const body = makeBody(stage);
  const ground = openGround(app);
  const threshold = makeThreshold();
  const ring = makeRing();
  stage.scene.add(ring.object);
  const flights = makeFlights(stage, body, { began: draw, landed });
  const choosing = makeChoosing(app, body, (point) => void goTo(point));

  let enabled = true;
  let motion = AT_REST;
  let rolling = 0;
  let drawing: Undo | undefined;
  /** When the frame before was, while one moves. Milliseconds. */
  let before: number | undefined;

  const keys = listenToKeys(stir);
  const stick = makeStick(canvas, stir);
  const pad = listenToGamepads(stir, {
    choose: () => enabled && choosing.ahead(),
    close: () => enabled && app.select(undefined),
  });
  const pointers = listenToPointers(
    canvas,
    {
      look(yaw, pitch) {
        if (!enabled) return;
        flights.end();
        body.look(yaw, pitch);
      },
      dolly(metres) {
        if (!enabled) return;
        stir();
        rolling += metres;
      },
      tap: (x, y, twice) => enabled && choosing.tap(x, y, twice),
      hover: (place) => choosing.hover(enabled && !flights.under ? place : undefined),
    },
    () => radiansPerPixel(camera, canvas),
    () => enabled && (!app.embedded || document.hasFocus()),
  );

  const listening = new AbortController();
  const { signal } = listening;
  addEventListener("blur", halt, { signal });
  document.addEventListener("visibilitychange", () => document.hidden && halt(), { signal });
  const undos = [
    stage.onFrame(step),
    app.on("leaving", () => {
      flights.end();
      halt();
    }),
    app.on("mode", (mode) => {
      stick.show(enabled && mode === "screen");
      if (mode === "screen") body.put(body.gaze());
    }),
  ];

  /** A hand has begun to want something: it ends a flight and pauses a tour, and frames are drawn until all is still. */
  function stir(): void {
    if (!enabled) return;
    flights.end();
    if (app.guide.state?.playing) app.guide.pause();
    draw();
  }

  /** Stand still at once, as if nothing was held. A flight goes on: nobody holds it. */
  function halt(): void {
    keys.clear();
    stick.clear();
    pointers.clear();
    motion = AT_REST;
    rolling = 0;
    if (!flights.under) rest();
  }

  function draw(): void {
    if (drawing) return;
    drawing = stage.keepDrawing();
    before = performance.now();
  }

  function rest(): void {
    drawing?.();
    drawing = undefined;
    before = undefined;
  }

  function step(): void {
    if (before === undefined) return;
    const now = performance.now();
    const seconds = Math.min(LONGEST_FRAME, (now - before) / 1000);
    before = now;
    if (flights.under) return flights.step(seconds);
    if (!enabled || stage.renderer.xr.isPresenting) return rest();
    const wish = together([keys.wish(), stick.wish(), pad.wish()]);
    const next = moved(motion, wish, seconds);
    motion = next.motion;
    const rolled = Math.abs(rolling) < 0.002 ? rolling : rolling * (1 - Math.exp(-seconds / ROLLING));
    rolling -= rolled;
    const { by } = next;
    if (by.turn !== 0 || by.nod !== 0) body.look(by.turn, by.nod);
    if (by.forward + rolled !== 0 || by.right !== 0) go(by.forward + rolled, by.right);
    if (isAtRest(motion) && wantsNothing(wish) && rolling === 0) rest();
  }

  function go(forward: number, right: number): void {
    const { position, yaw, pitch } = body.gaze();
    const sin = Math.sin(yaw), cos = Math.cos(yaw);
    const [x, z] = ground.walkBy(
      [position.x, position.z],
      right * cos - forward * sin,
      -right * sin - forward * cos,
    );
    if (x === position.x && z === position.z) return;
    body.put({ position: new Vector3(x, position.y, z), yaw, pitch });
    crossed(x, z);
  }

  function crossed(x: number, z: number): void {
    const { hall } = app;
    const portal = hall && threshold.stepped(hall.manifest, x, z);
    if (!portal) return;
    halt();
    app.open(portal.to, { from: hall.slug }).catch(reportError);
  }

  /** A flight is over, at its end or before: the visitor stands where one can stand. */
  function landed(): void {
    ring.hide();
    rest();
    const gaze = onFreeGround(body.gaze());
    body.put(gaze);
    setDown(gaze.position);
  }

  function onFreeGround(gaze: Gaze): Gaze {
    const [x, z] = ground.free(gaze.position.x, gaze.position.z);
    return { ...gaze, position: new Vector3(x, gaze.position.y, z) };
  }

  /** A portal that somebody is set down on does not count as stepped on. */
  function setDown({ x, z }: Vector3): void {
    if (app.hall) threshold.setDown(app.hall.manifest, x, z);
  }

  function stand(gaze: Gaze): void {
    flights.end();
    halt();
    const there = onFreeGround(gaze);
    body.put(there);
    setDown(there.position);
  }

  function fly(to: Gaze, seconds?: number): Promise<boolean> {
    // In AR visitors walk on their own feet; their room must not move.
    if (app.immersion.mode === "ar") return Promise.resolve(false);
    motion = AT_REST;
    rolling = 0;
    return flights.begin(onFreeGround(to), seconds);
  }

  /** Glide over the floor to a place that was pointed at; onto a portal: through it. */
  async function goTo(point: Vector3): Promise<void> {
    stir();
    const start = body.gaze();
    const goal = onFreeGround({ ...start, position: point.clone().setY(start.position.y) });
    const { hall } = app;
    const flight = fly(goal);
    ring.put(goal.position.x, goal.position.y, goal.position.z);
    if (!await flight || !hall || app.hall !== hall) return;
    setDown(start.position);
    crossed(goal.position.x, goal.position.z);
  }

  return {
    gaze: body.gaze,
    stand,
    fly,
    visit(target) {
      if (!app.hall) return Promise.resolve(false);
      const upright = (camera.fov * Math.PI) / 180;
      const place = placeFor(app.hall.manifest, target, {
        bounds: target.exhibit && app.hall.exhibits.all.get(target.exhibit.id)?.bounds,
        from: body.gaze().position,
        field: { upright, across: 2 * Math.atan(Math.tan(upright / 2) * camera.aspect) },
        free: ground.free,
        walkBy: ground.walkBy,
      });
      return place ? fly(place) : Promise.resolve(false);
    },
    arrive(from) {
      if (app.hall) stand(arrivalAt(app.hall.manifest, from));
    },
    get enabled() {
      return enabled;
    },
    set enabled(wanted) {
      enabled = wanted;
      stick.show(wanted);
      if (!wanted) halt();
    },
    isFree: ground.isFree,
    dispose() {
      flights.end();
      halt();
      listening.abort();
      for (const undo of undos) undo();
      for (const part of [keys, stick, pad, pointers, ring, ground]) part.dispose();
    },
  };
}

/** So that what is under the pointer stays there while one drags. */
function radiansPerPixel(camera: PerspectiveCamera, canvas: HTMLCanvasElement): number {
  return ((camera.fov * Math.PI) / 180) / Math.max(1, canvas.clientHeight);
}
