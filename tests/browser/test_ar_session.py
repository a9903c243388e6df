"""AR from the click to the end: a phone's buttons, words, light, refusals, and everything as it was afterwards."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error

from tests.browser.headset import PHONE, TABLE_HEIGHT, Headset

AS_IT_IS = """() => {
    const { stage, hall, walker, immersion } = window.exhibit;
    const lights = [];
    stage.scene.traverse((object) => object.isLight && lights.push(object.visible));
    const parts = hall.room.root.children.map((part) => [part.name, part.visible, part.scale.toArray()]);
    const gaze = walker.gaze();
    return {
        mode: immersion.mode, enabled: walker.enabled, lights, parts, gaze: [gaze.position.toArray(), gaze.yaw, gaze.pitch],
        rig: stage.rig.matrix.toArray(), root: hall.root.matrixWorld.toArray(), visible: hall.root.visible,
        camera: [stage.camera.position.toArray(), stage.camera.quaternion.toArray(), stage.camera.fov],
        background: stage.scene.background?.getHex?.(), environment: stage.scene.environment?.uuid,
        extras: stage.scene.children.filter((one) => one.name.startsWith("xr-")).length,
        bar: document.querySelectorAll(".xr-bar").length,
        canvas: document.querySelector("#stage").parentElement === document.body,
    };
}"""


def rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4) + 0.0
    if isinstance(value, list):
        return [rounded(one) for one in value]
    if isinstance(value, dict):
        return {name: rounded(one) for name, one in value.items()}
    return value


def test_leaving_ar_puts_everything_back(wearing: Callable[..., Headset]) -> None:
    headset = wearing()
    before = headset.page.evaluate(AS_IT_IS)
    headset.enter("ar")
    headset.head((0, 1.6, 0), (0, TABLE_HEIGHT, -1.4))
    headset.aim((0.2, 1.3, -0.1), (0, TABLE_HEIGHT, -1.4))
    headset.click()
    assert headset.page.evaluate("() => window.exhibit.immersion.mode") == "ar"
    assert headset.page.evaluate("() => window.exhibit.walker.enabled") is False

    headset.page.evaluate("() => window.exhibit.immersion.leave()")
    assert rounded(headset.page.evaluate(AS_IT_IS)) == rounded(before)


def test_a_session_that_the_system_ends_is_left_the_same_way(wearing: Callable[..., Headset]) -> None:
    headset = wearing()
    before = headset.page.evaluate(AS_IT_IS)
    heard = "() => { window.modes = []; window.exhibit.on('mode', (mode) => window.modes.push(mode)); }"
    headset.page.evaluate(heard)
    headset.enter("ar", "exhibits/welding-robot")
    headset.page.evaluate("() => window.headset.activeSession.end()")
    assert rounded(headset.page.evaluate(AS_IT_IS)) == rounded(before)
    assert headset.page.evaluate("() => window.modes") == ["ar", "screen"]
    headset.enter("ar")
    assert headset.facts()["mode"] == "ar", "and one can enter again"


def test_a_phone_has_its_buttons_over_the_picture_in_the_visitors_language(wearing: Callable[..., Headset]) -> None:
    headset = wearing(features=PHONE, modes=["immersive-ar"])
    page = headset.page
    page.evaluate("() => window.exhibit.speak('zh-Hans')")
    headset.head((0, 1.6, 0), (0, TABLE_HEIGHT, -1.5))
    headset.enter("ar")
    headset.frames()
    bar = page.locator(".xr-bar")
    assert bar.get_by_role("status").inner_text() == "点一下，放在这里"
    assert [button.inner_text() for button in bar.get_by_role("button").all()] == ["实际大小", "English", "退出"]

    bar.get_by_role("button", name="English").dispatch_event("click")
    assert page.evaluate("() => window.exhibit.language") == "en"
    assert bar.get_by_role("status").inner_text() == "Tap to place it here"

    headset.touch("right", (0, TABLE_HEIGHT - 1.6, -1.5))
    headset.lift_finger("right")
    assert headset.facts()["placed"]["position"] == pytest.approx((0, TABLE_HEIGHT, -1.5), abs=0.01)
    assert bar.get_by_role("button", name="Place again").count() == 1
    bar.get_by_role("button", name="Leave").dispatch_event("click")
    assert page.evaluate("() => window.exhibit.immersion.mode") == "screen"
    assert bar.count() == 0


def test_two_fingers_turn_and_scale(wearing: Callable[..., Headset]) -> None:
    headset = wearing(features=PHONE, modes=["immersive-ar"])
    headset.head((0, 1.6, 0), (0, TABLE_HEIGHT, -1.5))
    headset.enter("ar")
    headset.touch("right", (0, TABLE_HEIGHT - 1.6, -1.5))
    headset.lift_finger("right")
    before = headset.facts()["placed"]

    def from_the_middle(x: float, y: float) -> tuple[float, float, float]:
        """A ray through the screen, x to the right and y up of its middle, as the eye looks down at the table."""
        pitch = headset.page.evaluate("(drop) => Math.atan2(drop, 1.5)", TABLE_HEIGHT - 1.6)
        sine, cosine = headset.page.evaluate("(pitch) => [Math.sin(pitch), Math.cos(pitch)]", pitch)
        return (x, y * cosine + sine, y * sine - cosine)

    headset.touch("right", from_the_middle(0.1, 0))
    headset.touch("left", from_the_middle(-0.1, 0))
    headset.touch("right", from_the_middle(0, 0.15))
    headset.touch("left", from_the_middle(0, -0.15))
    after = headset.facts()["placed"]
    headset.lift_finger("right")
    headset.lift_finger("left")
    assert after["scale"] / before["scale"] == pytest.approx(1.5, rel=0.02)
    assert after["yaw"] - before["yaw"] == pytest.approx(1.5708, abs=0.02), "as the fingers went, so the hall"


def test_a_tap_on_the_page_is_not_a_tap_into_the_room(wearing: Callable[..., Headset]) -> None:
    headset = wearing(features=PHONE, modes=["immersive-ar"])
    headset.enter("ar")
    kept = headset.page.evaluate("""() => [".xr-bar button", "#interface"].map((where) =>
        document.querySelector(where).dispatchEvent(new Event("beforexrselect", { bubbles: true, cancelable: true })))""")
    assert kept == [False, True]


def test_an_exhibit_of_the_model_is_looked_into_with_a_tap(wearing: Callable[..., Headset]) -> None:
    headset = wearing()
    headset.enter("ar")
    headset.head((0, 1.6, 0), (0, TABLE_HEIGHT, -1.4))
    headset.aim((0.2, 1.3, -0.1), (0, TABLE_HEIGHT, -1.4))
    headset.click()
    at = headset.page.evaluate("""() => {
        const { root, exhibits } = window.exhibit.hall;
        root.updateWorldMatrix(true, true);
        const { bounds } = exhibits.all.get("exhibits/welding-robot");
        return root.localToWorld(bounds.getCenter(root.position.clone())).toArray();
    }""")
    headset.aim((at[0], at[1] + 0.4, at[2] + 0.2), at)
    headset.click()
    assert headset.page.evaluate("() => window.exhibit.select && location.hash") == "#exhibit=welding-robot"
    headset.page.evaluate("() => window.exhibit.speak('en')")
    assert "Welding robot" in headset.board()["words"]
    headset.page.evaluate("() => window.exhibit.speak('zh-Hans')")
    assert "焊接机器人" in headset.board()["words"]


def test_the_devices_light_is_used_where_it_is_offered(wearing: Callable[..., Headset]) -> None:
    headset = wearing(fresh=True, features=[*PHONE, "light-estimation"], modes=["immersive-ar"])
    headset.page.evaluate("""() => {
        XRSession.prototype.requestLightProbe = () => Promise.resolve(new EventTarget());
        XRFrame.prototype.getLightEstimate = () => ({
            sphericalHarmonicsCoefficients: new Float32Array(27).fill(0.2),
            primaryLightDirection: { x: 0, y: 1, z: 0 }, primaryLightIntensity: { x: 3, y: 2, z: 1 },
        });
    }""")
    headset.enter("ar")
    headset.until("() => window.exhibit.immersion.facts().estimated")
    lit = headset.page.evaluate("""() => {
        const lights = [];
        window.exhibit.stage.scene.traverseVisible((one) => one.isDirectionalLight && one.visible && lights.push(one.intensity));
        return lights;
    }""")
    assert lit == [3], "the device's sun alone, neither ours nor the hall's"


def test_refused_permission_is_told_in_plain_words(wearing: Callable[..., Headset]) -> None:
    headset = wearing(denied="NotAllowedError")
    before = headset.page.evaluate(AS_IT_IS)
    headset.page.evaluate("() => window.exhibit.speak('en')")
    with pytest.raises(Error, match="Permission was not given"):
        headset.page.evaluate("() => window.exhibit.immersion.enterAr()")
    headset.page.evaluate("() => window.exhibit.speak('zh-Hans')")
    with pytest.raises(Error, match="没有得到使用权限"):
        headset.page.evaluate("() => window.exhibit.immersion.enterVr()")
    assert rounded(headset.page.evaluate(AS_IT_IS)) == rounded(before)


def test_one_session_at_a_time(wearing: Callable[..., Headset]) -> None:
    headset = wearing()
    headset.page.evaluate("() => window.exhibit.speak('en')")
    told = headset.page.evaluate("""async () => {
        const { immersion } = window.exhibit;
        const tries = await Promise.allSettled([immersion.enterAr(), immersion.enterAr(), immersion.enterVr()]);
        return tries.map((one) => one.reason?.message ?? "entered");
    }""")
    assert told == ["entered", "AR or VR is already running.", "AR or VR is already running."]


@pytest.mark.parametrize(
    ("language", "ar", "vr"),
    [
        ("en", "This device cannot show AR", "No headset was found"),
        ("zh-Hans", "这台设备不支持 AR", "没有找到头戴设备"),
    ],
)
def test_what_does_not_work_says_why(wearing: Callable[..., Headset], language: str, ar: str, vr: str) -> None:
    headset = wearing(modes=[])
    offers = headset.page.evaluate(
        "(language) => { window.exhibit.speak(language); return window.exhibit.immersion.offers(); }", language
    )
    assert (offers["ar"]["works"], offers["vr"]["works"]) == (False, False)
    assert offers["ar"]["why"].startswith(ar)
    assert offers["vr"]["why"].startswith(vr)


def test_an_insecure_page_names_the_way_out(wearing: Callable[..., Headset]) -> None:
    headset = wearing(fresh=True)
    why = headset.page.evaluate("""async () => {
        Object.defineProperty(window, "isSecureContext", { value: false });
        window.exhibit.speak("en");
        return (await window.exhibit.immersion.offers()).vr.why;
    }""")
    assert why.startswith("AR and VR need a secure connection. Open this address instead: https://127.0.0.1")


def test_a_browser_without_webxr_says_which_has_it(new_context: Callable[..., BrowserContext], visit: Any) -> None:
    context = new_context()
    context.add_init_script("Object.defineProperty(navigator, 'xr', { value: undefined })")
    page = visit("shanghai", on=context.new_page())
    page.evaluate("() => window.exhibit.speak('en')")
    offers = page.evaluate("() => window.exhibit.immersion.offers()")
    assert offers["ar"] == {"works": False, "why": offers["vr"]["why"]}
    assert "Chrome on an Android phone" in offers["ar"]["why"]
