"""The catalogue over HTTP: the same four addresses for every kind of record."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from pydantic import create_model

from exhibit_api.accounts.deps import ActorDep
from exhibit_api.catalogue import describe
from exhibit_api.catalogue.schemas import BODIES, Body, Term, Year
from exhibit_api.catalogue.tables import Record
from exhibit_api.documents import Document
from exhibit_api.text import Slug
from exhibit_api.web.deps import GuardDep, ReadingDep, SessionDep
from exhibit_api.web.lists import Cursor, Limit, Listed, paged
from exhibit_api.web.problems import problems

SINGULAR = {
    "organisations": "organisation",
    "people": "person",
    "awards": "award",
    "achievements": "achievement",
    "exhibits": "exhibit",
    "studios": "studio",
    "selections": "selection",
}
SlugPath = Annotated[Slug, Path(description="Small letters, digits and single hyphens")]

router = APIRouter(prefix="/v1")


class Stamp(Document):
    """What the service knows of a record."""

    id: str
    slug: Slug
    revision: int
    created_at: datetime
    updated_at: datetime


def shown(record: Record) -> dict[str, Any]:
    """A record as it is answered: what was written, and its stamp."""
    return record.document | {
        "id": record.id,
        "slug": record.slug,
        "revision": record.revision,
        "createdAt": record.created_at,
        "updatedAt": record.updated_at,
    }


def _add_routes(kind: str, body_type: type[Body]) -> None:
    one, title = SINGULAR[kind], SINGULAR[kind].capitalize()
    answer: Any = create_model(f"{title}Out", __base__=(Stamp, body_type), __doc__=f"{title}, as it stands.")

    @router.put(
        f"/{kind}/{{slug}}",
        summary=f"Write one {one}",
        tags=["catalogue"],
        response_model=answer,
        responses=problems(401, 403, 409, 412, 413, 422, 428) | {201: {"model": answer, "description": "Created"}},
        operation_id=f"put_{one}",
    )
    def put(
        slug: SlugPath,
        body: body_type,  # type: ignore[valid-type]  # FastAPI reads the annotation when the route is made
        actor: ActorDep,
        session: SessionDep,
        guard: GuardDep,
        response: Response,
    ) -> Any:
        record, is_new = describe.describe(session, actor, slug=slug, body=body, guard=guard)
        response.status_code = 201 if is_new else 200
        response.headers["ETag"] = describe.tag_of(record)
        return shown(record)

    @router.get(
        f"/{kind}/{{slug}}",
        summary=f"Read one {one}",
        tags=["catalogue"],
        response_model=answer,
        responses=problems(401, 403, 404, 422),
        operation_id=f"get_{one}",
    )
    def get(slug: SlugPath, actor: ActorDep, session: ReadingDep, response: Response) -> Any:
        record = describe.readable(session, actor, kind, slug)
        response.headers["ETag"] = describe.tag_of(record)
        return shown(record)

    @router.delete(
        f"/{kind}/{{slug}}",
        summary=f"Take one {one} out",
        tags=["catalogue"],
        status_code=204,
        responses=problems(401, 403, 404, 409, 412, 422),
        operation_id=f"delete_{one}",
    )
    def delete(slug: SlugPath, actor: ActorDep, session: SessionDep, guard: GuardDep) -> None:
        describe.remove(session, actor, kind=kind, slug=slug, guard=guard)

    @router.get(
        f"/{kind}",
        summary=f"List {kind}",
        tags=["catalogue"],
        response_model=Listed[answer],
        responses=problems(401, 422),
        operation_id=f"list_{kind}",
    )
    def listing(
        actor: ActorDep,
        session: ReadingDep,
        organisation: Annotated[Slug | None, Query()] = None,
        year: Annotated[Year | None, Query()] = None,
        trade: Annotated[Term | None, Query()] = None,
        industry: Annotated[Term | None, Query()] = None,
        award: Annotated[Slug | None, Query(description="Slug of an award, given to it or to its achievement")] = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Any:
        query = describe.listing(
            actor, kind, organisation=organisation, year=year, trade=trade, industry=industry, award=award
        )
        records, following = paged(session, query, Record.slug, cursor, limit)
        return {"items": [shown(record) for record in records], "next": following}


for _kind, _body in BODIES.items():
    _add_routes(_kind, _body)
