/** A sheet of small rectangles with a colour at every corner, gathered into one mesh: how the room is built of few draw calls. */

import { BufferAttribute, BufferGeometry, Color, Vector3 } from "three";
import { ready } from "./paints.ts";

/** Tells the colour of a surface at `point` (metres) with `normal`. Writes into `color`, linear. */
export type Paint = (point: Vector3, normal: Vector3, color: Color) => void;

export class Patches {
  #positions: number[] = [];
  #colors: number[] = [];
  #indices: number[] = [];

  /** Colours are made ready for the screen at this exposure. */
  constructor(readonly exposure: number) {}

  /**
   * A rectangle from `corner` along `right` and `up` (whole lengths), seen from the side where these turn counter-clockwise,
   * cut into cells of at most `cell` metres.
   */
  rectangle(corner: Vector3, right: Vector3, up: Vector3, paint: Paint, cell = 0.45): void {
    const columns = Math.max(1, Math.ceil(right.length() / cell));
    const rows = Math.max(1, Math.ceil(up.length() / cell));
    const normal = new Vector3().crossVectors(right, up).normalize();
    const first = this.#positions.length / 3;
    const point = new Vector3();
    const color = new Color();
    for (let row = 0; row <= rows; row++) {
      for (let column = 0; column <= columns; column++) {
        point.copy(corner).addScaledVector(right, column / columns).addScaledVector(up, row / rows);
        paint(point, normal, color);
        ready(color, this.exposure);
        this.#positions.push(point.x, point.y, point.z);
        this.#colors.push(color.r, color.g, color.b);
      }
    }
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const a = first + row * (columns + 1) + column;
        const c = a + columns + 1;
        this.#indices.push(a, a + 1, c + 1, a, c + 1, c);
      }
    }
  }

  /** An upright box about `middle` of the floor, turned by `yaw` about +Y; without its underside. */
  box(middle: Vector3, width: number, height: number, depth: number, yaw: number, paint: Paint, cell?: number): void {
    const x = new Vector3(Math.cos(yaw), 0, -Math.sin(yaw));
    const z = new Vector3(Math.sin(yaw), 0, Math.cos(yaw));
    const up = new Vector3(0, height, 0);
    const corner = (sx: number, sz: number, y = 0) =>
      middle.clone().addScaledVector(x, sx * width / 2).addScaledVector(z, sz * depth / 2).add(new Vector3(0, y, 0));
    const along = (axis: Vector3, length: number) => axis.clone().multiplyScalar(length);
    this.rectangle(corner(-1, 1), along(x, width), up, paint, cell);
    this.rectangle(corner(1, -1), along(x, -width), up, paint, cell);
    this.rectangle(corner(1, 1), along(z, -depth), up, paint, cell);
    this.rectangle(corner(-1, -1), along(z, depth), up, paint, cell);
    this.rectangle(corner(-1, 1, height), along(x, width), along(z, -depth), paint, cell);
  }

  geometry(): BufferGeometry {
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(new Float32Array(this.#positions), 3));
    geometry.setAttribute("color", new BufferAttribute(new Float32Array(this.#colors), 3));
    geometry.setIndex(this.#indices);
    geometry.computeBoundingSphere();
    return geometry;
  }
}
