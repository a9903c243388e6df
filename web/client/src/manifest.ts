/** The public documents, as types. Made from their JSON Schemas by types.ts: do not edit. */

/** Text for people, keyed by BCP 47 language tags. */
export type LanguageMap = Record<string, string>;

/** What a variant of a model is made for. */
export type Profile =
  | "master"
  | "webxr-high"
  | "webxr-mobile"
  | "scene-viewer"
  | "quick-look"
  | "mini-program"
  | "fallback-2d";

/** Where AR may stand the hall. */
export type Anchor = FloorAnchor | WallAnchor | ImageAnchor | GeoAnchor;

/** A hall, frozen: everything that a client needs to show it. */
export interface HallManifest {
  achievements: Achievement[];
  /** In the order in which they are to be tried */
  anchors: Anchor[];
  awards: Award[];
  budget: Partial<Record<Profile, Budget>>;
  edition: EditionStamp;
  exhibition: ExhibitionRef;
  exhibits: Exhibit[];
  hall: HallRef;
  id: string;
  languages: string[];
  lighting: Lighting;
  links: Links;
  loadPlan: Partial<Record<Profile, LoadStep[]>>;
  organisations: Organisation[];
  people: Person[];
  placards: Placard[];
  requiredStatement?: LanguageMap;
  rights?: string;
  selections: Selection[];
  space: Space;
  studios: Studio[];
  type: "HallManifest";
  version: "1.0";
}

/** What was achieved. */
export interface Achievement {
  awards: string[];
  effect?: LanguageMap;
  id: string;
  industry?: string;
  label: LanguageMap;
  organisation: string;
  people: string[];
  studio?: string;
  summary?: LanguageMap;
  trade?: string;
  year: number;
}

/** A clip in the model. */
export interface Animation {
  name: string;
  seconds: number;
}

/** An honour. */
export interface Award {
  id: string;
  label: LanguageMap;
  level?: string;
  organisation: string;
  summary?: LanguageMap;
  year?: number;
}

/** An upright box: its lowest and its highest corner, in metres in the hall. */
export interface Bounds {
  max: [number, number, number];
  min: [number, number, number];
}

/** What the whole hall costs in one profile; the parts add up to it. */
export interface Budget {
  bytes: number;
  drawCalls: number;
  /** Absent where the profile has none */
  limits?: BudgetLimits;
  parts: BudgetPart[];
  textureBytes: number;
  triangles: number;
  /** Whether no limit is exceeded */
  within?: boolean;
}

/** The most that the hall may cost. What is visible is what stands in one part; `zoneBytes` holds for "rest" too. */
export interface BudgetLimits {
  exhibitBytes?: number;
  firstViewBytes?: number;
  hallBytes?: number;
  hallTextureBytes?: number;
  visibleDrawCalls?: number;
  visibleTriangles?: number;
  zoneBytes?: number;
}

/** What one step of the load plan costs: what it adds to those before it. */
export interface BudgetPart {
  bytes: number;
  drawCalls: number;
  /** "first-view", a zone's id, or "rest" */
  part: string;
  textureBytes: number;
  triangles: number;
}

/** What is heard in a sound, line by line with its times: WebVTT (`text/vtt`). */
export interface Captions {
  bytes: number;
  language: string;
  mediaType: string;
  sha256: string;
  /** Relative to the address of the document that it stands in */
  url: string;
}

/** Which edition of the hall this is. */
export interface EditionStamp {
  note?: string;
  number: number;
  /** Number of the edition that was current before */
  previous?: number;
  publishedAt: string;
}

/** An exhibit where it stands. */
export interface Exhibit {
  achievements: string[];
  alt?: LanguageMap;
  audio: Sound[];
  bounds?: Bounds;
  id: string;
  industry?: string;
  label: LanguageMap;
  model: Model;
  organisation: string;
  /** All sizes of its pictures; the curator's own first */
  pictures: Picture[];
  placards: string[];
  /** Height of a plinth to draw under it, metres */
  plinth?: number;
  pose: Pose;
  /** A picture to show in the model's place */
  poster?: Media;
  priority: number;
  rights?: string;
  summary?: LanguageMap;
  trade?: string;
  year?: number;
  zone?: string;
}

/** The exhibition that the hall is a part of. */
export interface ExhibitionRef {
  closes?: string;
  id: string;
  label: LanguageMap;
  opens?: string;
  slug: string;
  summary?: LanguageMap;
}

/** The hall stands on a floor that the device has found, at least so wide and deep (metres). */
export interface FloorAnchor {
  minimum?: [number, number];
  /** Lower is tried first */
  priority: number;
  /** 1 is life-size; 0.02 makes a table-top model */
  scale: number;
  type: "floor";
}

/** The hall stands at a place on the earth (WGS 84), turned `heading` degrees clockwise from north. */
export interface GeoAnchor {
  altitude?: number;
  heading: number;
  latitude: number;
  longitude: number;
  priority: number;
  type: "geo";
}

