"""The demo exhibits: one module each, named like its slug with underscores, with a function `build() -> Model`."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import cast

from exhibit_api.demo.modelling.model import Model

SLUGS = (
    "planetary-gearbox",
    "welding-robot",
)


def _build(slug: str) -> Model:
    module = import_module(f"{__name__}.{slug.replace('-', '_')}")
    return cast(Model, module.build())


BUILDERS: dict[str, Callable[[], Model]] = {slug: partial(_build, slug) for slug in SLUGS}
