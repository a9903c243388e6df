"""Real models, and the files that the Khronos validator is tested with."""

import io
from pathlib import Path

import orjson
import pytest

from exhibit_api.errors import BadModel
from exhibit_api.gltf.report import Report, examine
from tests.gltf.building import glb

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
MODELS = sorted((CORPUS / "models").glob("*.glb"))
CONTAINERS = sorted((CORPUS / "validator").rglob("*.glb"))
LEFT_TO_THE_VALIDATOR = {
    "BUFFER_BYTE_LENGTH_MISMATCH",
    "GLB_CHUNK_LENGTH_UNALIGNED",
    "GLB_DUPLICATE_CHUNK",
    "INVALID_URI",  # of data: URIs that are no base64
}
DOCUMENTS = sorted((CORPUS / "validator").rglob("*.gltf"))

pytestmark = pytest.mark.skipif(not MODELS, reason="the corpus of real models is not beside the checkout")


def report_on(path: Path) -> Report:
    with path.open("rb") as file:
        return examine(file, path.stat().st_size)


def refused(data: bytes) -> bool:
    """Whether the model is refused; anything but BadModel fails the test."""
    try:
        examine(io.BytesIO(data), len(data))
    except BadModel:
        return True
    return False


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_real_model_is_taken_and_could_be_published(path: Path) -> None:
    found = report_on(path)
    assert found.publishable
    assert found.measures.bounds is not None
    assert found.measures.triangles > 0


def test_venus_is_measured_and_her_scale_is_doubted() -> None:
    found = report_on(CORPUS / "models" / "venus.glb")
    assert found.measures.triangles == 24_058
    assert found.measures.max_texture_size == 2048
    assert found.measures.texture_bytes == pytest.approx(2 * 2048 * 2048 * 4 * 4 / 3, abs=2)
    assert found.measures.bounds is not None
    assert found.measures.bounds[1][1] == pytest.approx(2118.39, abs=0.01)
    (issue,) = (issue for issue in found.issues if issue.code == "SCALE_SUSPECT")
    assert issue.message.startswith("the model is 2118 m tall")
    assert issue.message.endswith("authored in millimetres? place it with scale 0.001")


@pytest.mark.parametrize("kind", ["draco", "meshopt", "etc1s", "webp", "textured"])
def test_compression_does_not_change_the_size_of_the_cube(kind: str) -> None:
    plain, packed = (report_on(CORPUS / "models" / f"{name}.glb").measures for name in ("cube", f"cube_{kind}"))
    assert packed.triangles == plain.triangles
    assert packed.bounds == plain.bounds


@pytest.mark.parametrize("path", CONTAINERS, ids=lambda path: path.stem)
def test_a_container_of_the_validator_is_taken_or_refused(path: Path) -> None:
    expected = orjson.loads(path.with_name(f"{path.name}.report.json").read_bytes())
    if not refused(path.read_bytes()):
        errors = {message["code"] for message in expected["issues"]["messages"] if message["severity"] == 0}
        assert errors <= LEFT_TO_THE_VALIDATOR


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_document_of_the_validator_is_taken_or_refused(path: Path) -> None:
    assert refused(path.read_bytes())  # as it is: no GLB
    refused(glb(path.read_bytes(), bytes(4096)))
