/** The device's own viewers of 3D files: Quick Look on iPhone and iPad, Scene Viewer on Android. */

import { inLanguage } from "exhibit-client";
import type { Exhibit, OpenHall } from "../contract.ts";
import { say } from "./say.ts";

export type SystemViewer = "quick-look" | "scene-viewer";

/** Browsers in which an intent to Scene Viewer leads nowhere: inside WeChat, and on headsets. */
const NO_INTENTS = /MicroMessenger|OculusBrowser|Quest|PicoBrowser|Pico /;

/** The viewer that this device has. `arWorks`: WebXR shows AR here, so that Scene Viewer is not needed. */
export function systemViewer(arWorks: boolean): SystemViewer | undefined {
  if (document.createElement("a").relList.supports("ar")) return "quick-look";
  const { userAgent } = navigator;
  if (/Android/.test(userAgent) && !NO_INTENTS.test(userAgent) && !arWorks) return "scene-viewer";
  return undefined;
}

/**
 * A link that opens `exhibit` in `viewer` at its true size, if the hall has a file for it. `page`: where to go when
 * the viewer is missing. A link with `rel` must hold an `<img>` and nothing else: Safari asks for that.
 */
export function systemLink(
  viewer: SystemViewer | undefined,
  hall: OpenHall,
  exhibit: Exhibit,
  language: string,
  page: string,
): { href: string; rel?: string } | undefined {
  const variant = exhibit.model.variants.find((one) => one.profile === viewer);
  if (!viewer || !variant) return undefined;
  const file = hall.loader.url(variant);
  const title = inLanguage(exhibit.label, language, hall.manifest.languages)?.text ?? "";
  if (viewer === "quick-look") {
    const subtitle = inLanguage(hall.manifest.hall.label, language, hall.manifest.languages)?.text ?? "";
    const banner = { callToAction: say("xr.placard", language), checkoutTitle: title, checkoutSubtitle: subtitle };
    const said = Object.entries({ allowsContentScaling: "0", canonicalWebPageURL: page, ...banner });
    const fragment = said.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    return { href: `${file.href}#${fragment}`, rel: "ar" };
  }
  // Scene Viewer fetches the file itself, and only over https.
  if (file.protocol !== "https:") return undefined;
  const asked = new URLSearchParams({ file: file.href, mode: "ar_preferred", title, link: page, resizable: "false" });
  const query = asked.toString().replaceAll("+", "%20");
  return {
    href: `intent://arvr.google.com/scene-viewer/1.0?${query}#Intent;scheme=https;` +
      "package=com.google.android.googlequicksearchbox;action=android.intent.action.VIEW;" +
      `S.browser_fallback_url=${encodeURIComponent(page)};end;`,
  };
}
