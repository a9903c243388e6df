/** Thrown where the browser has no WebGL 2. */
export class NoWebGl extends Error {
  override name = "NoWebGl";
}
