"""Settings, read from `EXHIBIT_*` in the environment. README lists them all; a test compares."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from exhibit_api.profiles import DEFAULT_BUDGETS, Budgets

MEBIBYTE = 1 << 20


class Settings(BaseSettings):
    """How this instance runs. Nothing here is secret by default, and no secret has a default."""

    model_config = SettingsConfigDict(env_prefix="EXHIBIT_", extra="ignore", frozen=True)

    data: Path = Field(Path("exhibit-data"), description="Folder of the embedded database and store.")
    database_url: str | None = Field(
        None, description="`postgresql+psycopg://…` or `sqlite:///…`; by default SQLite in the data folder."
    )
    store_url: str | None = Field(
        None, description="`s3://bucket[/prefix]` or `file:PATH`; by default a folder in the data folder."
    )
    work: Path | None = Field(
        None, description="Folder for jobs under way, on a fast disk; by default `work` in the data folder."
    )
    s3_endpoint_url: str | None = Field(
        None, description="Address of an S3-compatible service; by default Amazon's for the region."
    )
    s3_region: str | None = Field(None, description="Region that requests are signed for.")
    s3_access_key: str | None = Field(
        None, description="Access key; by default boto3's own search (environment, profile, instance role)."
    )
    s3_secret_key: SecretStr | None = Field(None, description="Secret key that goes with the access key.")
    s3_addressing: Literal["path", "virtual", "auto"] | None = Field(
        None,
        description="How the bucket stands in addresses: `path`, `virtual` or `auto`; by default `path` at a custom endpoint.",
    )
    s3_checksums: Literal["when_required", "when_supported"] | None = Field(
        None, description="When boto3 adds checksums of its own; by default `when_required` at a custom endpoint."
    )
    s3_ca_file: Path | None = Field(None, description="Certificates to trust for the S3 endpoint, as a PEM file.")
    public_base_url: str | None = Field(
        None,
        description="Address at which a CDN or web server shows what is in the store's `public/`; "
        "blobs are redirected to `…/blobs/` below it.",
    )
    presigned_seconds: int = Field(3600, ge=60, le=604800, description="How long presigned addresses of blobs hold.")
    allowed_origins: tuple[str, ...] = Field(
        (),
        description='Origins that may call the authenticated API from a browser, as JSON: `["https://curators.example"]`.',
    )
    max_model_bytes: int = Field(512 * MEBIBYTE, gt=0, description="Largest model taken in one request.")
    max_document_bytes: int = Field(4 * MEBIBYTE, gt=0, description="Largest JSON body taken.")
    default_quota_bytes: int = Field(
        50 * 1024 * MEBIBYTE, gt=0, description="What an organisation may store where it has no quota of its own."
    )
    default_quota_files: int = Field(
        100_000, gt=0, description="How many files an organisation may store where it has no quota of its own."
    )
    max_upload_bytes: int = Field(4096 * MEBIBYTE, gt=0, description="Largest model taken in parts.")
    max_import_bytes: int = Field(
        2048 * MEBIBYTE,
        gt=0,
        description="Largest collection taken in one request; it may unpack to ten times as much.",
    )
    upload_hours: int = Field(
        72,
        ge=1,
        le=8760,
        description="After so many hours without a part, an upload counts as abandoned, and is removed; "
        "so is an import that nobody applies.",
    )
    required_languages: tuple[str, ...] = Field(
        ("zh-Hans", "en"),
        description='Languages that every text of a published hall must have, as JSON: `["zh-Hans", "en"]`.',
    )
    budgets: Budgets = Field(
        DEFAULT_BUDGETS,
        description="What a hall may cost each profile of devices, as JSON over the defaults: "
        '`{"webxr-mobile": {"hallBytes": 80000000}, "scene-viewer": null}`; null: no limit.',
    )
    shelf_bytes: int = Field(
        256 * MEBIBYTE,
        gt=0,
        description="Memory for published documents, all encodings together, beyond the current ones.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least severity that is logged."
    )
    log_format: Literal["console", "json"] = Field("console", description="`console` for people, `json` for machines.")

    @property
    def database(self) -> str:
        """The database's URL, the embedded one by default."""
        return self.database_url or f"sqlite:///{self.data / 'exhibit.sqlite3'}"

    @property
    def workshop(self) -> Path:
        """Where jobs have their folders."""
        return self.work or self.data / "work"

    @property
    def store(self) -> str:
        """The store's URL, the embedded one by default."""
        return self.store_url or f"file:{self.data / 'store'}"
