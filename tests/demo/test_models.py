"""The demo exhibits: sound models of a size to be looked at, and the committed files are what their builders make."""

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from exhibit_api.demo.modelling.mesh import Floats
from exhibit_api.demo.models import BUILDERS, SLUGS
from exhibit_api.gltf.container import read_glb
from exhibit_api.gltf.report import Report, inspect

MODELS = Path(__file__).parents[2] / "assets" / "models"
LEAST, MOST, TOGETHER = 20_000, 2_000_000, 15_000_000  # bytes
SMALLEST, LARGEST = 0.15, 2.0  # metres, the longest side
STILL = {"cable-stayed-bridge", "laureate-medal", "studio-bench"}  # all others move


@dataclass(frozen=True)
class Built:
    """An exhibit as its builder makes it: the file, what we find in it, its JSON, and the corners of its exact box."""

    slug: str
    glb: bytes = field(repr=False)
    report: Report = field(repr=False)
    json: dict[str, Any] = field(repr=False)
    low: Floats
    high: Floats


@pytest.fixture(scope="module", params=SLUGS)
def built(request: pytest.FixtureRequest) -> Built:
    """One exhibit, made anew; the module scope keeps its tests together, so that each is made once."""
    model = BUILDERS[request.param]()
    glb = model.to_glb()
    json: dict[str, Any] = read_glb(io.BytesIO(glb), len(glb)).json
    (root,) = json["scenes"][0]["nodes"]
    ground = np.array(json["nodes"][root].get("translation", (0, 0, 0)))  # left out where it is nought
    low, high = (np.array(corner) + ground for corner in model.bounds())
    return Built(request.param, glb, inspect(io.BytesIO(glb), len(glb)), json, low, high)


def test_an_exhibit_can_be_published_and_is_neither_a_stub_nor_a_burden(built: Built) -> None:
    assert [issue for issue in built.report.issues if issue.severity == "error"] == []
    assert LEAST <= len(built.glb) <= MOST


def test_an_exhibit_stands_on_the_floor_in_the_middle(built: Built) -> None:
    middle = (built.low + built.high) / 2

    assert abs(built.low[1]) < 0.002
    assert np.abs(middle[[0, 2]]).max() < 0.02


def test_an_exhibit_is_as_large_as_a_thing_on_a_plinth(built: Built) -> None:
    assert SMALLEST <= (built.high - built.low).max() <= LARGEST
    assert built.report.measures.bounds is not None


def test_an_exhibit_runs_unless_it_is_one_of_the_still_ones(built: Built) -> None:
    clips = [(clip.name, clip.seconds > 0) for clip in built.report.measures.animations]

    assert clips == ([] if built.slug in STILL else [("run", True)])


def test_every_node_of_an_exhibit_has_a_name_of_its_own(built: Built) -> None:
    names = [node.get("name") for node in built.json["nodes"]]

    assert all(names)
    assert len(set(names)) == len(names)
    assert built.slug in names


def test_the_committed_file_is_byte_for_byte_what_the_builder_makes(built: Built) -> None:
    file = MODELS / f"{built.slug}.glb"

    assert file.is_file(), f"{file.name} is missing: make the demo exhibition's files"
    same = file.read_bytes() == built.glb  # a plain assert would print both files
    assert same, f"{file.name} is out of date: make the demo exhibition's files"


def test_the_committed_models_are_all_there_and_light_together() -> None:
    sizes = {path.stem: path.stat().st_size for path in MODELS.glob("*.glb")}

    assert sorted(sizes) == sorted(SLUGS)
    assert sum(sizes.values()) < TOGETHER
