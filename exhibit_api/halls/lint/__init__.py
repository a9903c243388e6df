"""Lint: what a visitor would trip over in a hall, found before it is published. Pure: no database, no clock.

Its modules load shapely and numpy at once. Import it inside the function that lints, never at the top of
a module that a serving instance loads.
"""

import datetime
from collections.abc import Sequence

from exhibit_api.halls.draft import HallDraft
from exhibit_api.halls.findings import Finding, in_order
from exhibit_api.halls.lint import budgets as costs
from exhibit_api.halls.lint import names, reaching, reading, standing, words
from exhibit_api.halls.lint.scene import scene_of
from exhibit_api.profiles import DEFAULT_BUDGETS, Budgets

__all__ = ["lint"]


def lint(
    draft: HallDraft, required_languages: Sequence[str], today: datetime.date, budgets: Budgets = DEFAULT_BUDGETS
) -> tuple[Finding, ...]:
    """All findings about the hall as it would be shown on `today`, errors first. An error forbids publication."""
    scene = scene_of(draft)
    found = [
        *standing.findings(scene),
        *reaching.findings(scene),
        *reading.findings(scene),
        *words.findings(draft, required_languages, today),
        *names.findings(draft, today),
        *costs.findings(draft, budgets),
    ]
    return tuple(sorted(found, key=in_order))
