/** The bytes of one file over a line that may break: a new request goes on where the one before ended. */

import { get, type Line, read } from "./line.ts";
import { LoadError } from "./load_error.ts";
import type { Resource } from "./manifest.ts";

/** Pieces are put together to a Blob at this size, which the browser may keep outside of memory. */
const FOLD_BYTES = 4 << 20;

export class Download {
  /** How far it got at best, in bytes: it never goes back, even where the server begins again. */
  reached = 0;
  #parts: BlobPart[] = [];
  #unfolded = 0;
  #size = 0;
  #etag: string | null = null;
  #fresh = false;

  constructor(
    readonly line: Line,
    readonly url: URL,
    readonly resource: Resource,
    readonly onBytes: (reached: number) => void,
  ) {}

  /** Ask for what is missing. Resolves when all bytes are here; what came is kept where it fails. */
  async go(signal: AbortSignal): Promise<Blob> {
    const { line, url, resource } = this;
    if (this.#size < resource.bytes || resource.bytes === 0) {
      const from = this.#size;
      await get(line, url, this.#request(), signal, (response, pulse) => {
        this.#accept(response, from);
        return read(response, pulse, (piece) => this.#take(piece));
      }, [416]);
    }
    if (this.#size < resource.bytes) {
      throw new LoadError("network", `${url} ended after ${this.#size} of ${resource.bytes} bytes`, url.href);
    }
    return new Blob(this.#parts, { type: resource.mediaType });
  }

  /** Forget what came, and pass over caches on the way: it was wrong. */
  forget(): void {
    this.#restart();
    this.#fresh = true;
  }

  /** To other origins `If-Range` would need a preflight; there the digest alone says whether the pieces fit. */
  #request(): RequestInit {
    const headers: Record<string, string> = {};
    if (this.#size > 0) {
      headers.Range = `bytes=${this.#size}-`;
      if (this.#etag !== null && this.url.origin === globalThis.location?.origin) headers["If-Range"] = this.#etag;
    }
    return this.#fresh ? { headers, cache: "reload" } : { headers };
  }

  /** A whole answer begins again; a part must be the one that was asked for, of the same file. */
  #accept(response: Response, from: number): void {
    const etag = strong(response.headers.get("ETag"));
    if (response.status === 206) {
      const range = /^bytes (\d+)-\d*\/(\d+|\*)$/.exec(response.headers.get("Content-Range") ?? "");
      const fits = range !== null && Number(range[1]) === from && range[2] !== "*" &&
        Number(range[2]) === this.resource.bytes;
      const same = etag === null || this.#etag === null || etag === this.#etag;
      // Content-Range of another origin is hidden unless it is exposed: then the digest decides.
      const hidden = response.type === "cors" && !response.headers.has("Content-Range");
      if (from > 0 && same && (fits || hidden)) return;
    }
    this.#restart();
    if (response.status !== 200 && response.status !== 203) {
      const said = response.headers.get("Content-Range") ?? "no range";
      const message = `${this.url}: asked for bytes from ${from}, was answered ${response.status} (${said})`;
      throw new LoadError("network", message, this.url.href, { status: response.status });
    }
    this.#etag = etag;
  }

  #restart(): void {
    this.#parts = [];
    this.#size = 0;
    this.#unfolded = 0;
    this.#etag = null;
  }

  #take(piece: Uint8Array<ArrayBuffer>): void {
    this.#parts.push(piece);
    this.#size += piece.byteLength;
    this.#unfolded += piece.byteLength;
    if (this.#size > this.resource.bytes) {
      const { url, resource } = this;
      throw new LoadError("corrupt", `${url} has more than its ${resource.bytes} bytes`, url.href);
    }
    if (this.#unfolded >= FOLD_BYTES) {
      this.#parts = [new Blob(this.#parts)];
      this.#unfolded = 0;
    }
    if (this.#size > this.reached) this.onBytes(this.reached = this.#size);
  }
}

/** Pieces may be joined by a strong validator alone (RFC 9110, 13.1.5). */
function strong(etag: string | null): string | null {
  return etag !== null && etag.startsWith('"') ? etag : null;
}
