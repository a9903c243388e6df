"""Texts as they should not be: HTML, right to left, ten times too long, missing, in one language alone."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.serving import Service

Manifest = dict[str, Any]
Contexts = Callable[..., BrowserContext]
EXHIBIT = "exhibits/welding-robot"
HTML = '<img src=x onerror="window.ran=1"><script>window.ran=1</script><b>bold</b>'


def show(
    contexts: Contexts, service: Service, change: Callable[[Manifest], None], *, language: str = "en", **options: Any
) -> Page:
    """Open the Shanghai hall as a store would serve it whose manifest had been written by someone else."""
    # A service worker would ask for the manifest by itself, and get the one that was not changed.
    page = contexts(**options).new_page()
    made: list[bytes] = []

    def manifest(route: Route) -> None:
        if not made:
            answer = route.fetch().json()
            change(answer)
            made.append(json.dumps(answer).encode())
        route.fulfill(body=made[0], content_type="application/json")

    def pointer(route: Route) -> None:
        answer = route.fetch().json()
        if not made:
            found = page.request.get(f"{service.url}/public/manifests/{answer['manifest']['sha256']}.json").json()
            change(found)
            made.append(json.dumps(found).encode())
        answer["manifest"] |= {"sha256": hashlib.sha256(made[0]).hexdigest(), "bytes": len(made[0])}
        route.fulfill(body=json.dumps(answer), content_type="application/json")

    page.route("**/public/manifests/*.json", manifest)
    page.route("**/public/halls/shanghai.json", pointer)
    page.goto(f"{service.url}/view/shanghai?lang={language}")
    page.wait_for_function("() => window.exhibit?.hall")
    page.evaluate("() => exhibit.select('welding-robot')")
    expect(page.locator(".sheet")).to_be_visible()
    return page


def texts(manifest: Manifest, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    """Change every text of the exhibit, its placards, people and achievements, and of the hall."""

    def walk(node: Any) -> None:
        if isinstance(node, list):
            for part in node:
                walk(part)
        elif isinstance(node, dict):
            for name, value in node.items():
                if name in ("label", "summary", "body", "effect", "text", "title", "alt", "narration"):
                    node[name] = change(value)
                else:
                    walk(value)

    for part in (
        "hall",
        "exhibition",
        "exhibits",
        "placards",
        "people",
        "achievements",
        "awards",
        "studios",
        "organisations",
    ):
        walk(manifest[part])
    walk(manifest["space"])


def sideways(page: Page) -> list[str]:
    """What is wider than the place it is in."""
    found: list[str] = page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll("#interface *")]
            .filter((one) => one.checkVisibility())
            .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
            .filter((one) => !["hidden", "clip"].includes(getComputedStyle(one).overflowX) || one.scrollLeft > 0)
            .filter((one) => getComputedStyle(one).display !== "inline" && !one.closest("svg, audio"))
            .map((one) => one.outerHTML.slice(0, 160))"""
    )
    return found


def test_html_in_a_text_is_shown_as_text_and_nothing_runs(new_context: Contexts, service: Service) -> None:
    page = show(new_context, service, lambda manifest: texts(manifest, lambda said: dict.fromkeys(said, HTML)))
    expect(page.locator("h2.placard-title")).to_have_text(HTML)
    expect(page.locator(".person h4").first).to_have_text(HTML)
    page.locator(".tools [data-view=exhibits]").click()
    expect(page.locator(".drawer .line strong").first).to_have_text(HTML)
    page.locator(".tools [data-view=plan]").click()
    page.locator(".tools [data-view=more]").click()
    page.get_by_role("button", name="Share").last.click()
    expect(page.locator("dialog .qr")).to_be_visible()
    embed = page.get_by_label("Code to embed").input_value()
    assert "<script" not in embed
    assert "<img" not in embed
    assert page.locator("#interface script, #interface img[src=x], #interface b").count() == 0
    assert page.evaluate("() => window.ran") is None


