/** Why a hall cannot be shown, in plain words of the visitor's language, and what can be done. */

import { LoadError } from "exhibit-client";

type Words = { zh: string; en: string };

const TOLD: Record<LoadError["code"] | "unknown", Words> = {
  "not-found": { zh: "这个展厅不存在，或已撤展。", en: "There is no such hall, or it is not shown any more." },
  network: {
    zh: "连不上展览，请检查网络后再试。",
    en: "The exhibition cannot be reached. Check the connection and try again.",
  },
  stalled: {
    zh: "网络太慢，展览没有应答，请再试一次。",
    en: "The line is too slow, and the exhibition does not answer. Try again.",
  },
  corrupt: {
    zh: "收到的展览文件不完整，请再试一次。",
    en: "What was received of the exhibition is not whole. Try again.",
  },
  invalid: { zh: "收到的展厅清单无法读懂，请再试一次。", en: "The hall's manifest cannot be read. Try again." },
  "too-new": {
    zh: "这个展厅用了更新的格式，请刷新页面以更新观展程序。",
    en: "This hall is written in a newer form. Reload the page to get a newer viewer.",
  },
  aborted: { zh: "已停止加载。", en: "Loading was stopped." },
  unknown: { zh: "展厅没能打开。", en: "The hall could not be opened." },
};

/** In plain words. */
export function whyNot(error: unknown, language: string): string {
  const words = TOLD[error instanceof LoadError ? error.code : "unknown"];
  return language.startsWith("zh") ? words.zh : words.en;
}

/** The way out: try again, or load the page anew where the viewer is too old. */
whyNot.retry = (error: unknown, language: string, again: () => void): { label: string; run: () => void } => {
  const tooNew = error instanceof LoadError && error.code === "too-new";
  const words = tooNew ? { zh: "刷新页面", en: "Reload" } : { zh: "再试一次", en: "Try again" };
  return { label: language.startsWith("zh") ? words.zh : words.en, run: tooNew ? () => location.reload() : again };
};
