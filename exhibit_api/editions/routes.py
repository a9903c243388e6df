"""Publishing over HTTP, and the lists of what was published. Published documents are answered before the framework, by `serve`."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field, ValidationError
from sqlalchemy import select

from exhibit_api.accounts.deps import ActorDep
from exhibit_api.catalogue.routes import SlugPath
from exhibit_api.documents import Document, canonical_bytes
from exhibit_api.editions import freeze, publish
from exhibit_api.editions.described import ETAG, NO_CHANGE
from exhibit_api.editions.manifest import ExhibitionDocument
from exhibit_api.editions.parts import Resource
from exhibit_api.editions.published import CURRENT
from exhibit_api.editions.show import exhibition_key
from exhibit_api.editions.showcase import Showcase
from exhibit_api.editions.tables import Edition, Live, live_of
from exhibit_api.errors import NotFound, StoreUnavailable
from exhibit_api.halls.tables import Hall
from exhibit_api.text import LanguageMap, Slug, Text
from exhibit_api.web.asked import asked_by
from exhibit_api.web.deps import ReadingDep, SiteDep
from exhibit_api.web.lists import Cursor, Limit, Listed, decode, encode, paged
from exhibit_api.web.negotiation import has_already
from exhibit_api.web.problems import problems

router = APIRouter(prefix="/v1")

Note = Annotated[Text, Field(max_length=2000)]


class PublishBody(Document):
    """What to say of the new edition."""

    note: Note | None = Field(
        None, description="Stands in the manifest, for people", examples=["New: the welding robot"]
    )


class RollbackBody(Document):
    """Which edition to show again."""

    to: int | None = Field(
        None, ge=1, lt=2**31, description="Number of an edition; without one, the one before the current", examples=[1]
    )


class EditionOut(Document):
    """A frozen manifest and its place in the hall's history."""

    hall: Slug
    number: int
    sha256: str = Field(description="Of the manifest's bytes; it names them")
    published_at: datetime
    previous: int | None = None
    note: str | None = None
    current: bool
    manifest: dict[str, Any] | None = Field(
        None,
        description="`url`, `sha256`, `bytes` and `mediaType` of the manifest; null where a withdrawal took its files away",
    )


class ExhibitionEntry(Document):
    """An exhibition that can be visited."""

    slug: Slug
    label: LanguageMap
    summary: LanguageMap | None = None
    opens: str | None = None
    closes: str | None = None
    url: str


def _showcase(request: Request) -> Showcase:
    showcase = request.app.state.showcase
    assert isinstance(showcase, Showcase)
    return showcase


ShowcaseDep = Annotated[Showcase, Depends(_showcase)]


def shown(edition: Edition, *, current: bool, public: bool) -> EditionOut:
    """An edition as it is answered, with the address of its manifest where that is public."""
    manifest = Resource(
        url=f"/public/manifests/{edition.sha256}.json",
        sha256=edition.sha256,
        bytes=edition.bytes,
        media_type="application/json",
    )
    return EditionOut(
        hall=edition.hall,
        number=edition.number,
        sha256=edition.sha256,
        published_at=edition.published_at,
        previous=edition.previous,
        note=edition.note,
        current=current,
        manifest=manifest.model_dump(mode="json") if public else None,
    )


@router.post(
    "/halls/{slug}/editions",
    tags=["editions"],
    status_code=201,
    responses=problems(401, 403, 404, 409, 413, 422, 502, 503, 507)
    | {200: {"model": EditionOut, "description": "The hall is unchanged: its edition is shown"}},
)
def publish_edition(
    slug: SlugPath,
    actor: ActorDep,
    site: SiteDep,
    showcase: ShowcaseDep,
    response: Response,
    body: PublishBody | None = None,
) -> EditionOut:
    """Freeze the hall as it stands and show it to visitors."""
    flip = publish.publish(
        site.sessions,
        site.store,
        actor,
        slug,
        required_languages=site.settings.required_languages,
        budgets=site.settings.budgets,
        note=body.note if body else None,
    )
    showcase.refresh()
    response.status_code = 201 if flip.is_new else 200
    response.headers["Location"] = f"/public/manifests/{flip.edition.sha256}.json"
    return shown(flip.edition, current=True, public=True)


@router.post(
    "/halls/{slug}/rollback", tags=["editions"], responses=problems(401, 403, 404, 409, 413, 422, 502, 503, 507)
)
def roll_back(
    slug: SlugPath, actor: ActorDep, site: SiteDep, showcase: ShowcaseDep, body: RollbackBody | None = None
) -> EditionOut:
    """Show an earlier edition again; its bytes are the old ones, identical."""
    flip = publish.roll_back(site.sessions, site.store, actor, slug, to=body.to if body else None)
    showcase.refresh()
    return shown(flip.edition, current=True, public=True)