def test_texts_ten_times_too_long_break_nothing(new_context: Contexts, service: Service) -> None:
    def long(said: dict[str, str]) -> dict[str, str]:
        return {tag: f"{text * 10} {'Donaudampfschifffahrt' * 12}" for tag, text in said.items()}

    page = show(new_context, service, lambda manifest: texts(manifest, long))
    for width, height in ((360, 640), (640, 360), (1280, 720), (480, 270)):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => exhibit.select('welding-robot')")
        expect(page.locator(".sheet-close")).to_be_in_viewport()
        assert sideways(page) == [], (width, height)
        page.locator(".sheet-close").click()
        expect(page.locator(".languages")).to_be_in_viewport(ratio=1)
        for view in ("exhibits", "plan", "tours", "more"):
            page.locator(f".tools [data-view={view}]").click()
            expect(page.locator(".drawer-head button")).to_be_in_viewport()
            assert sideways(page) == [], (width, height, view)
        page.locator(".drawer-head button").click()
        page.wait_for_function("() => location.hash === ''")


def test_arabic_and_hebrew_are_set_from_the_right(new_context: Contexts, service: Service) -> None:
    arabic = "روبوت لحام تعلّم حركة اليد"

    def change(manifest: Manifest) -> None:
        manifest["languages"] = ["zh-Hans", "en", "ar", "he"]
        texts(manifest, lambda said: said | {"ar": arabic, "he": "רובוט ריתוך"})

    page = show(new_context, service, change, language="ar")
    title = page.locator("h2.placard-title")
    expect(title).to_have_text(arabic)
    expect(title).to_have_attribute("dir", "rtl")
    expect(title).to_have_attribute("lang", "ar")
    assert title.evaluate("(one) => getComputedStyle(one).direction") == "rtl"
    assert sideways(page) == []
    page.locator(".languages select").select_option("he")
    expect(title).to_have_attribute("lang", "he")
    page.locator(".languages select").select_option("en")
    expect(title).to_have_attribute("dir", "ltr")


def test_a_text_in_one_language_alone_is_shown_and_says_which(new_context: Contexts, service: Service) -> None:
    def change(manifest: Manifest) -> None:
        for exhibit in manifest["exhibits"]:
            if exhibit["id"] == EXHIBIT:
                exhibit["label"] = {"zh-Hans": "焊接机器人"}

    page = show(new_context, service, change)
    expect(page.locator("h2.placard-title")).to_have_text("焊接机器人")
    expect(page.locator("h2.placard-title")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator(".placard .note")).to_contain_text("Only in Simplified Chinese")


def test_a_manifest_that_names_what_is_not_there_is_shown_without_it(new_context: Contexts, service: Service) -> None:
    def change(manifest: Manifest) -> None:
        manifest["people"], manifest["awards"], manifest["studios"] = [], [], []
        for exhibit in manifest["exhibits"]:
            exhibit["rights"] = "javascript:window.ran=1"
            exhibit["organisation"] = "organisations/nobody"

    page = show(new_context, service, change)
    expect(page.locator("h2.placard-title")).to_have_text("Welding robot")
    expect(page.locator(".achievement")).to_be_visible()
    expect(page.locator(".person, .studio")).to_have_count(0)
    page.locator(".facts summary").click()
    expect(page.locator(".facts")).to_contain_text("javascript:window.ran=1")
    expect(page.locator(".facts a")).to_have_count(0)


def test_a_thousand_exhibits_are_listed_and_found(new_context: Contexts, service: Service) -> None:
    page = show(new_context, service, lambda manifest: None, language="en")
    page.evaluate(
        """() => { const { manifest } = exhibit.hall; const one = manifest.exhibits[0];
            manifest.exhibits = [...manifest.exhibits, ...Array.from({ length: 991 }, (_, n) => ({
                ...one, id: `exhibits/made-${n}`, label: { en: `Made ${n}` } }))];
            exhibit.select(undefined); }"""
    )
    page.locator(".tools [data-view=exhibits]").click()
    expect(page.locator(".found [data-exhibit]")).to_have_count(1000)
    page.get_by_role("searchbox").fill("made 990")
    expect(page.locator(".found [data-exhibit]")).to_have_count(1)
    page.get_by_role("searchbox").fill("made")
    expect(page.locator(".found")).to_contain_text("more: type a little more")
