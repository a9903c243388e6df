"""A headset, or a phone with AR, that the tests put on a page: `iwer` in Chromium, in a room of ours that is only arithmetic.

iwer hit-tests against its "synthetic environment" module. The published one draws its rooms with a WebGL of its own; the room
here answers the same calls (`computeHitTestResults`, `trackedPlanes`) for a floor, a table and a wall, and draws nothing.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.visitors import Standing, standing

TABLE_HEIGHT = 0.74
"""Metres. The table is 1.2 × 0.8 m, its middle at (0, −1.5); the floor is 6 × 6 m around (0, 0); a wall, 5 m wide, at z = −3."""

HEADSET = ("anchors", "plane-detection", "hit-test", "hand-tracking")
PHONE = ("anchors", "hit-test", "dom-overlay")

_ROOM = """
({ modes, features, denied }) => {
  if (denied) {
    const refuse = () => Promise.reject(new DOMException("not allowed", denied));
    const xr = Object.assign(new EventTarget(), { isSessionSupported: () => Promise.resolve(true), requestSession: refuse });
    Object.defineProperty(navigator, "xr", { value: xr, configurable: true });
    return;
  }
  const device = new IWER.XRDevice({
    ...IWER.metaQuest3,
    supportedSessionModes: ["inline", ...modes],
    supportedFeatures: ["viewer", "local", "local-floor", "bounded-floor", ...features],
  });
  device.installRuntime({ forceInstall: true });
  window.headset = device;

  // Up, right and towards: the columns of a pose whose Y axis is the surface's normal.
  const surfaces = [
    { label: "floor", at: [0, 0, 0], axes: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], half: [3, 3] },
    { label: "table", at: [0, 0.74, -1.5], axes: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], half: [0.6, 0.4] },
    { label: "wall", at: [0, 1.25, -3], axes: [[1, 0, 0], [0, 0, 1], [0, -1, 0]], half: [2.5, 1.25] },
  ];
  const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  const poseAt = ({ axes: [x, y, z] }, point) => new Float32Array([...x, 0, ...y, 0, ...z, 0, ...point, 1]);
  class Room {
    version = "ours";
    environmentCanvas = document.createElement("canvas");
    trackedMeshes = new Set();
    trackedPlanes = new Set(surfaces.map((one) => ({
      transform: { matrix: poseAt(one, one.at) },
      polygon: [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([x, z]) => ({ x: x * one.half[0], y: 0, z: z * one.half[1] })),
      semanticLabel: one.label,
    })));
    render() {}
    computeHitTestResults(ray) {
      const origin = [ray[12], ray[13], ray[14]], way = [-ray[8], -ray[9], -ray[10]];
      const hits = [];
      for (const surface of surfaces) {
        const [x, y, z] = surface.axes;
        const slope = dot(way, y);
        const metres = dot(surface.at.map((value, i) => value - origin[i]), y) / slope;
        if (!(metres > 0) || slope > 0) continue;
        const point = origin.map((value, i) => value + way[i] * metres);
        const within = point.map((value, i) => value - surface.at[i]);
        if (Math.abs(dot(within, x)) > surface.half[0] || Math.abs(dot(within, z)) > surface.half[1]) continue;
        hits.push({ metres, matrix: poseAt(surface, point) });
      }
      return hits.sort((one, other) => one.metres - other.metres).map((hit) => hit.matrix);
    }
  }
  device.installSEM(Room);
  if (features.includes("dom-overlay")) {
    Object.defineProperty(XRSession.prototype, "domOverlayState", { get: () => ({ type: "screen" }) });
  }
  // A phone has fingers, not controllers: rays that come and go.
  if (!features.includes("hand-tracking")) {
    for (const hand of Object.values(device.controllers)) {
      Object.defineProperty(hand.inputSource, "targetRayMode", { value: "screen" });
      hand.connected = false;
    }
  }
  window.frames_seen = (count) => new Promise((done) => {
    const session = device.activeSession;
    if (!session) return done();
    const next = () => count-- > 0 ? session.requestAnimationFrame(next) : done();
    session.addEventListener("end", () => done(), { once: true });
    next();
  });
  window.turn_to = (input, from, to) => {
    // The rotation that takes −Z to the direction, without roll.
    const way = to.map((value, i) => value - from[i]);
    const yaw = Math.atan2(-way[0], -way[2]), pitch = Math.atan2(way[1], Math.hypot(way[0], way[2]));
    const [sy, cy, sp, cp] = [Math.sin(yaw / 2), Math.cos(yaw / 2), Math.sin(pitch / 2), Math.cos(pitch / 2)];
    input.position.set(...from);
    input.quaternion.set(cy * sp, sy * cp, -sy * sp, cy * cp);
  };
}
"""


_LEAVE = """async () => {
    await window.exhibit.immersion.leave();
    // Closing goes a step back in the browser's history, which takes its time.
    const back = location.hash === "" ? undefined : new Promise((done) => addEventListener("popstate", done, { once: true }));
    window.exhibit.select(undefined);
    await back;
    window.exhibit.speak("zh-Hans");
}"""


def wear(
    context: BrowserContext,
    tools: Path,
    *,
    features: Sequence[str] = HEADSET,
    modes: Sequence[str] = ("immersive-vr", "immersive-ar"),
    denied: str | None = None,
) -> None:
    """Give every page of the context such a device. `denied`: sessions are refused with a DOMException of that name."""
    runtime = (tools / "iwer" / "build" / "iwer.min.js").read_text(encoding="utf-8")
    about = json.dumps({"features": list(features), "modes": list(modes), "denied": denied})
    context.add_init_script(f"{runtime};\n({_ROOM})({about});")


class Headset:
    """Moves the device that `page` wears. Points are (x, y, z) in metres, of the real room: its floor is y = 0."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def enter(self, mode: str, exhibit: str | None = None) -> None:
        """Enter AR or VR, and wait until it is seen."""
        self.page.evaluate(
            """([mode, exhibit]) => {
                const { immersion } = window.exhibit;
                return mode === "ar" ? immersion.enterAr(exhibit ?? undefined) : immersion.enterVr();
            }""",
            [mode, exhibit],
        )
        self.frames()

    def frames(self, count: int = 2) -> None:
        """Let the device show so many frames."""
        self.page.evaluate("(count) => frames_seen(count)", count)

    def head(self, at: Sequence[float], to: Sequence[float]) -> None:
        """Stand with the eyes at `at`, looking to `to`."""
        self.page.evaluate("([at, to]) => turn_to(headset, at, to)", [list(at), list(to)])
        self.frames()

    def aim(self, at: Sequence[float], to: Sequence[float], hand: str = "right", *, kind: str = "controllers") -> None:
        """Hold a controller (or a hand: `kind="hands"`) at `at`, pointing to `to`."""
        self.page.evaluate(
            "([kind, hand, at, to]) => turn_to(headset[kind][hand], at, to)", [kind, hand, list(at), list(to)]
        )
        self.frames()

    def aim_in_hall(self, to: Sequence[float], *, hand: str = "right", kind: str = "controllers") -> None:
        """Point at a place in the hall from where the head is, whichever way the visitor stands there."""
        self.page.evaluate(
            """([kind, hand, to]) => {
                const { rig } = window.exhibit.stage;
                rig.updateMatrixWorld(true);
                const local = rig.worldToLocal(rig.position.clone().set(...to));
                const { x, y, z } = headset.position;
                turn_to(headset[kind][hand], [x, y - 0.15, z], [local.x, local.y, local.z]);
            }""",
            [kind, hand, list(to)],
        )
        self.frames()

    def press(self, button: str = "trigger", hand: str = "right") -> None:
        """Press and hold: "trigger" selects, "squeeze" grabs."""
        self.page.evaluate("([hand, button]) => headset.controllers[hand].updateButtonValue(button, 1)", [hand, button])
        self.frames()

    def release(self, button: str = "trigger", hand: str = "right") -> None:
        self.page.evaluate("([hand, button]) => headset.controllers[hand].updateButtonValue(button, 0)", [hand, button])
        self.frames()

    def click(self, button: str = "trigger", hand: str = "right") -> None:
        self.press(button, hand)
        self.release(button, hand)

    def stick(self, x: float, y: float, hand: str = "right") -> None:
        """Push the thumbstick: right and backward are positive."""
        self.page.evaluate("([hand, x, y]) => headset.controllers[hand].updateAxes('thumbstick', x, y)", [hand, x, y])
        self.frames()

    def pinch(self, hand: str = "right") -> None:
        """Pinch with a bare hand, and open it."""
        for value in (1, 0):
            self.page.evaluate("([hand, value]) => headset.hands[hand].updatePinchValue(value)", [hand, value])
            self.frames()

    def touch(self, hand: str, direction: Sequence[float], *, down: bool = True) -> None:
        """A finger on the phone's screen, as the ray through it from the eye; `hand` tells two fingers apart."""
        self.page.evaluate(
            """([hand, way, down]) => {
                const { x, y, z } = headset.position, finger = headset.controllers[hand];
                turn_to(finger, [x, y, z], [x + way[0], y + way[1], z + way[2]]);
                finger.connected = true;
                finger.updateButtonValue("trigger", down ? 1 : 0);
            }""",
            [hand, list(direction), down],
        )
        self.frames()

    def lift_finger(self, hand: str) -> None:
        self.page.evaluate("(hand) => headset.controllers[hand].updateButtonValue('trigger', 0)", hand)
        self.frames()
        self.page.evaluate("(hand) => { headset.controllers[hand].connected = false; }", hand)
        self.frames()

    def press_button(self, key: str) -> None:
        """Press a button of the board in the scene with the right controller."""
        at = self.page.evaluate(
            """(key) => {
                const mesh = window.exhibit.stage.scene.getObjectByName("xr-board").children[0];
                const [x, y] = mesh.userData.buttons[key];
                mesh.updateWorldMatrix(true, false);
                return mesh.localToWorld(mesh.position.clone().set(x, y, 0)).toArray();
            }""",
            key,
        )
        self.aim_in_hall(at)
        self.click()

    def board(self) -> dict[str, Any]:
        """What the board in the scene says: words, lang, page, pages, buttons; and whether it is there."""
        said: dict[str, Any] = self.page.evaluate(
            """() => {
                const board = window.exhibit.stage.scene.getObjectByName("xr-board");
                return { shown: board?.visible ?? false, ...board?.children[0].userData };
            }"""
        )
        return said

    def facts(self) -> dict[str, Any]:
        """What the viewer knows of its session."""
        told: dict[str, Any] = self.page.evaluate("() => window.exhibit.immersion.facts()")
        return told

    def until(self, condition: str, arg: Any = None) -> None:
        """Wait until a JavaScript function of `arg` is true in the page."""
        self.page.wait_for_function(condition, arg=arg)