@router.delete(
    "/halls/{slug}/edition", tags=["editions"], status_code=204, responses=problems(401, 403, 404, 409, 422, 502, 503)
)
def withdraw_edition(slug: SlugPath, actor: ActorDep, site: SiteDep, showcase: ShowcaseDep) -> None:
    """Show the hall no more. Its history stays, and a rollback with `to` shows it again."""
    publish.withdraw(site.sessions, site.store, actor, slug)
    showcase.refresh()


@router.head("/halls/{slug}/editions", include_in_schema=False)
@router.get("/halls/{slug}/editions", tags=["visitors"], responses=problems(404, 422))
def list_editions(slug: SlugPath, session: ReadingDep, cursor: Cursor = None, limit: Limit = 50) -> Listed[EditionOut]:
    """The history of a hall that can be visited, newest first."""
    live = live_of(session, slug)
    if live is None or live.number is None:
        raise NotFound(f"halls/{slug} shows no edition")
    query = select(Edition).where(Edition.hall == slug)
    rows, following = paged(session, query, Edition.number, cursor, limit, newest_first=True)
    items = [shown(row, current=row.number == live.number, public=row.public) for row in rows]
    return Listed(items=items, next=following)


@router.head("/halls/{slug}", include_in_schema=False)
@router.get("/halls/{slug}", include_in_schema=False)
@router.head("/halls/{slug}/manifest", include_in_schema=False)
@router.get("/halls/{slug}/manifest", include_in_schema=False)
def get_hidden_hall(slug: SlugPath, session: ReadingDep) -> None:
    """What `serve` passes on: a hall that is not shown. Without this route its address would take writes only, and say 405."""
    live = live_of(session, slug)
    if live is not None and live.number is not None:
        raise StoreUnavailable(
            f"the store has not given edition {live.number} of halls/{slug} yet; try again in a moment"
        )
    raise NotFound(f"halls/{slug} shows no edition")


@router.head("/exhibitions/{slug}", include_in_schema=False)
@router.get("/exhibitions/{slug}", include_in_schema=False)
def get_hidden_exhibition(slug: SlugPath, session: ReadingDep) -> None:
    """What `serve` passes on: an exhibition without a hall that is shown."""
    live = select(Live.hall).join(Hall, Hall.slug == Live.hall).where(Hall.exhibition == slug, Live.number.is_not(None))
    if session.scalar(live.limit(1)) is not None:
        raise StoreUnavailable(f"the store has not given the list of exhibitions/{slug} yet; try again in a moment")
    raise NotFound(f"exhibitions/{slug} has no hall that can be visited")


@router.head("/exhibitions", include_in_schema=False)
@router.get(
    "/exhibitions",
    tags=["visitors"],
    response_model=Listed[ExhibitionEntry],
    responses=problems(422) | {200: {"headers": {"ETag": ETAG}}, 304: NO_CHANGE},
)
def list_exhibitions(request: Request, showcase: ShowcaseDep, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """The exhibitions that can be visited, in the words in which they were published."""
    seen = decode(cursor) if cursor is not None else ""
    documents = showcase.shelf.exhibitions()
    slugs = sorted(slug for slug in documents if slug > seen)
    page = slugs[:limit]
    entries = [entry for slug in page if (entry := _entry(slug, documents[slug])) is not None]
    following = encode(page[-1]) if len(slugs) > limit else None
    return _public(request, Listed(items=entries, next=following))


def _entry(slug: str, document: bytes) -> ExhibitionEntry | None:
    """An exhibition in the list; None where its document is broken, so that one such does not take the others along."""
    try:
        body = ExhibitionDocument.model_validate_json(document)
    except ValidationError:
        return None
    return ExhibitionEntry(
        slug=slug,
        label=body.label,
        summary=body.summary,
        opens=body.opens.isoformat() if body.opens else None,
        closes=body.closes.isoformat() if body.closes else None,
        url="/" + exhibition_key(slug),
    )


def _public(request: Request, listed: Listed[ExhibitionEntry]) -> Response:
    """A list as the published documents are answered; `serve` adds what opens it to any page."""
    data = canonical_bytes(listed.model_dump(mode="json"))
    etag = f'"{freeze.sha256_of(data)}"'
    headers = {"ETag": etag, "Cache-Control": CURRENT.decode()}
    asked = asked_by(request.method, request.headers.raw)
    if asked.if_none_match is not None and has_already(asked.if_none_match, etag.encode()):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    headers["Content-Length"] = str(len(data))
    return Response(b"" if asked.method == "HEAD" else data, headers=headers, media_type="application/json")
