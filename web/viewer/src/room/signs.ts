/** The names of the halls above their doors, as letters on the wall, in both languages. */

import {
  CanvasTexture,
  type Color,
  Group,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  PlaneGeometry,
  SRGBColorSpace,
  Vector3,
} from "three";
import type { Door } from "./doors.ts";

/** Size of a sign in metres, and pixels for a metre. */
const WIDTH = 2.2;
const HEIGHT = 0.5;
const FINENESS = 320;
const SERIF = '"Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", STSong, Georgia, serif';
const SANS = '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';

/** Signs for all doors, letters in `ink`. */
export function makeSigns(doors: readonly Door[], languages: readonly string[], ink: Color): Group {
  const group = new Group();
  group.name = "signs";
  const geometry = new PlaneGeometry(WIDTH, HEIGHT);
  for (const door of doors) {
    const lines = languages.map((language) => door.portal.label?.[language]).filter((line) => line !== undefined).slice(
      0,
      2,
    );
    if (lines.length === 0) continue;
    const material = new MeshBasicMaterial({
      map: letters(lines, `#${ink.getHexString()}`),
      transparent: true,
      depthWrite: false,
      toneMapped: false,
    });
    const sign = new Mesh(geometry, material);
    sign.name = door.portal.to;
    const at = door.at.clone().addScaledVector(door.inward, door.thickness / 2 + 0.006).setY(door.height + 0.44);
    sign.applyMatrix4(new Matrix4().lookAt(door.inward, new Vector3(), new Vector3(0, 1, 0)));
    sign.position.copy(at);
    group.add(sign);
  }
  return group;
}

function letters(lines: readonly string[], ink: string): CanvasTexture {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH * FINENESS;
  canvas.height = HEIGHT * FINENESS;
  const pen = canvas.getContext("2d");
  if (pen) {
    pen.fillStyle = ink;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = `600 ${0.2 * FINENESS}px ${SERIF}`;
    pen.fillText(lines[0], canvas.width / 2, canvas.height * 0.32, canvas.width * 0.96);
    pen.font = `400 ${0.095 * FINENESS}px ${SANS}`;
    pen.letterSpacing = "3px";
    if (lines[1]) pen.fillText(lines[1], canvas.width / 2, canvas.height * 0.76, canvas.width * 0.96);
  }
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = 4;
  return texture;
}
