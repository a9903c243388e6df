"""What is still due on an asset is asked of the queue, in the transaction that makes it due."""

from sqlalchemy.orm import Session

from exhibit_api.assets.tables import Asset, State
from exhibit_api.jobs.queue import enqueue
from exhibit_api.pipeline import recipes

GATE, PROCESS, REPAIR = "gate", "process", "repair"
KINDS = (GATE, PROCESS, REPAIR)

SOON, USUAL, LATE = 10, 0, -10
"""Priorities: curators wait for the gate; what only a new recipe asks for can wait."""


def ask_for_what_is_due(session: Session, asset: Asset, *, priority: int | None = None) -> None:
    """Ask for the gate where the validator has not spoken, else for variants. Call it last in a transaction: it locks jobs."""
    if asset.has_verdict:
        ask_for_variants(session, asset, priority=USUAL if priority is None else priority)
    else:
        enqueue(session, GATE, asset.sha256, priority=SOON if priority is None else priority)


def ask_for_variants(session: Session, asset: Asset, *, priority: int = USUAL) -> None:
    """Ask for them where the model can be published and lacks those of today's recipes. Call it last in a transaction."""
    if lacks_variants(asset):
        enqueue(session, PROCESS, asset.sha256, {"recipe": recipes.RECIPE_VERSION}, priority=priority)


def lacks_variants(asset: Asset) -> bool:
    """Whether it can be published, and what today's recipes make was not made yet."""
    return asset.state == State.READY and asset.recipe < recipes.RECIPE_VERSION
