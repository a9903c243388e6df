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
from bench.view import ARGUMENTS, CHROMIUM
from tests.browser.headset import TABLE_HEIGHT, Headset, wear

IMAGES = ROOT / "docs" / "images"
TOOLS = ROOT / "web" / "testing"
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
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
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
    page = visit(browser, url, "zhejiang", "?lang=zh-Hans#exhibit=francis-turbine", viewport=PHONE, has_touch=True)
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
    """A hall in an emulated VR headset, and on the table of a room that an emulated phone sees."""
    for name in ("vr", "ar"):
        context = browser.new_context(viewport=WIDE, reduced_motion="reduce", service_workers="block")
        wear(context, TOOLS / "node_modules")
        page = context.new_page()
        page.goto(f"{url}/view/shanghai?lang=en")
        page.wait_for_function(STANDS, arg="shanghai")
        page.wait_for_function(ALL_DRAWN, timeout=180_000)
        headset = Headset(page)
        headset.enter(name)
        if name == "ar":
            headset.head((0.35, 1.2, -0.95), (0.0, TABLE_HEIGHT, -1.5))
            headset.aim((0.5, 1.0, -0.9), (0.0, TABLE_HEIGHT, -1.5))
            headset.click()
        else:
            headset.aim((0.2, 1.3, -0.2), (0.6, 0.0, -3.0))
            headset.stick(0, -1)
        headset.frames(6)
        keep(page, name)
        context.close()


def visit(browser: Browser, url: str, hall: str, rest: str = "?lang=zh-Hans", **more: Any) -> Page:
    """The hall in the viewer, all of its exhibits drawn."""
    page = browser.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **more}).new_page()
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
