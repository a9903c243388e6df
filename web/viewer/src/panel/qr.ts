/** QR codes as drawings: dark modules on a light ground, with the quiet zone that scanners need. */

import { drawing } from "./element.ts";

/** Modules of light around the code, as ISO/IEC 18004 asks for. */
const QUIET = 4;

/** Draw `text` as a QR code of error correction M; `label` is its name. The encoder is loaded when it is first needed. */
export async function qrCode(text: string, label: string): Promise<SVGSVGElement> {
  const { default: encoder } = await import("qrcode-generator");
  encoder.stringToBytes = (said) => [...new TextEncoder().encode(said)];
  const code = encoder(0, "M");
  code.addData(text, "Byte");
  code.make();
  const size = code.getModuleCount();
  let dark = "";
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (code.isDark(row, column)) dark += `M${column} ${row}h1v1h-1z`;
    }
  }
  const whole = size + 2 * QUIET;
  return drawing(
    "svg",
    {
      class: "qr",
      viewBox: `${-QUIET} ${-QUIET} ${whole} ${whole}`,
      role: "img",
      "aria-label": label,
      "data-text": text,
      "shape-rendering": "crispEdges",
    },
    drawing("rect", { x: -QUIET, y: -QUIET, width: whole, height: whole, fill: "#fff" }),
    drawing("path", { d: dark, fill: "#000" }),
  );
}
