"""Pages that nobody looks at are sketched: all that a page does, it does, but of its drawing only every seventh call is carried out,
thirty times a second instead of sixty, on a screen of few pixels.

The processor draws what a graphics card would, and that is most of what a visitor costs here. Seven, since no scene has a multiple of
seven in each frame: every object is drawn again and again, so that what WebGL finds wrong in it is still found.
"""

from typing import Any

from playwright.sync_api import BrowserContext

COARSE: dict[str, Any] = {"device_scale_factor": 0.25}
"""The screen of a visitor whose pages are sketched."""

SKETCHED = """
(() => {
  let calls = 0;
  for (const kind of [globalThis.WebGLRenderingContext, globalThis.WebGL2RenderingContext]) {
    for (const verb of ["drawElements", "drawArrays", "drawElementsInstanced", "drawArraysInstanced"]) {
      const draw = kind?.prototype[verb];
      if (draw) {
        kind.prototype[verb] = function (...how) {
          if (calls++ % 7 === 0) draw.apply(this, how);
        };
      }
    }
  }

  const [ask, cancel] = [requestAnimationFrame, cancelAnimationFrame];
  const second = new Map();  // what is asked for is shown in the second frame from now
  globalThis.requestAnimationFrame = (show) => {
    const first = ask(() => {
      second.set(first, ask((now) => {
        second.delete(first);
        show(now);
      }));
    });
    return first;
  };
  globalThis.cancelAnimationFrame = (id) => {
    cancel(second.get(id) ?? id);
    second.delete(id);
  };
})();
"""


def sketch(context: BrowserContext) -> BrowserContext:
    """Let all pages of the context be sketched; its screen should be COARSE."""
    context.add_init_script(SKETCHED)
    return context
