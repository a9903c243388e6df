/** Sharing a hall or an exhibit: its link, its QR code, and the code that puts it into another page. */

import type { App, Exhibit } from "../contract.ts";
import { openDialog } from "./dialog.ts";
import { element } from "./element.ts";
import { qrCode } from "./qr.ts";
import { button, type Tongue } from "./tongue.ts";
import { slugOf } from "../places.ts";

/** What a frame of ours may do; without it, AR does not start in another page. */
const ALLOWED =
  "fullscreen; xr-spatial-tracking; gyroscope; accelerometer; gamepad; autoplay; clipboard-write; web-share";

/** Open the dialog for the exhibit, else for the open hall. */
export function openShare(app: App, tongue: Tongue, host: HTMLElement, exhibit?: Exhibit): void {
  openDialog(app, tongue, host, "share.title", () => {
    const hall = app.hall;
    if (!hall) return [];
    const what = tongue.plain(exhibit?.label ?? hall.manifest.hall.label);
    const link = linkTo(app, exhibit);
    const code = element("div", { class: "qr-place" });
    const words = tongue.say("share.qr", { what });
    qrCode(link, words).then((drawn) => code.replaceChildren(drawn), () => code.remove());
    return [
      element("p", { class: "shared" }, what),
      copyable(tongue, "share.link", "share.copy", link),
      ...canSend(link, what)
        ? [button("share.send", () => void send(link, what), { icon: "share", class: "strong" })]
        : [],
      element("figure", { class: "qr-figure" }, code, element("figcaption", { class: "quiet" }, words)),
      copyable(tongue, "share.embed", "share.copyEmbed", embedCode(link, what)),
    ];
  });
}

/** The address of the exhibit, else of the hall, as others open it: not in a frame. */
export function linkTo(app: App, exhibit?: Exhibit): string {
  const address = new URL(app.places.view(app.hall?.slug ?? "", exhibit && slugOf(exhibit.id)));
  address.searchParams.delete("embed");
  return address.href;
}

/** HTML for another page. */
export function embedCode(link: string, title: string): string {
  const address = new URL(link);
  address.searchParams.set("embed", "1");
  const safe = (text: string) =>
    text.replace(/[&<>"]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter] ?? letter);
  return `<iframe src="${safe(address.href)}" title="${safe(title)}" width="960" height="540" loading="lazy" ` +
    `allow="${ALLOWED}" allowfullscreen></iframe>`;
}

function canSend(url: string, title: string): boolean {
  return navigator.canShare?.({ url, title }) ?? false;
}

async function send(url: string, title: string): Promise<void> {
  try {
    await navigator.share({ url, title });
  } catch {
    // The visitor closed the system's dialog, which is no fault.
  }
}

function copyable(
  tongue: Tongue,
  label: "share.link" | "share.embed",
  copy: "share.copy" | "share.copyEmbed",
  text: string,
) {
  const id = `copy-${label.split(".")[1]}`;
  const status = element("p", { class: "quiet", role: "status" });
  const field = element("textarea", {
    id,
    class: "field code",
    readonly: true,
    rows: label === "share.link" ? 2 : 6,
    dir: "ltr",
  });
  field.value = text;
  field.addEventListener("focus", () => field.select());
  const press = async () => {
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = tongue.say("share.copied");
    } catch {
      field.focus();
      status.textContent = tongue.say("share.notCopied");
    }
  };
  return element(
    "div",
    { class: "copyable" },
    element("label", { for: id }, tongue.say(label)),
    field,
    button(copy, () => void press(), { icon: "copy" }),
    status,
  );
}
