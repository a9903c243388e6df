/** Drawing a board on a canvas: paper, a large title, the beginning of the text, a small line of names. */

import type { BoardWords, Said } from "./content.ts";
import { wrap, type Wrapped } from "./wrapping.ts";

export const PAPER = "#fbf8f1";
const INK = "#2a2521";
const QUIET = "#6f665c";
const FAINT = "#ddd4c6";
const ACCENT = "#b3341e";
const SERIF = '"Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, "Noto Serif", Georgia, serif';
const SANS =
  '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "Noto Sans", system-ui, sans-serif';

/** Sizes in parts of the board's mean side. */
const TITLE = 0.074, ECHO = 0.034, BODY = 0.0365, NAMES = 0.031, MARGIN = 0.085;
/** Text that leaves room is set larger: by these, as far as all of it fits. */
const LARGER = [1.45, 1.3, 1.15, 1];
/** Between paragraphs, in lines. */
const GAP = 0.4;
const TITLE_LINES = 2;
/** A title that is too long may shrink to this, before it is cut. */
const SMALLEST = 0.62;

/** How a piece of text is set. Pixels. */
interface Face {
  font: (size: number) => string;
  size: number;
  /** From one line to the next, in sizes. */
  leading: number;
  colour: string;
}

/** Draw the words over the whole canvas. Returns the lines as drawn, from above. */
export function drawBoard(canvas: HTMLCanvasElement, words: BoardWords): string[] {
  const context = canvas.getContext("2d");
  if (!context) return [];
  const { width, height } = canvas;
  const unit = Math.sqrt(width * height);
  const margin = unit * MARGIN;
  const column = width - 2 * margin;
  const { title, echo, body, names } = words;
  // The same ideograph looks different in Chinese and in Japanese.
  canvas.lang = title.lang;
  context.fillStyle = PAPER;
  context.fillRect(0, 0, width, height);

  const set = (said: Said, face: Face, most: number): Wrapped => {
    context.font = face.font(face.size);
    context.direction = said.dir;
    return wrap(said.text, column, most, (text) => context.measureText(text).width);
  };
  /** Draws lines from `top` down; returns where they end. */
  const put = (said: Said, { paragraphs }: Wrapped, face: Face, top: number): number => {
    context.font = face.font(face.size);
    context.direction = said.dir;
    context.textAlign = "start";
    context.textBaseline = "alphabetic";
    context.fillStyle = face.colour;
    const step = face.size * face.leading;
    let y = top;
    paragraphs.forEach((lines, index) => {
      if (index > 0) y += step * GAP;
      for (const line of lines) {
        y += step;
        context.fillText(line, said.dir === "rtl" ? width - margin : margin, y - step / 2 + face.size * 0.36);
      }
    });
    return y;
  };

  let top = margin * 0.82;
  context.fillStyle = ACCENT;
  context.fillRect(
    title.dir === "rtl" ? width - margin - unit * 0.09 : margin,
    top,
    unit * 0.09,
    Math.max(1, unit * 0.006),
  );
  top += unit * 0.026;

  const titleFace = fitted(context, title, column, { ...serif(700), size: unit * TITLE, leading: 1.25, colour: INK });
  const titleLines = set(title, titleFace, TITLE_LINES);
  top = put(title, titleLines, titleFace, top);
  const drawn = [titleLines];

  if (echo) {
    const face = { ...serif(400), size: unit * ECHO, leading: 1.45, colour: QUIET };
    const lines = set(echo, face, 1);
    top = put(echo, lines, face, top);
    drawn.push(lines);
  }

  let bottom = height - margin * 0.8;
  const below: Wrapped[] = [];
  if (names) {
    const face = { ...sans(500), size: unit * NAMES, leading: 1.3, colour: QUIET };
    const lines = set(names, face, 1);
    bottom -= face.size * face.leading;
    put(names, lines, face, bottom);
    bottom -= face.size * 0.6;
    context.fillStyle = FAINT;
    context.fillRect(margin, bottom, column, Math.max(1, unit * 0.0018));
    bottom -= face.size * 0.5;
    below.push(lines);
  }

  if (body) {
    top += unit * BODY * 0.6;
    const leading = /^(zh|ja)/.test(body.lang) ? 1.66 : 1.48;
    for (const larger of LARGER) {
      const face = { ...sans(400), size: unit * BODY * larger, leading, colour: INK };
      const room = (bottom - top) / (face.size * leading);
      const lines = larger > 1 ? set(body, face, Math.floor(room)) : filling(room, (most) => set(body, face, most));
      if (larger > 1 && !(lines.whole && heightOf(lines) <= room)) continue;
      put(body, lines, face, top);
      drawn.push(lines);
      break;
    }
  }
  return [...drawn, ...below].flatMap(({ paragraphs }) => paragraphs.flat());
}

/** In lines, the gaps between paragraphs counted. */
function heightOf({ paragraphs }: Wrapped): number {
  return paragraphs.flat().length + GAP * Math.max(0, paragraphs.length - 1);
}

/** As much of the text as the room (in lines) takes, and at least one line. */
function filling(room: number, set: (most: number) => Wrapped): Wrapped {
  let most = Math.max(1, Math.floor(room));
  let lines = set(most);
  while (most > 1 && heightOf(lines) > room) lines = set(--most);
  return lines;
}

/** The face, smaller where the title is long. */
function fitted(context: CanvasRenderingContext2D, title: Said, column: number, face: Face): Face {
  context.font = face.font(face.size);
  const wide = context.measureText(title.text).width;
  if (wide <= column) return face;
  // On one line if that is nearly possible, else on two.
  const room = wide < column * 1.35 ? column * 0.98 : column * TITLE_LINES * 0.9;
  return { ...face, size: face.size * Math.min(1, Math.max(SMALLEST, room / wide)) };
}

function serif(weight: number): Pick<Face, "font"> {
  return { font: (size) => `${weight} ${size}px ${SERIF}` };
}

function sans(weight: number): Pick<Face, "font"> {
  return { font: (size) => `${weight} ${size}px ${SANS}` };
}
