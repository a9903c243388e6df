"""What this machine has of the tools: so whether what another one could not make can be made here."""

from exhibit_api.assets.due import lacks_something
from exhibit_api.assets.tables import Asset
from exhibit_api.pipeline import posters, tools
from exhibit_api.pipeline.outcome import ReasonCode


def void_reasons() -> frozenset[ReasonCode]:
    """The reasons of machines that do not hold on this one. The first call in a process tries its graphics, in a child."""
    lacks = {ReasonCode.NO_GRAPHICS: posters.graphics, ReasonCode.NO_TOOLBOX: tools.missing}
    return frozenset(code for code, lack in lacks.items() if lack() is None)


def is_worth_a_try(asset: Asset) -> bool:
    """Whether something was not made of it that may be made here; tools that were ended may do it this time."""
    return lacks_something(asset) and lacks_something(asset, void_reasons() | {ReasonCode.TOOL_STOPPED})
