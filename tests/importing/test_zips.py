"""A collection with its models in one zip, over HTTP: looked into, written whole or by rows, and nothing left over."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from exhibit_api.importing.order import IMPORT
from exhibit_api.importing.tables import FOLDER
from exhibit_api.sweep import sweep
from tests.acting import House, words
from tests.gltf.building import box, box_model
from tests.importing.building import EXHIBITS, SMALL, apply, changed, mistakes, send, xlsx
from tests.looking import keys

ROBOT = box((1, 2, 1))
TWO: list[list[object]] = [*EXHIBITS, ["lathe", "车床", "Lathe", "A lathe", None, "models/lathe.gltf"]]
COLLECTION = dict(SMALL) | {"exhibits": changed(TWO, F2="models/robot.glb")}


def lathe() -> Mapping[str, bytes]:
    """A .gltf with its buffer in a file."""
    document, data = box_model((3, 1, 1))
    document["buffers"] = [{"byteLength": len(data), "uri": "lathe%201.bin"}]
    return {"models/lathe.gltf": json.dumps(document).encode(), "models/lathe 1.bin": data}


def packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def whole(**more: bytes) -> bytes:
    return packed({"collection.xlsx": xlsx(COLLECTION), "models/robot.glb": ROBOT, **lathe(), **more})


@pytest.fixture
def house(house: House) -> House:
    house.organisation("jiangsu")
    return house


def model(house: House, exhibit: str) -> bytes:
    answer = house.admin.get(f"/v1/exhibits/{exhibit}/model")
    assert answer.status_code == 200, answer.text
    return house.site.store.read(f"vault/masters/{answer.json()['sha256']}")


def test_a_zip_brings_rows_and_models_and_leaves_nothing_else(house: House) -> None:
    sent = send(house, house.admin, whole(), "collection.zip", organisation="jiangsu")
    assert (mistakes(sent), sent["report"]["models"]) == ({}, 2)
    assert keys(house.site.store) == {FOLDER + sent["id"]}
    assert apply(house, house.admin, sent)["state"] == "done"
    assert model(house, "welding-robot") == ROBOT
    assert model(house, "lathe").startswith(b"glTF")
    assert len([key for key in keys(house.site.store) if key.startswith("vault/masters/")]) == 2
    assert not [key for key in keys(house.site.store) if key.startswith(FOLDER)]

    deeds = house.admin.get("/v1/audit?limit=200").json()["items"]
    again = send(house, house.admin, whole(), "collection.zip", organisation="jiangsu")
    assert apply(house, house.admin, again)["report"]["changes"] == []
    assert house.admin.get("/v1/audit?limit=200").json()["items"] == deeds


def test_what_is_wrong_with_models_is_told_at_their_cells(house: House) -> None:
    files = {"collection.xlsx": xlsx(COLLECTION), "Models/Robot.glb": ROBOT, "models/lathe.gltf": b"{}"}
    sent = send(house, house.admin, packed(files), "collection.zip", organisation="jiangsu")
    found = mistakes(sent)
    assert found["exhibits!F2"] == "there is no file 'models/robot.glb'; 'Models/Robot.glb' is probably meant"
    assert found["exhibits!F3"].startswith("models/lathe.gltf: ")
    assert len(found) == 2
    done = apply(house, house.admin, sent, "rows")
    assert done["state"] == "done"
    assert house.admin.get("/v1/exhibits/lathe").status_code == 404
    assert house.admin.get("/v1/people/li-ming").status_code == 200


def test_a_quota_that_is_too_small_lets_nothing_in_or_what_fits(house: House) -> None:
    answer = house.admin.put(
        "/v1/organisations/jiangsu", {"label": words("Jiangsu"), "quotaFiles": 1}, **{"If-Match": "*"}
    )
    assert answer.status_code == 200
    sent = send(house, house.admin, whole(), "collection.zip", organisation="jiangsu")
    (told,) = mistakes(sent).items()
    assert told[0] == "exhibits!F3"
    assert "stores 1 of 1 files" in told[1]
    refused = apply(house, house.admin, sent)
    assert refused["state"] == "checked"
    assert house.admin.get("/v1/people/li-ming").status_code == 404
    assert len([key for key in keys(house.site.store) if key.startswith("vault/masters/")]) == 1
    done = apply(house, house.admin, refused, "rows")
    assert done["report"]["tables"]["exhibits"] == {"new": 1, "changed": 0, "unchanged": 0, "faulty": 1}
    assert house.admin.get("/v1/organisations/jiangsu/usage").json()["usedFiles"] == 1


def test_a_zip_with_paths_out_of_it_is_refused(house: House) -> None:
    sent = send(house, house.admin, whole(**{"../evil.glb": ROBOT}), "collection.zip", organisation="jiangsu")
    assert sent["state"] == "refused"
    assert "../evil.glb" in sent["problem"]["detail"]
    assert keys(house.site.store) == set()


def test_a_collection_beyond_the_limit_is_refused_while_it_comes(
    laptop: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(laptop.site.settings.__dict__, "max_import_bytes", 1000)
    answer = laptop.client.post("/v1/imports?filename=c.zip", content=bytes(1001), headers=laptop.admin.headers)
    assert answer.status_code == 413
    assert "exhibit import FOLDER" in answer.json()["detail"]
    assert keys(laptop.site.store) == set()


def test_an_import_that_nobody_applies_is_swept(house: House) -> None:
    sent = send(house, house.admin, whole(), "collection.zip", organisation="jiangsu")
    assert not [what for what in sweep(house.site, dry_run=True) if "import" in what]
    assert [what for what in sweep(house.site, hours=0, dry_run=True) if sent["id"] in what]
    assert house.admin.get(f"/v1/imports/{sent['id']}").status_code == 200
    assert [what for what in sweep(house.site, hours=0) if sent["id"] in what]
    assert house.admin.get(f"/v1/imports/{sent['id']}").status_code == 404
    assert keys(house.site.store) == set()


def test_one_that_was_given_up_while_it_waited_is_not_looked_into(house: House) -> None:
    address = "/v1/imports?filename=collection.zip&organisation=jiangsu"
    sent = house.client.post(address, content=whole(), headers=house.admin.headers).json()
    assert house.admin.delete(f"/v1/imports/{sent['id']}").status_code == 204
    assert house.work(IMPORT) == 1
    assert keys(house.site.store) == set()


def test_a_model_of_many_files_is_packed(house: House) -> None:
    room = Path(__file__).parents[3] / "shared" / "corpus" / "models" / "cube-room"
    if not room.is_dir():
        pytest.skip("the corpus of models is not beside the checkout")
    files = {f"models/{path.name}": path.read_bytes() for path in room.iterdir()}
    exhibits = changed(EXHIBITS, F2="models/cube-room.gltf")
    book = xlsx(dict(SMALL) | {"exhibits": exhibits})
    sent = send(house, house.admin, packed({"c.xlsx": book, **files}), "c.zip", organisation="jiangsu")
    assert mistakes(sent) == {}
    apply(house, house.admin, sent)
    assert len(model(house, "welding-robot")) > len(files["models/CubeRoom_BakedDiffuse_2048.png"])
