"""A curator's collection, by `exhibit import` to a running service: three hundred exhibits from one spreadsheet and one folder."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.importing.generated import PLANTED, collection, planted, write_models
from tests.serving import PATIENCE, Service, command, describe, ended, serving

EXHIBITS, PEOPLE, ACHIEVEMENTS = 300, 600, 900


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("importing"), workers=1) as running:
        describe(running, jiangsu="organisations")
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("collection")
    collection(EXHIBITS, PEOPLE, ACHIEVEMENTS).save(made / "collection.xlsx")
    write_models(made, EXHIBITS)
    return made


def bring(service: Service, *arguments: str, code: int = 0) -> str:
    return ended(command(service, "import", *arguments, "--organisation", "jiangsu"), code)


def count(service: Service, kind: str) -> int:
    found, cursor = 0, ""
    while True:
        page = httpx2.get(
            f"{service.url}/v1/{kind}?limit=200{cursor}", headers=service.headers, timeout=PATIENCE
        ).json()
        found += len(page["items"])
        if page["next"] is None:
            return found
        cursor = f"&cursor={page['next']}"


def test_forty_mistakes_are_reported_and_no_other(service: Service, folder: Path) -> None:
    (folder / "models" / "broken.glb").write_bytes(b"glTF, but not really")
    planted(collection(EXHIBITS, PEOPLE, ACHIEVEMENTS)).save(folder / "planted.xlsx")
    said = bring(service, str(folder / "planted.xlsx"), "--dry-run", code=1)
    told = sorted(line.partition(": ")[0] for line in said.splitlines() if "!" in line.partition(": ")[0])
    assert told == sorted(f"{sheet}!{cell}" for sheet, cell, _ in PLANTED), said
    assert "40 mistakes: nothing was written" in said
    (folder / "planted.xlsx").unlink()
    assert count(service, "people") == 0


def test_a_collection_comes_whole_and_a_second_time_changes_nothing(service: Service, folder: Path) -> None:
    said = bring(service, str(folder))
    assert "300 models were sent" in said
    assert [count(service, kind) for kind in ("exhibits", "people", "achievements")] == [300, 600, 900]
    model = httpx2.get(f"{service.url}/v1/exhibits/exhibit-7/model", headers=service.headers, timeout=PATIENCE).json()
    assert model["bytes"] == (folder / "models" / "exhibit-7.glb").stat().st_size
    deeds = count(service, "audit")

    again = bring(service, str(folder))
    assert "0 records were written, 1812 were so already" in again
    assert "0 models were sent, 300 were there already" in again
    assert count(service, "audit") == deeds
