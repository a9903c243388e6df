/** Icons, drawn by strokes on 24 × 24. They stand beside a word or a name, never alone for a screen reader. */

import { drawing } from "./element.ts";

const PATHS = {
  list:
    "M3.8 6a0.7 0.7 0 1 0 1.4 0a0.7 0.7 0 1 0 -1.4 0zM3.8 12a0.7 0.7 0 1 0 1.4 0a0.7 0.7 0 1 0 -1.4 0zM3.8 18a0.7 0.7 0 1 0 1.4 0a0.7 0.7 0 1 0 -1.4 0zM9 6h11M9 12h11M9 18h11",
  door: "M5 21V4.5L14 3v18M14 5h5v16M3 21h18M10.5 12h.01",
  plan: "M4 4h16v16H4zM4 13h7M11 4v5M11 13v3M15 20v-6h5",
  tour:
    "M6 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 18h7a3.5 3.5 0 0 0 0-7H9a3.5 3.5 0 0 1 0-7h6M18 6a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  ar:
    "M12 7.5l4.5 2.5v5L12 17.5 7.5 15v-5zM7.5 10l4.5 2.5 4.5-2.5M12 12.5v5M3 8V4.5A1.5 1.5 0 0 1 4.5 3H8M16 3h3.5A1.5 1.5 0 0 1 21 4.5V8M21 16v3.5a1.5 1.5 0 0 1-1.5 1.5H16M8 21H4.5A1.5 1.5 0 0 1 3 19.5V16",
  vr:
    "M4.5 7h15A1.5 1.5 0 0 1 21 8.5v7a1.5 1.5 0 0 1-1.5 1.5h-3.2L13.6 14a2.2 2.2 0 0 0-3.2 0l-2.7 3H4.5A1.5 1.5 0 0 1 3 15.5v-7A1.5 1.5 0 0 1 4.5 7zM8 11.5h.01M16 11.5h.01",
  more:
    "M3.9 12a1.1 1.1 0 1 0 2.2 0a1.1 1.1 0 1 0 -2.2 0zM10.9 12a1.1 1.1 0 1 0 2.2 0a1.1 1.1 0 1 0 -2.2 0zM17.9 12a1.1 1.1 0 1 0 2.2 0a1.1 1.1 0 1 0 -2.2 0z",
  share: "M12 15V3.5M8 7l4-4 4 4M5 12v7.5A1.5 1.5 0 0 0 6.5 21h11a1.5 1.5 0 0 0 1.5-1.5V12",
  settings: "M4 7h9M19 7h1M4 17h1M11 17h9M16 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  help: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.9-1.1 1.8M12 17h.01",
  about: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v6M12 7.5h.01",
  catalogue: "M12 6.5C10 5 7.5 4.5 3.5 4.5V18c4 0 6.5.5 8.5 2 2-1.5 4.5-2 8.5-2V4.5c-4 0-6.5.5-8.5 2zM12 6.5V20",
  entrance: "M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-6h4v6",
  full: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  close: "M6 6l12 12M18 6L6 18",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20",
  previous: "M14.5 5.5L8 12l6.5 6.5",
  next: "M9.5 5.5L16 12l-6.5 6.5",
  up: "M5.5 14.5L12 8l6.5 6.5",
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M8.5 5.5v13M15.5 5.5v13",
  stop: "M7 7h10v10H7z",
  aloud: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11",
  qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM20 14v2M17.5 20H20v-1.5M14 19.5v.5",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  prize: "M12 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM8.5 13.5L7 21l5-2.5L17 21l-1.5-7.5",
  here: "M12 3l6 17-6-4-6 4z",
  warning: "M12 4l9 16H3zM12 10v4M12 17h.01",
} as const;

export type Icon = keyof typeof PATHS;

/** One icon; a screen reader passes over it. */
export function icon(name: Icon): SVGSVGElement {
  const stroke = drawing("path", { d: PATHS[name] });
  return drawing("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" }, stroke);
}
