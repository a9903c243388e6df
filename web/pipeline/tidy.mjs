// What every written model gets: equal parts once, loose parts gone. Whatever a placard may point at by its name stays.
import { PropertyType } from "@gltf-transform/core";
import { dedup, prune } from "@gltf-transform/functions";

/** Materials or skins beyond which equal ones are not looked for: each is compared with all others. */
const MOST_COMPARED = 1000;

/** Transforms that keep names, extras, empty nodes and all vertex attributes. */
export function tidy() {
  return [
    prune({ keepAttributes: true, keepExtras: true, keepLeaves: true, keepSolidTextures: true }),
    once,
    prune({ keepAttributes: true, keepExtras: true, keepLeaves: true, keepSolidTextures: true }),
  ];
}

/** A transform that keeps equal parts once. */
function once(document) {
  const propertyTypes = [PropertyType.ACCESSOR, PropertyType.MESH, PropertyType.TEXTURE];
  const root = document.getRoot();
  if (root.listMaterials().length <= MOST_COMPARED) propertyTypes.push(PropertyType.MATERIAL);
  if (root.listSkins().length <= MOST_COMPARED) propertyTypes.push(PropertyType.SKIN);
  return dedup({ keepUniqueNames: true, propertyTypes })(document);
}
