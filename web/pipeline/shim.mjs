// What Emscripten's loaders expect of Node: they look for their .wasm beside the script that loads them. Imported first.
import { createRequire } from "node:module";

globalThis.__dirname = import.meta.dirname;
globalThis.__filename = import.meta.filename;
globalThis.require = createRequire(import.meta.url);
