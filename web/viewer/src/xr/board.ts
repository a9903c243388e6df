/** A board in the scene for a headset: words of an exhibit, and buttons that a ray can press. */

import {
  CanvasTexture,
  Group,
  LinearFilter,
  Mesh,
  MeshBasicMaterial,
  PlaneGeometry,
  Raycaster,
  SRGBColorSpace,
  Vector3,
} from "three";
import type { Stage } from "../contract.ts";
import type { BoardWords } from "./board_words.ts";
import { breakLines, dealPages, type SetLine } from "./typeset.ts";

/** Pixels of the canvas, metres of the board. */
const WIDTH = 1024;
const HEIGHT = 1152;
const METRES = 0.8;
const MARGIN = 64;
const ROW = 104;
const PER_ROW = 3;
const SERIF = '"Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", Georgia, serif';
const SANS = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';
const PAPER = "#faf7f1";
const INK = "#211d19";
const QUIET = "#6b625a";
const ACCENT = "#b3341e";

export interface BoardButton {
  key: string;
  label: string;
}

export interface Board {
  readonly root: Group;
  readonly open: boolean;
  /** Which page is shown, and of how many. */
  readonly page: number;
  readonly pages: number;
  /** Write it anew; without words only the buttons are there. */
  write(words: BoardWords | undefined, buttons: readonly BoardButton[], page?: number): void;
  /** Stand before eyes at `eye` that look along `yaw`. */
  standBefore(eye: Vector3, yaw: number, distance?: number): void;
  hide(): void;
  /** What a ray meets: metres to the board, and the button there. Direction has length 1. */
  at(origin: Vector3, direction: Vector3): { distance: number; button?: string } | undefined;
  /** Show a button as pointed at. */
  point(button: string | undefined): void;
  dispose(): void;
}

