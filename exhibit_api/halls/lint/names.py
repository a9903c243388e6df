"""Whether all that the hall names is there, and may be shown: models, halls, exhibits, people, selections."""

import datetime
from collections.abc import Iterator

from exhibit_api.assets.tables import State
from exhibit_api.catalogue.schemas import PersonBody, SelectionBody
from exhibit_api.halls.draft import HallDraft, Model
from exhibit_api.halls.findings import Finding, FindingCode, finding
from exhibit_api.halls.lint.words import is_shown
from exhibit_api.halls.rules import missing_stops

MOST_CODES = 3


def findings(draft: HallDraft, today: datetime.date) -> Iterator[Finding]:
    """All findings about names."""
    yield from empty_hall(draft)
    yield from missing_models(draft)
    yield from unknown_portals(draft)
    yield from unknown_stops(draft)
    yield from absent_exhibits(draft)
    yield from missing_consents(draft, today)
    yield from embargoed_selections(draft, today)


def empty_hall(draft: HallDraft) -> Iterator[Finding]:
    """A hall with nothing to look at."""
    if not draft.standing:
        yield finding(FindingCode.HALL_EMPTY, f"no exhibit stands in the hall {draft.slug!r}", f"halls/{draft.slug}")


def missing_models(draft: HallDraft) -> Iterator[Finding]:
    """Exhibits that nothing portrays, or whose model cannot be shown."""
    for one in draft.standing:
        subjects, place = (f"placements/{one.id}", f"exhibits/{one.slug}"), one.placement.pose.translation
        if one.model is None:
            message = f"{one.slug!r} is placed but has no model"
            yield finding(FindingCode.MODEL_MISSING, message, *subjects, place=place)
        elif one.model.state is not State.READY:
            message = f"the model of {one.slug!r} {_state(one.model)}"
            yield finding(FindingCode.MODEL_NOT_READY, message, *subjects, place=place)


def _state(model: Model) -> str:
    """Why the model cannot be shown, and where there is more about it."""
    see = f"see assets/{model.sha256}"
    if model.state is State.RECEIVED and model.given_up:
        return f"could not be checked: GET /v1/assets/{model.sha256} says why"
    if model.state is State.RECEIVED:
        return f"is still being checked: {see}"
    if not model.errors:
        return f"has failed its check: {see}"
    more = len(model.errors) - MOST_CODES
    codes = f"{', '.join(model.errors[:MOST_CODES])}{f' and {more} more' if more > 0 else ''}"
    return f"has failed its check ({codes}): {see}"


def unknown_portals(draft: HallDraft) -> Iterator[Finding]:
    """Portals that lead nowhere."""
    for i, portal in enumerate(draft.body.space.portals):
        if portal.to not in draft.halls:
            yield finding(
                FindingCode.PORTAL_UNKNOWN,
                f"a portal leads to {portal.to!r}, and the exhibition {draft.body.exhibition!r} has no such hall",
                f"halls/{draft.slug}",
                pointer=f"/space/portals/{i}/to",
            )


def unknown_stops(draft: HallDraft) -> Iterator[Finding]:
    """Stops of tours at what is not in the hall."""
    exhibits, placards = {one.slug for one in draft.standing}, {placard_id for placard_id, _ in draft.placards}
    for fault in missing_stops(draft.body.space, exhibits, placards):
        yield finding(FindingCode.TOUR_STOP_UNKNOWN, fault.detail, f"halls/{draft.slug}", pointer=fault.pointer)


def absent_exhibits(draft: HallDraft) -> Iterator[Finding]:
    """Placards that speak of an exhibit which does not stand here."""
    here = {one.slug for one in draft.standing}
    for placard_id, placard in draft.placards:
        if placard.exhibit is not None and placard.exhibit not in here:
            yield finding(
                FindingCode.PLACARD_EXHIBIT_UNKNOWN,
                f"the placard {placard_id!r} speaks of {placard.exhibit!r}, which does not stand in this hall",
                f"placards/{placard_id}",
                place=placard.pose.translation,
                pointer="/exhibit",
            )


def missing_consents(draft: HallDraft, today: datetime.date) -> Iterator[Finding]:
    """People who will be left out, since they have not agreed to be shown, or no longer do."""
    for slug, person in draft.of_kind(PersonBody).items():
        if is_shown(person, today):
            continue
        state = "has given no consent" if person.consent is None else f"has no consent in force on {today}"
        yield finding(
            FindingCode.CONSENT_MISSING,
            f"people/{slug} {state} to be shown and will be left out",
            f"people/{slug}",
            pointer="/consent",
        )


def embargoed_selections(draft: HallDraft, today: datetime.date) -> Iterator[Finding]:
    """Placards that would tell a selection's results before they are public."""
    selections = draft.of_kind(SelectionBody)
    for placard_id, placard in draft.placards:
        selection = selections.get(placard.selection) if placard.selection else None
        until = selection and _embargo(selection, today)
        if until:
            yield finding(
                FindingCode.SELECTION_EMBARGOED,
                f"the placard {placard_id!r} names selections/{placard.selection}, whose results are under embargo {until}",
                f"placards/{placard_id}",
                f"selections/{placard.selection}",
                pointer="/selection",
            )


def _embargo(selection: SelectionBody, today: datetime.date) -> str | None:
    """Until when the results may not be shown, in words; None where they may."""
    public_from = selection.public_from()
    if public_from is None:
        return "as long as it has no publicised stage" if selection.results else None
    return f"until its publicised stage ends on {public_from}" if today < public_from else None
