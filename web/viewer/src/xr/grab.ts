/** Lifting a copy of an exhibit in the hand, to look at it from all sides; let go, it glides back to where it stands. */

import { Box3, Group, Matrix4, Vector3 } from "three";
import type { OpenHall, Stage } from "../contract.ts";
import type { Pointer } from "./pointers.ts";

/** Metres: what is larger is held as a small copy of this size. */
const IN_HAND = 0.45;
/** Seconds of the way back. */
const BACK = 0.35;

export interface Grab {
  /** Lift it with that pointer. Nothing happens if something is lifted already, or its model cannot be had. */
  lift(hall: OpenHall, id: string, pointer: Pointer): Promise<void>;
  release(source: XRInputSource): void;
  /** Move what is held and what glides back. */
  update(seconds: number): void;
  readonly held: string | undefined;
  dispose(): void;
}

interface Holding {
  id: string;
  pointer: Pointer;
  hall: OpenHall;
  /** From the hand to the thing. */
  offset: Matrix4;
  /** Missing while it is fetched. */
  thing?: Group;
}

/** Hands for one session. */
export function makeGrab(stage: Stage): Grab {
  let holding: Holding | undefined;
  const returning = new Set<{ thing: Group; from: Matrix4; to: Matrix4; done: number }>();
  const a = { position: new Vector3(), scale: new Vector3() };
  const b = { position: new Vector3(), scale: new Vector3() };

  return {
    get held() {
      return holding?.thing && holding.id;
    },
    async lift(hall, id, pointer) {
      if (holding) return;
      const mine: Holding = { id, pointer, hall, offset: new Matrix4() };
      holding = mine;
      let thing: Group;
      try {
        thing = await hall.exhibits.copyOf(id);
      } catch {
        if (holding === mine) holding = undefined;
        return;
      }
      // Let go while it was fetched.
      if (holding !== mine) return;
      thing.updateMatrixWorld(true);
      const box = new Box3().setFromObject(thing);
      const size = box.getSize(new Vector3());
      const scale = Math.min(1, IN_HAND / Math.max(size.x, size.y, size.z, 1e-3));
      const middle = box.getCenter(new Vector3()).multiplyScalar(-scale);
      const away = -0.15 - Math.max(size.x, size.y, size.z) * scale / 2;
      mine.offset.makeScale(scale, scale, scale).setPosition(middle.x, middle.y, middle.z + away);
      thing.name = "xr-held";
      thing.userData = { ...thing.userData, exhibit: id };
      thing.matrixAutoUpdate = false;
      mine.thing = thing;
      stage.scene.add(thing);
      this.update(0);
    },
    release(source) {
      if (holding?.pointer.source !== source) return;
      const { thing, hall, id } = holding;
      holding = undefined;
      if (!thing) return;
      const home = hall.exhibits.all.get(id)?.root;
      if (home) returning.add({ thing, from: thing.matrix.clone(), to: home.matrixWorld.clone(), done: 0 });
      else thing.removeFromParent();
    },
    update(seconds) {
      if (holding?.thing) {
        holding.thing.matrix.multiplyMatrices(holding.pointer.matrix, holding.offset);
        holding.thing.matrixWorldNeedsUpdate = true;
      }
      for (const flight of returning) {
        flight.done += seconds / BACK;
        if (flight.done >= 1) {
          flight.thing.removeFromParent();
          returning.delete(flight);
          continue;
        }
        blend(flight.thing.matrix, flight.from, flight.to, flight.done);
        flight.thing.matrixWorldNeedsUpdate = true;
      }
    },
    dispose() {
      holding?.thing?.removeFromParent();
      for (const { thing } of returning) thing.removeFromParent();
      holding = undefined;
      returning.clear();
    },
  };

  /** Between two places: position and size in a straight line, the turn of the first. */
  function blend(out: Matrix4, from: Matrix4, to: Matrix4, part: number): void {
    a.position.setFromMatrixPosition(from);
    b.position.setFromMatrixPosition(to);
    a.scale.setFromMatrixScale(from);
    b.scale.setFromMatrixScale(to);
    const factor = (a.scale.x + (b.scale.x - a.scale.x) * part) / a.scale.x;
    out.copy(from).scale(b.scale.setScalar(factor)).setPosition(a.position.lerp(b.position, part));
  }
}