class Wardrobe:
    """Puts devices on visitors of the service at `url`.

    The same device in the same hall is the same page, which stays open from test to test: nothing is selected in it, no session
    runs, and it speaks Chinese. The pages are small, because the processor draws them; and they are watched, as all pages are.
    """

    def __init__(self, browser: Browser, tools: Path, url: str) -> None:
        self._browser = browser
        self._tools = tools
        self._url = url
        self._worn: dict[str, Standing] = {}
        self._passing: list[Standing] = []

    def wear(self, hall: str = "shanghai", *, fresh: bool = False, **device: Any) -> Headset:
        """A visitor with that device. A `fresh` one is nobody else's, for what a test does to its browser."""
        self._close_passing()
        for one in self._worn.values():
            one.page.evaluate(_LEAVE)
        key = repr((hall, sorted(device.items())))
        found = None if fresh else self._worn.get(key)
        if found is None:
            found = standing(
                self._browser,
                hall,
                f"{self._url}/view/{hall}",
                dress=lambda context: wear(context, self._tools, **device),
                viewport={"width": 320, "height": 200},
            )
            if fresh:
                self._passing.append(found)
            else:
                self._worn[key] = found
        return Headset(found.page)

    def check(self) -> None:
        """Fail with what has gone wrong in any page since it was asked last."""
        for one in [*self._worn.values(), *self._passing]:
            one.check()

    def _close_passing(self) -> None:
        while self._passing:
            self._passing.pop().context.close()