/** Make a board, hidden. What it says is in its mesh's userData, for tests. */
export function makeBoard(stage: Stage): Board {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext("2d")!;
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.minFilter = LinearFilter;
  texture.generateMipmaps = false;
  const geometry = new PlaneGeometry(METRES, METRES * HEIGHT / WIDTH);
  const material = new MeshBasicMaterial({ map: texture, toneMapped: false });
  const mesh = new Mesh(geometry, material);
  const root = new Group();
  root.name = "xr-board";
  root.visible = false;
  root.add(mesh);
  stage.scene.add(root);
  const raycaster = new Raycaster();
  let said: { words: BoardWords | undefined; buttons: readonly BoardButton[] } = { words: undefined, buttons: [] };
  let pages: SetLine[][] = [[]];
  let page = 0;
  let pointed: string | undefined;

  const rows = () => Math.ceil(said.buttons.length / PER_ROW);
  /** Pixels of the canvas that the board is high: without paragraphs it is a small one. */
  const tall = () => said.words?.paragraphs.length ? HEIGHT : (said.words ? 150 : 30) + rows() * ROW + MARGIN - 20;

  /** Where a button is drawn, in pixels of the canvas. */
  function place(index: number): { x: number; y: number; width: number; height: number } {
    const row = Math.floor(index / PER_ROW);
    const width = (WIDTH - 2 * MARGIN - (PER_ROW - 1) * 20) / PER_ROW;
    return {
      x: MARGIN + (index % PER_ROW) * (width + 20),
      y: tall() - MARGIN + 20 - (rows() - row) * ROW,
      width,
      height: ROW - 20,
    };
  }

  function typeset(): SetLine[][] {
    const { words } = said;
    if (!words) return [[]];
    const lines: SetLine[] = [];
    const add = (text: string, font: string, height: number, colour: string) => {
      context.font = font;
      const broken = breakLines(text, WIDTH - 2 * MARGIN, (part) => context.measureText(part).width);
      for (const line of broken) lines.push({ text: line, font, height, colour });
    };
    for (const { heading, text } of words.paragraphs) {
      if (lines.length > 0) lines.push({ text: "", font: SANS, height: 22, colour: INK });
      if (heading) add(heading, `600 32px ${SANS}`, 50, ACCENT);
      add(text, `34px ${SANS}`, 56, INK);
    }
    return dealPages(lines, HEIGHT - MARGIN - 190 - rows() * ROW);
  }

  function draw(): void {
    const { words, buttons } = said;
    context.fillStyle = PAPER;
    context.fillRect(0, 0, WIDTH, HEIGHT);
    context.fillStyle = ACCENT;
    context.fillRect(0, 0, WIDTH, 10);
    context.textBaseline = "alphabetic";
    context.direction = words?.dir ?? "ltr";
    context.textAlign = "start";
    canvas.lang = words?.lang ?? "";
    const left = words?.dir === "rtl" ? WIDTH - MARGIN : MARGIN;
    if (words) {
      context.fillStyle = INK;
      const setTitle = (size: number) => {
        context.font = `600 ${size}px ${SERIF}`;
        return breakLines(words.title, WIDTH - 2 * MARGIN, (part) => context.measureText(part).width);
      };
      const title = [56, 44].map(setTitle).find((lines) => lines.length === 1) ?? setTitle(44);
      context.fillText(title.length > 1 ? `${title[0]}…` : title[0], left, 110, WIDTH - 2 * MARGIN);
      let y = 150;
      for (const line of pages[page]) {
        y += line.height;
        context.font = line.font;
        context.fillStyle = line.colour;
        context.fillText(line.text, left, y, WIDTH - 2 * MARGIN);
      }
      if (pages.length > 1) {
        context.fillStyle = QUIET;
        context.font = `28px ${SANS}`;
        context.textAlign = "end";
        const right = words.dir === "rtl" ? MARGIN : WIDTH - MARGIN;
        context.fillText(`${page + 1} / ${pages.length}`, right, 60);
      }
    }
    context.direction = "ltr";
    buttons.forEach((button, index) => {
      const { x, y, width, height } = place(index);
      const on = button.key === pointed;
      context.fillStyle = on ? ACCENT : "#ebe5da";
      context.beginPath();
      context.roundRect(x, y, width, height, 16);
      context.fill();
      context.fillStyle = on ? "#ffffff" : INK;
      context.textAlign = "center";
      context.font = `32px ${SANS}`;
      context.fillText(button.label, x + width / 2, y + height / 2 + 12, width - 20);
    });
    mesh.scale.y = tall() / HEIGHT;
    texture.repeat.y = mesh.scale.y;
    texture.offset.y = 1 - mesh.scale.y;
    texture.needsUpdate = true;
    mesh.userData = {
      words: words ? [words.title, ...words.paragraphs.flatMap((one) => [one.heading ?? "", one.text])].join("\n") : "",
      lang: words?.lang,
      page,
      pages: pages.length,
      buttons: Object.fromEntries(buttons.map((button, index) => {
        const { x, y, width, height } = place(index);
        const across = ((x + width / 2) / WIDTH - 0.5) * METRES;
        const up = (0.5 - (y + height / 2) / tall()) * METRES * HEIGHT / WIDTH;
        return [button.key, [across, up]];
      })),
    };
  }

  return {
    root,
    get open() {
      return root.visible;
    },
    get page() {
      return page;
    },
    get pages() {
      return pages.length;
    },
    write(words, buttons, wanted = 0) {
      said = { words, buttons };
      pages = typeset();
      page = ((wanted % pages.length) + pages.length) % pages.length;
      draw();
      root.visible = true;
    },
    standBefore(eye, yaw, distance = 1.1) {
      root.position.set(eye.x - Math.sin(yaw) * distance, eye.y - 0.05, eye.z - Math.cos(yaw) * distance);
      root.rotation.set(0, yaw, 0);
      root.updateMatrixWorld(true);
    },
    hide() {
      root.visible = false;
      pointed = undefined;
    },
    at(origin, direction) {
      if (!root.visible) return undefined;
      raycaster.set(origin, direction);
      const [hit] = raycaster.intersectObject(mesh, false);
      if (!hit?.uv) return undefined;
      const [x, y] = [hit.uv.x * WIDTH, (1 - hit.uv.y) * tall()];
      const index = said.buttons.findIndex((_button, index) => {
        const box = place(index);
        return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
      });
      return { distance: hit.distance, button: said.buttons[index]?.key };
    },
    point(button) {
      if (button === pointed) return;
      pointed = button;
      if (root.visible) draw();
    },
    dispose() {
      root.removeFromParent();
      for (const resource of [geometry, material, texture]) resource.dispose();
    },
  };
}
