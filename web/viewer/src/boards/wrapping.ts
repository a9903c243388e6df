/** Breaking text into lines for a canvas, in Chinese as in English. Pure: measuring is the caller's. */

const HAN = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\u3000-\\u303f\\uff01-\\uff60";
/** Never alone at the beginning, or at the end, of a line. */
const CLOSING = "、。，．；：？！）》〉」』】”’…—％%,.;:?!)\\]·";
const OPENING = "（《〈「『【“‘(\\[";
/** What stays together: an ideograph with its marks, a word with its marks, or white space. */
const TOKENS = new RegExp(`[${OPENING}]*[${HAN}][${CLOSING}]*|[^\\s${HAN}]+|\\s+`, "gu");
const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: "grapheme" });

type Measure = (text: string) => number;

/** Lines, paragraph by paragraph; whether they are the whole text. */
export interface Wrapped {
  readonly paragraphs: readonly (readonly string[])[];
  readonly whole: boolean;
}

/** At most `most` lines that are not wider than `width`; what does not fit is cut with an ellipsis. */
export function wrap(text: string, width: number, most: number, measure: Measure): Wrapped {
  const paragraphs: string[][] = [];
  let left = most;
  for (const paragraph of text.split(/\n+/).map((part) => part.trim())) {
    if (paragraph === "") continue;
    if (left <= 0) return { paragraphs: cut(paragraphs, width, measure), whole: false };
    const lines = linesOf(paragraph, width, left + 1, measure);
    paragraphs.push(lines.slice(0, left));
    if (lines.length > left) return { paragraphs: cut(paragraphs, width, measure), whole: false };
    left -= lines.length;
  }
  return { paragraphs, whole: true };
}

/** The first lines of a paragraph, `enough` of them. */
function linesOf(paragraph: string, width: number, enough: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = "";
  for (const token of pieces(paragraph, width, measure)) {
    if (line !== "" && measure((line + token).trimEnd()) > width) {
      lines.push(line.trimEnd());
      if (lines.length >= enough) return lines;
      line = "";
    }
    if (line !== "" || token.trim() !== "") line += token;
  }
  if (line.trim() !== "") lines.push(line.trimEnd());
  return lines;
}

/** Tokens, those that are wider than a line taken apart. */
function* pieces(text: string, width: number, measure: Measure): Generator<string> {
  for (const [token] of text.matchAll(TOKENS)) {
    if (token.length < 2 || measure(token) <= width) {
      yield token;
      continue;
    }
    let part = "";
    for (const segment of graphemes(token)) {
      if (part !== "" && measure(part + segment) > width) {
        yield part;
        part = "";
      }
      part += segment;
    }
    yield part;
  }
}

/** The same lines, the last one with an ellipsis. */
function cut(paragraphs: readonly string[][], width: number, measure: Measure): string[][] {
  const last = paragraphs.at(-1)?.at(-1);
  if (last === undefined) return [];
  const kept = graphemes(last);
  while (kept.length > 0 && measure(kept.join("").trimEnd() + "…") > width) kept.pop();
  const ended = kept.join("").replace(/[\s，。、；：,.;:…]+$/u, "") + "…";
  return [...paragraphs.slice(0, -1), [...paragraphs.at(-1)!.slice(0, -1), ended]];
}

function graphemes(text: string): string[] {
  return [...GRAPHEMES.segment(text)].map(({ segment }) => segment);
}
