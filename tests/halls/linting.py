"""Lints a hall on a fixed day, and picks findings by their code."""

import datetime
from collections.abc import Sequence

from exhibit_api.halls.draft import HallDraft
from exhibit_api.halls.findings import Finding
from exhibit_api.halls.lint import lint
from exhibit_api.profiles import DEFAULT_BUDGETS, Budgets

TODAY = datetime.date(2026, 5, 1)
REQUIRED = ("zh-Hans", "en")


def found(
    draft: HallDraft,
    required: Sequence[str] = REQUIRED,
    today: datetime.date = TODAY,
    budgets: Budgets = DEFAULT_BUDGETS,
) -> tuple[Finding, ...]:
    return lint(draft, required, today, budgets)


def codes(draft: HallDraft) -> list[str]:
    return [finding.code.value for finding in found(draft)]


def only(draft: HallDraft, code: str, today: datetime.date = TODAY) -> Finding:
    """The one finding of a code."""
    (finding,) = [finding for finding in found(draft, today=today) if finding.code == code]
    return finding
