"""Golden manifests: what the demo halls' manifests are, byte for byte, under a fixed stamp. A change of the contract shows as a diff."""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from exhibit_api.db import transaction
from exhibit_api.demo.load import Demo, load_drafts
from exhibit_api.editions.compose import compose
from exhibit_api.editions.manifest import EditionStamp
from exhibit_api.editions.schema import schema_resource
from exhibit_api.halls.draft import read_draft
from exhibit_api.instance import close_site, open_site
from exhibit_api.settings import Settings

STAMP = EditionStamp(number=1, published_at=datetime(2026, 1, 1, tzinfo=UTC))


def golden_manifests(demo: Demo) -> dict[str, str]:
    """Hall → its manifest as indented JSON."""
    with tempfile.TemporaryDirectory() as folder:
        site = open_site(Settings(data=Path(folder), database_url=None, store_url=None))
        try:
            for _ in load_drafts(site, demo):
                pass
            with transaction(site.sessions, reads_only=True) as session:
                drafts = [read_draft(session, hall["slug"]) for hall in demo.halls()]
        finally:
            close_site(site)
    schema = schema_resource("hall-manifest")
    composed = {draft.slug: compose(draft, STAMP, schema, STAMP.published_at.date()).to_bytes() for draft in drafts}
    return {hall: json.dumps(json.loads(data), ensure_ascii=False, indent=1) + "\n" for hall, data in composed.items()}


def write_golden(assets: Path, manifests: Path) -> None:
    """Write them to `manifests/golden/`."""
    folder = manifests / "golden"
    folder.mkdir(parents=True, exist_ok=True)
    for hall, text in golden_manifests(Demo(assets, manifests)).items():
        (folder / f"{hall}.json").write_text(text, encoding="utf-8")
