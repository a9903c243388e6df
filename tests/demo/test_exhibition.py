"""The demo exhibition as a whole: it loads, is published, says the same as its golden manifests, and loads only once."""

import json
from collections.abc import Iterator

import jsonschema
import pytest

from exhibit_api.db import now, transaction
from exhibit_api.demo.data import folder
from exhibit_api.demo.golden import golden_manifests
from exhibit_api.demo.load import Demo, is_loaded, steps
from exhibit_api.editions.schema import DOCUMENTS, schema_bytes, schema_of
from exhibit_api.halls.draft import read_draft
from exhibit_api.halls.lint import lint
from exhibit_api.instance import close_site, open_site
from exhibit_api.settings import Settings
from exhibit_api.web.site import Site
from tests.acting import House

DEMO = Demo(folder("assets"), folder("manifests"))
HALLS = [hall["slug"] for hall in DEMO.halls()]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the demo exhibition, loaded and published."""
    site = open_site(Settings(data=tmp_path_factory.mktemp("demo")))
    total, running = steps(site, DEMO)
    assert len(list(running)) == total
    yield site
    close_site(site)


def test_it_has_five_halls_with_more_than_forty_exhibits() -> None:
    assert HALLS == ["anhui", "jiangsu", "joint", "shanghai", "zhejiang"]
    assert sum(len(hall["placements"]) for hall in DEMO.halls()) >= 40


def test_a_visitor_reads_every_hall_by_the_published_schema(shown: Site) -> None:
    with House(shown) as house:
        for hall in HALLS:
            manifest = house.manifest(hall)
            jsonschema.validate(manifest, schema_of("hall-manifest"), jsonschema.Draft202012Validator)
            pointer = house.visitor.get(f"/v1/halls/{hall}").json()
            jsonschema.validate(pointer, schema_of("hall-pointer"), jsonschema.Draft202012Validator)
        exhibition = house.visitor.get("/v1/exhibitions/yangtze-delta").json()
        jsonschema.validate(exhibition, schema_of("exhibition"), jsonschema.Draft202012Validator)
        assert [hall["slug"] for hall in exhibition["halls"]] == HALLS


def test_nothing_in_it_makes_a_visitor_trip(shown: Site) -> None:
    with transaction(shown.sessions, reads_only=True) as session:
        drafts = [read_draft(session, hall) for hall in HALLS]
        published = shown.settings.required_languages
    findings = [finding for draft in drafts for finding in lint(draft, published, now().date())]
    assert findings == []


def test_a_second_start_finds_it_all(shown: Site) -> None:
    assert is_loaded(shown, DEMO)


@pytest.fixture(scope="module")
def composed() -> dict[str, str]:
    return golden_manifests(DEMO)


@pytest.mark.parametrize("hall", HALLS)
def test_each_manifest_is_its_golden_file(hall: str, composed: dict[str, str]) -> None:
    golden = (DEMO.manifests / "golden" / f"{hall}.json").read_text(encoding="utf-8")
    assert json.loads(composed[hall]) == json.loads(golden)
    assert composed[hall] == golden, "python -m exhibit_api.demo makes the golden manifests again"


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_the_schemas_in_the_repository_are_the_published_ones(name: str) -> None:
    kept = (DEMO.manifests / "schemas" / f"{name}.schema.json").read_bytes()
    assert kept == schema_bytes(name), "python -m exhibit_api.demo makes the schemas again"
    jsonschema.Draft202012Validator.check_schema(schema_of(name))
