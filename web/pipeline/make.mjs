// `make PLAN.json`: the steps of a plan, one after the other. A step that fails is a record; the next one runs all the same.
import process from "node:process";

import { answer, reasonOf, Refusal } from "./answer.mjs";
import { release } from "./memory.mjs";
import { normalise } from "./normalise.mjs";
import { repair } from "./repair.mjs";
import { codesOf, report } from "./validate.mjs";
import { variant } from "./variant.mjs";

/** Each takes (input path, output path, options), writes the output, and gives {notes?, detail?}. */
const STEPS = {
  normalise,
  variant,
  repair,
  usdz: async (...step) => (await import("./usdz.mjs")).usdz(...step),  // three.js is read only where it is needed
};

/** Do one step: `{output, bytes, errors, warnings, notes, detail}`. */
async function done({ do: verb, input, output, options = {} }) {
  if (!Object.hasOwn(STEPS, verb)) throw new Refusal("UNKNOWN_STEP", `there is no step ${JSON.stringify(verb)}`);
  const { notes = [], detail = {} } = await STEPS[verb](input, output, options);
  release();
  const bytes = Deno.readFileSync(output);
  const codes = verb === "usdz" ? { errors: [], warnings: [] } : codesOf(await report(bytes));
  return { output, bytes: bytes.length, ...codes, notes, detail };
}

/** `make PLAN.json`. */
export async function make([plan]) {
  for (const step of JSON.parse(Deno.readTextFileSync(plan)).steps) {
    answer({ step: step.name, state: "started" });
    const start = spent();
    try {
      const made = await done(step);
      const end = spent();
      for (const clock of Object.keys(end)) made.detail[clock] = Math.round((end[clock] - start[clock]) * 1000) / 1000;
      answer({ step: step.name, state: "made", ...made });
    } catch (error) {
      answer({ step: step.name, state: "failed", ...reasonOf(error) });
    }
    release();
  }
}

/** Seconds by the clock and of the processors, all threads. */
function spent() {
  const { user, system } = process.cpuUsage();
  return { seconds: performance.now() / 1000, cpuSeconds: (user + system) / 1e6 };
}
