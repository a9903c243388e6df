/** The plan of the hall, drawn from its data: seen from above, −Z upwards. Metres are its units. */

import type { Exhibit, HallManifest, Wall } from "exhibit-client";
import { drawing } from "./element.ts";
import type { Tongue } from "./tongue.ts";

type Corner = readonly [number, number];

export interface PlanDoors {
  exhibit(exhibit: Exhibit): void;
  door(hall: string): void;
  /** A place on the floor, x and z in metres. */
  floor(x: number, z: number): void;
}

export interface Plan {
  root: SVGSVGElement;
  /** Show where the visitor is; `yaw` in radians about +Y, 0 looks along −Z. */
  stand(x: number, z: number, yaw: number): void;
  mark(exhibit: string | undefined): void;
}

const MARGIN = 0.6;

/** Draw it. Words are those of the moment: draw it anew in another language. */
export function drawPlan(manifest: HallManifest, tongue: Tongue, doors: PlanDoors): Plan {
  const { space } = manifest;
  const [left, right] = rangeOf(space.floor.map((corner) => corner[0]));
  const [top, bottom] = rangeOf(space.floor.map((corner) => corner[1]));
  const [width, depth] = [right - left + 2 * MARGIN, bottom - top + 2 * MARGIN];
  const unit = Math.max(width, depth) / 100;
  const here = drawing("path", { class: "plan-here", d: "M0 -3.2 L2.2 2.6 L0 1.2 L-2.2 2.6 Z" });
  const dots = manifest.exhibits.flatMap((exhibit) => dotOf(exhibit, unit, tongue, doors) ?? []);
  dots[0]?.setAttribute("tabindex", "0");

  const root = drawing(
    "svg",
    {
      class: "plan",
      viewBox: `${left - MARGIN} ${top - MARGIN} ${width} ${depth}`,
      role: "group",
      "aria-label": tongue.say("plan.label", { hall: tongue.plain(manifest.hall.label) }),
    },
    drawing("polygon", { class: "plan-floor", points: points(space.floor) }),
    space.zones.map((zone) => drawing("polygon", { class: "plan-zone", points: points(zone.floor) })),
    drawing("path", {
      class: "plan-walls",
      d: space.walls.map(wallPath).join(""),
      "stroke-width": Math.max(0.16, unit),
    }),
    space.portals.map((portal) => doorOf(portal, unit, tongue, doors)),
    space.zones.map((zone) => zoneName(zone.floor, unit, tongue.told(zone.label), dots.map(placeOf))),
    dots,
    drawing("g", { class: "plan-you", "aria-hidden": "true" }, here),
  );
  root.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[role=button]")) return;
    const matrix = root.getScreenCTM();
    if (!matrix) return;
    const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    doors.floor(place.x, place.y);
  });
  arrowKeys(root, dots);
  return {
    root,
    stand(x, z, yaw) {
      here.setAttribute("transform", `translate(${x} ${z}) rotate(${(-yaw * 180) / Math.PI}) scale(${unit})`);
    },
    mark(id) {
      for (const dot of dots) dot.classList.toggle("marked", dot.dataset.exhibit === id);
    },
  };
}

function dotOf(exhibit: Exhibit, unit: number, tongue: Tongue, doors: PlanDoors): SVGGElement | undefined {
  const [x, , z] = exhibit.pose.translation ?? [];
  if (x === undefined || z === undefined) return undefined;
  const label = tongue.told(exhibit.label);
  return pressed(
    { class: "plan-dot", "data-exhibit": exhibit.id, tabindex: "-1", lang: label?.lang, "aria-label": label?.text },
    () => doors.exhibit(exhibit),
    drawing("title", {}, label?.text),
    drawing("circle", { class: "plan-reach", cx: x, cy: z, r: unit * 4 }),
    drawing("circle", { class: "plan-point", cx: x, cy: z, r: unit * 1.7 }),
  );
}

function doorOf(portal: HallManifest["space"]["portals"][number], unit: number, tongue: Tongue, doors: PlanDoors) {
  const name = tongue.say("plan.door", { hall: tongue.plain(portal.label) || portal.to });
  const [x, z] = middle(portal.floor);
  return pressed(
    { class: "plan-door", tabindex: "0", "aria-label": name },
    () => doors.door(portal.to),
    drawing("title", {}, name),
    drawing("polygon", { points: points(portal.floor) }),
    drawing("circle", { class: "plan-reach", cx: x, cy: z, r: unit * 4 }),
  );
}

