"""A verdict: errors that nobody saw cannot be waived, however the report was cut short."""

from typing import Any

import pytest

from exhibit_api.assets.schemas import IssueOut
from exhibit_api.assets.shown import in_words
from exhibit_api.assets.tables import Asset, State
from exhibit_api.assets.verdict import UNSEEN, enter_verdict, judge
from exhibit_api.pipeline.outcome import Verdict

CODE = "VALUE_NOT_IN_RANGE"


def asset(*, told: int, errors: int) -> Asset:
    """An asset on which the validator found so many errors, and told some of them."""
    message = {"code": CODE, "severity": 0, "message": "too metallic", "pointer": "/materials/0"}
    numbers = {"numErrors": errors, "numWarnings": 0, "numInfos": 0, "numHints": 0, "truncated": told < errors}
    made = Asset(sha256="0" * 64, issues=[], waivers=[], state=State.RECEIVED)
    enter_verdict(made, Verdict({"issues": numbers | {"messages": [message] * told}}))
    return made


def waived(made: Asset) -> str:
    waiver: dict[str, Any] = {"code": CODE, "reason": "no harm", "by": "admin", "at": "2026-01-01T00:00:00Z"}
    made.waivers = [waiver]
    judge(made)
    return made.state


@pytest.mark.parametrize(
    ("told", "errors", "state"), [(3, 3, "ready"), (250, 250, "ready"), (1000, 1001, "failed"), (0, 5, "failed")]
)
def test_only_errors_that_were_seen_can_be_waived(told: int, errors: int, state: str) -> None:
    made = asset(told=told, errors=errors)
    assert made.state == "failed"
    assert waived(made) == state


def test_errors_that_were_not_told_are_named_in_both_languages() -> None:
    made = asset(told=1000, errors=1200)
    waived(made)
    assert made.errors == (UNSEEN,)
    (issue,) = [IssueOut.of(in_words(issue)) for issue in made.issues if issue["code"] == UNSEEN]
    assert (issue.severity, issue.count, issue.waived) == ("error", 200, False)
    assert issue.summary is not None
    assert issue.remedy is not None


def test_an_older_row_whose_errors_are_not_all_there_stays_failed() -> None:
    made = asset(told=2, errors=2)
    made.issues = made.issues[:1]
    assert waived(made) == "failed"


def test_there_is_nothing_to_waive_in_a_sound_model() -> None:
    made = asset(told=0, errors=0)
    assert (made.state, waived(made)) == ("ready", "ready")
