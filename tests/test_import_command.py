"""`exhibit import` against a running service: the template filled in, folders, zips, CSV files; mistakes, and being cut off."""

import json
import signal
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from openpyxl import load_workbook

from exhibit_api.importing.columns import FORMS
from tests.gltf.building import box, box_model
from tests.importing.building import SMALL, changed, xlsx
from tests.importing.generated import collection, write_models
from tests.serving import PATIENCE, Service, command, describe, ended, serving


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with a worker and Jiangsu; each test has exhibits of its own."""
    with serving(tmp_path_factory.mktemp("importing"), workers=1) as running:
        describe(running, jiangsu="organisations")
        yield running


def get(service: Service, path: str) -> httpx2.Response:
    return httpx2.get(f"{service.url}/v1/{path}", headers=service.headers, timeout=PATIENCE)


def bring(service: Service, source: Path, *options: str, code: int = 0) -> str:
    return ended(command(service, "import", str(source), "--organisation", "jiangsu", *options), code)


def test_the_template_is_filled_in_and_imported(service: Service, tmp_path: Path) -> None:
    made = ended(command(service, "import", "--template", folder=tmp_path))
    assert "collection.xlsx: fill it in" in made
    assert "is there already" in ended(command(service, "import", "--template", folder=tmp_path), 1)
    assert "there is no row in it" in bring(service, tmp_path / "collection.xlsx", code=1)
    book = load_workbook(tmp_path / "collection.xlsx")
    assert book.sheetnames == ["guide", *FORMS]
    columns = {cell.value: cell.column_letter for cell in book["people"][1]}
    for header, value in {
        "slug": "zhao-lei",
        "label (zh-Hans)": "赵磊",
        "label (en)": "Zhao Lei",
        "invented": "yes",
    }.items():
        book["people"][f"{columns[header]}2"] = value
    book.save(tmp_path / "collection.xlsx")
    assert "1 records were written" in bring(service, tmp_path / "collection.xlsx")
    assert get(service, "people/zhao-lei").json()["label"]["zh-Hans"] == "赵磊"
    answer = httpx2.get(f"{service.url}/v1/imports/template", headers=service.headers)
    assert answer.content.startswith(b"PK")


def test_a_folder_of_csv_files_and_a_model_of_many_files(service: Service, tmp_path: Path) -> None:
    document, data = box_model((3, 1, 1))
    document["buffers"] = [{"byteLength": len(data), "uri": "press.bin"}]
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "press.gltf").write_text(json.dumps(document))
    (tmp_path / "models" / "press.bin").write_bytes(data)
    (tmp_path / "people.csv").write_bytes("slug;label (zh)\nsun-yi;孙毅\n".encode("gbk"))
    (tmp_path / "exhibits.csv").write_text("slug,label (zh),model\npress,压力机,models/press.gltf\n", encoding="utf-8")
    said = bring(service, tmp_path)
    assert "2 records were written" in said
    assert "1 models were sent" in said
    assert get(service, "exhibits/press/model").json()["measures"]["triangles"] == 12
    assert "1 were there already" in bring(service, tmp_path)


def test_a_zip_is_imported_by_its_good_rows(service: Service, tmp_path: Path) -> None:
    rows = [
        ["slug", "label (en)", "year", "model"],
        ["pump", "Pump", 2024, "pump.glb"],
        ["drill", "Drill", "2024年", "drill.glb"],
        ["crane", "Crane", 2024, "crane.glb"],
    ]
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as packed:
        packed.writestr("collection/c.xlsx", xlsx({"exhibits": rows}))
        for name in ("pump", "drill"):
            packed.writestr(f"collection/{name}.glb", box((1, len(name), 1)))
    refused = bring(service, tmp_path / "c.zip", code=1)
    assert "exhibits!C3: '2024年' is no year" in refused
    assert "exhibits!D4: there is no file 'crane.glb'" in refused
    assert "2 mistakes: nothing was written" in refused
    said = bring(service, tmp_path / "c.zip", "--rows", code=1)
    assert "1 models were sent" in said
    assert get(service, "exhibits/pump/model").status_code == 200
    assert get(service, "exhibits/drill").status_code == 404


def test_models_of_rows_that_were_left_out_stay_as_they_are(service: Service, tmp_path: Path) -> None:
    rows = [
        ["slug", "label (en)", "achievements", "model"],
        ["lift", "Lift", None, "lift.glb"],
        ["gate", "Gate", None, "gate.glb"],
    ]
    for name in ("lift", "gate"):
        (tmp_path / f"{name}.glb").write_bytes(box((1, 1, len(name))))
    (tmp_path / "c.xlsx").write_bytes(xlsx({"exhibits": rows}))
    bring(service, tmp_path)
    before = [get(service, f"exhibits/{name}/model").json()["sha256"] for name in ("lift", "gate")]
    for name in ("lift", "gate"):
        (tmp_path / f"{name}.glb").write_bytes(box((2, 2, len(name))))
    named = changed(changed(rows, C2="nothing-yet"), C3="nothing-yet")  # told of once, and wrong in both rows
    (tmp_path / "c.xlsx").write_bytes(xlsx({"exhibits": named}))
    renamed = changed(rows, B2="Goods lift")
    (tmp_path / "renamed.xlsx").write_bytes(xlsx({"exhibits": renamed}))
    assert "exhibits!A2: exhibits/lift gets another label" in bring(service, tmp_path / "renamed.xlsx", "--dry-run")
    (tmp_path / "renamed.xlsx").unlink()
    assert "0 models were sent, 0 were there already, 2 wait for their rows" in bring(
        service, tmp_path, "--rows", code=1
    )
    assert [get(service, f"exhibits/{name}/model").json()["sha256"] for name in ("lift", "gate")] == before


def test_it_goes_on_where_it_was_killed(service: Service, tmp_path: Path) -> None:
    collection(40, 5, 5).save(tmp_path / "collection.xlsx")
    write_models(tmp_path, 40)
    running = command(service, "import", str(tmp_path), "--organisation", "jiangsu")
    deadline = time.monotonic() + 60
    while get(service, "exhibits/exhibit-3/model").status_code != 200:
        assert running.poll() is None, "it was faster than we are"
        assert time.monotonic() < deadline
    running.send_signal(signal.SIGKILL)
    running.communicate()
    said = bring(service, tmp_path)
    assert "0 records were written" in said
    assert " 0 models were sent" not in said
    assert get(service, "exhibits/exhibit-39/model").status_code == 200


def test_what_is_wrong_with_the_command_is_said(service: Service, tmp_path: Path) -> None:
    assert "--template" in ended(command(service, "import"), 2)
    assert "there is no nowhere" in ended(command(service, "import", "nowhere"), 1)
    assert "no spreadsheet (.xlsx) at the top" in bring(service, tmp_path, code=1)
    (tmp_path / "c.xlsx").write_bytes(xlsx(dict(SMALL) | {"people": changed(SMALL["people"], A2="Li Ming")}))
    said = bring(service, tmp_path, "--dry-run", code=1)
    assert "people!A2: 'Li Ming' is no slug" in said
    assert not [one for one in get(service, "imports").json()["items"] if one["state"] != "done"]
    assert "is no slug" not in ended(command(service, "import", str(tmp_path), "--organisation", "nobody"), 1)
