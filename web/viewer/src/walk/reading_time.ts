/** How long people take to read a text or to hear it: what a tour's stop lasts. Pure. */

/** Of Chinese, Japanese and Korean, at a storyteller's pace. */
const CHARACTERS_A_MINUTE = 260;
const WORDS_A_MINUTE = 150;
/** To look around before and after, seconds. */
const LOOKING = 3;
const LEAST = 6;
const MOST = 180;
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** Seconds for a stop at which the text is told; for none, a look. */
export function readingSeconds(text: string): number {
  const characters = text.match(IDEOGRAPHS)?.length ?? 0;
  const words = text.replace(IDEOGRAPHS, " ").match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  const seconds = (characters / CHARACTERS_A_MINUTE + words / WORDS_A_MINUTE) * 60;
  return Math.min(MOST, Math.max(LEAST, seconds + LOOKING));
}
