/** Floors and plaster, drawn: small canvases, the same for the same seed. */

import { CanvasTexture, RepeatWrapping } from "three";

/** Metres of floor that one picture of it covers. */
export const FLOOR_REPEAT = 4;

/** A generator of numbers from 0 to 1, the same for the same text (mulberry32). */
export function randomOf(seed: string): () => number {
  let state = [...seed].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(0)!, 0x01000193), 0x811c9dc5);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The floor of a mood: oak planks, stone or terrazzo. Its colours are the screen's. */
export function floorTexture(mood: string, seed: string): CanvasTexture {
  const random = randomOf(seed);
  const draw = { studio: concrete, daylight: terrazzo, evening: walnut }[mood] ?? oak;
  return repeated(1024, (pen, size) => draw(pen, size, random));
}

/** What the floor of a mood looks like from far. */
export function floorColor(mood: string): string {
  return { studio: "#bbb8b2", daylight: "#d0c9bc", evening: "#6b5747" }[mood] ?? "#bfa480";
}

/** Plain paint, as a texture. */
export function plainTexture(color: string): CanvasTexture {
  return repeated(1, (pen) => {
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
  });
}

type Pen = CanvasRenderingContext2D;

const oak = (pen: Pen, size: number, random: () => number) => planks(pen, size, random, [36, 34, 63], 5);
const walnut = (pen: Pen, size: number, random: () => number) => planks(pen, size, random, [25, 34, 36], 5);

/** Planks along one axis, each its own tone, with a fine grain; hue, saturation, lightness of the wood. */
function planks(
  pen: Pen,
  size: number,
  random: () => number,
  [hue, saturation, lightness]: number[],
  spread: number,
): void {
  const rows = 22;
  const wide = size / rows;
  for (let row = 0; row < rows; row++) {
    const top = row * wide;
    let left = -random() * size / 2;
    const begin = left;
    while (left < size + begin) {
      const long = Math.min(size * (0.38 + 0.24 * random()), size + begin - left);
      const width = size + begin - left - long < size * 0.2 ? size + begin - left : long;
      plank(pen, size, left, top, width, wide, random, [
        hue + 3 * (random() - 0.5),
        saturation + 6 * (random() - 0.5),
        lightness + spread * (random() - 0.5),
      ]);
      left += width;
    }
  }
}

function plank(
  pen: Pen,
  size: number,
  left: number,
  top: number,
  width: number,
  wide: number,
  random: () => number,
  [hue, saturation, lightness]: number[],
): void {
  const grain = Array.from({ length: 16 }, () => [random(), random(), random(), random()]);
  for (const x of [left, left + size]) {
    pen.save();
    pen.beginPath();
    pen.rect(x, top, width, wide);
    pen.clip();
    pen.fillStyle = `hsl(${hue} ${saturation}% ${lightness}%)`;
    pen.fillRect(x, top, width, wide);
    for (const [y, bend, dark, thick] of grain) {
      pen.strokeStyle = `hsl(${hue - 4} ${saturation}% ${lightness - 14 * dark}% / 0.22)`;
      pen.lineWidth = 0.5 + 1.6 * thick;
      pen.beginPath();
      pen.moveTo(x, top + y * wide);
      pen.bezierCurveTo(
        x + width * 0.3,
        top + (y + 0.25 * (bend - 0.5)) * wide,
        x + width * 0.7,
        top + (y - 0.25 * (bend - 0.5)) * wide,
        x + width,
        top + (y + 0.1 * (bend - 0.5)) * wide,
      );
      pen.stroke();
    }
    pen.restore();
    pen.fillStyle = `hsl(${hue} ${saturation}% ${lightness - 26}% / 0.5)`;
    pen.fillRect(x, top, width, 1);
    pen.fillRect(x, top, 1.2, wide);
  }
}

/** Polished concrete in large slabs. */
function concrete(pen: Pen, size: number, random: () => number): void {
  pen.fillStyle = "#bdbab4";
  pen.fillRect(0, 0, size, size);
  for (let i = 0; i < 900; i++) {
    const radius = size * (0.01 + 0.07 * random() ** 2);
    const light = random() < 0.5;
    wrapped(size, random() * size, random() * size, radius, (x, y) => {
      const cloud = pen.createRadialGradient(x, y, 0, x, y, radius);
      cloud.addColorStop(0, light ? "rgba(226,222,214,0.10)" : "rgba(120,117,112,0.075)");
      cloud.addColorStop(1, "rgba(160,158,150,0)");
      pen.fillStyle = cloud;
      pen.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
    });
  }
  speckle(pen, size, random, 5000, ["rgba(70,68,64,0.16)", "rgba(255,252,246,0.2)"], 1.1);
  pen.fillStyle = "rgba(70,68,64,0.4)";
  for (const at of [0, size / 2]) {
    pen.fillRect(at, 0, 1.5, size);
    pen.fillRect(0, at, size, 1.5);
  }
}

/** Pale terrazzo with chips of stone. */
function terrazzo(pen: Pen, size: number, random: () => number): void {
  pen.fillStyle = "#d6d0c4";
  pen.fillRect(0, 0, size, size);
  speckle(pen, size, random, 9000, ["rgba(150,142,128,0.35)", "rgba(240,236,226,0.5)"], 1.4);
  const stones = ["#b7a88f", "#a59c8e", "#c8bda9", "#8f8a82", "#e6e0d4", "#b9927a"];
  for (let i = 0; i < 2600; i++) {
    const radius = 1.5 + 5.5 * random() ** 2.2;
    const turn = random() * 7;
    const sides = 4 + Math.floor(3 * random());
    const corners = Array.from({ length: sides }, () => 0.6 + 0.5 * random());
    pen.fillStyle = stones[Math.floor(random() * stones.length)];
    wrapped(size, random() * size, random() * size, 2 * radius, (x, y) => {
      pen.beginPath();
      corners.forEach((far, at) => {
        const angle = turn + at * 2 * Math.PI / sides;
        pen.lineTo(x + far * radius * Math.cos(angle), y + far * radius * Math.sin(angle));
      });
      pen.fill();
    });
  }
}

function speckle(pen: Pen, size: number, random: () => number, count: number, colors: string[], radius: number): void {
  for (let i = 0; i < count; i++) {
    pen.fillStyle = colors[i % colors.length];
    const side = radius * (0.5 + random());
    pen.fillRect(random() * (size - side), random() * (size - side), side, side);
  }
}

/** Draw at a place, and again on the other side where it stands over an edge, so that repeats join. */
function wrapped(size: number, x: number, y: number, reach: number, draw: (x: number, y: number) => void): void {
  for (const dx of [0, x < reach ? size : x > size - reach ? -size : 0]) {
    for (const dy of [0, y < reach ? size : y > size - reach ? -size : 0]) {
      draw(x + dx, y + dy);
      if (dy === 0 && y >= reach && y <= size - reach) break;
    }
    if (dx === 0 && x >= reach && x <= size - reach) break;
  }
}

function repeated(size: number, draw: (pen: Pen, size: number) => void): CanvasTexture {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d");
  if (pen) draw(pen, size);
  const texture = new CanvasTexture(canvas);
  texture.wrapS = texture.wrapT = RepeatWrapping;
  return texture;
}
