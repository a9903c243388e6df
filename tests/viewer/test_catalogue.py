"""The catalogue's page: all that the hall shows, in order, in the right language, and nothing in it runs."""

from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import orjson
import pytest

from exhibit_api.viewer.addresses import Addresses
from exhibit_api.viewer.catalogue import catalogue_page
from tests.viewer.shown import golden, manifest_of

HERE = Addresses("../", "http://museum.example/")


class Outline(HTMLParser):
    """Elements with their attributes, and texts by the language that they stand in."""

    VOID = frozenset({"meta", "link", "img", "br", "track", "input"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.elements.append((tag, given))
        lang = given.get("lang") or (self._open[-1][1] if self._open else "")
        if tag not in self.VOID:
            self._open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open:
            self.texts.append((self._open[-1][1], data.strip()))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [given for name, given in self.elements if name == tag]


def page_of(document: dict[str, Any], language: str = "zh-Hans") -> str:
    return catalogue_page(manifest_of(document), language, HERE).decode()


@pytest.mark.parametrize("hall", ["anhui", "jiangsu", "joint", "shanghai", "zhejiang"])
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_everything_that_the_hall_tells_is_in_it(hall: str, language: str) -> None:
    document = golden(hall)
    told = "\n".join(text for _, text in Outline(page_of(document, language)).texts)
    for kind in ("exhibits", "people", "awards", "studios", "selections", "achievements"):
        for one in document[kind]:
            assert one["label"][language] in told, one["id"]
    for person in document["people"]:
        for step in person["story"]:
            assert step["text"][language] in told
    for tour in document["space"]["tours"]:
        for stop in tour["stops"]:
            assert stop["narration"][language] in told


@pytest.mark.parametrize("hall", ["joint", "shanghai"])
def test_no_heading_is_left_out_on_the_way_down(hall: str) -> None:
    levels = [int(tag[1]) for tag, _ in Outline(page_of(golden(hall))).elements if tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_id_stands_once_and_every_link_into_the_page_arrives() -> None:
    outline = Outline(page_of(golden("joint")))
    ids = [given["id"] for _, given in outline.elements if given.get("id")]
    assert len(ids) == len(set(ids))
    inside = {str(given["href"])[1:] for given in outline.all("a") if str(given.get("href")).startswith("#")}
    assert inside <= set(ids)


def test_it_loads_no_script_and_has_no_style_of_its_own() -> None:
    outline = Outline(page_of(golden()))
    assert [given["type"] for given in outline.all("script")] == ["application/ld+json"]
    assert not outline.all("style")
    assert not [
        given for _, given in outline.elements if "style" in given or any(name.startswith("on") for name in given)
    ]


HOSTILE = "</script></title><script>alert(1)</script><img src=x onerror=alert(1)>\"'&"


def test_words_with_html_in_them_stay_words() -> None:
    document = golden()
    for exhibit in document["exhibits"]:
        for name in ("label", "summary", "alt"):
            exhibit[name] = {"en": HOSTILE, "zh-Hans": HOSTILE}
    for placard in document["placards"]:
        placard["label"] = placard["body"] = {"zh-Hans": HOSTILE}
    for person in document["people"]:
        person["label"] = {"zh-Hans": HOSTILE}
    document["hall"]["label"] = document["hall"]["summary"] = {"zh-Hans": HOSTILE}
    document["rights"] = "javascript:alert(1)"
    document["organisations"][0]["homepage"] = "javascript:alert(1)"
    page = page_of(document)
    outline = Outline(page)
    assert [given.get("type") for given in outline.all("script")] == ["application/ld+json"]
    assert not [given for _, given in outline.elements if any(name.startswith("on") for name in given)]
    assert not [given for given in outline.all("a") if str(given["href"]).startswith("javascript")]
    told = orjson.loads(page.split('type="application/ld+json">')[1].split("</script>")[0])
    assert told["name"] == [{"@language": "zh-Hans", "@value": HOSTILE}]


def test_a_text_in_another_language_says_in_which() -> None:
    document = golden()
    document["exhibits"][0]["label"] = {"ar": "آلة اللحام"}
    outline = Outline(page_of(document, "en"))
    assert ("ar", "آلة اللحام") in outline.texts
    assert [given["dir"] for _, given in outline.elements if given.get("lang") == "ar"].count("rtl") > 0


def test_a_hall_in_a_language_of_its_own_has_words_in_english_around_it() -> None:
    document = golden()
    document["languages"] = ["de", "en"]
    document["hall"]["label"] = {"de": "Halle Schanghai"}
    outline = Outline(page_of(document, "de"))
    assert outline.all("html")[0]["lang"] == "en"
    assert ("de", "Halle Schanghai") in outline.texts
    assert ("en", "Contents") in outline.texts


def test_pictures_come_in_their_sizes_with_words_for_who_cannot_see_them() -> None:
    document = golden()
    digest = "0" * 63
    document["exhibits"][0]["pictures"] = [
        {"url": f"../blobs/{digest}{n}.webp", "sha256": f"{digest}{n}", "bytes": 9, "mediaType": "image/webp"}
        | {"width": width, "height": width, "transparent": transparent}
        for n, (width, transparent) in enumerate([(1024, False), (512, False), (512, True)])
    ]
    picture = next(given for given in Outline(page_of(document, "en")).all("img") if given.get("srcset"))
    assert picture["srcset"] == f"../public/blobs/{digest}1.webp 512w, ../public/blobs/{digest}0.webp 1024w"
    assert (picture["width"], picture["height"], picture["loading"]) == ("1024", "1024", "lazy")
    assert picture["alt"] == document["exhibits"][0]["alt"]["en"]


def test_sounds_have_captions_and_a_transcript() -> None:
    document = golden()
    blob = {"sha256": "1" * 64, "bytes": 9}
    document["exhibits"][0]["audio"] = [
        blob
        | {"url": f"../blobs/{'1' * 64}.wav", "mediaType": "audio/wav", "label": {"en": "The ratchet"}}
        | {"id": "ratchet", "transcript": {"en": "Three clicks."}}
        | {"captions": [blob | {"url": f"../blobs/{'1' * 64}.vtt", "mediaType": "text/vtt", "language": "en"}]}
    ]
    outline = Outline(page_of(document, "en"))
    assert outline.all("audio")[0]["src"] == f"../public/blobs/{'1' * 64}.wav"
    track = outline.all("track")[0]
    assert (track["kind"], track["srclang"], track["label"]) == ("captions", "en", "English")
    assert "Three clicks." in [text for _, text in outline.texts]


def test_the_marker_is_as_wide_on_paper_as_the_hall_says() -> None:
    document = golden()
    document["anchors"] = [{"type": "image", "marker": "exhibit:a", "physicalWidth": 0.105, "priority": 0}]
    page = page_of(document, "en")
    # A QR code of version 1 has 21 modules; with its margin of 4 on each side it has 29.
    assert '<svg class="code" viewBox="0 0 29 29" width="145.00mm" height="145.00mm"' in page
    assert "must measure 10.5 cm" in page


def test_a_marker_too_wide_for_a_sheet_says_how_far_to_enlarge_it() -> None:
    document = golden()
    document["anchors"] = [{"type": "image", "marker": "exhibit:a", "physicalWidth": 1.5, "priority": 0}]
    assert "It is printed 19 cm wide here; enlarge it to 150 cm." in page_of(document, "en")


def test_search_engines_are_told_of_the_event_its_works_and_its_people() -> None:
    page = page_of(golden("shanghai"), "en")
    told = orjson.loads(page.split('type="application/ld+json">')[1].split("</script>")[0])
    assert (told["@type"], told["startDate"]) == ("ExhibitionEvent", "2025-10-01")
    works = {work["@id"]: work for work in told["workFeatured"]}
    robot = works["http://museum.example/catalogue/shanghai#welding-robot"]
    assert robot["@type"] == "VisualArtwork"
    assert robot["encoding"][0]["@type"] == "3DModel"
    assert robot["encoding"][0]["contentUrl"].startswith("http://museum.example/public/blobs/")
    people = {person["@id"] for person in told["about"]}
    assert {creator["@id"] for creator in robot["creator"]} <= people


def test_a_hall_of_a_thousand_exhibits_is_made_without_a_code_for_each() -> None:
    document = golden()
    first = document["exhibits"][0]
    document["exhibits"] = [first | {"id": f"exhibits/number-{n}"} for n in range(1000)]
    manifest = manifest_of(document)
    page = catalogue_page(manifest, "en", HERE).decode()
    assert page.count('<article class="exhibit"') == 1000
    assert page.count('class="code"') == 2  # the hall's and the marker's
