"""Whether all that a hall names is there and may be shown."""

import datetime

import pytest

from exhibit_api.assets.tables import State
from tests.halls.building import digest, floor, hall, placard, portrayed, record, space, standing, words
from tests.halls.linting import TODAY, codes, found, only

LOOM = standing("loom", (3, 0, 1))
DAY = datetime.timedelta(days=1)


def test_an_exhibit_without_a_model_forbids_publication() -> None:
    finding = only(hall(standing("loom", has_model=False)), "MODEL_MISSING")
    assert (finding.severity, finding.message) == ("error", "'loom' is placed but has no model")
    assert finding.subjects == ("placements/loom", "exhibits/loom")


@pytest.mark.parametrize(
    ("state", "errors", "said"),
    [
        (State.RECEIVED, (), "is still being checked"),
        (State.FAILED, (), "has failed its check"),
        (State.FAILED, ("A_CODE",), "has failed its check (A_CODE)"),
        (State.FAILED, tuple("ABCDE"), "has failed its check (A, B, C and 2 more)"),
    ],
)
def test_a_model_that_is_not_ready_forbids_publication(state: State, errors: tuple[str, ...], said: str) -> None:
    one = portrayed(standing("loom"), state=state, errors=errors)
    finding = only(hall(one), "MODEL_NOT_READY")
    assert finding.severity == "error"
    assert finding.message == f"the model of 'loom' {said}: see assets/{digest('loom')}"


def test_a_model_that_could_not_be_checked_is_not_said_to_be_checked_still() -> None:
    finding = only(hall(portrayed(standing("loom"), state=State.RECEIVED, given_up=True)), "MODEL_NOT_READY")
    assert finding.message == (f"the model of 'loom' could not be checked: GET /v1/assets/{digest('loom')} says why")


def test_a_portal_must_lead_to_a_hall_of_the_exhibition() -> None:
    portals = ({"to": "anhui", "floor": floor(1, 1, (0, 3.5))}, {"to": "atlantis", "floor": floor(1, 1, (3, 3))})
    finding = only(hall(LOOM, room=space(portals=portals)), "PORTAL_UNKNOWN")
    assert finding.message == "a portal leads to 'atlantis', and the exhibition 'delta' has no such hall"
    assert (finding.severity, finding.pointer) == ("error", "/space/portals/1/to")


def test_a_tour_stops_only_at_what_is_in_the_hall() -> None:
    stops = (
        {"waypoint": "start", "exhibit": "loom", "placard": "about-loom"},
        {"waypoint": "start", "exhibit": "lathe", "placard": "about-lathe"},
    )
    room = space(
        waypoints=({"id": "start", "translation": (0, 0, 2)},),
        tours=({"id": "round", "label": words("A round"), "stops": stops},),
    )
    told = found(hall(LOOM, placard(), room=room))
    assert [(f.code, f.severity, f.pointer) for f in told] == [
        ("TOUR_STOP_UNKNOWN", "error", "/space/tours/0/stops/1/exhibit"),
        ("TOUR_STOP_UNKNOWN", "error", "/space/tours/0/stops/1/placard"),
    ]
    assert told[0].message == "the tour 'round' names the exhibit 'lathe', which is not in the hall"


def test_a_placard_speaks_only_of_exhibits_in_the_hall() -> None:
    assert codes(hall(LOOM, placard(exhibit="loom"))) == []
    finding = only(hall(LOOM, placard(exhibit="lathe")), "PLACARD_EXHIBIT_UNKNOWN")
    assert finding.message == "the placard 'about-loom' speaks of 'lathe', which does not stand in this hall"
    assert (finding.severity, finding.pointer) == ("error", "/exhibit")


@pytest.mark.parametrize(
    ("consent", "said"),
    [
        (None, "has given no consent"),
        ({"given": TODAY + DAY}, "has no consent in force on 2026-05-01"),
        ({"given": TODAY - DAY, "withdrawn": TODAY}, "has no consent in force on 2026-05-01"),
    ],
)
def test_a_person_without_consent_will_be_left_out(consent, said: str) -> None:
    finding = only(hall(LOOM, records={"people/li": record("people", consent=consent)}), "CONSENT_MISSING")
    assert finding.message == f"people/li {said} to be shown and will be left out"
    assert finding.severity == "warning"


@pytest.mark.parametrize("person", [record("people", invented=True), record("people", consent={"given": TODAY})])
def test_a_person_who_agreed_or_was_invented_is_shown(person) -> None:
    assert codes(hall(LOOM, records={"people/li": person})) == []


def selection(**parts):
    return {"selections/best": record("selections", year=2026, **parts)}


PUBLICISED = {"stage": "publicised", "begins": TODAY - 9 * DAY, "ends": TODAY + DAY}


def test_results_under_embargo_forbid_publication_until_the_publicised_stage_ends() -> None:
    draft = hall(LOOM, placard(selection="best"), records=selection(stages=[PUBLICISED]))
    finding = only(draft, "SELECTION_EMBARGOED")
    assert finding.message == (
        "the placard 'about-loom' names selections/best, whose results are under embargo"
        " until its publicised stage ends on 2026-05-02"
    )
    assert finding.severity == "error"
    assert found(draft, today=TODAY + DAY) == ()


def test_a_selection_without_stages_or_that_no_placard_names_is_not_under_embargo() -> None:
    assert codes(hall(LOOM, placard(selection="best"), records=selection())) == []
    assert codes(hall(LOOM, placard(), records=selection(stages=[PUBLICISED]))) == []


def test_results_of_a_selection_that_was_never_publicised_stay_under_embargo() -> None:
    people = {"people/li": record("people", invented=True)}
    results = ({"stage": "awarded", "person": "li"},)
    finding = only(
        hall(LOOM, placard(selection="best"), records=selection(results=results) | people), "SELECTION_EMBARGOED"
    )
    assert finding.message.endswith("under embargo as long as it has no publicised stage")


def test_an_empty_hall_is_told() -> None:
    (finding,) = found(hall())
    assert (finding.code, finding.severity) == ("HALL_EMPTY", "warning")
    assert finding.message == "no exhibit stands in the hall 'shanghai'"