/** A group that is a button, for the pointer and for the keys. */
function pressed(
  attributes: Record<string, string | undefined>,
  run: () => void,
  ...children: SVGElement[]
): SVGGElement {
  const press = (event: Event) => {
    if (event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    run();
  };
  return drawing("g", { ...attributes, role: "button", onclick: press, onkeydown: press }, ...children);
}

/** One stop of Tab for all dots; the arrow keys go from one to the next in their direction. */
function arrowKeys(root: SVGSVGElement, dots: SVGGElement[]): void {
  const ways: Record<string, Corner> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  root.addEventListener("keydown", (event) => {
    const way = ways[event.key];
    const from = dots.find((dot) => dot === document.activeElement);
    if (!way || !from) return;
    event.preventDefault();
    const [x, z] = placeOf(from);
    const far = (dot: SVGGElement) => {
      const [dx, dz] = [placeOf(dot)[0] - x, placeOf(dot)[1] - z];
      const along = dx * way[0] + dz * way[1];
      return along <= 1e-6 ? Infinity : along + 2 * Math.abs(dx * way[1] + dz * way[0]);
    };
    const next = dots.reduce((best, dot) => far(dot) < far(best) ? dot : best, from);
    for (const dot of dots) dot.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
}

function placeOf(dot: SVGGElement): Corner {
  const point = dot.querySelector("circle");
  return [Number(point?.getAttribute("cx")), Number(point?.getAttribute("cy"))];
}

/** A zone's name at its middle, or a little above or below where exhibits stand in the way; as much of it as there is room for. */
function zoneName(floor: readonly Corner[], unit: number, label: ReturnType<Tongue["told"]>, stands: Corner[]) {
  if (!label) return undefined;
  const wide = label.lang.startsWith("zh");
  const size = unit * (wide ? 4.4 : 3.8);
  const letter = size * (wide ? 1 : 0.55);
  const [x, z] = middle(floor);
  const [left, right] = rangeOf(floor.map((corner) => corner[0]));
  const [top, bottom] = rangeOf(floor.map((corner) => corner[1]));
  const most = Math.max(4, Math.floor(((right - left) * 1.25) / letter));
  const letters = [...label.text];
  const text = letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : label.text;
  const half = (Math.min(letters.length, most) * letter) / 2;
  const covered = (y: number) =>
    stands.filter(([sx, sz]) => Math.abs(sx - x) < half + size / 2 && Math.abs(sz - y) < size).length;
  const tries = [0, 1.6, -1.6, 2.8, -2.8].map((lines) => z + lines * size);
  const inside = tries.filter((y) => y > top + size && y < bottom - size);
  const y = inside.reduce((best, other) => covered(other) < covered(best) ? other : best, z);
  return drawing(
    "text",
    { class: "plan-name", x, y, "font-size": size, lang: label.lang, "aria-hidden": "true" },
    text,
  );
}

const rangeOf = (values: number[]): Corner => [Math.min(...values), Math.max(...values)];

/** The parts of a wall between its openings. */
function wallPath(wall: Wall): string {
  const [ax, az] = wall.start;
  const [dx, dz] = [wall.end[0] - ax, wall.end[1] - az];
  const length = Math.hypot(dx, dz) || 1;
  const at = (metres: number) => `${ax + (dx * metres) / length} ${az + (dz * metres) / length}`;
  const openings = [...wall.openings ?? []].sort((one, other) => one.start - other.start);
  const cuts = [0, ...openings.flatMap((one) => [one.start, one.end]), length];
  return cuts.map((metres, index) => `${index % 2 === 0 ? "M" : "L"}${at(metres)}`).join("");
}

const points = (floor: readonly Corner[]) => floor.map(([x, z]) => `${x},${z}`).join(" ");

function middle(floor: readonly Corner[]): Corner {
  const sum = floor.reduce<Corner>(([x, z], corner) => [x + corner[0], z + corner[1]], [0, 0]);
  return [sum[0] / floor.length, sum[1] / floor.length];
}
