/** Marks on exhibits: a line of light around the one that is looked into, a small sign at one that cannot be shown. */

import {
  type Box3,
  CanvasTexture,
  type Color,
  Mesh,
  MeshBasicMaterial,
  type Object3D,
  Path,
  Shape,
  ShapeGeometry,
  Sprite,
  SpriteMaterial,
  SRGBColorSpace,
  Vector3,
} from "three";

/** How far the line runs from what stands there, how wide it is, and how high above the floor, in metres. */
const OFF = 0.2;
const WIDE = 0.028;
const ABOVE = 0.009;

/** A line on the floor around `bounds`. Free its geometry when it goes. */
export function outlineOf(bounds: Box3, color: Color): Mesh<ShapeGeometry, MeshBasicMaterial> {
  const size = bounds.getSize(new Vector3());
  const middle = bounds.getCenter(new Vector3());
  const shape = rounded(new Shape(), size.x / 2 + OFF + WIDE, size.z / 2 + OFF + WIDE, 0.14 + WIDE);
  shape.holes.push(rounded(new Path(), size.x / 2 + OFF, size.z / 2 + OFF, 0.14));
  const mesh = new Mesh(
    new ShapeGeometry(shape, 6).rotateX(-Math.PI / 2),
    new MeshBasicMaterial({ color, toneMapped: false }),
  );
  mesh.name = "mark";
  mesh.position.set(middle.x, ABOVE, middle.z);
  return mesh;
}

function rounded<Line extends Path>(line: Line, x: number, y: number, corner: number): Line {
  line.moveTo(-x + corner, -y).lineTo(x - corner, -y).quadraticCurveTo(x, -y, x, -y + corner);
  line.lineTo(x, y - corner).quadraticCurveTo(x, y, x - corner, y).lineTo(-x + corner, y);
  line.quadraticCurveTo(-x, y, -x, y - corner).lineTo(-x, -y + corner).quadraticCurveTo(-x, -y, -x + corner, -y);
  return line;
}

let sign: SpriteMaterial | undefined;

/** A small sign over an exhibit that could not be loaded. */
export function faultSign(bounds: Box3): Object3D {
  sign ??= new SpriteMaterial({ map: drawnSign(), toneMapped: false });
  const sprite = new Sprite(sign);
  sprite.name = "fault";
  const middle = bounds.getCenter(new Vector3());
  sprite.position.set(middle.x, bounds.max.y + 0.14, middle.z);
  sprite.scale.setScalar(0.14);
  return sprite;
}

function drawnSign(): CanvasTexture {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 64;
  const pen = canvas.getContext("2d");
  if (pen) {
    pen.fillStyle = "#fffdf8";
    pen.strokeStyle = "#8a8378";
    pen.lineWidth = 4;
    pen.beginPath();
    pen.arc(32, 32, 28, 0, 7);
    pen.fill();
    pen.stroke();
    pen.fillStyle = "#5d574e";
    pen.fillRect(29, 16, 6, 20);
    pen.fillRect(29, 42, 6, 6);
  }
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  return texture;
}
