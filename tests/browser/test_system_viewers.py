"""The device's own viewers: Quick Look on an iPhone, Scene Viewer on an Android phone without WebXR; elsewhere nothing."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"
WECHAT = ANDROID + " MicroMessenger/8.0.49"
NO_XR = "Object.defineProperty(navigator, 'xr', { value: undefined });"
SUPPORTS_AR = """
const asking = DOMTokenList.prototype.supports;
DOMTokenList.prototype.supports = function (token) { return token === "ar" || asking.call(this, token); };
"""
LINK = """async (secure) => {
    const { hall, immersion } = window.exhibit;
    window.exhibit.speak("en");
    const exhibit = hall.manifest.exhibits.find((one) => one.id === "exhibits/welding-robot");
    // Where the models lie on a server with https, as they do in an exhibition that is open to the public.
    const elsewhere = (resource) => new URL(resource.url, "https://hall.example/public/manifests/one.json");
    const { system } = await immersion.offers();
    if (secure) hall.loader.url = elsewhere;
    const link = immersion.systemLink(exhibit);
    delete hall.loader.url; // nothing is fetched there
    return [system ?? null, link ?? null, window.exhibit.places.view("shanghai", "welding-robot")];
}"""


@pytest.fixture
def linked(new_context: Callable[..., BrowserContext], visit: Callable[..., Page]) -> Callable[..., Any]:
    def look(script: str = NO_XR, *, secure: bool = True, **options: Any) -> Any:
        context = new_context(viewport={"width": 320, "height": 200}, **options)
        context.add_init_script(script)
        return visit("shanghai", on=context.new_page(), built=False).evaluate(LINK, secure)

    return look


def test_an_iphone_gets_a_quick_look_link_at_true_size(linked: Callable[..., Any]) -> None:
    system, link, page = linked(NO_XR + SUPPORTS_AR)
    assert system == "quick-look"
    assert link["rel"] == "ar"
    address = urlsplit(link["href"])
    assert address.path.startswith("/public/blobs/")
    assert address.path.endswith(".usdz")
    said = parse_qs(address.fragment)
    assert said["allowsContentScaling"] == ["0"]
    assert said["checkoutTitle"][0].startswith("Welding robot")
    assert said["canonicalWebPageURL"] == [page]


def test_an_android_phone_without_webxr_gets_an_intent_to_scene_viewer(linked: Callable[..., Any]) -> None:
    system, link, page = linked(user_agent=ANDROID)
    assert system == "scene-viewer"
    assert "rel" not in link
    address, _, intent = link["href"].partition("#Intent;")
    asked = parse_qs(urlsplit(address).query)
    assert address.startswith("intent://arvr.google.com/scene-viewer/1.0?")
    assert asked["file"][0].startswith("https://hall.example/public/blobs/")
    assert asked["file"][0].endswith(".glb")
    assert (asked["mode"], asked["resizable"]) == (["ar_preferred"], ["false"])
    assert asked["title"][0].startswith("Welding robot")
    assert "scheme=https;" in intent
    assert intent.endswith(";end;")
    fallback = next(part for part in intent.split(";") if part.startswith("S.browser_fallback_url="))
    assert unquote(fallback).endswith(f"={page}")


def test_scene_viewer_takes_no_model_from_a_server_without_https(linked: Callable[..., Any]) -> None:
    assert linked(user_agent=ANDROID, secure=False)[:2] == ["scene-viewer", None]


def test_wechat_opens_no_intents(linked: Callable[..., Any]) -> None:
    assert linked(user_agent=WECHAT)[:2] == [None, None]


def test_a_phone_with_webxr_needs_no_scene_viewer(linked: Callable[..., Any]) -> None:
    works = """Object.defineProperty(navigator, "xr", { value: Object.assign(new EventTarget(), {
        isSessionSupported: (mode) => Promise.resolve(mode === "immersive-ar") }) });"""
    assert linked(works, user_agent=ANDROID)[:2] == [None, None]


def test_a_computer_has_no_viewer_of_its_own(linked: Callable[..., Any]) -> None:
    assert linked()[:2] == [None, None]


def test_an_exhibit_without_a_file_for_it_has_no_link(
    new_context: Callable[..., BrowserContext], visit: Callable[..., Page]
) -> None:
    context = new_context(viewport={"width": 320, "height": 200})
    context.add_init_script(NO_XR + SUPPORTS_AR)
    page = visit("shanghai", on=context.new_page(), built=False)
    without = """() => {
        const { hall, immersion } = window.exhibit;
        const [exhibit] = hall.manifest.exhibits;
        const variants = exhibit.model.variants.filter((one) => one.profile !== "quick-look");
        return immersion.systemLink({ ...exhibit, model: { ...exhibit.model, variants } }) ?? null;
    }"""
    assert page.evaluate(without) is None
