/** The hall's own model of its room, in place of the walls that we draw. */

import type { Object3D } from "three";
import type { Hall, HallManifest, Stage, Undo } from "../contract.ts";
import { disposeModel, parseModel } from "../exhibits/parsing.ts";

type Resource = NonNullable<HallManifest["space"]["shell"]>;

/** A resource does not tell what it needs; these decoders cost nothing until they are met. */
const EXTENSIONS = ["EXT_meshopt_compression"];

/** Load the shell and hide what it replaces below `root`. Without it the drawn room stays. */
export function showShell(shell: Resource, loader: Hall, root: Object3D, stage: Stage): Undo {
  let gone = false;
  let model: Object3D | undefined;
  loader.blob(shell, { rank: Number.MAX_VALUE })
    .then((blob) => parseModel(blob, stage.renderer, EXTENSIONS))
    .then(({ scene }) => {
      if (gone) return disposeModel(scene);
      model = scene;
      scene.name = "shell";
      for (const name of ["walls", "ceiling"]) root.getObjectByName(name)!.visible = false;
      root.add(scene);
      stage.invalidate();
    })
    .catch(() => {}); // The drawn room is there.
  return () => {
    gone = true;
    if (model) disposeModel(model);
  };
}
