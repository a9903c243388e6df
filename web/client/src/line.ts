/** One request over the line: ended when nothing comes for too long, every failure a `LoadError`. */

import { aborted, LoadError } from "./load_error.ts";

/** How requests are made. */
export interface Line {
  readonly fetch: typeof fetch;
  readonly stallSeconds: number;
  readonly retries: number;
}

/**
 * GET `url` and let `use` read the answer, which is 2xx or one of `alsoGood`. `use` calls `pulse` whenever something came.
 * What `use` leaves unread is cancelled.
 */
export async function get<T>(
  line: Line,
  url: URL,
  request: RequestInit,
  signal: AbortSignal,
  use: (response: Response, pulse: () => void) => Promise<T>,
  alsoGood: readonly number[] = [],
): Promise<T> {
  if (signal.aborted) throw aborted(url, signal.reason);
  const stop = new AbortController();
  const forward = () => stop.abort();
  signal.addEventListener("abort", forward, { once: true });
  let stalled = false;
  let watch = 0;
  const pulse = () => {
    clearTimeout(watch);
    watch = setTimeout(() => {
      stalled = true;
      stop.abort();
    }, line.stallSeconds * 1000);
  };
  pulse();
  try {
    const response = await line.fetch(url, { ...request, signal: stop.signal });
    pulse();
    if (!response.ok && !alsoGood.includes(response.status)) {
      throw refusal(url, response);
    }
    return await use(response, pulse);
  } catch (error) {
    if (signal.aborted) throw aborted(url, error);
    if (stalled) {
      throw new LoadError("stalled", `${url}: nothing came for ${line.stallSeconds} s`, url.href);
    }
    if (error instanceof LoadError) throw error;
    throw new LoadError(
      "network",
      `${url}: ${error instanceof Error ? error.message : error}`,
      url.href,
      {
        cause: error,
      },
    );
  } finally {
    clearTimeout(watch);
    signal.removeEventListener("abort", forward);
    stop.abort();
  }
}

/** Call `take` with each piece of the body as it comes. */
export async function read(
  response: Response,
  pulse: () => void,
  take: (piece: Uint8Array<ArrayBuffer>) => void,
): Promise<void> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    pulse();
    take(value);
  }
}

function refusal(url: URL, response: Response): LoadError {
  const { status } = response;
  const code = status === 404 || status === 410 ? "not-found" : "network";
  const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return new LoadError(
    code,
    `${url}: the server answered ${status}`,
    url.href,
    {
      status,
      retryAfter: Number.isFinite(seconds) ? Math.max(0, seconds) : undefined,
    },
  );
}
