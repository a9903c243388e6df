// How the toolbox answers: RFC 7464 JSON text sequences on stdout, and failures that carry a code.
import fs from "node:fs";

const RECORD_SEPARATOR = "\x1e";
const STDOUT = 1;

/** Write one record. WASM modules print to the same stdout: a reader takes only what stands between RS and LF. */
export function answer(record) {
  // Half of a surrogate pair, as a text that was cut has it, would be no Unicode: readers would refuse the record whole.
  const text = JSON.stringify(record, (_, value) => typeof value === "string" ? value.toWellFormed() : value);
  const bytes = new TextEncoder().encode(`${RECORD_SEPARATOR}${text}\n`);
  for (let sent = 0; sent < bytes.length;) sent += fs.writeSync(STDOUT, bytes, sent);
}

/** A step that cannot be done, for a reason that its asker can act on: a code for programs, a sentence for people. */
export class Refusal extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** The code and the sentence of any thrown value; what no Refusal names is `FAILED`. */
export function reasonOf(thrown) {
  const code = thrown instanceof Refusal ? thrown.code : "FAILED";
  return { code, message: String(thrown?.message ?? thrown).slice(0, 500) };
}
