"""Assets over HTTP: sending a model, and reading what was found in it."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select
from sqlalchemy.orm import Session

from exhibit_api.accounts.deps import ActorDep
from exhibit_api.accounts.roles import Action, Actor, can
from exhibit_api.assets import upload
from exhibit_api.assets.schemas import AssetOut, IssueOut, MeasuresOut
from exhibit_api.assets.tables import Asset, Portrayal, State, asset_named, holders, portrayed
from exhibit_api.catalogue import describe
from exhibit_api.catalogue.routes import SlugPath
from exhibit_api.catalogue.tables import Record
from exhibit_api.db import transaction
from exhibit_api.errors import Forbidden, NotFound
from exhibit_api.web.deps import ReadingDep, SiteDep, StoreDep
from exhibit_api.web.files import object_response
from exhibit_api.web.problems import problems
from exhibit_api.web.uploads import Allowance, receive, refuse_forms

router = APIRouter(prefix="/v1", tags=["assets"])

Sha256Path = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="SHA-256 of the bytes, in hex")]
RAW_BODY = {
    "requestBody": {
        "required": True,
        "description": "The GLB file itself, as with `curl -T model.glb`",
        "content": {"model/gltf-binary": {"schema": {"type": "string", "format": "binary"}}},
    }
}


def readable_asset(session: Session, actor: Actor, sha256: str) -> Asset:
    """The asset, if the actor may read drafts of an organisation that sent it. Raises NotFound or Forbidden."""
    asset = asset_named(session, sha256)
    if not any(can(actor, Action.READ, organisation) for organisation in holders(session, sha256)):
        raise Forbidden(f"{actor.describe()} may not {Action.READ} of the organisations that sent this asset")
    return asset


def shown(session: Session, actor: Actor, asset: Asset) -> AssetOut:
    """The asset as it is answered."""
    query = select(Record).join(Portrayal, Portrayal.exhibit == Record.id).where(Portrayal.sha256 == asset.sha256)
    exhibits = [record.slug for record in session.scalars(query) if can(actor, Action.READ, record.organisation)]
    return AssetOut(
        url=f"/v1/assets/{asset.sha256}/file",
        sha256=asset.sha256,
        bytes=asset.bytes,
        media_type=asset.media_type,
        state=State(asset.state),
        measures=MeasuresOut.of(asset.measures),
        issues=tuple(IssueOut.of(issue) for issue in asset.issues),
        exhibits=tuple(sorted(exhibits)),
        created_at=asset.created_at,
    )


@router.put(
    "/exhibits/{slug}/model",
    summary="Send the model of an exhibit",
    status_code=202,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 502, 503, 507),
    openapi_extra=RAW_BODY,
    operation_id="put_model",
)
async def put_model(request: Request, slug: SlugPath, actor: ActorDep, site: SiteDep, response: Response) -> AssetOut:
    """Send a GLB as the raw body. It is hashed and examined on arrival; the same bytes twice are one asset."""

    def admit() -> Allowance:
        with transaction(site.sessions, reads_only=True) as session:
            return upload.allowance(session, actor, exhibit=slug, settings=site.settings)

    def enter() -> AssetOut:
        report = upload.examine(staged, received)
        upload.keep(site.store, staged, received)
        asset = upload.portray(
            site.sessions, actor, exhibit=slug, received=received, report=report, settings=site.settings
        )
        with transaction(site.sessions, reads_only=True) as session:
            return shown(session, actor, asset)

    refuse_forms(request)
    allowed = await run_in_threadpool(admit)
    staged = await run_in_threadpool(site.store.stage)
    try:
        received = await receive(request, staged, allowed)
        answer = await run_in_threadpool(enter)
    finally:
        await run_in_threadpool(staged.__exit__, None, None, None)
    response.headers["Location"] = f"/v1/assets/{answer.sha256}"
    return answer


@router.get(
    "/exhibits/{slug}/model",
    summary="Read which asset portrays an exhibit",
    responses=problems(401, 403, 404, 422),
    operation_id="get_model",
)
def get_model(slug: SlugPath, actor: ActorDep, session: ReadingDep) -> AssetOut:
    """The asset that is the exhibit's model now."""
    record = describe.readable(session, actor, "exhibits", slug)
    asset = portrayed(session, [record.id]).get(record.id)
    if asset is None:
        raise NotFound(f"{record.id} has no model yet; send one with PUT /v1/exhibits/{slug}/model")
    return shown(session, actor, asset)


@router.get(
    "/assets/{sha256}",
    summary="Read what is known of an asset",
    responses=problems(401, 403, 404, 422),
    operation_id="get_asset",
)
def get_asset(sha256: Sha256Path, actor: ActorDep, session: ReadingDep) -> AssetOut:
    """State, measures, warnings and errors of a master."""
    return shown(session, actor, readable_asset(session, actor, sha256))


@router.head("/assets/{sha256}/file", include_in_schema=False)
@router.get(
    "/assets/{sha256}/file",
    summary="Download a master",
    response_class=Response,
    responses=problems(401, 403, 404, 416, 422, 503) | {200: {"content": {"model/gltf-binary": {}}}},
    operation_id="get_asset_file",
)
def get_asset_file(sha256: Sha256Path, actor: ActorDep, site: SiteDep, store: StoreDep, request: Request) -> Response:
    """The bytes as they were sent, whole or by range; on S3 by a redirect to a short-lived address."""
    with transaction(site.sessions, reads_only=True) as session:
        asset = readable_asset(session, actor, sha256)
    return object_response(
        request,
        store,
        asset.key,
        media_type=asset.media_type,
        etag=f'"{sha256}"',
        cache_control="private, no-store",
        filename=f"{sha256[:12]}.glb",
    )
