"""Makes all products of a model, and says why of those that were not made."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

from exhibit_api.pipeline import posters, tools
from exhibit_api.pipeline.judge import File, examined, judge
from exhibit_api.pipeline.outcome import Outcome, Product, Reason, ReasonCode
from exhibit_api.pipeline.plan import Results, Work, carry_out
from exhibit_api.pipeline.reasons import reason
from exhibit_api.pipeline.recipes import RECIPES, Recipe, spares

STEPS = len(RECIPES) + 1
"""At most: some recipes are not worth trying with some models."""

POSTER = "poster"
DRAWN_FROM = ("plain", "light")


def make(
    source: Path,
    folder: Path,
    *,
    unknown_extensions: tuple[str, ...] = (),
    report: Callable[[str, int, int], None],
    stopping: Callable[[], bool],
) -> Outcome:
    """All products of the GLB `source`. It lies in `folder`, where the products come.

    `unknown_extensions` are those of its verdict: such a model is published as it is. A step that fails, or whose child
    dies, is a reason in the outcome, and the others go on. `report` is told the step that begins, how many are done, and
    how many there are. Raises BadModel where the master is none, Stopped after `stopping` said so.
    """
    master = examined(source)
    steps = len(due(master, unknown_extensions)) + 1
    results = worked(master, folder, unknown_extensions, lambda name, done: report(name, done, steps), stopping)
    products, reasons = judged(results, master)
    report(POSTER, steps - 1, steps)
    pictures = drawn(results, folder, stopping)
    report(POSTER, steps, steps)
    if isinstance(pictures, Reason):
        return Outcome(products, (*reasons, pictures))
    return Outcome((*products, *pictures), reasons)


def due(master: File, unknown_extensions: tuple[str, ...]) -> list[Recipe]:
    """The recipes to be tried. What the tools do not know they drop without a word: good enough for a picture alone."""
    if unknown_extensions:
        return [recipe for recipe in RECIPES if recipe.name in DRAWN_FROM]
    return [recipe for recipe in RECIPES if recipe.is_worth_trying(master.measures)]


def worked(
    master: File,
    folder: Path,
    unknown_extensions: tuple[str, ...],
    began: Callable[[str, int], None],
    stopping: Callable[[], bool],
) -> Results:
    """What came of each recipe; without tools for the model, the same reason for each. `began` as in `carry_out`."""
    published = [recipe.name for recipe in RECIPES if recipe.published]
    if why := tools.missing():
        return {name: reason(name, ReasonCode.NO_TOOLBOX, why=why) for name in published}
    names = ", ".join(unknown_extensions)
    refused = {name: reason(name, ReasonCode.UNKNOWN_EXTENSION, names=names) for name in published if names}
    results = carry_out(due(master, unknown_extensions), master.path, folder, began=began, stopping=stopping)
    return {**results, **refused}


def judged(results: Results, master: File) -> tuple[tuple[Product, ...], tuple[Reason, ...]]:
    """The products and reasons, in the order of the recipes."""
    products: dict[str, Product] = {}
    reasons: list[Reason] = []
    for recipe in RECIPES:
        result = results.get(recipe.name)
        if recipe.instead_of:
            replace(recipe, results, master, products)
            continue
        if not recipe.published:
            reasons += [result] if isinstance(result, Reason) else []  # the root of all NO_SOURCE
            continue
        product, why = judge(recipe, results, master, products)
        if product:
            products[recipe.name] = product
        if why:
            reasons.append(why)
    return tuple(products.values()), tuple(reasons)


def replace(recipe: Recipe, results: Results, master: File, products: dict[str, Product]) -> None:
    """Let this form take the place of the usual one in `products`, where both were made and it is the better one."""
    usual = products.get(recipe.instead_of or "")
    if usual is None or recipe.name not in results:
        return
    other, _ = judge(recipe, results, master, products)
    if other is None or usual.measures is None or other.measures is None:
        return
    if spares((usual.bytes, usual.measures), (other.bytes, other.measures)):
        products[usual.name] = dataclasses.replace(other, name=usual.name)


def drawn(results: Results, folder: Path, stopping: Callable[[], bool]) -> tuple[Product, ...] | Reason:
    """The posters, drawn from the light model: our own tools wrote it. On a stranger's file f3d crashes, or worse."""
    light = results.get("light")
    if isinstance(light, Work):
        return posters.draw(light.path, folder, stopping=stopping)
    return reason(POSTER, ReasonCode.NO_SOURCE, source="light")
