"""The demo exhibits: one module each, named like its slug with underscores, with a function `build() -> Model`."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import cast

from exhibit_api.demo.modelling.model import Model

SLUGS = (
    "battery-pack",
    "brocade-loom",
    "cable-stayed-bridge",
    "copper-caster",
    "craft-trophy",
    "crane-hook-block",
    "dial-indicator",
    "dilution-refrigerator",
    "ev-chassis",
    "excavator-arm",
    "fibre-drawing-tower",
    "five-axis-head",
    "four-gears",
    "francis-turbine",
    "gate-valve",
    "glass-line",
    "harvester-header",
    "high-speed-train",
    "injection-mould",
    "inspection-drone",
    "insulator-robot",
    "laureate-medal",
    "metro-bogie",
    "micrometer",
    "motion-stage",
    "motor-exploded",
    "offshore-wind-turbine",
    "planetary-gearbox",
    "pump-impeller",
    "quay-crane",
    "roadheader",
    "scroll-compressor",
    "self-aligning-bearing",
    "sewing-machine",
    "shield-cutterhead",
    "ship-propeller",
    "steam-turbine-rotor",
    "studio-bench",
    "tea-roller",
    "tokamak",
    "tool-chest",
    "turbofan",
    "warehouse-agv",
    "welding-robot",
    "welding-torch",
)


def _build(slug: str) -> Model:
    module = import_module(f"{__name__}.{slug.replace('-', '_')}")
    return cast(Model, module.build())


BUILDERS: dict[str, Callable[[], Model]] = {slug: partial(_build, slug) for slug in SLUGS}
