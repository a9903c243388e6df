// Models in and out: GLB bytes ↔ glTF-Transform documents. Nothing but the given file is ever opened: glTF-Transform's own
// `read(path)` follows the URIs of a model to any file that the process may read, so only its `readBinary` is used.
import { Format, Logger, NodeIO } from "@gltf-transform/core";
import { ALL_EXTENSIONS } from "@gltf-transform/extensions";
import draco3d from "draco3dgltf";
import { MeshoptDecoder, MeshoptEncoder } from "meshoptimizer";

import { Refusal } from "./answer.mjs";
import { release } from "./memory.mjs";

const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BIN_CHUNK = 0x004e4942;
const TRIANGLES = 4;
const REPEAT = 10497;
const COMPRESSIONS = ["KHR_draco_mesh_compression", "EXT_meshopt_compression"];

let ready = null;

/** glTF-Transform's reader and writer, with all codecs; made once, when first asked for. */
function codecs() {
  ready ??= (async () => {
    const [decoder, encoder] = await Promise.all([
      draco3d.createDecoderModule(),
      draco3d.createEncoderModule(),
      MeshoptDecoder.ready,
      MeshoptEncoder.ready,
    ]);
    return new NodeIO().setLogger(new Logger(Logger.Verbosity.SILENT)).registerExtensions(ALL_EXTENSIONS)
      .registerDependencies({
        "draco3d.decoder": decoder,
        "draco3d.encoder": encoder,
        "meshopt.decoder": MeshoptDecoder,
        "meshopt.encoder": MeshoptEncoder,
      });
  })();
  return ready;
}

/** The JSON of a GLB's first chunk, which asks for nothing outside of the file. */
export function headOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 20 || view.getUint32(0, true) !== MAGIC || view.getUint32(16, true) !== JSON_CHUNK) {
    throw new Refusal("NOT_GLB", "the file is not a GLB");
  }
  const json = JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + view.getUint32(12, true))));
  refuseOutside(json);
  return json;
}

/** Refuse a model whose buffers or images lie outside of it. */
function refuseOutside(json) {
  for (const part of ["buffers", "images"]) {
    for (const { uri } of json[part] ?? []) {
      if (uri !== undefined && !/^data:/i.test(uri)) {
        throw new Refusal("OUTSIDE_RESOURCE", `the model asks for ${JSON.stringify(String(uri).slice(0, 100))}; a GLB holds all its parts`);
      }
    }
  }
}

/** Read a GLB with all compression of its geometry undone. */
export async function readModel(path) {
  let bytes = Deno.readFileSync(path);
  headOf(bytes);
  const document = await (await codecs()).readBinary(bytes);
  bytes = null;  // all parts were copied out of it
  release();
  document.setLogger(new Logger(Logger.Verbosity.SILENT));
  for (const name of COMPRESSIONS) document.disposeExtension(name);  // else it would be compressed again when written
  return document;
}

/** Write a document as a GLB. */
export async function writeModel(document, path) {
  release();
  shareViews(document);
  const { json, resources } = await (await codecs()).writeJSON(document, { format: Format.GLB });
  for (const scene of json.scenes ?? []) if (scene.nodes?.length === 0) delete scene.nodes;  // an empty list is an error in glTF
  leaveOutDefaults(json);
  const file = Deno.openSync(path, { write: true, create: true, truncate: true });
  try {
    for (const part of partsOf(json, Object.values(resources)[0])) {
      for (let written = 0; written < part.length;) written += file.writeSync(part.subarray(written));
    }
  } finally {
    file.close();
  }
}

/**
 * Compress all vertex attributes of a kind as one view. glTF-Transform makes a view for each of them, which costs some 200 bytes of JSON.
 * What is not compressed is laid out by its own rule: views of attributes of different strides cannot be shared.
 */
function shareViews(document) {
  const compression = document.getRoot().listExtensionsUsed().find((one) => one.extensionName === "EXT_meshopt_compression");
  if (!compression) return;
  const prewrite = compression.prewrite;
  compression.prewrite = (context, type) => {
    const apart = context.accessorUsageGroupedByParent;
    context.accessorUsageGroupedByParent = new Set();
    prewrite.call(compression, context, type);
    context.accessorUsageGroupedByParent = apart;
    return compression;
  };
}

/** Take out what a reader supposes anyway: with many small parts it is a tenth of the JSON. */
function leaveOutDefaults(json) {
  const drop = (things, defaults) => {
    for (const thing of things ?? []) {
      for (const [name, value] of Object.entries(defaults)) if (thing[name] === value) delete thing[name];
    }
  };
  const extended = (json.bufferViews ?? []).map((view) => view.extensions?.EXT_meshopt_compression).filter(Boolean);
  drop(json.accessors, { byteOffset: 0, normalized: false });
  drop([...json.bufferViews ?? [], ...extended], { byteOffset: 0 });
  drop(json.meshes?.flatMap((mesh) => mesh.primitives), { mode: TRIANGLES });
  drop(json.samplers, { wrapS: REPEAT, wrapT: REPEAT });
  drop(json.animations?.flatMap((animation) => animation.samplers), { interpolation: "LINEAR" });
}

/** The parts of a GLB, one after the other: they are not joined in memory, where a scan would lie twice. */
function partsOf(json, binary) {
  const text = new TextEncoder().encode(JSON.stringify(json));
  const padding = (bytes) => -bytes.length & 3;
  const chunk = (kind, bytes, filler) => [
    words(bytes.length + padding(bytes), kind),
    bytes,
    new Uint8Array(padding(bytes)).fill(filler),
  ];
  const parts = [...chunk(JSON_CHUNK, text, 0x20), ...(binary?.length ? chunk(BIN_CHUNK, binary, 0) : [])];
  return [words(MAGIC, 2, 12 + parts.reduce((sum, part) => sum + part.length, 0)), ...parts];
}

/** Unsigned integers of 32 bits, little-endian. */
function words(...values) {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, place) => view.setUint32(place * 4, value, true));
  return new Uint8Array(view.buffer);
}
