"""The library in a real browser: which profile for which device, which language for which reader."""

from typing import Any

import pytest
from playwright.sync_api import Page

pytest_plugins = ["tests.browser.client_fixtures"]


COMPUTER: dict[str, Any] = {
    "webgl": 2,
    "maxTextureSize": 16384,
    "compressedTextures": ["s3tc", "bptc"],
    "software": False,
    "memory": 8,
    "cores": 8,
    "savesData": False,
    "connection": "4g",
    "touch": False,
    "screen": 1080,
    "headset": False,
}


@pytest.mark.parametrize(
    ("device", "profile"),
    [
        ({}, "webxr-high"),
        ({"memory": None, "connection": None, "cores": None}, "webxr-high"),
        ({"touch": True, "screen": 390, "compressedTextures": ["astc", "etc"]}, "webxr-mobile"),
        ({"touch": True, "screen": 820, "memory": None}, "webxr-mobile"),
        ({"touch": True, "screen": 1024, "memory": 8}, "webxr-high"),
        ({"touch": True, "screen": 480, "headset": True, "memory": None}, "webxr-high"),
        ({"savesData": True}, "webxr-mobile"),
        ({"connection": "3g"}, "webxr-mobile"),
        ({"memory": 2}, "webxr-mobile"),
        ({"cores": 2}, "webxr-mobile"),
        ({"software": True}, "webxr-mobile"),
        ({"compressedTextures": []}, "webxr-mobile"),
        ({"maxTextureSize": 2048}, "webxr-mobile"),
        ({"webgl": 1}, "mini-program"),
        ({"webgl": 0}, "fallback-2d"),
    ],
)
def test_a_profile_is_chosen_by_what_the_device_can_do(library: Page, device: dict[str, Any], profile: str) -> None:
    facts = {name: value for name, value in (COMPUTER | device).items() if value is not None}
    chosen = library.evaluate("(facts) => client.chooseProfile(facts)", facts)
    assert chosen == profile


def test_this_browser_draws_by_software_and_is_given_the_light_models(library: Page) -> None:
    device = library.evaluate("client.device()")
    assert device["webgl"] == 2
    assert device["software"] is True
    assert device["maxTextureSize"] >= 4096
    assert device["screen"] > 0
    assert library.evaluate("client.chooseProfile()") == "webxr-mobile"


def test_a_browser_without_webgl_is_given_pictures(visitor: Page) -> None:
    visitor.evaluate("HTMLCanvasElement.prototype.getContext = () => null")
    assert visitor.evaluate("async () => (await import('/exhibit-client.js')).chooseProfile()") == "fallback-2d"


@pytest.mark.parametrize(
    ("texts", "language", "languages", "found"),
    [
        ({"zh-Hans": "焊接", "en": "welding"}, "en", [], ("welding", "en", "ltr")),
        ({"zh-Hans": "焊接", "en": "welding"}, "EN-us", [], ("welding", "en", "ltr")),
        ({"zh-Hans": "焊接", "en": "welding"}, "zh-CN", [], ("焊接", "zh-Hans", "ltr")),
        ({"zh-Hant": "焊接", "zh-Hans": "焊接", "en": "w"}, "zh-TW", [], ("焊接", "zh-Hant", "ltr")),
        ({"zh-Hant": "焊接", "en": "welding"}, "zh-CN", [], ("焊接", "zh-Hant", "ltr")),
        ({"zh-Hans": "焊接", "fr": "soudage"}, "de", ["fr"], ("soudage", "fr", "ltr")),
        ({"zh-Hans": "焊接", "en": "welding"}, "de", [], ("welding", "en", "ltr")),
        ({"ar": "لحام", "en": "welding"}, "ar-EG", [], ("لحام", "ar", "rtl")),
        ({"he": "ריתוך"}, "en", [], ("ריתוך", "he", "rtl")),
        ({"ja": "溶接"}, "not a tag!", [], ("溶接", "ja", "ltr")),
        ({"en": ""}, "en", [], None),
        ({}, "en", [], None),
        (None, "en", [], None),
    ],
)
def test_a_text_is_shown_in_the_language_that_suits_its_reader(
    library: Page, texts: dict[str, str] | None, language: str, languages: list[str], found: tuple[str, str, str] | None
) -> None:
    shown = library.evaluate(
        "([map, ...rest]) => client.inLanguage(map ?? undefined, ...rest)", [texts, language, languages]
    )
    assert (shown and (shown["text"], shown["lang"], shown["dir"])) == found
