// Textures as KTX2, which stays small in the memory of a GPU. ETC1S for colour; UASTC for what is data and not colour (normals,
// occlusion, roughness, metalness), where the blocks of ETC1S would show.
import { EXTTextureAVIF, EXTTextureWebP, KHRTextureBasisu } from "@gltf-transform/extensions";

import { encoded } from "./basis.mjs";
import { resultOf } from "./images.mjs";
import { isColour, recodeEach } from "./textures.mjs";

const BLOCK = 4;
const COLOUR = { isUASTC: false, compressionLevel: 1, qualityLevel: 128, isPerceptual: true, isSetKTX2SRGBTransferFunc: true };
const DATA = {
  isUASTC: true,
  uastcLDRQualityLevel: 0,
  needSupercompression: true,
  isPerceptual: false,
  isSetKTX2SRGBTransferFunc: false,
};

/** KTX2 with mipmaps, the longer side at most `maxTexture` pixels, both sides multiples of four, as the extension asks. */
export async function toKtx2(document, maxTexture) {
  splitByUse(document);
  await recodeEach(document, maxTexture, async ({ mimeType, size, resized, colour, pixels }) => {
    if (mimeType === "image/ktx2" && !resized) return null;
    const width = Math.ceil(size.width / BLOCK) * BLOCK;
    const height = Math.ceil(size.height / BLOCK) * BLOCK;
    const data = await resultOf(pixels({ width, height }).ensureAlpha().raw());
    return { bytes: await encoded({ data, width, height }, colour ? COLOUR : DATA), mimeType: "image/ktx2" };
  });
  for (const { EXTENSION_NAME } of [EXTTextureAVIF, EXTTextureWebP]) document.disposeExtension(EXTENSION_NAME);
  if (document.getRoot().listTextures().length) document.createExtension(KHRTextureBasisu).setRequired(true);
}

/** A texture that is read as colour here and as data there becomes two: a KTX2 file says which of both it is. */
function splitByUse(document) {
  const root = document.getRoot();
  for (const texture of root.listTextures().filter(isColour)) {
    const uses = document.getGraph().listParentEdges(texture).filter((edge) => edge.getParent() !== root);
    const asData = uses.filter((edge) => !/color|emissive|diffuse/i.test(edge.getName()));
    const twin = asData.length ? texture.clone() : null;
    for (const edge of asData) edge.getParent()[setterOf(edge.getName())](twin);
  }
}

/** normalTexture → setNormalTexture. */
function setterOf(slot) {
  return `set${slot[0].toUpperCase()}${slot.slice(1)}`;
}