/** The hall itself. */
export interface HallRef {
  id: string;
  label: LanguageMap;
  slug: string;
  summary?: LanguageMap;
}

/** The hall stands at a printed marker, whose width must be known to find its distance. */
export interface ImageAnchor {
  /** What the printed QR code says, so that anyone can print it */
  marker: string;
  /** Metres */
  physicalWidth: number;
  priority: number;
  type: "image";
}

/** A light as in KHR_lights_punctual, and where it hangs; it shines along −Z of its own frame. */
export interface Light {
  color: [number, number, number];
  /** lux for directional lights, candela for others */
  intensity: number;
  name?: string;
  /** Metres */
  range?: number;
  rotation: [number, number, number, number];
  spot?: Spot;
  translation: [number, number, number];
  type: "directional" | "point" | "spot";
}

/** How the hall is lit. */
export interface Lighting {
  environment: string;
  exposure: number;
  /** As in KHR_lights_punctual, with a place */
  lights: Light[];
  useEstimation: boolean;
}

/** Where to go from here. */
export interface Links {
  /** The exhibition's list of halls */
  exhibition: string;
  /** The pointer to the current edition of this hall */
  latest: string;
  schema: Resource;
}

/** What to load next. `bytes` is the sum of what is not in a step before, so that a progress bar can be true. */
export interface LoadStep {
  bytes: number;
  items: string[];
  /** "first-view", a zone's id, or "rest" */
  step: string;
}

/** The model in less detail, to show from afar. */
export interface Lod {
  animations: Animation[];
  bytes: number;
  drawCalls: number;
  extensionsRequired: string[];
  /** Grows as the detail shrinks */
  level: number;
  materials: number;
  maxTextureSize: number;
  mediaType: string;
  profile: Profile;
  sha256: string;
  /** True where skins or morph targets stand still in it */
  static?: boolean;
  /** On the GPU, mipmaps included */
  textureBytes: number;
  textures: number;
  triangles: number;
  /** Relative to the address of the document that it stands in */
  url: string;
  vertices: number;
}

/** A picture, sound or film with its words. */
export interface Media {
  alt?: LanguageMap;
  bytes: number;
  label?: LanguageMap;
  mediaType: string;
  sha256: string;
  /** Relative to the address of the document that it stands in */
  url: string;
}

/** The model of an exhibit. There is always a `master`; a client takes its own profile, else `master`. */
export interface Model {
  animations: Animation[];
  /** Levels of less detail, the finest first */
  lods: Lod[];
  /** At most one a profile */
  variants: Variant[];
}

/** A door or window in a wall: from so many metres along the wall to so many, and how high. */
export interface Opening {
  end: number;
  /** Metres */
  height: number;
  start: number;
}

/** A keeper of exhibits. */
export interface Organisation {
  homepage?: string;
  id: string;
  label: LanguageMap;
  region?: string;
  summary?: LanguageMap;
}

/** A person, with the growth story. */
export interface Person {
  awards: string[];
  id: string;
  industry?: string;
  invented: boolean;
  label: LanguageMap;
  organisation: string;
  story: Step[];
  summary?: LanguageMap;
  title?: LanguageMap;
  trade?: string;
}

/** A picture of an exhibit in one size. */
export interface Picture {
  bytes: number;
  /** Pixels */
  height: number;
  mediaType: string;
  sha256: string;
  /** It has no ground, so that it can lie on anything */
  transparent: boolean;
  /** Relative to the address of the document that it stands in */
  url: string;
  /** Pixels */
  width: number;
}

/** A board with words; its front faces +Z of its pose. */
export interface Placard {
  achievement?: string;
  awards: string[];
  body?: LanguageMap;
  exhibit?: string;
  id: string;
  label: LanguageMap;
  media: Media[];
  people: string[];
  pose: Viewpoint;
  selection?: string;
  /** Width and height, metres */
  size: [number, number];
  studio?: string;
  /** Where a reader's eyes are */
  view?: Viewpoint;
}

/** A way to another hall of the exhibition: who steps on its floor goes there. Who comes from there arrives at `pose`. */
export interface Portal {
  /** Corners [x, z] in metres, in order; the last joins the first */
  floor: [number, number][];
  label?: LanguageMap;
  /** In this hall, feet on the floor, looking in: where one arrives */
  pose: Viewpoint;
  /** Slug of the hall that it leads to */
  to: string;
}

/** Where something stands: glTF's translation, rotation and scale, applied scale first. */
export interface Pose {
  rotation: [number, number, number, number];
  /** A factor along each axis; a single number stands for three */
  scale: [number, number, number];
  translation: [number, number, number];
}

/** Something with bytes. They hash to `sha256`, always. */
export interface Resource {
  bytes: number;
  mediaType: string;
  sha256: string;
  /** Relative to the address of the document that it stands in */
  url: string;
}

