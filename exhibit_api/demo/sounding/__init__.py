"""The demo exhibition's sounds, each made by a function of its own: name → what makes it."""

from collections.abc import Callable

from exhibit_api.demo.sounding import machines
from exhibit_api.demo.sounding.tones import Signal

BUILDERS: dict[str, Callable[[], Signal]] = {
    "award-bell": machines.award_bell,
    "compressor-start": machines.compressor_start,
    "loom-beat": machines.loom_beat,
    "rail-joints": machines.rail_joints,
    "turbine-water": machines.turbine_water,
}
