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
    found.issues.messages = gravest(messages);
    found.issues.truncated = true;
  }
  for (const message of found.issues.messages) {
    for (const part of ["message", "pointer"]) {
      if (message[part]?.length > LONGEST) message[part] = `${message[part].slice(0, LONGEST)}…`;
    }
  }
  return found;
}

/** As many as are kept: the first of each code, so that none hides behind others, then by severity. */
function gravest(messages) {
  const seen = new Set();
  const isFirst = ({ code, severity }) => seen.size < seen.add(`${code} ${severity}`).size;
  const first = messages.filter(isFirst);
  const bySeverity = (list) => list.toSorted((one, other) => one.severity - other.severity); // stable
  const kept = new Set([...first, ...bySeverity(messages)].slice(0, MAX_ISSUES));
  return bySeverity(messages.filter((message) => kept.has(message)));
}

/** The names under which any part of a model has an extension, declared or not. */
function extensionsIn(json) {
  const names = new Set();
  const parts = [json];
  while (parts.length) {
    const part = parts.pop();
    for (const [name, value] of Object.entries(part)) {
      if (value === null || typeof value !== "object" || name === "extras") continue;
      if (name === "extensions" && !Array.isArray(value)) Object.keys(value).forEach((extension) => names.add(extension));
      parts.push(value);
    }
  }
  return names;
}

/** The JSON of a model; an empty one where there is none, which the validator tells. */
function jsonOf(bytes, format) {
  try {
    const text = format === "gltf" ? bytes : bytes.subarray(20, 20 + new DataView(bytes.buffer).getUint32(12, true));
    return Object(JSON.parse(new TextDecoder().decode(text)));
  } catch {
    return {};
  }
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
      const format = file.toLowerCase().endsWith(".gltf") ? "gltf" : "glb";
      const found = await report(bytes, format);
      const used = new Set([...found.info?.extensionsUsed ?? [], ...extensionsIn(jsonOf(bytes, format))]);
      const unknownExtensions = [...used].filter((name) => !KNOWN_EXTENSIONS.has(name)).sort();
      answer({ file, report: found, unknownExtensions });
    } catch (error) {
      answer({ file, error: reasonOf(error).message });
    }
  }
}
