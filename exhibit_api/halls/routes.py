"""Exhibitions and halls over HTTP, for those who arrange them. What visitors see is answered by `editions`."""

import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field, create_model
from sqlalchemy import select

from exhibit_api.accounts.deps import ActorDep
from exhibit_api.accounts.roles import Action, require
from exhibit_api.catalogue.routes import SlugPath
from exhibit_api.db import now
from exhibit_api.documents import Document
from exhibit_api.halls import arrange
from exhibit_api.halls.budgets import BudgetOut
from exhibit_api.halls.costs import costs, waiting
from exhibit_api.halls.draft import read_draft
from exhibit_api.halls.findings import Finding
from exhibit_api.halls.schemas import ExhibitionBody, HallBody, PlacardBody, PlacementBody
from exhibit_api.halls.tables import Hall, Placard, Placement, exhibition_named
from exhibit_api.profiles import MASTER, Profile
from exhibit_api.text import Slug
from exhibit_api.web.deps import GuardDep, ReadingDep, SessionDep, SettingsDep
from exhibit_api.web.lists import Cursor, Limit, Listed, paged
from exhibit_api.web.problems import problems

router = APIRouter(prefix="/v1", tags=["halls"])

PartPath = Annotated[Slug, Path(description="Small letters, digits and single hyphens")]
WRITE_PROBLEMS = problems(401, 403, 404, 409, 412, 413, 422, 428)
READ_PROBLEMS = problems(401, 403, 404, 422)


class Stamp(Document):
    """What the service knows of a draft."""

    id: str
    slug: Slug
    revision: int
    created_at: datetime.datetime
    updated_at: datetime.datetime


ExhibitionDraft: Any = create_model(
    "ExhibitionDraft", __base__=(Stamp, ExhibitionBody), __doc__="An exhibition's draft."
)
HallDraftOut: Any = create_model("HallDraft", __base__=(Stamp, HallBody), __doc__="A hall's draft.")
PlacementOut: Any = create_model("PlacementOut", __base__=(Stamp, PlacementBody), __doc__="A placement, as it stands.")
PlacardDraft: Any = create_model("PlacardDraft", __base__=(Stamp, PlacardBody), __doc__="A placard's draft.")


class LintOut(Document):
    """What a visitor would trip over. Errors forbid publication."""

    hall: Slug
    errors: int
    warnings: int
    findings: tuple[Finding, ...]
    budgets: dict[Profile, BudgetOut] = Field(description="What the hall costs each profile of devices")
    unmade: int = Field(description="How many models are still being made light; meanwhile their masters are counted")


def shown(row: arrange.Written, response: Response, *, is_new: bool = False) -> dict[str, Any]:
    """A draft as it is answered, with its ETag."""
    response.headers["ETag"] = arrange.tag_of(row)
    if is_new:
        response.status_code = 201
    return stamped(row)


def stamped(row: arrange.Written) -> dict[str, Any]:
    """A draft with its stamp."""
    slug = row.id if isinstance(row, Placement | Placard) else row.slug
    where = f"halls/{row.hall}/" if isinstance(row, Placement | Placard) else ""
    return row.document | {
        "id": f"{where}{row.__tablename__}/{slug}",
        "slug": slug,
        "revision": row.revision,
        "createdAt": row.created_at,
        "updatedAt": row.updated_at,
    }


def created(model: Any) -> dict[int | str, dict[str, Any]]:
    """For OpenAPI: that a PUT answers 201 for what is new."""
    return WRITE_PROBLEMS | {201: {"model": model, "description": "Created"}}


@router.put("/exhibitions/{slug}", response_model=ExhibitionDraft, responses=created(ExhibitionDraft))
def put_exhibition(
    slug: SlugPath, body: ExhibitionBody, actor: ActorDep, session: SessionDep, guard: GuardDep, response: Response
) -> Any:
    """Write an exhibition: its words and when it opens. The ETag to guard it by is that of its draft."""
    row, is_new = arrange.write_exhibition(session, actor, slug=slug, body=body, guard=guard)
    return shown(row, response, is_new=is_new)


@router.get("/exhibitions/{slug}/draft", response_model=ExhibitionDraft, responses=READ_PROBLEMS)
def get_exhibition_draft(slug: SlugPath, actor: ActorDep, session: ReadingDep, response: Response) -> Any:
    """Read an exhibition as its organisers have it."""
    row = exhibition_named(session, slug)
    require(actor, Action.READ, row.organisation)
    return shown(row, response)


@router.delete("/exhibitions/{slug}", status_code=204, responses=WRITE_PROBLEMS)
def delete_exhibition(slug: SlugPath, actor: ActorDep, session: SessionDep, guard: GuardDep) -> None:
    """Take away an exhibition that has no halls."""
    arrange.remove_exhibition(session, actor, slug=slug, guard=guard)


