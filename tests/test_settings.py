"""Settings: README lists every one of them, what they refuse, and that no secret has a default."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from exhibit_api.settings import Settings

README = Path(__file__).parents[1] / "README.md"
ROW = re.compile(r"^\| `(EXHIBIT_[A-Z0-9_]+)`", re.MULTILINE)


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"EXHIBIT_{name.upper()}", raising=False)


def test_readme_lists_every_setting_and_no_other() -> None:
    listed = ROW.findall(README.read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(f"EXHIBIT_{name.upper()}" for name in Settings.model_fields)


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_no_secret_has_a_default() -> None:
    for name, field in Settings.model_fields.items():
        if re.search("key|secret|password|token", name):
            assert field.default is None


def test_a_secret_is_not_shown() -> None:
    shown = Settings(s3_secret_key=SecretStr("hush-hush"))
    assert "hush-hush" not in f"{shown} {shown!r} {shown.model_dump_json()}"


def test_what_is_kept_stands_in_one_folder_unless_told_otherwise(tmp_path: Path) -> None:
    alone = Settings(data=tmp_path)
    assert (alone.database, alone.store) == (f"sqlite:///{tmp_path}/exhibit.sqlite3", f"file:{tmp_path}/store")
    told = Settings(data=tmp_path, database_url="postgresql+psycopg:///x", store_url="s3://hall")
    assert (told.database, told.store) == ("postgresql+psycopg:///x", "s3://hall")


def test_settings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXHIBIT_ALLOWED_ORIGINS", '["https://curators.example"]')
    monkeypatch.setenv("EXHIBIT_MAX_MODEL_BYTES", "1000")
    read = Settings()
    assert (read.allowed_origins, read.max_model_bytes) == (("https://curators.example",), 1000)


@pytest.mark.parametrize(
    "wrong",
    [
        {"presigned_seconds": 59},
        {"presigned_seconds": 604801},
        {"max_model_bytes": 0},
        {"max_document_bytes": -1},
        {"log_level": "loud"},
        {"s3_addressing": "both"},
    ],
)
def test_a_setting_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(wrong)
