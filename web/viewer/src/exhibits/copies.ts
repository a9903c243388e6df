/** Copies of exhibits at their true size, to take in one's hand or stand on one's floor. */

import { Group, Vector3 } from "three";
import type { Model } from "./models.ts";
import { mixerOf } from "./motion.ts";
import type { Stand } from "./stand.ts";

/** A copy, the middle of its ground in its own origin; `move` runs its animations by seconds while it stands in a scene. */
export function copyAtTrueSize(
  model: Model,
  { root, bounds, id }: Stand,
): { group: Group; move: (seconds: number) => void } {
  const content = model.copy();
  const holder = new Group();
  holder.quaternion.copy(root.quaternion);
  holder.scale.copy(root.scale);
  const ground = new Vector3((bounds.min.x + bounds.max.x) / 2, bounds.min.y, (bounds.min.z + bounds.max.z) / 2);
  holder.position.copy(root.position).sub(ground);
  holder.add(content);
  const group = new Group();
  group.name = id;
  group.add(holder);
  const mixer = mixerOf(content, model.clips);
  return {
    group,
    move(seconds) {
      if (group.parent) mixer?.update(seconds);
    },
  };
}
