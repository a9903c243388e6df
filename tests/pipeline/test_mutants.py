"""Streams with flipped bits: each ends with a word on it, and the toolbox goes on with what comes after."""

import random
from pathlib import Path

import pytest

from exhibit_api.pipeline.gate import verdicts
from exhibit_api.pipeline.judge import examined
from exhibit_api.pipeline.make import make
from exhibit_api.pipeline.recipes import RECIPES
from tests.pipeline.converting import Record, converted, step
from tests.pipeline.mutants import KINDS, compressed, flipped

SEED = 20261122
COPIES = 8  # of each kind


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutants")


@pytest.fixture(scope="module")
def mutants(folder: Path) -> dict[str, list[Path]]:
    """By kind, the whole model, its damaged copies, and the whole one again."""
    dice = random.Random(SEED)
    found: dict[str, list[Path]] = {}
    for kind, data in compressed(folder, dice).items():
        copies = [flipped(data, dice, early=at % 2 == 0) for at in range(COPIES)]
        found[kind] = [folder / f"{kind}-{at}.glb" for at in range(COPIES + 2)]
        for path, copy in zip(found[kind], (data, *copies, data), strict=True):
            path.write_bytes(copy)
    return found


@pytest.fixture(scope="module")
def ends(mutants: dict[str, list[Path]], folder: Path) -> dict[Path, Record]:
    """How the toolbox ended with each."""
    paths = [path for each in mutants.values() for path in each]
    return dict(zip(paths, converted([step(path) for path in paths], folder), strict=True))


def test_the_validator_speaks_on_each(mutants: dict[str, list[Path]], folder: Path) -> None:
    paths = [path for each in mutants.values() for path in each]
    assert [verdict.failure for verdict in verdicts(paths, folder)] == [None] * len(paths)


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_stream_is_decoded_or_refused_with_a_sentence(
    mutants: dict[str, list[Path]], ends: dict[Path, Record], kind: str
) -> None:
    for path in mutants[kind][1:-1]:
        end = ends[path]
        assert end["state"] in ("made", "failed"), end
        if end["state"] == "failed":
            assert end["message"]
        elif not end["errors"]:
            assert examined(Path(end["output"])).measures.triangles > 0


@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_after_damaged_streams_is_made_as_before(
    mutants: dict[str, list[Path]], ends: dict[Path, Record], kind: str
) -> None:
    first, last = (ends[mutants[kind][at]] for at in (0, -1))
    assert first["errors"] == last["errors"] == []
    assert Path(first["output"]).read_bytes() == Path(last["output"]).read_bytes()


def test_some_streams_are_refused_and_some_decoded(ends: dict[Path, Record]) -> None:
    assert {end["state"] for end in ends.values()} == {"made", "failed"}  # else the flips are too many, or too few


def test_a_model_that_cannot_be_decoded_has_a_reason_for_every_product(
    mutants: dict[str, list[Path]], ends: dict[Path, Record], tmp_path: Path
) -> None:
    damaged = next(path for path in mutants["draco"] if ends[path]["state"] == "failed")
    master = tmp_path / "master.glb"
    master.write_bytes(damaged.read_bytes())
    outcome = make(master, tmp_path, report=lambda *_: None, stopping=lambda: False)
    told = {reason.name for reason in outcome.reasons} | {product.name for product in outcome.products}
    assert {recipe.name for recipe in RECIPES if recipe.published} <= told
    for reason in outcome.reasons:
        assert reason.words["zh-Hans"]
        assert reason.words["en"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_preflight_does_not_see_into_streams(mutants: dict[str, list[Path]], kind: str) -> None:
    assert [examined(path).measures.nodes for path in mutants[kind]] == [1] * (COPIES + 2)
