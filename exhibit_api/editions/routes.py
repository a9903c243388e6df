"""Publishing over HTTP. What is published is not answered here but before the framework, by `serve`."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field
from sqlalchemy import exists, select

from exhibit_api.accounts.deps import ActorDep
from exhibit_api.catalogue.routes import SlugPath
from exhibit_api.documents import Document
from exhibit_api.editions import publish
from exhibit_api.editions.manifest import Resource
from exhibit_api.editions.show import exhibition_key
from exhibit_api.editions.showcase import Showcase
from exhibit_api.editions.tables import Edition, Live, live_of
from exhibit_api.errors import NotFound
from exhibit_api.halls.schemas import ExhibitionBody
from exhibit_api.halls.tables import Exhibition, Hall
from exhibit_api.text import LanguageMap, Slug, Text
from exhibit_api.web.deps import ReadingDep, SiteDep
from exhibit_api.web.lists import Cursor, Limit, Listed, paged
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
    manifest: dict[str, Any] = Field(description="`url`, `sha256`, `bytes` and `mediaType` of the manifest")


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


def shown(edition: Edition, *, current: bool) -> EditionOut:
    """An edition as it is answered."""
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
        manifest=manifest.model_dump(mode="json"),
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
        note=body.note if body else None,
    )
    showcase.refresh()
    response.status_code = 201 if flip.is_new else 200
    response.headers["Location"] = f"/public/manifests/{flip.edition.sha256}.json"
    return shown(flip.edition, current=True)


@router.post(
    "/halls/{slug}/rollback", tags=["editions"], responses=problems(401, 403, 404, 409, 413, 422, 502, 503, 507)
)
def roll_back(
    slug: SlugPath, actor: ActorDep, site: SiteDep, showcase: ShowcaseDep, body: RollbackBody | None = None
) -> EditionOut:
    """Show an earlier edition again; its bytes are the old ones, identical."""
    flip = publish.roll_back(site.sessions, site.store, actor, slug, to=body.to if body else None)
    showcase.refresh()
    return shown(flip.edition, current=True)


@router.delete(
    "/halls/{slug}/edition", tags=["editions"], status_code=204, responses=problems(401, 403, 404, 409, 422, 502, 503)
)
def withdraw_edition(slug: SlugPath, actor: ActorDep, site: SiteDep, showcase: ShowcaseDep) -> None:
    """Show the hall no more. Its history stays, and a rollback with `to` shows it again."""
    publish.withdraw(site.sessions, site.store, actor, slug)
    showcase.refresh()


@router.get("/halls/{slug}/editions", tags=["visitors"], responses=problems(404, 422))
def list_editions(slug: SlugPath, session: ReadingDep, cursor: Cursor = None, limit: Limit = 50) -> Listed[EditionOut]:
    """The history of a hall that can be visited, newest first."""
    live = live_of(session, slug)
    if live is None or live.number is None:
        raise NotFound(f"halls/{slug} shows no edition")
    query = select(Edition).where(Edition.hall == slug)
    rows, following = paged(session, query, Edition.number, cursor, limit, newest_first=True)
    return Listed(items=[shown(row, current=row.number == live.number) for row in rows], next=following)


@router.head("/halls/{slug}", include_in_schema=False)
@router.get("/halls/{slug}", include_in_schema=False)
@router.head("/halls/{slug}/manifest", include_in_schema=False)
@router.get("/halls/{slug}/manifest", include_in_schema=False)
def get_hidden_hall(slug: SlugPath) -> None:
    """What `serve` passes on: a hall that is not shown. Without this route its address would take writes only, and say 405."""
    raise NotFound(f"halls/{slug} shows no edition")


@router.head("/exhibitions/{slug}", include_in_schema=False)
@router.get("/exhibitions/{slug}", include_in_schema=False)
def get_hidden_exhibition(slug: SlugPath) -> None:
    """What `serve` passes on: an exhibition without a hall that is shown."""
    raise NotFound(f"exhibitions/{slug} has no hall that can be visited")


@router.get("/exhibitions", tags=["visitors"], responses=problems(422))
def list_exhibitions(session: ReadingDep, cursor: Cursor = None, limit: Limit = 50) -> Listed[ExhibitionEntry]:
    """The exhibitions that can be visited: those with a hall that shows an edition."""
    visible = exists().where(Hall.exhibition == Exhibition.slug, Live.hall == Hall.slug, Live.number.is_not(None))
    rows, following = paged(session, select(Exhibition).where(visible), Exhibition.slug, cursor, limit)
    items = []
    for row in rows:
        body = ExhibitionBody.of(row.document)
        items.append(
            ExhibitionEntry(
                slug=row.slug,
                label=body.label,
                summary=body.summary,
                opens=body.opens.isoformat() if body.opens else None,
                closes=body.closes.isoformat() if body.closes else None,
                url="/" + exhibition_key(row.slug),
            )
        )
    return Listed(items=items, next=following)
