/** Choosing by pointing: a tap on an exhibit or a board opens it, one on the floor goes there. */

import { Vector3 } from "three";
import type { App } from "../contract.ts";
import { exhibitAhead } from "./ahead.ts";
import type { Body } from "./body.ts";
import { pick, type Picked } from "./picking.ts";

/** In front of a wall that was tapped twice, metres. */
const BEFORE_WALLS = 0.6;

export interface Choosing {
  tap(x: number, y: number, twice: boolean): void;
  /** Shows by the pointer what can be chosen under it. */
  hover(place: { x: number; y: number } | undefined): void;
  /** Choose what is straight ahead. */
  ahead(): void;
}

/** `goTo`: the visitor wants to be at a place of the floor. Pixels of the page. */
export function makeChoosing(app: App, body: Body, goTo: (point: Vector3) => void): Choosing {
  const { canvas, camera } = app.stage;
  let asked = 0;

  function pointedAt(x: number, y: number): Picked | undefined {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    if (!app.hall || width === 0 || height === 0) return undefined;
    return pick(app.hall, camera, ((x - left) / width) * 2 - 1, 1 - ((y - top) / height) * 2);
  }

  return {
    tap(x, y, twice) {
      const picked = pointedAt(x, y);
      if (picked?.what === "exhibit") app.select(picked.exhibit.id, { fly: true });
      else if (picked?.what === "placard") app.select(picked.placard.id, { fly: true });
      else if (picked?.what === "floor") goTo(picked.point);
      else if (picked && twice) {
        const back = body.gaze().position.sub(picked.point).setY(0).setLength(BEFORE_WALLS);
        goTo(picked.point.clone().add(back));
      }
    },
    hover(place) {
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(() => {
        const what = place && pointedAt(place.x, place.y)?.what;
        canvas.style.cursor = what === "exhibit" || what === "placard" ? "pointer" : "";
      });
    },
    ahead() {
      const { origin, direction } = body.eyes();
      const found = app.hall && exhibitAhead(app.hall, origin, direction);
      if (found) app.select(found.id, { fly: true });
    },
  };
}
