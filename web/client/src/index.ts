/** exhibit-client: loads the halls of an Exhibit API for any way of showing them. */

export { chooseProfile, type Device, device } from "./device.ts";
export { Hall } from "./hall.ts";
export { directionOf, inLanguage, type Spoken } from "./language.ts";
export { LoadError, type LoadErrorCode } from "./load_error.ts";
export { loadHall } from "./load_hall.ts";
export type * from "./manifest.ts";
export type { Changes, Events, Failure, Loaded, Options, Progress } from "./options.ts";
