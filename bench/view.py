"""How soon a hall is seen, what it costs to see it, and how smoothly: the viewer against the same hall loaded naively.

    uv run python -m bench.view                     # makes the demo exhibition with all variants first: a quarter of an hour
    uv run python -m bench.view --data FOLDER       # of an `exhibit demo` whose models are done

Chromium draws on the processor, with Fast 4G (9 Mbit/s down, 1.5 up, 60 ms more each way) and a processor four times slower for loading.
"Naively" is `bench/naive`: every master by GLTFLoader at once. Ratios are naive ÷ viewer within a round; more than 1 is better here.
"""

import argparse
import contextlib
import functools
import gzip
import http.server
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.hall_of_200 import hall_of_200
from bench.measure import ROOT
from bench.ready_demo import ready_demo

FAST_4G = {"offline": False, "latency": 60, "downloadThroughput": 9e6 / 8, "uploadThroughput": 1.5e6 / 8}
SLOWER = 4
SIZE = {"width": 1280, "height": 720}
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
ARGUMENTS = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--no-sandbox"]

VIEWER_WATCH = """
window.seen = {};
new PerformanceObserver((list) => {
    for (const { element, startTime } of list.getEntries()) {
        if (element?.matches("img")) window.seen.picture ??= startTime;
    }
}).observe({ type: "largest-contentful-paint", buffered: true });
const wait = setInterval(() => {
    const app = window.exhibit;
    if (!app) return;
    clearInterval(wait);
    const drawn = new Set();
    const note = () => {
        const all = app.hall ? [...app.hall.exhibits.all.values()] : [];
        for (const one of all) {
            if ((one.state === "lod" || one.state === "full") && !drawn.has(one.id)) {
                drawn.add(one.id);
                requestAnimationFrame(() => requestAnimationFrame(() => {
                    window.seen.first ??= performance.now();
                    if (drawn.size === all.length) window.seen.last ??= performance.now();
                }));
            }
        }
    };
    app.on("progress", (progress) => window.seen.progress = progress);
    app.on("shown", note);
    app.on("hall", note);
    note();
}, 5);
"""
FRAMES = 36
"""Frames that are measured of each page, in the same directions all round. Naively, one that looks along the hall takes seconds, and
one that looks out of it nothing: their mean tells what turning there is like, where a median lies at the brink of the two."""
NAIVE_IS_READY = "() => window.naive?.last || performance.now() > 120_000"
"""It draws while it loads, slower and slower: what is not there after two minutes is left out, which is to its advantage."""
VIEWER_IS_READY = """() => {
    const all = [...window.exhibit?.hall?.exhibits.all.values() ?? []], { progress } = window.seen;
    return all.length > 0 && all.every(({ state }) => state !== "nothing") && progress && progress.loaded === progress.total;
}"""
"""Of two hundred exhibits the far ones stay pictures: that all models are drawn is not what it comes to."""
TURN = """async (frames) => {
    const stage = window.exhibit?.stage;
    const undo = stage?.keepDrawing();
    const turned = stage ? stage.rig : window.naive.camera;
    const begin = turned.rotation.y, intervals = [];
    const golden = Math.PI * (3 - Math.sqrt(5)); // neighbours look far apart, as if one saw each direction for the first time
    let before;
    await new Promise((done) => requestAnimationFrame(function frame(now) {
        if (before !== undefined) intervals.push(now - before);
        before = now;
        turned.rotation.y = begin + intervals.length * golden;
        intervals.length < frames ? requestAnimationFrame(frame) : done();
    }));
    undo?.();
    return intervals;
}"""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="data folder of a demo whose models are done")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--turns", type=int, default=1, help="rounds of the last part, in which frames are measured")
    parser.add_argument("--hall", default="shanghai", help="the demo's heaviest by default")
    options = parser.parse_args()
    with contextlib.ExitStack() as held:
        url, token = held.enter_context(ready_demo(options.data))
        naive = held.enter_context(_naive())
        playwright = held.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        _print_script(browser, url, options.hall)
        rounds = [
            (_naively(browser, naive, url, options.hall), _in_viewer(browser, url, options.hall))
            for _ in range(options.rounds)
        ]
        print(f"\n{options.hall}, Fast 4G, processor {SLOWER} × slower        naive     viewer      ratio")
        for name, unit in (("picture", "ms"), ("first", "ms"), ("last", "ms"), ("bytes", "kB"), ("models", "kB")):
            _print_row(name, unit, rounds)
        hall_of_200(url, token)
        frames = [
            (
                _frame(browser, f"{naive}?hall={url}/public/halls/hall-of-200.json", NAIVE_IS_READY),
                _frame(browser, f"{url}/view/hall-of-200", VIEWER_IS_READY),
            )
            for _ in range(options.turns)
        ]
        print("\n200 exhibits, turning on the spot, software GL        naive     viewer      ratio")
        _print_row("frame", "ms", [({"frame": a}, {"frame": b}) for a, b in frames])
        browser.close()


