// Memory: what a large scan leaves behind is given back before more is taken.
import v8 from "node:v8";
import vm from "node:vm";

const AMPLE = 400e6;

v8.setFlagsFromString("--expose-gc");
const collect = vm.runInNewContext("gc");

/** Free what nothing holds any more, once there is much of it. Buffers lie outside of V8's heap: on its own it waits for long. */
export function release() {
  if (Deno.memoryUsage().rss > AMPLE) collect();
}
