"""Imports over HTTP: a collection is sent, looked into by a job, and written when its sender says so."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import defer

from exhibit_api.accounts.deps import ActorDep
from exhibit_api.accounts.owned import visible
from exhibit_api.db import transaction
from exhibit_api.importing import order
from exhibit_api.importing.schemas import ApplyBody, ImportOut
from exhibit_api.importing.tables import Import
from exhibit_api.importing.template import MEDIA_TYPE, template_bytes
from exhibit_api.jobs.tables import job_of
from exhibit_api.text import Slug
from exhibit_api.web.deps import ReadingDep, SettingsDep, SiteDep
from exhibit_api.web.lists import Cursor, Limit, Listed, paged
from exhibit_api.web.problems import problems
from exhibit_api.web.uploads import Allowance, receive, refuse_forms

LONGEST_NAME = 300

router = APIRouter(prefix="/v1", tags=["imports"])

CollectionPath = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="As `id` named it")]
Filename = Annotated[
    str,
    Query(min_length=1, max_length=LONGEST_NAME, description="For people, and for CSV: what it holds, as people.csv"),
]
RAW_BODY = {
    "requestBody": {
        "required": True,
        "description": "A spreadsheet (.xlsx), a CSV file, or a zip with one of them and the models beside it",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post(
    "/imports",
    status_code=202,
    summary="Send a collection",
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 502, 503, 507),
    openapi_extra=RAW_BODY,
)
async def create_import(
    request: Request,
    actor: ActorDep,
    site: SiteDep,
    response: Response,
    filename: Filename = "collection.xlsx",
    organisation: Annotated[Slug | None, Query(description="Keeps the rows that name no organisation")] = None,
    models: Annotated[
        bool, Query(description="Whether a zip has the models too; if not, send them to their exhibits afterwards")
    ] = True,
) -> ImportOut:
    """It is looked into, and nothing is written: read the import for what was found, then apply it. `exhibit import` does all that."""

    def admit() -> Allowance:
        with transaction(site.sessions, reads_only=True) as session:
            return order.allowance(session, actor, owner=organisation, settings=site.settings)

    def begin() -> Import:
        name = "".join(letter for letter in filename if letter.isprintable()) or "collection.xlsx"
        return order.begin(
            site,
            actor,
            filename=name,
            owner=organisation,
            has_models=models,
            staged=staged,
            received=received,
        )

    refuse_forms(request)
    allowed = await run_in_threadpool(admit)
    staged = await run_in_threadpool(site.store.stage)
    try:
        received = await receive(request, staged, allowed)
        row = await run_in_threadpool(begin)
    finally:
        await run_in_threadpool(staged.__exit__, None, None, None)
    request.app.state.nudge()
    response.headers["Location"] = f"/v1/imports/{row.id}"
    return ImportOut.from_row(row, None, site.settings.upload_hours)


@router.get("/imports", summary="List imports", responses=problems(401, 422))
def list_imports(
    actor: ActorDep, session: ReadingDep, settings: SettingsDep, cursor: Cursor = None, limit: Limit = 50
) -> Listed[ImportOut]:
    """Your own; for admins, all of the organisation. Without their reports."""
    query = visible(actor, Import).options(defer(Import.report, raiseload=True))
    rows, following = paged(session, query, Import.id, cursor, limit)
    items = [
        ImportOut.from_row(row, job_of(session, order.IMPORT, row.id), settings.upload_hours, told=False)
        for row in rows
    ]
    return Listed(items=items, next=following)


@router.get(
    "/imports/template",
    summary="Get a spreadsheet to fill in",
    response_class=Response,
    responses=problems(401) | {200: {"content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}}},
)
def get_template(actor: ActorDep) -> Response:
    """An empty .xlsx with all tables, their columns, and a sheet that explains them in Chinese and English."""
    headers = {"Content-Disposition": 'attachment; filename="collection.xlsx"'}
    return Response(template_bytes(), media_type=MEDIA_TYPE, headers=headers)


@router.get("/imports/{collection}", summary="Read what was found in a collection", responses=problems(401, 404, 422))
def get_import(collection: CollectionPath, actor: ActorDep, session: ReadingDep, settings: SettingsDep) -> ImportOut:
    """How far it is; once it is checked: what it would change, and every mistake with its cell."""
    row = order.visible_import(session, actor, collection)
    return ImportOut.from_row(row, job_of(session, order.IMPORT, row.id), settings.upload_hours)


@router.post(
    "/imports/{collection}/apply",
    status_code=202,
    summary="Write a collection",
    responses=problems(401, 404, 409, 413, 422),
)
def apply_import(
    collection: CollectionPath, body: ApplyBody, actor: ActorDep, site: SiteDep, request: Request
) -> ImportOut:
    """Rows that changed since the check are seen: the whole is checked once more. Rows that say what is there already change nothing."""
    with transaction(site.sessions) as session:
        row = order.apply(session, actor, collection, body.mode)
        answer = ImportOut.from_row(row, job_of(session, order.IMPORT, row.id), site.settings.upload_hours)
    request.app.state.nudge()
    return answer


@router.delete(
    "/imports/{collection}", status_code=204, summary="Forget an import", responses=problems(401, 404, 409, 422)
)
def delete_import(collection: CollectionPath, actor: ActorDep, site: SiteDep) -> None:
    """What was written stays; what was sent is removed."""
    with transaction(site.sessions) as session:
        key = order.drop(session, actor, collection)
    site.store.delete(key)
