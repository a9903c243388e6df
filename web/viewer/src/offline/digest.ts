/** Files that are named by the digest of their bytes, and nothing else under their name. */

import { isKeepable, keep } from "./scope.ts";

/** SHA-256 in hexadecimal digits. */
export async function digest(bytes: BufferSource): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Keep an answer if it is the file that its address names: what is kept for good must not be wrong for good. */
export async function keepNamed(cache: string, key: string, response: Response): Promise<void> {
  const named = /\/([0-9a-f]{64})\.[a-z0-9]+$/.exec(new URL(key).pathname)?.[1];
  if (!isKeepable(response)) return;
  try {
    if (await digest(await response.clone().arrayBuffer()) === named) await keep(cache, key, response);
  } catch {
    // It broke off on the way: next time.
  }
}
