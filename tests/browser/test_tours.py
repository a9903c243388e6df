"""Guided tours: all stops of a hall in order, told in time, paused by the visitor, read aloud where there is a voice."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.walking import SMALL, drawn, gaze, gone, is_free
from tests.serving import Service
from tests.viewer.demo_halls import demo
from tests.viewer.modules import ask

TOUR = "from-sparks-to-hairs"
STOPS = demo("shanghai")["space"]["tours"][0]["stops"]
WAYPOINTS = {one["id"]: one["translation"] for one in demo("shanghai")["space"]["waypoints"]}


@pytest.fixture
def hall(small_page: Page) -> Page:
    """The Shanghai hall with no tour under way; the page remembers what is told of the tour and of choices."""
    small_page.evaluate(
        """() => {
            exhibit.speak("zh-Hans");
            window.told = [];
            window.chosen = [];
            window.undo?.forEach((undo) => undo());
            window.undo = [
                exhibit.on("tour", (state) => told.push(state ? { stop: state.stop, playing: state.playing } : null)),
                exhibit.on("select", (found) => chosen.push(found?.exhibit?.id ?? found?.placard?.id ?? null)),
            ];
        }"""
    )
    return small_page


def state(page: Page) -> Any:
    return page.evaluate("() => { const { state } = exhibit.guide; return state && [state.stop, state.playing]; }")


def at_stop(page: Page, stop: int) -> None:
    """Wait until the guide has led to the stop's waypoint."""
    x, _, z = WAYPOINTS[STOPS[stop]["waypoint"]]
    page.wait_for_function(
        """([stop, x, z]) => {
            const { position } = exhibit.walker.gaze();
            return exhibit.guide.state?.stop === stop && Math.hypot(position.x - x, position.z - z) < 0.3;
        }""",
        arg=[stop, x, z],
    )


def test_a_tour_leads_to_every_stop_and_chooses_what_is_told_of(hall: Page) -> None:
    hall.evaluate("(tour) => exhibit.guide.start(tour)", TOUR)
    for stop, said in enumerate(STOPS):
        at_stop(hall, stop)
        assert state(hall) == [stop, True]
        assert is_free(hall)
        chosen = hall.evaluate("() => chosen.at(-1)")
        slug = said.get("exhibit") or said["placard"]
        assert chosen.endswith(f"/{slug}")
        hall.evaluate("() => exhibit.guide.next()")
    assert state(hall) is None, "after the last stop the tour is over"
    assert hall.evaluate("() => told.at(-1)") is None


def test_previous_goes_back_and_stays_at_the_first_stop(hall: Page) -> None:
    hall.evaluate("(tour) => exhibit.guide.start(tour, 2)", TOUR)
    at_stop(hall, 2)
    hall.evaluate("() => exhibit.guide.previous()")
    at_stop(hall, 1)
    hall.evaluate("() => { exhibit.guide.previous(); exhibit.guide.previous(); exhibit.guide.previous(); }")
    at_stop(hall, 0)


def test_walking_pauses_the_tour_and_resume_leads_back_to_the_stop(hall: Page) -> None:
    hall.evaluate("(tour) => exhibit.guide.start(tour, 1)", TOUR)
    at_stop(hall, 1)
    here = gaze(hall)
    hall.keyboard.down("KeyS")
    gone(hall, here, 0.4)
    hall.keyboard.up("KeyS")
    assert state(hall) == [1, False]
    hall.evaluate("() => exhibit.guide.resume()")
    at_stop(hall, 1)
    assert state(hall) == [1, True]


def test_a_choice_of_the_visitors_own_pauses_the_tour(hall: Page) -> None:
    hall.evaluate("(tour) => exhibit.guide.start(tour, 1)", TOUR)
    at_stop(hall, 1)
    hall.evaluate("() => exhibit.select('micrometer')")
    assert state(hall) == [1, False]


