"""An exhibition as a folder: whole, only what is shown, in place at once, and never over something else."""

import hashlib
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from exhibit_api.cli import app
from exhibit_api.errors import Conflict, NotFound, StoreError
from exhibit_api.storage.local import LocalStore
from exhibit_api.viewer import export as exporting
from exhibit_api.viewer.export import export
from tests.viewer.shown import golden, put_exhibition, put_hall


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    """Two halls that are shown, and a blob that none of them names."""
    store = LocalStore(tmp_path / "data" / "store")
    put_exhibition(store, put_hall(store, golden("shanghai")), put_hall(store, golden("joint")))
    store.put(f"public/blobs/{hashlib.sha256(b'old').hexdigest()}.glb", b"old", "model/gltf-binary")
    return store


@pytest.fixture(autouse=True)
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Built files, so that nothing need be built for these tests."""
    folder = tmp_path / "built"
    folder.mkdir()
    for name in ("viewer.js", "service-worker.js", "files.json", "stamp"):
        (folder / name).write_text(name)
    monkeypatch.setattr(exporting, "BUILT", folder)


def test_a_folder_has_every_page_and_every_file_that_they_name(store: LocalStore, tmp_path: Path) -> None:
    made = export(store, tmp_path / "site")
    site = made.folder
    assert made.halls == ("shanghai", "joint")
    for path in (
        "index.html",
        "en/index.html",
        "view/joint/index.html",
        "catalogue/joint/index.html",
        "catalogue/joint/en/index.html",
        "viewer/viewer.js",
        "viewer/icon.svg",
        "service-worker.js",
        "public/exhibitions/yangtze-delta.json",
    ):
        assert (site / path).is_file(), path
    for slug in made.halls:
        pointer = orjson.loads((site / f"public/halls/{slug}.json").read_bytes())
        manifest = (site / "public/halls" / pointer["manifest"]["url"]).resolve()
        assert hashlib.sha256(manifest.read_bytes()).hexdigest() == pointer["manifest"]["sha256"]
        for exhibit in orjson.loads(manifest.read_bytes())["exhibits"]:
            for variant in exhibit["model"]["variants"]:
                assert hashlib.sha256((manifest.parent / variant["url"]).read_bytes()).hexdigest() == variant["sha256"]


def test_what_no_current_edition_names_stays_behind(store: LocalStore, tmp_path: Path) -> None:
    site = export(store, tmp_path / "site").folder
    assert not list(site.rglob(f"{hashlib.sha256(b'old').hexdigest()}*"))
    assert not (site / "viewer" / "stamp").exists()


def test_its_pages_have_relative_addresses_and_say_their_policy_themselves(store: LocalStore, tmp_path: Path) -> None:
    site = export(store, tmp_path / "site").folder
    page = (site / "catalogue/joint/en/index.html").read_text(encoding="utf-8")
    assert 'data-root="../../../"' in page
    assert 'href="../../../viewer/pages.css"' in page
    assert 'href="../../../view/joint/"' in page
    assert '<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; ' in page
    assert "canonical" not in page
    assert not (site / "sitemap.xml").exists()


def test_with_its_address_known_it_has_a_sitemap_and_codes(store: LocalStore, tmp_path: Path) -> None:
    site = export(store, tmp_path / "site", base_url="https://museum.example/delta").folder
    assert "<loc>https://museum.example/delta/catalogue/joint/en/</loc>" in (site / "sitemap.xml").read_text()
    page = (site / "catalogue/joint/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://museum.example/delta/catalogue/joint/zh-Hans/">' in page
    assert 'class="print code-of"' in page


def test_one_hall_alone_is_the_only_one_in_the_list(store: LocalStore, tmp_path: Path) -> None:
    site = export(store, tmp_path / "site", halls=["joint"]).folder
    listed = orjson.loads((site / "public/exhibitions/yangtze-delta.json").read_bytes())
    assert [hall["slug"] for hall in listed["halls"]] == ["joint"]
    assert not (site / "view/shanghai").exists()
    assert "view/shanghai" not in (site / "index.html").read_text(encoding="utf-8")


def test_an_export_of_before_is_replaced_as_a_whole(store: LocalStore, tmp_path: Path) -> None:
    export(store, tmp_path / "site")
    (tmp_path / "site" / "left-over.txt").write_text("from before")
    export(store, tmp_path / "site", halls=["joint"])
    assert not (tmp_path / "site" / "left-over.txt").exists()
    assert not (tmp_path / "site" / "view" / "shanghai").exists()


def test_a_folder_with_something_else_is_left_alone(store: LocalStore, tmp_path: Path) -> None:
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "chapter.txt").write_text("one")
    with pytest.raises(Conflict, match="--force"):
        export(store, folder)
    assert (folder / "chapter.txt").read_text() == "one"
    export(store, folder, force=True)
    assert not (folder / "chapter.txt").exists()


def test_a_file_is_no_folder(store: LocalStore, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(Conflict, match="is a file"):
        export(store, tmp_path / "site", force=True)


def test_a_damaged_file_ends_it_and_leaves_the_old_folder(store: LocalStore, tmp_path: Path) -> None:
    export(store, tmp_path / "site")
    blob = next(key for key in store.list("public/blobs/").keys if key.endswith(".glb") and store.read(key) != b"old")
    store.put(blob, b"damaged", "model/gltf-binary")
    with pytest.raises(StoreError, match="has other bytes than its name says"):
        export(store, tmp_path / "site")
    assert (tmp_path / "site" / "index.html").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["built", "data", "site"]


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ({"halls": ["nowhere"]}, "no such hall is shown: nowhere"),
        ({"exhibitions": ["x"]}, "no such exhibition is shown: x"),
    ],
)
def test_what_is_not_shown_cannot_be_exported(
    store: LocalStore, tmp_path: Path, choice: dict[str, list[str]], told: str
) -> None:
    with pytest.raises(NotFound, match=told):
        export(store, tmp_path / "site", **choice)  # type: ignore[arg-type]


def test_nothing_published_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="publish a hall first"):
        export(LocalStore(tmp_path / "empty"), tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_the_bytes_that_are_told_end_at_the_total(store: LocalStore, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    made = export(store, tmp_path / "site", advance=lambda done, total: told.append((done, total)))
    assert told[-1] == (made.bytes, made.bytes)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_the_command_says_what_it_made(store: LocalStore, tmp_path: Path) -> None:
    told = CliRunner().invoke(
        app, ["export", str(tmp_path / "site"), "--data", str(tmp_path / "data"), "--hall", "joint"]
    )
    assert told.exit_code == 0, told.output
    assert "1 halls" not in told.output
    assert "1 hall, " in told.output
    assert (tmp_path / "site" / "view" / "joint" / "index.html").is_file()


@pytest.mark.parametrize("folder", [".", "data", "data/store", "data/store/public"])
def test_an_export_never_takes_the_place_of_the_data(store: LocalStore, tmp_path: Path, folder: str) -> None:
    words = ["export", str(tmp_path / folder), "--data", str(tmp_path / "data"), "--force"]
    told = CliRunner().invoke(app, words)
    assert isinstance(told.exception, Conflict)
    assert list(store.list("public/halls/").keys)


def test_an_export_in_a_git_repository_keeps_its_history(store: LocalStore, tmp_path: Path) -> None:
    site = export(store, tmp_path / "site").folder
    (site / ".git").mkdir()
    with pytest.raises(Conflict, match="git repository"):
        export(store, site)
    assert (site / ".git").is_dir()
