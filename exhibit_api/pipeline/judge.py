"""Looks at what was made before it counts: whether it is valid, within its bounds, and better than what is there."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from exhibit_api.errors import BadModel
from exhibit_api.gltf.measure import Measures
from exhibit_api.gltf.report import inspect
from exhibit_api.pipeline.outcome import GLB, Product, Reason, ReasonCode
from exhibit_api.pipeline.plan import Results, Work
from exhibit_api.pipeline.reasons import amount, heavier, reason
from exhibit_api.pipeline.recipes import CLEARLY_LIGHTER, Recipe

Judged = tuple[Product | None, Reason | None]
"""The product, and why it is not what was asked for: one of them, or both where the master serves."""


@dataclass(frozen=True, slots=True)
class File:
    """A file and what it is made of. `measures` are those of the GLB, or of what it was made from."""

    path: Path
    bytes: int
    measures: Measures

    def product(self, name: str, media_type: str = GLB, *, static: bool = False) -> Product:
        return Product(name, self.path, sha256_of(self.path), self.bytes, media_type, self.measures, static)


def examined(path: Path) -> File:
    """A GLB that was looked at. Raises BadModel where it is none that we take."""
    size = path.stat().st_size
    with path.open("rb") as file:
        return File(path, size, inspect(file, size).measures)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def judge(recipe: Recipe, results: Results, master: File, known: dict[str, Product]) -> Judged:
    """Whether what came of a published recipe is a product. `known` are the products so far, by their names."""
    work = results[recipe.name]
    if isinstance(work, Reason):
        return None, work
    if work.errors:
        return None, reason(recipe.name, ReasonCode.INVALID_RESULT, codes=", ".join(work.errors))
    try:
        made = seen(recipe, work, results)
    except BadModel as error:
        return None, reason(recipe.name, ReasonCode.INVALID_RESULT, codes=error.detail)
    if why := too_heavy(recipe, made) or not_lighter(recipe, made, master, known):
        return None, why
    if recipe.bounds and made.bytes >= master.bytes and not recipe.bounds.broken_by(master.measures, master.bytes):
        numbers = {"master": amount(master.bytes), "made": amount(made.bytes)}
        return master.product(recipe.name), reason(recipe.name, ReasonCode.MASTER_IS_BEST, **numbers)
    return made.product(recipe.name, recipe.media_type, static=work.static), None


def seen(recipe: Recipe, work: Work, results: Results) -> File:
    """The file with its measures; a USDZ is as heavy as what it was made from."""
    if recipe.media_type == GLB:
        return examined(work.path)
    source = results[recipe.source]
    assert isinstance(source, Work)
    return File(work.path, work.path.stat().st_size, examined(source.path).measures)


def too_heavy(recipe: Recipe, made: File) -> Reason | None:
    """The bound that the file breaks."""
    if recipe.bounds is None:
        return None
    measures, bounds = made.measures, recipe.bounds
    match bounds.broken_by(measures, made.bytes):
        case "extensions":
            codes = ", ".join(sorted({*measures.extensions_required} - bounds.extensions))
            return reason(recipe.name, ReasonCode.INVALID_RESULT, codes=codes)
        case "texture":
            return heavier(recipe.name, f"{measures.max_texture_size} px", f"{bounds.texture} px")
        case "triangles":
            return heavier(recipe.name, f"{measures.triangles} △", f"{bounds.triangles} △")
        case "bytes":
            return heavier(recipe.name, amount(made.bytes), amount(bounds.bytes or 0))
    return None


def not_lighter(recipe: Recipe, made: File, master: File, known: dict[str, Product]) -> Reason | None:
    """Whether a level of detail has nearly as many triangles as the next finer one that there is."""
    if not recipe.finer:
        return None
    triangles = made.measures.triangles
    levels = [product.measures for name in recipe.finer if (product := known.get(name)) and product.measures]
    finer = (levels or [master.measures])[0].triangles
    if triangles < CLEARLY_LIGHTER * finer:
        return None
    return reason(recipe.name, ReasonCode.NOT_LIGHTER, triangles=triangles, finer=finer)
