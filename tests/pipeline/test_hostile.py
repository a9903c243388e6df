"""Hostile files end with a word on them, at the gate that is meant for them, and take nothing with them."""

import io
import struct
from collections.abc import Mapping
from pathlib import Path

import orjson
import pytest

from exhibit_api.errors import BadModel
from exhibit_api.gltf.report import examine, inspect
from exhibit_api.pipeline.child import Caps, Cause
from exhibit_api.pipeline.explained import issues_from
from exhibit_api.pipeline.gate import verdicts
from exhibit_api.pipeline.outcome import Verdict
from tests.gltf.amplified import AMPLIFIED
from tests.gltf.building import box, chain_model, glb
from tests.gltf.hostile import HOSTILE
from tests.gltf.test_container import BROKEN
from tests.pipeline.converting import Record, converted, step
from tests.pipeline.hostile import ERRORS, FINDINGS, NAME, WHOLE, hundred_megabytes

ENDLESS = "sparse beyond count"  # it takes the toolbox a minute, if nobody stops it


def named(files: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """The files, written into the folder under numbers."""
    paths = {}
    for at, (name, data) in enumerate(files.items()):
        paths[name] = folder / f"{at}.glb"
        paths[name].write_bytes(data)
    return paths


@pytest.fixture(scope="module")
def well_formed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    files = {name: build() for name, (build, _) in (FINDINGS | ERRORS).items()}
    return named(files | {name: build() for name, build in WHOLE.items()}, tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def judged(well_formed: dict[str, Path]) -> dict[str, Verdict]:
    paths = list(well_formed.values())
    return dict(zip(well_formed, verdicts(paths, paths[0].parent), strict=True))


def errors(verdict: Verdict) -> set[str]:
    assert verdict.report is not None, verdict.failure
    return {found.code for found in issues_from(verdict.report) if found.severity == "error"}


def preflight_errors(path: Path) -> set[str]:
    with path.open("rb") as file:
        found = examine(file, path.stat().st_size)
    return {str(issue.code) for issue in found.issues if issue.severity == "error"}


@pytest.mark.parametrize("name", FINDINGS)
def test_the_preflight_tells_on_it(well_formed: dict[str, Path], name: str) -> None:
    assert preflight_errors(well_formed[name]) == {FINDINGS[name][1]}


@pytest.mark.parametrize("name", ERRORS)
def test_the_validator_tells_on_it(well_formed: dict[str, Path], judged: dict[str, Verdict], name: str) -> None:
    assert preflight_errors(well_formed[name]) == set()
    assert ERRORS[name][1] in errors(judged[name])


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_only_odd_passes_both(well_formed: dict[str, Path], judged: dict[str, Verdict], name: str) -> None:
    assert preflight_errors(well_formed[name]) == set()
    assert errors(judged[name]) == set()


def test_a_hundred_megabytes_of_white_space_are_not_read() -> None:
    data = hundred_megabytes()
    with pytest.raises(BadModel, match="the JSON chunk has 104857600 bytes; at most 33554432 are taken"):
        inspect(io.BytesIO(data), len(data))


@pytest.fixture(scope="module")
def well_formed_ends(well_formed: dict[str, Path]) -> dict[str, Record]:
    paths = list(well_formed.values())
    return dict(zip(well_formed, converted([step(path) for path in paths], paths[0].parent), strict=True))


@pytest.mark.parametrize("name", [*FINDINGS, *ERRORS])
def test_the_tools_outlive_it_where_no_gate_stood_before(well_formed_ends: dict[str, Record], name: str) -> None:
    end = well_formed_ends[name]
    assert end["state"] == "made" or end["message"], end


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_only_odd_is_made_like_others(well_formed_ends: dict[str, Record], name: str) -> None:
    end = well_formed_ends[name]
    assert (end["state"], end["errors"]) == ("made", [])


def test_names_of_html_stay_what_they_are(well_formed: dict[str, Path], well_formed_ends: dict[str, Record]) -> None:
    made = Path(well_formed_ends["names of HTML"]["output"]).read_bytes()
    json = orjson.loads(made[20 : 20 + struct.unpack_from("<I", made, 12)[0]])
    for kind in ("nodes", "meshes", "materials", "animations", "scenes"):
        (entry,) = json[kind]
        assert entry["name"] == NAME, kind
        assert entry["extras"] == {"note": NAME}, kind
    with well_formed["names of HTML"].open("rb") as file:
        (clip,) = examine(file, well_formed["names of HTML"].stat().st_size).measures.animations
    assert clip.name == NAME


def test_what_the_preflight_refuses_would_not_hurt_the_tools_either(tmp_path: Path) -> None:
    files = {name: build() for name, (build, _) in HOSTILE.items() if name not in (ENDLESS, *AMPLIFIED)}
    files |= {name: data for name, (data, _) in BROKEN.items()}
    small = {name: data for name, data in files.items() if len(data) < 1 << 20}
    paths = named(small | {"whole": box()}, tmp_path)
    found = dict(zip(paths, verdicts(list(paths.values()), tmp_path), strict=True))
    ends = dict(zip(paths, converted([step(path) for path in paths.values()], tmp_path), strict=True))
    assert {name: verdict.failure for name, verdict in found.items() if verdict.failure} == {}
    assert {name: end for name, end in ends.items() if end["state"] == "died"} == {}
    assert errors(found["whole"]) == set()
    assert ends["whole"]["errors"] == []


def test_a_step_that_never_ends_is_ended_and_the_next_one_is_made(tmp_path: Path) -> None:
    paths = named({"endless": HOSTILE[ENDLESS][0](), "whole": box()}, tmp_path)
    caps = Caps(wall=120, cpu=4, memory=6 << 30)
    endless, whole = converted([step(path) for path in paths.values()], tmp_path, caps)
    assert (endless["state"], endless["cause"]) == ("died", Cause.CPU)
    assert (whole["state"], whole["errors"]) == ("made", [])


def test_a_file_that_ends_the_validator_is_told_and_the_next_one_is_judged(tmp_path: Path) -> None:
    files = {"before": box(), "chain": glb(*chain_model(50_000)), "after": box(seconds=1.0)}
    before, chain, after = verdicts(list(named(files, tmp_path).values()), tmp_path)
    assert errors(before) == errors(after) == set()
    assert chain.report is None
    assert chain.failure is not None
    assert chain.failure.startswith("the validator could not finish: error: Uncaught")
