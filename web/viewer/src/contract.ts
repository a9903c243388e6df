/** What the parts of the viewer know of each other: types alone, no code. Metres, seconds, radians; right-handed, +Y up. */

import type { Box3, Group, Object3D, PerspectiveCamera, Scene, Vector3, WebGLRenderer } from "three";
import type { Device, Exhibit, Hall, HallManifest, Placard, Tour, Viewpoint } from "exhibit-client";

/** Undoes what it came from: a listener, a timer, a mode. */
export type Undo = () => void;

/** Where one looks from: feet on the floor, turned about the upright axis and nodding. */
export interface Gaze {
  /** Of the feet. */
  position: Vector3;
  /** About +Y; 0 looks along −Z. */
  yaw: number;
  /** Up is positive. */
  pitch: number;
}

/** How much the machine is asked to do. The frame budget moves it; everything reads it. */
export interface Quality {
  /** 0 is the least, 1 all there is. */
  readonly level: number;
  readonly pixelRatio: number;
  readonly shadows: boolean;
  /** Factor on the distances at which detail is left out: 1 as usual, smaller is coarser. */
  readonly detail: number;
}

/** The canvas, what draws on it, and its clock. */
export interface Stage {
  readonly canvas: HTMLCanvasElement;
  /** What draws, and what else the machine can do. */
  readonly device: Device;
  readonly renderer: WebGLRenderer;
  readonly scene: Scene;
  /** Child of `rig`. Outside a headset it is at eye height and nods; in one, WebXR moves it. */
  readonly camera: PerspectiveCamera;
  /** The visitor: its position is where the feet are, its rotation.y where the body looks. */
  readonly rig: Group;
  readonly quality: Quality;
  /** Called before each frame with seconds since the one before (at most 0.1) and WebXR's frame in a session. */
  onFrame(work: (seconds: number, frame?: XRFrame) => void): Undo;
  /** Draw one frame soon. Where nothing moves nothing is drawn; whoever changes what is seen asks for it. */
  invalidate(): void;
  /** Draw all the time until undone: while something moves. */
  keepDrawing(): Undo;
  /** Something new is about to be seen: until undone, a picture that stands still is not drawn finer. */
  expectMore(): Undo;
  /** There is something to see: from now on frames are drawn. */
  reveal(): void;
  /** Light by mood and exposure of `manifest.lighting`. */
  light(manifest: HallManifest): void;
  /** What the visitor wishes for: "auto" is the frame budget's own choice, the others hold the quality there. */
  prefer?(wish: "auto" | "high" | "low"): void;
  /** Facts for tests and the curious. */
  stats(): { frames: number; frameMilliseconds: number; drawCalls: number; triangles: number; quality: number };
}

/** The room. All is below `root`, in the hall's own space: its floor at once, what takes longer when it is built. */
export interface Room {
  readonly root: Group;
  /** What a foot can stand on, for teleporting and for XR rays. */
  readonly floor: Object3D;
  /** When all of it stands, lit, or was given up. */
  readonly built: Promise<void>;
  dispose(): void;
}

export type Shown = "nothing" | "poster" | "lod" | "full" | "failed";

/** One exhibit where it stands. */
export interface ShownExhibit {
  readonly id: string;
  readonly exhibit: Exhibit;
  /** Below the hall's root, at the exhibit's pose. What is loaded hangs below it. */
  readonly root: Group;
  /** In the hall's space; from the manifest, or from the model once it is there. */
  readonly bounds: Box3;
  readonly state: Shown;
  /** Why it failed, for people who look after the exhibition. */
  readonly fault?: string;
}

/** All exhibits of the open hall. */
export interface Exhibits {
  readonly root: Group;
  readonly all: ReadonlyMap<string, ShownExhibit>;
  /** Ask for what is seen from there at once; each frame does so for the visitor's own eyes. */
  look(from: PerspectiveCamera): void;
  /** When the first model stands. One that cannot be shown never does. */
  readonly first: Promise<void>;
  /** Resolves in a later task: once the first model stands, if its bytes are here and that is what there is to do now. */
  giveWay(): Promise<void>;
  /** The exhibit that the ray hits first (in world space), walls not considered. */
  at(origin: Vector3, direction: Vector3): { exhibit: ShownExhibit; distance: number } | undefined;
  /** Mark the one that the visitor looks into, none with undefined: it comes before all others, and full. */
  mark(id: string | undefined): void;
  /** Of a copy of the exhibit at its true size, standing on its own origin, for AR: its full model once that is here. */
  copyOf(id: string): Promise<Group>;
  dispose(): void;
}

/** The placards that hang in the hall, drawn in the language of the moment. */
export interface Boards {
  readonly root: Group;
  at(origin: Vector3, direction: Vector3): { placard: Placard; distance: number } | undefined;
  dispose(): void;
}

/** A hall that is open: its data, what loads it, what is seen of it. */
export interface OpenHall {
  readonly slug: string;
  readonly manifest: HallManifest;
  readonly loader: Hall;
  /** Holds room, exhibits and boards: AR moves and scales this one. Identity outside AR. */
  readonly root: Group;
  readonly room: Room;
  readonly exhibits: Exhibits;
  readonly boards: Boards;
  /** Have the stage lit for this hall. */
  lightUp(): void;
  dispose(): void;
}

