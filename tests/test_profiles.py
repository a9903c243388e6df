"""Limits as an operator sets them: over the defaults, each by its name."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from exhibit_api.profiles import DEFAULT_BUDGETS, PROFILES, Budgets
from exhibit_api.settings import Settings

DECISION = Path(__file__).parents[1] / "docs" / "decisions" / "budgets.md"


def test_every_profile_can_have_limits() -> None:
    assert {field.alias for field in Budgets.model_fields.values()} == set(PROFILES)


def test_what_is_not_said_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "EXHIBIT_BUDGETS",
        '{"webxr-mobile": {"hallBytes": 80000000, "zoneBytes": null}, "webxr-high": {"hallBytes": 9}}',
    )
    found = Settings().budgets
    before, mobile = DEFAULT_BUDGETS.of_profile("webxr-mobile"), found.of_profile("webxr-mobile")
    assert before
    assert mobile
    expected = before.plain() | {"hallBytes": 80_000_000}
    del expected["zoneBytes"]
    assert mobile.plain() == expected
    assert found.of_profile("webxr-high") == Budgets.model_validate({"webxr-high": {"hallBytes": 9}}).webxr_high
    assert found.of_profile("scene-viewer") == DEFAULT_BUDGETS.of_profile("scene-viewer")


def test_a_profile_set_to_null_has_no_limits() -> None:
    assert Budgets.model_validate({"webxr-mobile": None}).of_profile("webxr-mobile") is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"webxr-mobil": None}, "'webxr-mobil' is none of master, webxr-high, webxr-mobile"),
        ({"webxr-mobile": {"bytes": 1}}, "'bytes' is none of exhibitBytes, firstViewBytes"),
        ({"webxr-mobile": {"hallBytes": 0}}, "greater than 0"),
        ({"webxr-mobile": {"hallBytes": "much"}}, "valid integer"),
        ([], "valid dictionary"),
    ],
)
def test_limits_that_cannot_be_are_refused_by_name(wrong: object, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Settings.model_validate({"budgets": wrong})


def test_the_decision_lists_every_default_limit() -> None:
    text = DECISION.read_text(encoding="utf-8")
    for profile in PROFILES:
        limits = DEFAULT_BUDGETS.of_profile(profile)
        for name, most in (limits.plain() if limits else {}).items():
            assert f"| `{profile}` | `{name}` | {most:,} |" in text
