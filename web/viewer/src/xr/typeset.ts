/** Setting text on a canvas: lines that fit a width, and pages of lines. Chinese may break between any two signs. */

/** One line and how it is written. Heights are in pixels. */
export interface SetLine {
  text: string;
  font: string;
  height: number;
  colour: string;
}

/** What may stand alone: a word with the space after it, or one sign of a script without spaces. */
const PIECES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{P}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+\s*|\s+/gu;
/** These never begin a line. */
const CLOSING = /^[，。、；：？！”’）》」』,.;:?!)\]]/;

/** Break `text` into lines of at most `width` pixels as `measure` tells. A word wider than a line is cut. */
export function breakLines(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const whole of paragraph.match(PIECES) ?? []) {
      for (const piece of measure(whole) > width ? [...whole] : [whole]) {
        if (line !== "" && !CLOSING.test(piece) && measure((line + piece).trimEnd()) > width) {
          lines.push(line.trimEnd());
          line = "";
        }
        line += line === "" ? piece.trimStart() : piece;
      }
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

/** Deal lines out to pages of at most `height` pixels. There is at least one page. */
export function dealPages(lines: SetLine[], height: number): SetLine[][] {
  const pages: SetLine[][] = [[]];
  let filled = 0;
  for (const line of lines) {
    if (filled + line.height > height && pages[pages.length - 1].length > 0) {
      pages.push([]);
      filled = 0;
    }
    pages[pages.length - 1].push(line);
    filled += line.height;
  }
  return pages;
}
