"""Whether all words are there: languages, alt texts, rights, translations."""

import datetime
from dataclasses import replace
from typing import Any

import pytest

from tests.halls.building import hall, placard, record, sound, space, standing, words
from tests.halls.linting import codes, found, only

LOOM = standing("loom", (3, 0, 1))
ENGLISH = {"en": "Only in English"}


@pytest.mark.parametrize(
    ("draft", "subject", "pointer"),
    [
        (hall(LOOM, label=ENGLISH), "halls/shanghai", "/label"),
        (hall(LOOM, required_statement=ENGLISH), "halls/shanghai", "/requiredStatement"),
        (
            hall(LOOM, room=space(waypoints=({"id": "start", "translation": (0, 0, 2), "label": ENGLISH},))),
            "halls/shanghai",
            "/space/waypoints/0/label",
        ),
        (
            hall(
                LOOM,
                room=space(
                    waypoints=({"id": "start", "translation": (0, 0, 2)},),
                    tours=(
                        {
                            "id": "round",
                            "label": words("A round"),
                            "stops": ({"waypoint": "start"}, {"waypoint": "start", "narration": ENGLISH}),
                        },
                    ),
                ),
            ),
            "halls/shanghai",
            "/space/tours/0/stops/1/narration",
        ),
        (hall(standing("loom", summary=ENGLISH)), "exhibits/loom", "/summary"),
        (hall(standing("loom", alt=ENGLISH)), "exhibits/loom", "/alt"),
        (hall(LOOM, placard(body=ENGLISH)), "placards/about-loom", "/body"),
        (
            hall(LOOM, records={"achievements/weave": record("achievements", year=2024, effect=ENGLISH)}),
            "achievements/weave",
            "/effect",
        ),
        (
            hall(
                LOOM,
                records={
                    "people/li": record(
                        "people",
                        invented=True,
                        story=[{"date": "2001", "label": words("Apprentice"), "text": ENGLISH}],
                    )
                },
            ),
            "people/li",
            "/story/0/text",
        ),
        (hall(LOOM, records={"awards/star": record("awards", label=ENGLISH)}), "awards/star", "/label"),
        (
            hall(LOOM, records={"studios/forge": record("studios", leader="li", summary=ENGLISH)}),
            "studios/forge",
            "/summary",
        ),
        (
            hall(LOOM, records={"selections/best": record("selections", year=2025, label=ENGLISH)}),
            "selections/best",
            "/label",
        ),
        (
            hall(LOOM, records={"organisations/union": record("organisations", label=ENGLISH)}),
            "organisations/union",
            "/label",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_text_without_a_required_language_forbids_publication(draft, subject: str, pointer: str) -> None:
    finding = only(draft, "TEXT_MISSING_LANGUAGE")
    assert (finding.severity, finding.subjects, finding.pointer) == ("error", (subject,), pointer)
    assert finding.message == f"{subject} has no text in zh-Hans at {pointer}"


def test_all_missing_languages_of_a_text_are_told_at_once() -> None:
    finding = found(hall(LOOM), required=("zh-Hans", "fr", "en", "de"))[0]
    assert finding.message.endswith("has no text in fr and de at /label")


def test_nothing_is_required_where_no_language_is() -> None:
    assert found(hall(LOOM, label=ENGLISH), required=()) == ()


def test_people_who_are_left_out_need_no_translation() -> None:
    expired = {"given": datetime.date(2020, 1, 1), "expires": datetime.date(2021, 1, 1)}
    assert codes(hall(LOOM, records={"people/li": record("people", label=ENGLISH, consent=expired)})) == [
        "CONSENT_MISSING"
    ]


def test_an_exhibit_without_alt_text_is_told() -> None:
    finding = only(hall(standing("loom", alt=None)), "ALT_MISSING")
    assert (finding.severity, finding.subjects, finding.pointer) == ("warning", ("exhibits/loom",), "/alt")


def test_rights_may_be_the_exhibits_or_the_halls() -> None:
    assert codes(hall(standing("loom", rights=None))) == []
    assert codes(hall(standing("loom"), rights=None)) == []
    finding = only(hall(standing("loom", rights=None), rights=None), "RIGHTS_MISSING")
    assert finding.message == "neither 'loom' nor the hall 'shanghai' says under which rights it is shown"


def test_the_same_words_in_two_scripts_look_untranslated() -> None:
    finding = only(hall(standing("loom", label=words("Brocade loom", "Brocade loom"))), "LABEL_SAME")
    assert (
        finding.message
        == "exhibits/loom says the same in en and zh-Hans at /label: 'Brocade loom'; is it untranslated?"
    )
    assert (finding.severity, finding.pointer) == ("warning", "/label")


@pytest.mark.parametrize(
    "label",
    [
        pytest.param(words("KR-16", "KR-16"), id="a model number"),
        pytest.param({"zh-Hans": "工匠", "zh-Hant": "工匠", "ja": "工匠", "en": "Craftsman"}, id="Han scripts"),
        pytest.param({"zh-Hans": "机器人", "en": "Robot", "de": "Robot"}, id="one script"),
    ],
)
def test_words_that_are_rightly_the_same_are_not_told(label: dict[str, str]) -> None:
    assert codes(hall(standing("loom", label=label))) == []


@pytest.mark.parametrize(
    ("captions", "parts", "missing"),
    [
        ((), {}, "zh-Hans and en"),
        (("en",), {}, "zh-Hans"),
        ((), {"transcript": {"zh-Hans": "一、二。"}}, "en"),
        (("zh-Hans",), {"transcript": {"de": "Eins, zwei."}}, "en"),
    ],
)
def test_speech_that_some_cannot_follow_is_told(captions: tuple[str, ...], parts: dict[str, Any], missing: str) -> None:
    heard = (sound("beat", *captions, language="zh-Hans", **parts), sound("hum"))
    finding = only(hall(replace(LOOM, sounds=heard)), "SPEECH_UNTOLD")
    assert finding.message == (
        f"the sound 'beat' of 'loom' speaks zh-Hans, and has neither transcript nor captions in {missing}"
    )
    assert (finding.severity, finding.subjects, finding.pointer) == (
        "warning",
        ("exhibits/loom/sounds/beat",),
        "/transcript",
    )


@pytest.mark.parametrize(
    "heard",
    [
        pytest.param(sound(), id="nobody speaks"),
        pytest.param(sound("beat", "en", "zh-Hans", language="en"), id="captions"),
        pytest.param(sound(language="en", transcript=words("One, two.")), id="a transcript"),
        pytest.param(sound("beat", "en", language="en", transcript={"zh-Hans": "一、二。"}), id="one of each"),
    ],
)
def test_a_sound_that_everybody_can_follow_is_not_told(heard: Any) -> None:
    assert codes(hall(replace(LOOM, sounds=(heard,)))) == []


def test_the_halls_own_languages_are_what_speech_is_told_in() -> None:
    french = hall(replace(LOOM, sounds=(sound("beat", "fr", language="fr"),)), languages=("fr",))
    assert "SPEECH_UNTOLD" not in [finding.code for finding in found(french, required=())]


def test_the_name_of_a_sound_is_a_text_like_others() -> None:
    finding = only(hall(replace(LOOM, sounds=(sound(label=ENGLISH),))), "TEXT_MISSING_LANGUAGE")
    assert (finding.subjects, finding.pointer) == (("exhibits/loom/sounds/beat",), "/label")
