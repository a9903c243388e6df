"""Takes the pictures in docs/images of the demo exhibition as a visitor sees it.

    uv run python -m docs.screenshots                   # makes the demo exhibition with all variants first: a quarter of an hour
    uv run python -m docs.screenshots --data FOLDER     # of an `exhibit demo` whose models are done

Chromium draws on the processor, so any machine makes them; headsets are emulated by iwer.
"""

import argparse
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bench.measure import ROOT
from bench.ready_demo import HALLS, ready_demo

IMAGES = ROOT / "docs" / "images"
TOOLS = ROOT / "web" / "testing"
ARGUMENTS = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--no-sandbox"]
WIDE = {"width": 1280, "height": 720}
PHONE = {"width": 390, "height": 844}
STANDS = "(slug) => window.exhibit?.hall?.slug === slug"
ALL_DRAWN = """() => {
    const all = [...window.exhibit.hall.exhibits.all.values()];
    return all.length > 0 && all.every((one) => one.state === "full" || one.state === "lod");
}"""


def main() -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="data folder of a demo whose models are done")
    options = parser.parse_args()
    deno = Path(sys.executable).with_name("deno")
    subprocess.run([deno, "install", "--quiet", "--frozen"], cwd=TOOLS, check=True)
    with ready_demo(options.data) as (url, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        for hall in HALLS:
            page = visit(browser, url, hall)
            keep(page, f"hall-{hall}")
            page.context.close()
        placards(browser, url)
        pages(browser, url)
        headsets(browser, url)
        browser.close()


def placards(browser: Browser, url: str) -> None:
    """A placard in both languages, a tour, and a phone."""
    page = visit(browser, url, "shanghai", "?lang=zh-Hans#exhibit=welding-robot")
    keep(page, "placard-zh")
    page.evaluate("() => window.exhibit.speak('en')")
    keep(page, "placard-en")
    page.context.close()
    page = visit(browser, url, "joint", "?lang=en")
    page.evaluate("() => window.exhibit.guide.start(window.exhibit.hall.manifest.space.tours[0].id, 2)")
    page.wait_for_function("() => window.exhibit.guide.state?.stop === 2")
    keep(page, "tour")
    page.context.close()
    page = visit(browser, url, "zhejiang", "?lang=zh-Hans#exhibit=water-turbine", viewport=PHONE, has_touch=True)
    keep(page, "phone")
    page.context.close()


def pages(browser: Browser, url: str) -> None:
    """The entrance and a catalogue."""
    for name, path in (("entrance", "/?lang=zh-Hans"), ("catalogue", "/catalogue/jiangsu?lang=en")):
        page = browser.new_page(viewport=WIDE)
        page.goto(url + path, wait_until="networkidle")
        keep(page, name)
        page.context.close()


def headsets(browser: Browser, url: str) -> None:
    """A hall in an emulated VR headset, and on an emulated phone's table."""
    for name, mode in (("vr", "Vr"), ("ar", "Ar")):
        page = visit(browser, url, "shanghai", "?lang=en", headset=True)
        page.evaluate(f"() => window.exhibit.immersion.enter{mode}()")
        page.wait_for_function("(mode) => window.exhibit.immersion.mode === mode", arg=name)
        keep(page, name)
        page.context.close()


def visit(
    browser: Browser, url: str, hall: str, rest: str = "?lang=zh-Hans", *, headset: bool = False, **more: Any
) -> Page:
    """The hall in the viewer, all of its exhibits drawn."""
    page = browser.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **more}).new_page()
    if headset:
        page.add_init_script(path=TOOLS / "node_modules" / "iwer" / "build" / "iwer.min.js")
        page.add_init_script("new IWER.XRDevice(IWER.metaQuest3).installRuntime();")
    page.goto(f"{url}/view/{hall}{rest}")
    page.wait_for_function(STANDS, arg=hall)
    page.wait_for_function(ALL_DRAWN, timeout=180_000)
    return page


def keep(page: Page, name: str) -> None:
    """A picture, after two frames have been drawn with all there is."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_timeout(1500)  # for what fades in
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").save(IMAGES / f"{name}.webp", quality=82, method=6)
    print(f"docs/images/{name}.webp", file=sys.stderr)


if __name__ == "__main__":
    main()
