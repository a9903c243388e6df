/** Sounds and films with their captions and transcripts; pictures of a placard. */

import type { Media, Sound } from "exhibit-client";
import type { OpenHall } from "../contract.ts";
import { element } from "./element.ts";
import { addressOf } from "./lookup.ts";
import { languageName, type Tongue } from "./tongue.ts";

/** A sound has words that other media lack. */
type Played = Media & Partial<Sound>;

/** Players outlive a change of language: what plays goes on. By address. */
const players = new Map<string, HTMLMediaElement>();

/** The placard's pictures, then all that sounds. */
export function mediaOf(hall: OpenHall, media: Media[], sounds: Sound[], tongue: Tongue): (HTMLElement | undefined)[] {
  const there = [...media, ...sounds].filter((one) => addressOf(hall, one) !== undefined);
  const pictures = there.filter((one) => one.mediaType.startsWith("image/"));
  const played = there.filter((one) => /^(audio|video)\//.test(one.mediaType));
  return [
    ...pictures.map((one) =>
      element(
        "figure",
        { class: "picture" },
        element("img", { src: addressOf(hall, one), alt: tongue.plain(one.alt ?? one.label), loading: "lazy" }),
        tongue.text("figcaption", one.label),
      )
    ),
    played.length > 0
      ? element(
        "section",
        { class: "chapter sounds" },
        element("h3", {}, tongue.say("placard.sounds")),
        played.map((one, index) => player(hall, one, index + 1, tongue)),
      )
      : undefined,
  ];
}

/** Stop all that plays: the placard was closed. */
export function silence(): void {
  for (const player of players.values()) player.pause();
  players.clear();
}

function player(hall: OpenHall, sound: Played, n: number, tongue: Tongue): HTMLElement {
  const address = addressOf(hall, sound) ?? "";
  const kind = sound.mediaType.startsWith("video/") ? "video" : "audio";
  const media = players.get(address) ??
    element(kind, { src: address, controls: true, preload: "none", crossorigin: "anonymous" });
  players.set(address, media);
  const name = tongue.plain(sound.label) || tongue.say("placard.sound", { n });
  media.setAttribute("aria-label", name);
  const line = element("p", { class: "captions", hidden: true });
  const fault = element("p", { class: "note", hidden: media.error === null }, tongue.say("placard.soundFailed"));
  media.onerror = () => fault.hidden = false;
  caption(hall, media, sound, line, tongue);
  const transcript = tongue.told(sound.transcript);
  return element(
    "figure",
    { class: "sound" },
    tongue.text("figcaption", sound.label) ?? element("figcaption", {}, name),
    media,
    line,
    fault,
    transcript && element(
      "details",
      { "data-kept": `transcript ${address}` },
      element("summary", {}, tongue.say("placard.transcript")),
      tongue.lines(sound.transcript),
    ),
  );
}

/** Show the captions of the visitor's language, else of the first there is, in a line below the player. */
function caption(hall: OpenHall, media: HTMLMediaElement, sound: Played, line: HTMLElement, tongue: Tongue): void {
  const of = new Map((sound.captions ?? []).map((one) => [one.language, one]));
  const tag = tongue.told(Object.fromEntries([...of.keys()].map((language) => [language, language])))?.text;
  const chosen = of.get(tag ?? "");
  const src = addressOf(hall, chosen);
  if (!chosen || !src) return;
  const old = media.querySelector("track");
  const track = old?.src === src ? old : element("track", {
    kind: "captions",
    srclang: chosen.language,
    label: languageName(chosen.language),
    src,
    default: true,
  });
  if (track !== old) media.replaceChildren(track);
  track.track.mode = "hidden";
  const show = () => {
    const cues = [...track.track.activeCues ?? []] as VTTCue[];
    line.textContent = cues.map((cue) => cue.getCueAsHTML().textContent).join("\n");
    line.hidden = line.textContent === "";
  };
  line.lang = chosen.language;
  line.dir = "auto";
  track.track.oncuechange = show;
  show();
}
