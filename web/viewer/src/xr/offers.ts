/** Which ways out of the screen work here, and why the others do not. */

import type { Offer } from "../contract.ts";
import { say } from "./say.ts";

/** What the device says of a mode of WebXR. */
export type Support = "yes" | "no" | "none" | "insecure" | "framed";

/** Ask the device. Never rejects. */
export async function support(mode: "immersive-ar" | "immersive-vr"): Promise<Support> {
  if (!globalThis.isSecureContext) return "insecure";
  const xr = navigator.xr;
  if (!xr) return "none";
  try {
    return await xr.isSessionSupported(mode) ? "yes" : "no";
  } catch (error) {
    return error instanceof DOMException && error.name === "SecurityError" ? "framed" : "no";
  }
}

/** The same for people. */
export function offerOf(found: Support, mode: "immersive-ar" | "immersive-vr", language: string): Offer {
  switch (found) {
    case "yes":
      return { works: true };
    case "insecure":
      return { works: false, why: say("xr.insecure", language, { address: secureAddress() }) };
    case "none":
      return { works: false, why: say("xr.none", language) };
    case "framed":
      return { works: false, why: say("xr.framed", language) };
    case "no":
      return { works: false, why: say(mode === "immersive-ar" ? "xr.noAr" : "xr.noVr", language) };
  }
}

/** Why a session did not begin, in plain words. */
export function whyNotBegun(error: unknown, language: string): string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError") return say("xr.denied", language);
  if (name === "SecurityError") return say("xr.framed", language);
  if (name === "NotSupportedError") return say("xr.lacking", language);
  if (name === "InvalidStateError") return say("xr.busy", language);
  return say("xr.failed", language);
}

function secureAddress(): string {
  const address = new URL(location.href);
  address.protocol = "https:";
  return address.href;
}