/** What came of a selection for one person, studio or achievement. */
export interface Result {
  award?: string;
  stage: string;
  subject: string;
}

/** A selection with its stages and results. */
export interface Selection {
  edition?: number;
  id: string;
  label: LanguageMap;
  organisation: string;
  results: Result[];
  stages: Stage[];
  summary?: LanguageMap;
  year: number;
}

/** A sound of an exhibit, with its words for those who cannot hear it. */
export interface Sound {
  alt?: LanguageMap;
  bytes: number;
  /** By language; at most one for each */
  captions: Captions[];
  id?: string;
  label?: LanguageMap;
  /** What is spoken; absent where nobody speaks */
  language?: string;
  mediaType: string;
  sha256: string;
  /** All that is said and heard, as plain text */
  transcript?: LanguageMap;
  /** Relative to the address of the document that it stands in */
  url: string;
}

/** The room. */
export interface Space {
  bounds: Bounds;
  /** Corners [x, z]; the last joins the first */
  floor: [number, number][];
  height: number;
  portals: Portal[];
  /** A model of the room; without one, clients build it from this data */
  shell?: Resource;
  spawn: Viewpoint;
  tours: Tour[];
  walls: Wall[];
  waypoints: Waypoint[];
  zones: Zone[];
}

/** The cone of a spot light, in radians (KHR_lights_punctual). */
export interface Spot {
  innerConeAngle: number;
  outerConeAngle: number;
}

/** A stage of a selection. */
export interface Stage {
  begins: string;
  ends: string;
  stage: string;
}

/** One dated step of a growth story. */
export interface Step {
  date: string;
  label: LanguageMap;
  text?: LanguageMap;
}

/** One stop of a tour: where to stand, what to look at, what is told. */
export interface Stop {
  exhibit?: string;
  narration?: LanguageMap;
  placard?: string;
  waypoint: string;
}

/** An innovation studio. */
export interface Studio {
  id: string;
  industry?: string;
  label: LanguageMap;
  leader?: string;
  members: string[];
  organisation: string;
  summary?: LanguageMap;
  trade?: string;
  year?: number;
}

/** A guided way through the hall. */
export interface Tour {
  id: string;
  label: LanguageMap;
  stops: Stop[];
  summary?: LanguageMap;
}

/** One form of a model, for one profile of devices, with what it costs to show. For `fallback-2d` it is a picture and costs nothing. */
export interface Variant {
  animations: Animation[];
  bytes: number;
  drawCalls: number;
  extensionsRequired: string[];
  materials: number;
  maxTextureSize: number;
  mediaType: string;
  profile: Profile;
  sha256: string;
  /** True where skins or morph targets stand still in it */
  static?: boolean;
  /** On the GPU, mipmaps included */
  textureBytes: number;
  textures: number;
  triangles: number;
  /** Relative to the address of the document that it stands in */
  url: string;
  vertices: number;
}

/** Where a visitor stands and looks: along −Z of its own frame, as a glTF camera does. Feet on the floor, unless it says eyes. */
export interface Viewpoint {
  rotation: [number, number, number, number];
  translation: [number, number, number];
}

/** A straight wall over the line from `start` to `end` on the floor. */
export interface Wall {
  end: [number, number];
  /** Without one, the height of the hall */
  height?: number;
  openings: Opening[];
  start: [number, number];
  /** Metres */
  thickness: number;
}

/** The hall's front stands at a wall that the device has found. */
export interface WallAnchor {
  /** Metres */
  minimumWidth?: number;
  priority: number;
  type: "wall";
}

/** A place to stand and look from. The floor's height is the translation's y. */
export interface Waypoint {
  id: string;
  label?: LanguageMap;
  rotation: [number, number, number, number];
  translation: [number, number, number];
}

/** A part of the floor that belongs together: what is loaded and budgeted as one. */
export interface Zone {
  /** Corners [x, z] in metres, in order; the last joins the first */
  floor: [number, number][];
  id: string;
  label: LanguageMap;
}

/** Which manifest is current: the one small document that changes. */
export interface HallPointer {
  edition: number;
  id: string;
  label: LanguageMap;
  manifest: Resource;
  publishedAt: string;
  slug: string;
  type: "HallPointer";
  version: "1.0";
}

/** An exhibition with the halls that can be visited now. */
export interface ExhibitionDocument {
  closes?: string;
  halls: HallEntry[];
  id: string;
  label: LanguageMap;
  opens?: string;
  slug: string;
  summary?: LanguageMap;
  type: "Exhibition";
  version: "1.0";
}

/** A hall in the list of its exhibition. */
export interface HallEntry {
  edition: number;
  id: string;
  label: LanguageMap;
  manifest: Resource;
  /** The hall's pointer, relative to this document */
  pointer: string;
  slug: string;
  summary?: LanguageMap;
}
