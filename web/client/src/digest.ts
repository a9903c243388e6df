/** Whether bytes are those that a manifest names. */

import { LoadError } from "./load_error.ts";
import type { Resource } from "./manifest.ts";

/** Only secure contexts have cryptography. */
export function canDigest(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

/** Throws `corrupt` unless `data` is as long as `resource` and, with `verify`, has its digest. */
export async function check(data: Blob, resource: Resource, url: URL, verify: boolean): Promise<void> {
  if (data.size !== resource.bytes) {
    throw new LoadError("corrupt", `${url} has ${data.size} bytes, not ${resource.bytes}`, url.href);
  }
  if (!verify) return;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await data.arrayBuffer()));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (sha256 !== resource.sha256) {
    throw new LoadError("corrupt", `${url} hashes to ${sha256}, not ${resource.sha256}`, url.href);
  }
}
