/** Pictures that stand where an exhibit will be, or is when it is far: upright, turned to whoever looks. */

import {
  type Box3,
  type Camera,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  type Object3D,
  PlaneGeometry,
  SRGBColorSpace,
  Texture,
  Vector3,
} from "three";

/** Stretch of a picture that shows something: left, top, right, bottom, of 0 to 1. */
type Stretch = readonly [number, number, number, number];

/** Side of the small picture that is looked through for what it shows, in pixels. */
const PROBE = 48;
/** Opacity from which a pixel counts. */
const SEEN = 40;
const square = new PlaneGeometry().translate(0, 0.5, 0);

export interface Poster {
  readonly mesh: Mesh<PlaneGeometry, MeshBasicMaterial>;
  readonly bytes: number;
  dispose(): void;
}

/** A poster made of a picture, drawn with so many `pixels`, standing in `bounds`. Rejects where the bytes are no picture. */
export async function makePoster(
  blob: Blob,
  pixels: { width: number; height: number },
  bounds: Box3,
): Promise<Poster> {
  const whole = await createImageBitmap(blob, { resizeWidth: PROBE, resizeHeight: PROBE });
  const stretch = seen(whole);
  whole.close();
  const bitmap = await createImageBitmap(blob, {
    resizeWidth: pixels.width,
    resizeHeight: pixels.height,
    resizeQuality: "medium",
    imageOrientation: "flipY",
  });
  const texture = new Texture(bitmap);
  texture.flipY = false;
  texture.colorSpace = SRGBColorSpace;
  texture.needsUpdate = true;
  const material = new MeshBasicMaterial({ map: texture, transparent: true, depthWrite: false, toneMapped: false });
  const mesh = new Mesh(square, material);
  mesh.name = "poster";
  stand(mesh, bounds, stretch, pixels.width / pixels.height);
  return {
    mesh,
    bytes: pixels.width * pixels.height * 16 / 3,
    dispose() {
      mesh.removeFromParent();
      texture.dispose();
      material.dispose();
      bitmap.close();
    },
  };
}

/** Size and place the picture so that what it shows fills the bounds and stands on their ground. `shape`: width to height. */
function stand(mesh: Mesh, bounds: Box3, [left, top, right, bottom]: Stretch, shape: number): void {
  const size = bounds.getSize(new Vector3());
  const across = Math.hypot(size.x, size.z);
  const aspect = shape * (right - left) / (bottom - top);
  // Pictures are taken a little from above: what is wide looks higher than it is.
  const height = Math.min(size.y + 0.22 * across, 1.05 * across / aspect);
  const scale = height / (bottom - top);
  mesh.scale.set(shape * scale, scale, 1);
  const middle = bounds.getCenter(new Vector3());
  mesh.position.set(middle.x, bounds.min.y - (1 - bottom) * scale, middle.z);
  mesh.matrixAutoUpdate = false;
  mesh.updateMatrix();
  mesh.onBeforeRender = (_renderer, _scene, camera) => face(mesh, camera);
}

const eye = new Vector3();
const inverse = new Matrix4();

/** Turn about the upright axis to the camera, in the hall's own space. */
function face(mesh: Object3D, camera: Camera): void {
  const parent = mesh.parent;
  if (!parent) return;
  eye.setFromMatrixPosition(camera.matrixWorld).applyMatrix4(inverse.copy(parent.matrixWorld).invert());
  mesh.rotation.y = Math.atan2(eye.x - mesh.position.x, eye.z - mesh.position.z);
  mesh.updateMatrix();
  mesh.matrixWorld.multiplyMatrices(parent.matrixWorld, mesh.matrix);
}

function seen(bitmap: ImageBitmap): Stretch {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = PROBE;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return [0, 0, 1, 1];
  pen.drawImage(bitmap, 0, 0);
  const { data } = pen.getImageData(0, 0, PROBE, PROBE);
  let [left, top, right, bottom] = [PROBE, PROBE, 0, 0];
  for (let y = 0; y < PROBE; y++) {
    for (let x = 0; x < PROBE; x++) {
      if (data[4 * (y * PROBE + x) + 3] < SEEN) continue;
      [left, top] = [Math.min(left, x), Math.min(top, y)];
      [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
    }
  }
  return right > left ? [left / PROBE, top / PROBE, right / PROBE, bottom / PROBE] : [0, 0, 1, 1];
}