/** Walking: keys, touch, gamepad, teleport, walls, flights. */
export interface Walker {
  /** Where the visitor is and looks. */
  gaze(): Gaze;
  /** Stand there at once. */
  stand(gaze: Gaze): void;
  /** Glide there, around nothing: a straight, eased flight that any input of the visitor ends. True if it arrived. */
  fly(to: Gaze, seconds?: number): Promise<boolean>;
  /** Go to where one looks at it best: its placard's view, a tour's waypoint, else a free place in front of it. `select(…, {fly: true})` calls it. */
  visit(target: { exhibit?: Exhibit; placard?: Placard }): Promise<boolean>;
  /** Stand where one arrives: at the portal that leads back to the hall `from`, else at the spawn. Called when a hall is opened. */
  arrive(from?: string): void;
  /** Off while a dialog or a headset has the visitor. */
  enabled: boolean;
  /** Whether the feet may stand at x, z of the open hall (inside the floor, clear of walls, plinths and exhibits). */
  isFree(x: number, z: number): boolean;
  dispose(): void;
}

/** A tour under way. */
export interface TourState {
  readonly tour: Tour;
  /** From 0. */
  readonly stop: number;
  readonly playing: boolean;
}

export interface Guide {
  readonly state: TourState | undefined;
  /** Whether the device has a voice of the language that is spoken now; voices may come late (event "offers"). */
  canReadAloud?(): boolean;
  /** Read the narration aloud where the machine has a voice for its language; the visitor's switch sets it. */
  aloud?: boolean;
  /** Begin at a stop, or go to it. */
  start(tour: string, stop?: number): void;
  next(): void;
  previous(): void;
  pause(): void;
  resume(): void;
  end(): void;
}

export type Mode = "screen" | "ar" | "vr";

/** Whether a way to see the hall works here; if not, why, in the visitor's words. */
export interface Offer {
  works: boolean;
  why?: string;
}

/** The ways out of the screen. */
export interface Immersion {
  readonly mode: Mode;
  /** Asked again when devices come and go (event "offers"). */
  offers(): Promise<{ ar: Offer; vr: Offer; system: "quick-look" | "scene-viewer" | undefined }>;
  /** `exhibit`: that one alone at true size; else the hall. Must be called in a click. Rejects with a message for people. */
  enterAr(exhibit?: string): Promise<void>;
  enterVr(): Promise<void>;
  /** The link for the device's own viewer, if it has one that shows this exhibit. */
  systemLink(exhibit: Exhibit): { href: string; rel?: string } | undefined;
  leave(): Promise<void>;
}

export interface Events {
  /** A hall was opened and stands; its exhibits come one by one. */
  hall: OpenHall;
  /** Before the hall goes. */
  leaving: OpenHall;
  language: string;
  /** The exhibit or placard that the visitor looks into, or none. */
  select: { exhibit?: Exhibit; placard?: Placard } | undefined;
  /** Bytes and files of the models that are wanted now, by what is seen: as the visitor walks, more may be. */
  progress: { loaded: number; total: number; files: number; of: number };
  /** One exhibit is seen in another form. */
  shown: ShownExhibit;
  /** Something for people to know. `severity` "end": the hall cannot be shown. */
  notice: { severity: "hint" | "warning" | "end"; text: string; action?: { label: string; run: () => void } };
  tour: TourState | undefined;
  mode: Mode;
  offers: void;
  /** A newer edition of the open hall was found and is shown now. */
  edition: number;
}

/** What all parts share. */
export interface App {
  readonly stage: Stage;
  readonly walker: Walker;
  readonly guide: Guide;
  readonly immersion: Immersion;
  readonly hall: OpenHall | undefined;
  /** Shown in another page's frame: less around it. */
  readonly embedded: boolean;
  /** Tag of the language that is spoken; set it with `speak`. */
  readonly language: string;
  speak(language: string): void;
  /** Look into an exhibit (its id or slug), or into a placard (its id); `fly` also goes there. Undefined closes. */
  select(id: string | undefined, options?: { fly?: boolean }): void;
  /**
   * Open a hall in place of the one that is open; arrive from `from` by its portal. The address bar follows. `read`: its manifest
   * is on its way already.
   */
  open(
    slug: string,
    options?: { from?: string; exhibit?: string; history?: "push" | "replace" | "none"; read?: Promise<Hall> },
  ): Promise<void>;
  /** Where things are, absolute: the page of a hall, its catalogue, the entrance, a file of the viewer, the QR text of an exhibit. */
  readonly places: {
    view(hall: string, exhibit?: string): string;
    catalogue(hall: string, exhibit?: string): string;
    entrance(): string;
    pointer(hall: string): string;
    file(name: string): string;
  };
  on<Name extends keyof Events>(name: Name, listener: (detail: Events[Name]) => void): Undo;
  tell<Name extends keyof Events>(name: Name, detail: Events[Name]): void;
}

export type { Exhibit, Hall, HallManifest, Placard, Tour, Viewpoint };
