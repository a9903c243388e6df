"""Pages that nobody looks at are sketched: all that a page does, it does, but of its drawing only every seventh call is carried out.

The processor draws what a graphics card would, and that is most of what a visitor costs here. Seven, since no scene has a multiple of
seven in each frame: every object is drawn again and again, so that what WebGL finds wrong in it is still found.
"""

from playwright.sync_api import BrowserContext

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
})();
"""


def sketch(context: BrowserContext) -> BrowserContext:
    """Let all pages of the context be sketched."""
    context.add_init_script(SKETCHED)
    return context
