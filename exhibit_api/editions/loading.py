"""The load plan and the budget as a manifest tells them. The sums are true, so that progress can be."""

from dataclasses import asdict

from exhibit_api.editions.manifest import Budget, BudgetLimits, BudgetPart, LoadStep
from exhibit_api.halls.costs import Cost, within
from exhibit_api.profiles import Limits


def plan(cost: Cost) -> tuple[LoadStep, ...]:
    """The steps with what is loaded in each."""
    return tuple(
        LoadStep(
            step=part.name,
            items=tuple(f"exhibits/{share.standing.slug}" for share in part.shares),
            bytes=part.totals.bytes,
        )
        for part in cost.parts
    )


def budget(cost: Cost, limits: Limits | None) -> Budget:
    """What the hall costs, part by part, and the limits where there are some."""
    return Budget(
        **asdict(cost.totals),
        parts=tuple(BudgetPart(part=part.name, **asdict(part.totals)) for part in cost.parts),
        limits=BudgetLimits.of(limits.plain()) if limits else None,
        within=within(cost, limits) if limits else None,
    )
