/** The words of AR and VR in the visitor's language; English where there is no other. */

import { XR_WORDS } from "../words_xr.ts";

/** Say it; `{name}` in the words is filled from `values`. */
export function say(key: keyof typeof XR_WORDS, language: string, values: Record<string, string> = {}): string {
  const words = XR_WORDS[key][language.toLowerCase().startsWith("zh") ? "zh-Hans" : "en"];
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
