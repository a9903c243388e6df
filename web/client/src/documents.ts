/** Reads the pointer and the manifest of a hall, and distrusts both. */

import { check } from "./digest.ts";
import { get, type Line, read } from "./line.ts";
import { LoadError } from "./load_error.ts";
import type { HallManifest, HallPointer, Resource } from "./manifest.ts";
import { persist } from "./persist.ts";

const MAJOR = 1;
const MOST_BYTES = 64 << 20;

/** A document with where it came from, after redirects. */
export interface Found<Document> {
  readonly document: Document;
  readonly address: URL;
  readonly etag: string | null;
}

/** What leads to a manifest: the manifest itself, or its pointer. */
export async function readDocument(
  line: Line,
  url: URL,
  signal: AbortSignal,
): Promise<Found<HallManifest | HallPointer>> {
  // The pointer is small and may be stale in caches: it is always asked for anew, and costs a 304.
  const found = await fetchJson(line, url, signal, "no-cache");
  const document = told(found.document, url, ["HallPointer", "HallManifest"]);
  return { ...found, document: document.type === "HallPointer" ? pointerIn(document, url) : manifestIn(document, url) };
}

/** The frozen manifest that a pointer names. */
export async function readManifest(
  line: Line,
  pointer: Found<HallPointer>,
  signal: AbortSignal,
  verify: boolean,
): Promise<Found<HallManifest>> {
  const { manifest } = pointer.document;
  const url = within(manifest.url, pointer.address);
  const found = await fetchJson(line, url, signal, "default", (data) => check(data, manifest, url, verify));
  return { ...found, document: manifestIn(told(found.document, url, ["HallManifest"]), url) };
}

/** The pointer if it is another one than `etag` says, else undefined. */
export async function readIfNew(
  line: Line,
  url: URL,
  etag: string | null,
  signal: AbortSignal,
): Promise<Found<HallPointer> | undefined> {
  // To other origins the header would need a preflight; there the browser's own cache asks with it.
  const asks = etag !== null && url.origin === globalThis.location?.origin;
  const request: RequestInit = asks ? { headers: { "If-None-Match": etag }, cache: "no-store" } : { cache: "no-cache" };
  const found = await get(line, url, request, signal, (response, pulse) => jsonOf(response, pulse, url), [304]);
  return found && {
    ...found,
    document: pointerIn(told(found.document, url, ["HallPointer"]), url),
  };
}

async function fetchJson(
  line: Line,
  url: URL,
  signal: AbortSignal,
  cache: RequestCache,
  proves: (data: Blob) => Promise<void> = () => Promise.resolve(),
): Promise<Found<unknown>> {
  let mode = cache;
  const patience = { retries: line.retries, url, signal, waitsForLine: false, reached: () => 0 };
  return await persist(async () => {
    try {
      const found = await get(
        line,
        url,
        { cache: mode },
        signal,
        (response, pulse) => jsonOf(response, pulse, url, proves),
      );
      if (found === undefined) {
        throw new LoadError("network", `${url}: the server answered 304 to nothing`, url.href);
      }
      return found;
    } catch (error) {
      mode = "reload"; // what came was wrong: next time, past all caches
      throw error;
    }
  }, patience);
}

async function jsonOf(
  response: Response,
  pulse: () => void,
  url: URL,
  proves?: (data: Blob) => Promise<void>,
): Promise<Found<unknown> | undefined> {
  if (response.status === 304) return undefined;
  const pieces: BlobPart[] = [];
  let size = 0;
  await read(response, pulse, (piece) => {
    size += piece.byteLength;
    if (size > MOST_BYTES) {
      throw new LoadError("invalid", `${url} is too large for a document`, url.href);
    }
    pieces.push(piece);
  });
  const data = new Blob(pieces);
  await proves?.(data);
  const address = new URL(response.url || url);
  address.hash = "";
  try {
    return { document: JSON.parse(await data.text()), address, etag: response.headers.get("ETag") };
  } catch (cause) {
    throw new LoadError("corrupt", `${url} is not whole JSON (${size} bytes came)`, url.href, { cause });
  }
}

/** `document` as an object of one of `types`, of a version that is known here. */
function told(document: unknown, url: URL, types: readonly string[]): Record<string, unknown> {
  const fail = (why: string) => new LoadError("invalid", `${url} ${why}`, url.href);
  if (!isObject(document)) throw fail("is not a document of a hall");
  const { type, version } = document;
  if (typeof type !== "string" || !types.includes(type)) {
    throw fail(`has the type ${JSON.stringify(type)}, not ${types.join(" or ")}`);
  }
  const major = /^(\d+)\.\d+/.exec(typeof version === "string" ? version : "")?.[1];
  if (major === undefined) {
    throw fail(`has no version that can be read: ${JSON.stringify(version)}`);
  }
  if (Number(major) > MAJOR) {
    const message = `${url} is of version ${version}; this page knows ${MAJOR}.x: a newer exhibit-client is needed`;
    throw new LoadError("too-new", message, url.href);
  }
  return document;
}

function pointerIn(document: Record<string, unknown>, url: URL): HallPointer {
  if (!isResource(document.manifest)) {
    throw new LoadError("invalid", `${url} names no manifest`, url.href);
  }
  return document as unknown as HallPointer;
}

/** What the loader itself leans on is looked at; members that came with later minor versions are made whole. */
function manifestIn(document: Record<string, unknown>, url: URL): HallManifest {
  const fail = (why: string) => new LoadError("invalid", `${url} ${why}`, url.href);
  const manifest = document as unknown as HallManifest;
  const { exhibits, loadPlan, edition, links } = manifest;
  if (!Array.isArray(exhibits) || !isObject(loadPlan) || !isObject(edition) || typeof links?.latest !== "string") {
    throw fail("lacks exhibits, loadPlan, edition or links.latest");
  }
  for (const exhibit of exhibits) {
    if (!isObject(exhibit) || typeof exhibit.id !== "string" || !isObject(exhibit.model)) {
      throw fail("has an exhibit without id or model");
    }
    exhibit.pictures ??= [];
    exhibit.model.lods ??= [];
    exhibit.audio ??= [];
    if (!Array.isArray(exhibit.audio) || !exhibit.audio.every(isObject)) {
      throw fail(`has an exhibit whose sounds are no list: ${exhibit.id}`);
    }
    for (const media of exhibit.audio) media.captions ??= [];
  }
  return manifest;
}

/** Whether `value` can be fetched and checked. */
export function isResource(value: unknown): value is Resource {
  return isObject(value) && typeof value.url === "string" && typeof value.sha256 === "string" &&
    /^[0-9a-f]{64}$/.test(value.sha256) && Number.isSafeInteger(value.bytes) && (value.bytes as number) >= 0;
}

/** `reference` seen from `base`; of the web alone. */
export function within(reference: string, base: URL): URL {
  try {
    const url = new URL(reference, base);
    if (/^https?:$/.test(url.protocol)) return url;
  } catch {
    // told below
  }
  throw new LoadError("invalid", `${JSON.stringify(reference)} is no address`, base.href);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