LABELS = {
    "picture": "first exhibit seen (its picture)",
    "first": "first exhibit drawn (its model)",
    "last": "all exhibits drawn",
    "bytes": "bytes received, script and all",
    "models": "bytes of models and pictures",
    "frame": "mean time of a frame",
}


def _print_row(name: str, unit: str, rounds: list[tuple[dict[str, float], dict[str, float]]]) -> None:
    scale = 1000 if unit == "kB" else 1
    naive, viewer = (statistics.median(one[side][name] for one in rounds) / scale for side in (0, 1))
    ratio = statistics.median(one[0][name] / one[1][name] for one in rounds)
    print(f"{LABELS[name]:42} {naive:10,.0f} {unit} {viewer:8,.0f} {unit} {ratio:8.2f} ×")


def _print_script(browser: Browser, url: str, hall: str) -> None:
    """Script, gzipped, that is asked for until the first exhibit is drawn."""
    page = browser.new_page(viewport=SIZE)
    page.add_init_script(VIEWER_WATCH)
    scripts = dict[str, int]()

    def note(response: Any) -> None:
        if response.request.resource_type == "script" and "/viewer/" in response.url:
            scripts[response.url.rsplit("/", 1)[1]] = len(gzip.compress(response.body(), 9))

    page.on("response", note)
    page.goto(f"{url}/view/{hall}")
    page.wait_for_function("() => window.seen?.first", timeout=120_000)
    print(f"script to first view: {sum(scripts.values()) / 1000:.1f} kB gzipped, in {len(scripts)} files")
    page.context.close()


def _naively(browser: Browser, naive: str, url: str, hall: str) -> dict[str, float]:
    seen = _load(browser, f"{naive}?hall={url}/public/halls/{hall}.json", "window.naive", None)
    return {**seen, "picture": seen["first"]}


def _in_viewer(browser: Browser, url: str, hall: str) -> dict[str, float]:
    return _load(browser, f"{url}/view/{hall}", "window.seen", VIEWER_WATCH)


def _load(browser: Browser, address: str, told: str, script: str | None) -> dict[str, float]:
    """Milliseconds and bytes of one visit by someone who has nothing in the cache, until all exhibits are drawn."""
    context = browser.new_context(viewport=SIZE, service_workers="block")
    page = context.new_page()
    if script:
        page.add_init_script(script)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", FAST_4G)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sizes, blobs = dict[str, int](), set[str]()
    devtools.on(
        "Network.requestWillBeSent", lambda told: "/blobs/" in told["request"]["url"] and blobs.add(told["requestId"])
    )
    devtools.on("Network.loadingFinished", lambda told: sizes.__setitem__(told["requestId"], told["encodedDataLength"]))
    page.goto(address)
    page.wait_for_function(f"() => {told}?.last", timeout=300_000)
    seen: dict[str, float] = page.evaluate(f"(({{first, last, picture}}) => ({{first, last, picture}}))({told})")
    context.close()
    models = sum(size for request, size in sizes.items() if request in blobs)
    return {**seen, "bytes": sum(sizes.values()), "models": models}


def _frame(browser: Browser, address: str, done: str) -> float:
    context = browser.new_context(viewport=SIZE, service_workers="block")
    page = context.new_page()
    page.add_init_script(VIEWER_WATCH)
    page.goto(address)
    page.wait_for_function(done, timeout=600_000)
    page.evaluate(TURN, FRAMES)  # what was never seen before is sent to the graphics card now
    intervals: list[float] = page.evaluate(TURN, FRAMES)
    context.close()
    return statistics.mean(intervals)


@contextlib.contextmanager
def _naive() -> Iterator[str]:
    """The address of the naive page, served compressed."""
    with tempfile.TemporaryDirectory() as folder:
        deno = Path(sys.executable).with_name("deno")
        web = ROOT / "web"
        subprocess.run([deno, "install", "--quiet", "--frozen"], cwd=web, check=True)
        bundle = ["bundle", "--quiet", "--platform", "browser", "--minify", "--config", str(web / "deno.json")]
        subprocess.run(
            [deno, *bundle, "--output", f"{folder}/naive.js", str(ROOT / "bench" / "naive" / "naive.ts")],
            cwd=web,
            check=True,
        )
        Path(folder, "index.html").write_bytes((ROOT / "bench" / "naive" / "index.html").read_bytes())
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Compressed, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


class _Compressed(http.server.SimpleHTTPRequestHandler):
    """Files, gzipped."""

    def do_GET(self) -> None:
        file = Path(self.directory, self.path.split("?")[0].lstrip("/"))
        if not file.is_file():
            self.send_error(404)
            return
        body = gzip.compress(file.read_bytes(), 9)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


if __name__ == "__main__":
    main()
