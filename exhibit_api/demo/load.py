"""Loading the demo exhibition: through the same verbs that curators' and admins' requests use. What is there already stays."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import COMMAND_LINE
from exhibit_api.assets import upload
from exhibit_api.assets.gate import check_now
from exhibit_api.assets.sounds import send, words
from exhibit_api.assets.sounds.schemas import WordsBody
from exhibit_api.assets.sounds.tables import Sound
from exhibit_api.assets.tables import Portrayal
from exhibit_api.catalogue.describe import describe
from exhibit_api.catalogue.schemas import BODIES, Naming
from exhibit_api.catalogue.tables import Record
from exhibit_api.db import transaction
from exhibit_api.editions.publish import publish
from exhibit_api.editions.tables import live_of
from exhibit_api.guards import OVERWRITE, Guard
from exhibit_api.halls import arrange
from exhibit_api.halls.schemas import ExhibitionBody, HallBody, PlacardBody, PlacementBody
from exhibit_api.halls.tables import Exhibition, Hall, Placard, Placement
from exhibit_api.web.site import Site
from exhibit_api.web.uploads import Received

# Records come after those that they name.
ORDER = ("organisations", "awards", "people", "studios", "achievements", "selections", "exhibits")
NEW = Guard()


@dataclass(frozen=True)
class Demo:
    """The demo exhibition as it lies in the data folders."""

    assets: Path
    manifests: Path

    def exhibition(self) -> dict[str, Any]:
        """The exhibition's document with its slug."""
        document: dict[str, Any] = _read(self.manifests / "demo" / "exhibition.json")
        return document

    def records(self, kind: str) -> dict[str, dict[str, Any]]:
        """Slug → document of one kind."""
        documents: dict[str, dict[str, Any]] = _read(self.manifests / "demo" / "catalogue" / f"{kind}.json")
        return documents

    def sounds(self) -> dict[str, dict[str, Any]]:
        """Slug of an exhibit → name of a sound → its words."""
        documents: dict[str, dict[str, Any]] = _read(self.manifests / "demo" / "catalogue" / "sounds.json")
        return documents

    def halls(self) -> list[dict[str, Any]]:
        """The arranged halls, by slug."""
        return [_read(path) for path in sorted((self.manifests / "demo" / "halls").glob("*.json"))]


def is_loaded(site: Site, demo: Demo) -> bool:
    """Whether all halls of the demo exhibition were published before; one that an admin withdrew since stays withdrawn."""
    with transaction(site.sessions, reads_only=True) as session:
        lives = [live_of(session, hall["slug"]) for hall in demo.halls()]
        return all(live is not None and live.version > 0 for live in lives)


def steps(site: Site, demo: Demo) -> tuple[int, Iterator[str]]:
    """How many steps loading takes, and the steps: each does its part, then says what it did."""
    halls = [hall["slug"] for hall in demo.halls()]
    return 4 + len(demo.records("exhibits")) + len(halls), _load(site, demo, halls)


def load_drafts(site: Site, demo: Demo) -> Iterator[str]:
    """All but the publishing, step by step."""
    for kind in ORDER:
        _describe(site, kind, demo.records(kind))
    yield "catalogue"
    for slug in sorted(demo.records("exhibits")):
        _portray(site, slug, demo.assets / "models" / f"{slug}.glb")
        yield slug
    for slug, sounds in sorted(demo.sounds().items()):
        for name, document in sounds.items():
            _sound(site, slug, name, demo.assets / "sounds" / f"{name}.wav", WordsBody.of(document))
    yield "sounds"
    check_now(site, _models(site))
    yield "models checked"
    with transaction(site.sessions) as session:
        _arrange(session, demo.exhibition(), demo.halls())
    yield "halls"


def _load(site: Site, demo: Demo, halls: list[str]) -> Iterator[str]:
    yield from load_drafts(site, demo)
    languages, budgets = site.settings.required_languages, site.settings.budgets
    for hall in halls:
        publish(site.sessions, site.store, COMMAND_LINE, hall, required_languages=languages, budgets=budgets)
        yield hall