@router.get("/halls", response_model=Listed[HallDraftOut], responses=problems(401, 422))
def list_halls(
    actor: ActorDep,
    session: ReadingDep,
    organisation: Annotated[Slug | None, Query()] = None,
    exhibition: Annotated[Slug | None, Query()] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Any:
    """List the drafts of halls that you may read."""
    query = select(Hall)
    for column, value in (
        (Hall.organisation, actor.organisation),
        (Hall.organisation, organisation),
        (Hall.exhibition, exhibition),
    ):
        if value is not None:
            query = query.where(column == value)
    rows, following = paged(session, query, Hall.slug, cursor, limit)
    return {"items": [stamped(row) for row in rows], "next": following}


@router.put("/halls/{slug}", response_model=HallDraftOut, responses=created(HallDraftOut))
def put_hall(
    slug: SlugPath, body: HallBody, actor: ActorDep, session: SessionDep, guard: GuardDep, response: Response
) -> Any:
    """Write a hall's words, room, light and anchors. Visitors see it after publication. Its ETag is that of the draft."""
    row, is_new = arrange.write_hall(session, actor, slug=slug, body=body, guard=guard)
    return shown(row, response, is_new=is_new)


@router.get("/halls/{slug}/draft", response_model=HallDraftOut, responses=READ_PROBLEMS)
def get_hall_draft(slug: SlugPath, actor: ActorDep, session: ReadingDep, response: Response) -> Any:
    """Read a hall as its curators have it; its ETag is the one that `If-Match` takes."""
    return shown(arrange.readable_hall(session, actor, slug), response)


@router.delete("/halls/{slug}", status_code=204, responses=WRITE_PROBLEMS)
def delete_hall(slug: SlugPath, actor: ActorDep, session: SessionDep, guard: GuardDep) -> None:
    """Take away a hall that was never published, with all that is placed in it."""
    arrange.remove_hall(session, actor, slug=slug, guard=guard)


@router.get("/halls/{slug}/lint", responses=READ_PROBLEMS)
def lint_hall(slug: SlugPath, actor: ActorDep, session: ReadingDep, settings: SettingsDep) -> LintOut:
    """What a visitor would trip over: with places in the hall, and numbers."""
    from exhibit_api.halls.lint import lint  # brings shapely, which a serving instance need not load

    arrange.readable_hall(session, actor, slug)
    draft = read_draft(session, slug)
    findings = lint(draft, settings.required_languages, now().date(), settings.budgets)
    errors = sum(finding.severity == "error" for finding in findings)
    found = costs(draft.standing, draft.body.space)
    return LintOut(
        hall=slug,
        errors=errors,
        warnings=len(findings) - errors,
        findings=findings,
        budgets={
            profile: BudgetOut.from_cost(cost, settings.budgets.of_profile(profile)) for profile, cost in found.items()
        },
        unmade=waiting(found[MASTER].shares),
    )


@router.put("/halls/{slug}/placements/{placement}", response_model=PlacementOut, responses=created(PlacementOut))
def put_placement(
    slug: SlugPath,
    placement: PartPath,
    body: PlacementBody,
    actor: ActorDep,
    session: SessionDep,
    guard: GuardDep,
    response: Response,
) -> Any:
    """Put an exhibit in the hall, or move it."""
    row, is_new = arrange.place(session, actor, hall=slug, placement=placement, body=body, guard=guard)
    return shown(row, response, is_new=is_new)


@router.get("/halls/{slug}/placements/{placement}", response_model=PlacementOut, responses=READ_PROBLEMS)
def get_placement(slug: SlugPath, placement: PartPath, actor: ActorDep, session: ReadingDep, response: Response) -> Any:
    """Read where an exhibit stands."""
    arrange.readable_hall(session, actor, slug)
    return shown(arrange.part_named(session, Placement, slug, placement), response)


@router.delete("/halls/{slug}/placements/{placement}", status_code=204, responses=WRITE_PROBLEMS)
def delete_placement(
    slug: SlugPath, placement: PartPath, actor: ActorDep, session: SessionDep, guard: GuardDep
) -> None:
    """Take an exhibit out of the hall."""
    arrange.take_away(session, actor, kind=Placement, hall=slug, name=placement, guard=guard)


@router.get("/halls/{slug}/placements", response_model=Listed[PlacementOut], responses=READ_PROBLEMS)
def list_placements(
    slug: SlugPath, actor: ActorDep, session: ReadingDep, cursor: Cursor = None, limit: Limit = 50
) -> Any:
    """List what stands in the hall."""
    arrange.readable_hall(session, actor, slug)
    rows, following = paged(session, select(Placement).where(Placement.hall == slug), Placement.id, cursor, limit)
    return {"items": [stamped(row) for row in rows], "next": following}


@router.put("/halls/{slug}/placards/{placard}", response_model=PlacardDraft, responses=created(PlacardDraft))
def put_placard(
    slug: SlugPath,
    placard: PartPath,
    body: PlacardBody,
    actor: ActorDep,
    session: SessionDep,
    guard: GuardDep,
    response: Response,
) -> Any:
    """Hang a placard, or change it."""
    row, is_new = arrange.write_placard(session, actor, hall=slug, placard=placard, body=body, guard=guard)
    return shown(row, response, is_new=is_new)


@router.get("/halls/{slug}/placards/{placard}", response_model=PlacardDraft, responses=READ_PROBLEMS)
def get_placard(slug: SlugPath, placard: PartPath, actor: ActorDep, session: ReadingDep, response: Response) -> Any:
    """Read a placard's draft."""
    arrange.readable_hall(session, actor, slug)
    return shown(arrange.part_named(session, Placard, slug, placard), response)


@router.delete("/halls/{slug}/placards/{placard}", status_code=204, responses=WRITE_PROBLEMS)
def delete_placard(slug: SlugPath, placard: PartPath, actor: ActorDep, session: SessionDep, guard: GuardDep) -> None:
    """Take a placard down."""
    arrange.take_away(session, actor, kind=Placard, hall=slug, name=placard, guard=guard)


@router.get("/halls/{slug}/placards", response_model=Listed[PlacardDraft], responses=READ_PROBLEMS)
def list_placards(
    slug: SlugPath, actor: ActorDep, session: ReadingDep, cursor: Cursor = None, limit: Limit = 50
) -> Any:
    """List what hangs in the hall."""
    arrange.readable_hall(session, actor, slug)
    rows, following = paged(session, select(Placard).where(Placard.hall == slug), Placard.id, cursor, limit)
    return {"items": [stamped(row) for row in rows], "next": following}