def test_a_tour_that_is_not_there_and_a_stop_beyond_the_last_do_no_harm(hall: Page) -> None:
    hall.evaluate("() => exhibit.guide.start('nowhere')")
    assert state(hall) is None
    hall.evaluate("(tour) => exhibit.guide.start(tour, 99)", TOUR)
    at_stop(hall, len(STOPS) - 1)
    hall.evaluate("() => { exhibit.guide.end(); exhibit.guide.next(); exhibit.guide.resume(); exhibit.guide.pause(); }")
    assert state(hall) is None


def test_a_tour_ends_with_its_hall(hall: Page) -> None:
    hall.evaluate("(tour) => exhibit.guide.start(tour)", TOUR)
    hall.evaluate("() => exhibit.open('joint')")
    assert state(hall) is None
    hall.evaluate("() => exhibit.open('shanghai')")


def test_a_stop_whose_exhibit_is_gone_is_passed_over() -> None:
    manifest = demo("shanghai")
    manifest["exhibits"] = [one for one in manifest["exhibits"] if not one["id"].endswith("/ship-propeller")]
    manifest["space"]["tours"][0]["stops"][-1]["exhibit"] = "nobody-knows"
    found = ask(
        """
        import { stopFrom } from "VIEWER/walk/stops.ts";
        const [tour] = data.space.tours;
        const found = [stopFrom(data, tour, 2, 1), stopFrom(data, tour, 2, -1), stopFrom(data, tour, tour.stops.length - 1, 1)];
        answer(found.map((stop) => stop ?? null));
        """,
        manifest,
    )
    assert STOPS[2]["exhibit"] == "ship-propeller"
    assert found == [3, 1, None]


@pytest.fixture
def later(new_context: Callable[..., BrowserContext], service: Service) -> Page:
    """A page on whose clock the tests turn the hands."""
    page = new_context(viewport=SMALL).new_page()
    page.clock.install()
    page.goto(f"{service.url}/view/shanghai")
    page.wait_for_function("() => window.exhibit?.hall")
    return page


def test_the_tour_goes_on_by_itself_when_the_narration_is_told(later: Page) -> None:
    later.evaluate("(tour) => exhibit.guide.start(tour)", TOUR)
    at_stop(later, 0)
    drawn(later, 2)
    later.clock.fast_forward(4_000)
    assert state(later) == [0, True], "nobody reads so fast"
    later.clock.fast_forward(60_000)
    at_stop(later, 1)
    later.evaluate("() => exhibit.guide.pause()")
    later.clock.fast_forward(120_000)
    assert state(later) == [1, False]


VOICE = """
    window.spoken = [];
    const synthesis = {
        getVoices: () => [{ lang: "en-GB", localService: true }, { lang: "zh_CN", localService: true }],
        speak(said) { spoken.push({ text: said.text, lang: said.voice.lang, done: () => said.onend() }); },
        cancel() {},
        addEventListener() {},
    };
    Object.defineProperty(window, "speechSynthesis", { value: synthesis });
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def test_a_narration_is_read_aloud_in_the_visitors_language_once_that_is_wished(
    new_context: Callable[..., BrowserContext], service: Service
) -> None:
    context = new_context(viewport=SMALL)
    context.add_init_script(VOICE)
    page = context.new_page()
    page.goto(f"{service.url}/view/shanghai?lang=zh-Hans")
    page.wait_for_function("() => window.exhibit?.hall")
    page.evaluate("(tour) => exhibit.guide.start(tour, 1)", TOUR)
    at_stop(page, 1)
    drawn(page, 2)
    assert page.evaluate("() => spoken") == [], "a museum is quiet until asked"
    page.evaluate("() => { exhibit.guide.aloud = true; }")
    page.wait_for_function("() => spoken.length === 1")
    first = page.evaluate("() => spoken[0]")
    assert (first["text"], first["lang"]) == (STOPS[1]["narration"]["zh-Hans"], "zh_CN")
    page.evaluate("() => exhibit.speak('en')")
    page.wait_for_function("() => spoken.length === 2")
    second = page.evaluate("() => spoken[1]")
    assert (second["text"], second["lang"]) == (STOPS[1]["narration"]["en"], "en-GB")
    page.evaluate("() => spoken[1].done()")
    at_stop(page, 2)
