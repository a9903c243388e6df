/** Copies of exhibits at their true size, to take in one's hand or stand on one's floor. */

import { Group, type Object3D, Vector3 } from "three";
import type { Stage, Undo } from "../contract.ts";
import { wantsLessMotion } from "../less_motion.ts";
import type { Model } from "./models.ts";
import { mixerOf } from "./motion.ts";
import type { Stand } from "./stand.ts";

export interface Copies {
  /**
   * A copy, the middle of its ground in its own origin. Its animations run while it stands in a scene, unless the visitor wants
   * less motion.
   */
  make(model: Model, stand: Stand): Group;
  dispose(): void;
}

/** Copies for one hall. `giveBack` gets the model of each that stood in a scene and was taken down, at last of all. */
export function makeCopies(stage: Pick<Stage, "onFrame">, giveBack: (model: Model) => void): Copies {
  const undos = new Set<Undo>();
  return {
    make(model, stand) {
      const content = model.copy();
      const group = atTrueSize(content, stand);
      const mixer = mixerOf(content, model.clips);
      mixer?.update(0);
      let stood = false;
      const unhear = stage.onFrame((seconds) => {
        if (group.parent === null && stood) return putAway();
        if (mixer && group.parent !== null && !wantsLessMotion()) mixer.update(seconds);
        stood ||= group.parent !== null;
      });
      function putAway(): void {
        undos.delete(putAway);
        unhear();
        giveBack(model);
      }
      undos.add(putAway);
      return group;
    },
    dispose() {
      for (const undo of [...undos]) undo();
    },
  };
}

function atTrueSize(content: Object3D, { root, bounds, id }: Stand): Group {
  const holder = new Group();
  holder.quaternion.copy(root.quaternion);
  holder.scale.copy(root.scale);
  const ground = new Vector3((bounds.min.x + bounds.max.x) / 2, bounds.min.y, (bounds.min.z + bounds.max.z) / 2);
  holder.position.copy(root.position).sub(ground);
  holder.add(content);
  const group = new Group();
  group.name = id;
  group.add(holder);
  return group;
}
