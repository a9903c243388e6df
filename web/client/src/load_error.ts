/** What can go wrong when a hall or a part of it is loaded. */

/**
 * - `not-found`: the server has no such thing (404, 410).
 * - `network`: no answer, an answer that is an error, or an answer that was cut off, again and again.
 * - `stalled`: an answer that stopped, again and again.
 * - `corrupt`: the bytes are not those that the manifest names.
 * - `too-new`: a document of a later major version than this library knows.
 * - `invalid`: not a document of a hall, or a document that contradicts itself.
 * - `aborted`: the page asked for it.
 */
export type LoadErrorCode = "not-found" | "network" | "stalled" | "corrupt" | "too-new" | "invalid" | "aborted";

/** Says in `message` what happened, in English, for those who look after the exhibition; `code` is for programs. */
export class LoadError extends Error {
  override readonly name = "LoadError";
  readonly status?: number;
  /** Seconds that the server asked to wait before the next try. */
  readonly retryAfter?: number;

  constructor(
    readonly code: LoadErrorCode,
    message: string,
    /** What was to be loaded. */
    readonly url: string,
    details: { status?: number; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.status = details.status;
    this.retryAfter = details.retryAfter;
  }
}

/** The error for a load that the page itself ended. */
export function aborted(url: URL | string, cause?: unknown): LoadError {
  return new LoadError("aborted", `loading of ${url} was ended by the page`, String(url), { cause });
}
