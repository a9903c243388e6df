// The toolbox: `deno run … toolbox.mjs validate FILE…` and `… make PLAN.json`. Answers are records on stdout (answer.mjs).
import "./shim.mjs";

/** Each is read only when it is asked for: the validator must not wait for the image codecs. */
const COMMANDS = {
  validate: async (files) => (await import("./validate.mjs")).validate(files),
  make: async (plan) => (await import("./make.mjs")).make(plan),
};

const [command, ...rest] = Deno.args;
if (!Object.hasOwn(COMMANDS, command ?? "") || rest.length === 0) {
  console.error("usage: toolbox.mjs validate FILE… | make PLAN.json");
  Deno.exit(2);
}
await COMMANDS[command](rest);
Deno.exit(0);  // WASM threads would keep the process alive
