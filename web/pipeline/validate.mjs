// The Khronos validator's report on GLB and glTF files. It reads the bytes it is given and opens no other file.
import { ALL_EXTENSIONS } from "@gltf-transform/extensions";
import * as validator from "gltf-validator";

import { answer, reasonOf } from "./answer.mjs";

const KNOWN_EXTENSIONS = new Set(ALL_EXTENSIONS.map((extension) => extension.EXTENSION_NAME));
const MAX_ISSUES = 1000;
const LONGEST = 2000; // characters of a message: it may quote the file
const ERROR = 0;
const WARNING = 1;

/**
 * The report on the bytes of a model. `format` spares the validator a guess that ends in an exception for junk.
 *
 * The validator finds all there is, and we keep the gravest: told to stop at so many messages it stops at the first, and a
 * thousand warnings would hide an error.
 */
export async function report(bytes, format = "glb") {
  const found = await validator.validateBytes(bytes, { format, maxIssues: 0, writeTimestamp: false });
  const { messages } = found.issues;
  if (messages.length > MAX_ISSUES) {
    messages.sort((one, other) => one.severity - other.severity); // stable: within a severity they stay as they were
    messages.length = MAX_ISSUES;
    found.issues.truncated = true;
  }
  for (const message of messages) {
    for (const part of ["message", "pointer"]) {
      if (message[part]?.length > LONGEST) message[part] = `${message[part].slice(0, LONGEST)}…`;
    }
  }
  return found;
}

/** The distinct codes of a report's errors and of its warnings. */
export function codesOf({ issues }) {
  const codes = (severity) =>
    [...new Set(issues.messages.filter((issue) => issue.severity === severity).map((issue) => issue.code))].sort();
  return { errors: codes(ERROR), warnings: codes(WARNING) };
}

/** `validate FILE…`: one record a file. */
export async function validate(files) {
  for (const file of files) {
    try {
      const bytes = Deno.readFileSync(file);
      const found = await report(bytes, file.toLowerCase().endsWith(".gltf") ? "gltf" : "glb");
      const used = found.info?.extensionsUsed ?? [];
      answer({ file, report: found, unknownExtensions: used.filter((name) => !KNOWN_EXTENSIONS.has(name)) });
    } catch (error) {
      answer({ file, error: reasonOf(error).message });
    }
  }
}
