"""A page that knows nothing but the library: what tests do with it, and what they are told."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

import exhibit_api

CLIENT = Path(exhibit_api.__file__).parent / "viewer" / "static" / "exhibit-client.js"
SCRIPT = "/exhibit-client.js"
BLANK = b'<!doctype html><title>test</title><link rel="icon" href="data:,">'

OPEN = """async ([url, options]) => {
  const { loadHall } = await import("/exhibit-client.js");
  const told = { progress: [], models: [], failures: [], unhandled: [] };
  addEventListener("unhandledrejection", (event) => told.unhandled.push(String(event.reason)));
  window.told = told;
  const stop = new AbortController();
  window.stop = stop;
  const problem = ({ code, message, status, url }) => ({ code, message, status, url });
  try {
    const hall = await loadHall(url, { follow: false, profile: "master", signal: stop.signal, ...options });
    window.hall = hall;
    hall.on("progress", (progress) => told.progress.push(progress));
    hall.on("model", ({ exhibit, data }) => told.models.push([exhibit.id, data.size, data.type]));
    hall.on("failure", ({ exhibit, error }) => told.failures.push([exhibit.id, problem(error)]));
    window.ended = hall.finished.then(
      ({ loaded, failed }) => ({ loaded: loaded.map(({ id }) => id), failed: failed.map(({ exhibit }) => exhibit.id) }),
      (error) => ({ error: problem(error) }),
    );
    return { edition: hall.edition, profile: hall.profile, address: hall.address.href };
  } catch (error) {
    return { error: problem(error), name: error.name };
  }
}"""

END = "async () => ({ ...await window.ended, told: window.told, progress: window.hall.progress })"


def open_hall(page: Page, url: str, **options: Any) -> dict[str, Any]:
    """Call `loadHall` in the page; then `told`, `hall`, `stop` and `ended` stand in its window."""
    opened: dict[str, Any] = page.evaluate(OPEN, [url, options])
    return opened


def load_hall(page: Page, url: str, **options: Any) -> dict[str, Any]:
    """Load a whole hall, and tell what became of it: `loaded` and `failed` ids, the last `progress`, and all that was `told`."""
    opened = open_hall(page, url, **options)
    return opened if "error" in opened else opened | page.evaluate(END)
