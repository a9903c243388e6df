"""The model of an exhibit over HTTP: sending it, choosing a known one, and reading which it is."""

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from exhibit_api.accounts.deps import ActorDep
from exhibit_api.assets import choose, upload
from exhibit_api.assets.schemas import AssetOut, ModelBody
from exhibit_api.assets.shown import shown
from exhibit_api.assets.tables import portrayed
from exhibit_api.catalogue import describe
from exhibit_api.catalogue.routes import SlugPath
from exhibit_api.db import transaction
from exhibit_api.errors import NotFound
from exhibit_api.web.deps import ReadingDep, SessionDep, SettingsDep, SiteDep
from exhibit_api.web.problems import problems
from exhibit_api.web.uploads import Allowance, receive, refuse_forms

router = APIRouter()

RAW_BODY = {
    "requestBody": {
        "required": True,
        "description": "The GLB file itself, as with `curl -T model.glb`",
        "content": {"model/gltf-binary": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.put(
    "/exhibits/{slug}/model",
    summary="Send the model of an exhibit",
    status_code=202,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 502, 503, 507),
    openapi_extra=RAW_BODY,
    operation_id="put_model",
)
async def put_model(request: Request, slug: SlugPath, actor: ActorDep, site: SiteDep, response: Response) -> AssetOut:
    """Send a GLB as the raw body. It is hashed and examined on arrival, then validated, then made light for each kind of device.

    The same bytes twice are one asset. `GET /v1/assets/{sha256}/events` tells how far the work is.
    """

    def admit() -> Allowance:
        with transaction(site.sessions, reads_only=True) as session:
            return upload.allowance(session, actor, exhibit=slug, settings=site.settings)

    def enter() -> AssetOut:
        report = upload.examine(staged, received)
        upload.keep(site.store, staged, received)
        asset = upload.portray(
            site.sessions, site.store, actor, exhibit=slug, received=received, report=report, settings=site.settings
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
    request.app.state.nudge()
    response.headers["Location"] = f"/v1/assets/{answer.sha256}"
    return answer


@router.put(
    "/exhibits/{slug}/model/asset",
    summary="Let a known asset portray an exhibit",
    responses=problems(401, 403, 404, 409, 413, 422, 503),
    operation_id="choose_model",
)
def choose_model(
    slug: SlugPath, body: ModelBody, actor: ActorDep, session: SessionDep, settings: SettingsDep
) -> AssetOut:
    """Make an asset that you may read the model of the exhibit: an earlier one, another exhibit's, or what a repair gave."""
    return shown(session, actor, choose.choose(session, actor, exhibit=slug, sha256=body.sha256, settings=settings))


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
