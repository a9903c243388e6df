/** The moods of a hall's light: small rooms of glowing walls and lamps, seen in whatever is polished, and what goes with them. */

/** A light in the small room: middle and size in metres, brightness (1 is white paper), colour. */
interface Lamp {
  at: [number, number, number];
  size: [number, number, number];
  brightness: number;
  color: string;
}

export interface Mood {
  /** Of what lies behind all windows. */
  background: string;
  /** Of the even light from all sides: on baked walls, where 1 shows a paint as it is. */
  ambient: [number, number, number];
  /** Factor on the environment for exhibits. */
  environment: number;
  /** How much lamps of the hall add: pools of light on floor and exhibits. */
  lamps: number;
  /** Walls, ceiling and floor of the small room. */
  walls: string;
  ceiling: string;
  ground: string;
  glow: Lamp[];
}

const WARM = "#fff1dc";
const WHITE = "#ffffff";
const COOL = "#dcebff";

const MOODS: Record<string, Mood> = {
  gallery: {
    background: "#ece8e0",
    ambient: [0.96, 0.945, 0.92],
    environment: 1.1,
    lamps: 1,
    walls: "#b9b3a8",
    ceiling: "#d8d4cc",
    ground: "#6d5a45",
    glow: [
      { at: [-3, 4.9, 0], size: [1.2, 0.1, 8], brightness: 13, color: WARM },
      { at: [3, 4.9, 0], size: [1.2, 0.1, 8], brightness: 13, color: WARM },
      { at: [0, 3, -4.9], size: [4, 1.6, 0.1], brightness: 4, color: WHITE },
    ],
  },
  studio: {
    background: "#e6e5e2",
    ambient: [0.94, 0.945, 0.95],
    environment: 1.1,
    lamps: 1.05,
    walls: "#8f9094",
    ceiling: "#a4a5a8",
    ground: "#5b5c5f",
    glow: [
      { at: [-4.8, 3, 0], size: [0.1, 3, 5], brightness: 10, color: WHITE },
      { at: [4.8, 2.6, -1], size: [0.1, 2, 3], brightness: 5, color: COOL },
      { at: [0, 4.9, 1], size: [5, 0.1, 2], brightness: 15, color: WHITE },
    ],
  },
  daylight: {
    background: "#e3ecf2",
    ambient: [0.97, 0.97, 0.97],
    environment: 1.15,
    lamps: 0.8,
    walls: "#c2c4c4",
    ceiling: "#dfe6ec",
    ground: "#857763",
    glow: [
      { at: [0, 4.9, 0], size: [7, 0.1, 7], brightness: 7, color: COOL },
      { at: [4.9, 2.8, 0], size: [0.1, 3, 6], brightness: 7, color: WARM },
    ],
  },
  evening: {
    background: "#2c2f38",
    ambient: [0.66, 0.62, 0.58],
    environment: 1,
    lamps: 1.7,
    walls: "#6d6763",
    ceiling: "#57545a",
    ground: "#4a3a2c",
    glow: [
      { at: [0, 4.9, 0], size: [3.2, 0.1, 3.2], brightness: 16, color: WARM },
      { at: [-4.9, 2.5, 2], size: [0.1, 2, 1.2], brightness: 9, color: "#ffd9a8" },
      { at: [4.9, 2.5, -2], size: [0.1, 2, 1.2], brightness: 9, color: "#ffd9a8" },
      { at: [0, 2.5, -4.9], size: [5, 1, 0.1], brightness: 2.5, color: "#b9ccff" },
    ],
  },
  none: {
    background: "#dddddd",
    ambient: [0.8, 0.8, 0.8],
    environment: 1,
    lamps: 1,
    walls: "#9a9a9a",
    ceiling: "#b5b5b5",
    ground: "#808080",
    glow: [{ at: [0, 4.9, 0], size: [5, 0.1, 5], brightness: 6, color: WHITE }],
  },
};

/** The mood of that name; an unknown one is seen as a gallery. */
export function moodNamed(name: string): Mood {
  return Object.hasOwn(MOODS, name) ? MOODS[name] : MOODS.gallery;
}