def _describe(site: Site, kind: str, documents: dict[str, dict[str, Any]]) -> None:
    with transaction(site.sessions) as session:
        known = set(session.scalars(select(Record.slug).where(Record.kind == kind)))
        for slug in _named_first(kind, documents):
            if slug not in known:
                describe(session, COMMAND_LINE, slug=slug, body=BODIES[kind].of(documents[slug]), guard=NEW)


def _named_first(kind: str, documents: dict[str, dict[str, Any]]) -> list[str]:
    """The slugs, those that are named by others of the same kind before these."""
    named = {slug: _same_kind(kind, BODIES[kind].of(document)) for slug, document in documents.items()}
    ordered: list[str] = []

    def add(slug: str) -> None:
        if slug not in ordered:
            for other in sorted(named[slug] & documents.keys()):
                add(other)
            ordered.append(slug)

    for slug in sorted(documents):
        add(slug)
    return ordered


def _same_kind(kind: str, body: Naming) -> set[str]:
    return {target.removeprefix(f"{kind}/") for _, target in body.names() if target.startswith(f"{kind}/")}


def _portray(site: Site, slug: str, path: Path) -> None:
    with transaction(site.sessions, reads_only=True) as session:
        if session.get(Portrayal, f"exhibits/{slug}") is not None:
            return
    data = path.read_bytes()
    received = Received(len(data), hashlib.sha256(data).hexdigest())
    with site.store.stage() as staged:
        staged.write(data)
        report = upload.examine(staged, received)
        upload.keep(site.store, staged, received)
    upload.portray(
        site.sessions,
        site.store,
        COMMAND_LINE,
        exhibit=slug,
        received=received,
        report=report,
        settings=site.settings,
    )


def _sound(site: Site, exhibit: str, name: str, path: Path, body: WordsBody) -> None:
    with transaction(site.sessions, reads_only=True) as session:
        known = session.get(Sound, (f"exhibits/{exhibit}", name))
    if known is None:
        data = path.read_bytes()
        received = Received(len(data), hashlib.sha256(data).hexdigest())
        with site.store.stage() as staged:
            staged.write(data)
            media_type = send.keep(site.store, staged, received)
        send.enter(
            site.sessions,
            site.store,
            COMMAND_LINE,
            exhibit=exhibit,
            sound=name,
            received=received,
            media_type=media_type,
            guard=NEW,
            settings=site.settings,
        )
    if known is None or known.words is None:
        words.write(
            site.sessions,
            site.store,
            COMMAND_LINE,
            exhibit=exhibit,
            sound=name,
            body=body,
            guard=NEW,
            settings=site.settings,
        )


def _models(site: Site) -> list[str]:
    with transaction(site.sessions, reads_only=True) as session:
        return list(session.scalars(select(Portrayal.sha256).distinct()))


def _arrange(session: Session, exhibition: dict[str, Any], halls: list[dict[str, Any]]) -> None:
    slug = exhibition["slug"]
    arrange.write_exhibition(
        session,
        COMMAND_LINE,
        slug=slug,
        body=ExhibitionBody.of(exhibition),
        guard=_guard(session.get(Exhibition, slug)),
    )
    for hall in halls:
        name = hall["slug"]
        arrange.write_hall(
            session, COMMAND_LINE, slug=name, body=HallBody.of(hall["hall"]), guard=_guard(session.get(Hall, name))
        )
        for part, placement in hall["placements"].items():
            arrange.place(
                session,
                COMMAND_LINE,
                hall=name,
                placement=part,
                body=PlacementBody.of(placement),
                guard=_guard(session.get(Placement, (name, part))),
            )
        for part, placard in hall["placards"].items():
            arrange.write_placard(
                session,
                COMMAND_LINE,
                hall=name,
                placard=part,
                body=PlacardBody.of(placard),
                guard=_guard(session.get(Placard, (name, part))),
            )


def _guard(row: object | None) -> Guard:
    return NEW if row is None else OVERWRITE


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
