"""Our gate says what the Khronos validator's own tests expect, code by code."""

import base64
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest

from exhibit_api.pipeline.explained import UNEXPLAINED, explain, issues_from
from exhibit_api.pipeline.gate import verdicts
from exhibit_api.pipeline.outcome import Verdict

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "validator"
FILES = sorted(path for path in CORPUS.rglob("*") if path.suffix in (".glb", ".gltf"))
NAMES = [path.relative_to(CORPUS).as_posix() for path in FILES]

MEDIA_TYPES = {".png": "image/png", ".jpg": "image/jpeg"}

OUTSIDE = "it names a file beside it, and the gate opens no file but the model"

# By file: what the expected report has beyond ours, what ours has beyond it, and why.
EXPLAINED: dict[str, tuple[list[str], list[str], str]] = {
    "buffer/non_relative_uri.gltf": ([], ["IO_ERROR"], OUTSIDE),
    "buffer/valid.gltf": ([], ["IO_ERROR"], OUTSIDE),
    "image/custom_property.gltf": ([], ["IO_ERROR"], OUTSIDE),
    "image/invalid_image_data.gltf": (["IMAGE_DATA_INVALID"], ["IO_ERROR"], OUTSIDE),
    "image/npot.gltf": (["IMAGE_NPOT_DIMENSIONS"], ["IO_ERROR"], OUTSIDE),
    "image/png_eos.gltf": (["IMAGE_UNEXPECTED_EOS"], ["IO_ERROR"], OUTSIDE),
    "image/unrecognized_format.gltf": (["IMAGE_UNRECOGNIZED_FORMAT"], ["IO_ERROR"], OUTSIDE),
    "image/valid.gltf": ([], ["IO_ERROR"] * 3, OUTSIDE),
}

pytestmark = pytest.mark.skipif(not FILES, reason="the validator's corpus is not beside the checkout")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Verdict]:
    """The verdict on every file of the corpus, of one child that sees copies of the models alone."""
    folder = tmp_path_factory.mktemp("corpus")
    copies = [folder / name.replace("/", "-") for name in NAMES]
    for path, copy in zip(FILES, copies, strict=True):
        shutil.copyfile(path, copy)
    return dict(zip(NAMES, verdicts(copies, folder), strict=True))


def expected(name: str) -> Mapping[str, Any]:
    report: Mapping[str, Any] = orjson.loads((CORPUS / f"{name}.report.json").read_bytes())
    return report


def issues(report: Mapping[str, Any]) -> Counter[tuple[str, int, str]]:
    return Counter(
        (message["code"], message["severity"], message.get("pointer", "")) for message in report["issues"]["messages"]
    )


def codes(found: Counter[tuple[str, int, str]]) -> list[str]:
    return sorted(code for code, _, _ in found.elements())


@pytest.mark.parametrize("name", NAMES)
def test_the_gate_finds_what_is_expected(found: Mapping[str, Verdict], name: str) -> None:
    report = found[name].report
    assert report is not None, found[name].failure
    ours, theirs = issues(report), issues(expected(name))
    missing, extra, _ = EXPLAINED.get(name, ([], [], ""))
    assert codes(theirs - ours) == missing
    assert codes(ours - theirs) == extra


def inlined(path: Path) -> bytes:
    """A .gltf with the files that it names inside it, as data: URIs."""
    json = orjson.loads(path.read_bytes())
    for kind in ("buffers", "images"):
        for entry in json.get(kind, []):
            beside = path.parent / entry.get("uri", "//")
            if beside.is_file():
                media_type = MEDIA_TYPES[beside.suffix] if kind == "images" else "application/octet-stream"
                entry["uri"] = f"data:{media_type};base64,{base64.b64encode(beside.read_bytes()).decode()}"
    return orjson.dumps(json)


def test_what_lies_in_files_beside_a_model_is_found_once_it_is_inside(tmp_path: Path) -> None:
    apart = ("buffer/non_relative_uri.gltf", "image/unrecognized_format.gltf")  # on the network; of no bytes
    names = [name for name in EXPLAINED if name not in apart]
    copies = [tmp_path / name.replace("/", "-") for name in names]
    for name, copy in zip(names, copies, strict=True):
        copy.write_bytes(inlined(CORPUS / name))
    for name, verdict in zip(names, verdicts(copies, tmp_path), strict=True):
        assert verdict.report is not None
        assert issues(verdict.report) == issues(expected(name)), name


@pytest.mark.parametrize("name", NAMES)
def test_every_report_is_told_in_words(name: str) -> None:
    report = expected(name)
    found = issues_from(report)
    assert len(found) == len(report["issues"]["messages"])
    for issue in found:
        assert issue.where["zh-Hans"]
        assert issue.where["en"]
        assert (issue.summary is UNEXPLAINED.summary) == (explain(issue.code) is None)
