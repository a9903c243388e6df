"""What is still due on an asset is asked of the queue, in the transaction that makes it due."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from exhibit_api.assets.tables import Asset, State
from exhibit_api.jobs.queue import enqueue
from exhibit_api.pipeline import recipes
from exhibit_api.pipeline.outcome import ReasonCode

GATE, PROCESS, REPAIR = "gate", "process", "repair"
KINDS = (GATE, PROCESS, REPAIR)

PASSING = frozenset({ReasonCode.NO_GRAPHICS, ReasonCode.NO_TOOLBOX, ReasonCode.TOOL_STOPPED})
"""Reasons that are the machine's, or the moment's, and not the model's."""

SOON, USUAL, LATE = 10, 0, -10
"""Priorities: curators wait for the gate; what only a new recipe asks for can wait."""


def ask_for_what_is_due(session: Session, asset: Asset, *, priority: int | None = None) -> None:
    """Ask for the gate where the validator has not spoken, else for variants. Call it last in a transaction: it locks jobs.

    What was not made for a reason that may be gone is asked for once more; the machine that takes the job knows whether it is.
    """
    if lacks_variants(asset) or lacks_something(asset):
        _ask_to_process(session, asset, USUAL if priority is None else priority)
    elif not asset.has_verdict:
        enqueue(session, GATE, asset.sha256, priority=SOON if priority is None else priority)


def ask_for_variants(session: Session, asset: Asset, *, priority: int = USUAL) -> None:
    """Ask for them where the model can be published and lacks those of today's recipes. Call it last in a transaction."""
    if lacks_variants(asset):
        _ask_to_process(session, asset, priority)


def lacks_variants(asset: Asset) -> bool:
    """Whether it can be published, and what today's recipes make was not made yet."""
    return asset.state == State.READY and asset.recipe < recipes.RECIPE_VERSION


def lacks_something(asset: Asset, codes: Collection[str] = PASSING) -> bool:
    """Whether it can be published, and something was not made for one of these reasons."""
    return asset.state == State.READY and any(reason["code"] in codes for reason in asset.reasons)


def _ask_to_process(session: Session, asset: Asset, priority: int) -> None:
    enqueue(session, PROCESS, asset.sha256, {"recipe": recipes.RECIPE_VERSION}, priority=priority)
