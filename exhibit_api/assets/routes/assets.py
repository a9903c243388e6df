"""An asset over HTTP: what is known of it, its files, and what can be done about its errors."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from exhibit_api.accounts.deps import ActorDep
from exhibit_api.assets import repair, waivers
from exhibit_api.assets.schemas import AssetOut, WaiversBody
from exhibit_api.assets.shown import readable_asset, shown
from exhibit_api.assets.tables import variant_named
from exhibit_api.db import transaction
from exhibit_api.errors import NotFound
from exhibit_api.pipeline.outcome import ENDINGS
from exhibit_api.web.deps import ReadingDep, SessionDep, SiteDep
from exhibit_api.web.files import object_response
from exhibit_api.web.problems import problems

router = APIRouter()

Sha256Path = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="SHA-256 of the bytes, in hex")]
NamePath = Annotated[
    str,
    Path(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40, description="As the asset names it", examples=["lod1"]),
]
PRIVATE = "private, no-store"
SHOWN_OF_A_NAME = 12


@router.get(
    "/assets/{sha256}",
    summary="Read what is known of an asset",
    responses=problems(401, 403, 404, 422),
    operation_id="get_asset",
)
def get_asset(sha256: Sha256Path, actor: ActorDep, session: ReadingDep) -> AssetOut:
    """State, measures, warnings and errors of a master, its variants, why others were not made, and the work under way."""
    return shown(session, actor, readable_asset(session, actor, sha256))


@router.head("/assets/{sha256}/file", include_in_schema=False)
@router.get(
    "/assets/{sha256}/file",
    summary="Download a master",
    response_class=Response,
    responses=problems(401, 403, 404, 416, 422, 503) | {200: {"content": {"model/gltf-binary": {}}}},
    operation_id="get_asset_file",
)
def get_asset_file(sha256: Sha256Path, actor: ActorDep, site: SiteDep, request: Request) -> Response:
    """The bytes as they were sent, whole or by range; on S3 by a redirect to a short-lived address."""
    with transaction(site.sessions, reads_only=True) as session:
        asset = readable_asset(session, actor, sha256)
    return object_response(
        request,
        site.store,
        asset.key,
        media_type=asset.media_type,
        etag=f'"{sha256}"',
        cache_control=PRIVATE,
        filename=f"{sha256[:SHOWN_OF_A_NAME]}.glb",
    )


@router.head("/assets/{sha256}/variants/{name}", include_in_schema=False)
@router.get(
    "/assets/{sha256}/variants/{name}",
    summary="Download a variant",
    response_class=Response,
    responses=problems(401, 403, 404, 416, 422, 503) | {200: {"content": {kind: {} for kind in ENDINGS}}},
    operation_id="get_variant",
)
def get_variant(sha256: Sha256Path, name: NamePath, actor: ActorDep, site: SiteDep, request: Request) -> Response:
    """The bytes of what was made for a profile, a level of detail, or a picture; before it is published, too."""
    with transaction(site.sessions, reads_only=True) as session:
        variant = variant_named(session, readable_asset(session, actor, sha256), name)
    return object_response(
        request,
        site.store,
        variant.key,
        media_type=variant.media_type,
        etag=f'"{variant.sha256}"',
        cache_control=PRIVATE,
        filename=f"{sha256[:SHOWN_OF_A_NAME]}-{name}.{ENDINGS[variant.media_type]}",
    )


@router.get(
    "/assets/{sha256}/report",
    summary="Read the validator's report on an asset",
    response_class=Response,
    responses=problems(401, 403, 404, 422, 502, 503) | {200: {"content": {"application/json": {}}}},
    operation_id="get_report",
)
def get_report(sha256: Sha256Path, actor: ActorDep, site: SiteDep) -> Response:
    """The Khronos glTF Validator's report, whole and as it gave it."""
    with transaction(site.sessions, reads_only=True) as session:
        asset = readable_asset(session, actor, sha256)
    if not asset.has_verdict:
        raise NotFound(f"there is no report on asset {sha256}: the validator has not finished with it")
    return Response(
        site.store.read(asset.report_key),
        media_type="application/json",
        headers={"Cache-Control": PRIVATE, "X-Content-Type-Options": "nosniff"},
    )


@router.put(
    "/assets/{sha256}/waivers",
    summary="Let named errors of an asset pass",
    responses=problems(401, 403, 404, 409, 413, 422, 503),
    operation_id="put_waivers",
)
def put_waivers(sha256: Sha256Path, body: WaiversBody, actor: ActorDep, session: SessionDep) -> AssetOut:
    """Waive errors of the validator's by their codes, for an admin of every organisation that sent the asset; `[]` takes all back."""
    return shown(session, actor, waivers.waive(session, actor, sha256, codes=body.codes, reason=body.reason))


@router.post(
    "/assets/{sha256}/repair",
    summary="Have an asset repaired",
    status_code=202,
    responses=problems(401, 403, 404, 409, 413, 422, 503),
    operation_id="repair_asset",
)
def repair_asset(sha256: Sha256Path, actor: ActorDep, session: SessionDep) -> AssetOut:
    """Rewrite a model that has errors. What comes of it is validated and offered as a new asset, named in `repaired`.

    `PUT /v1/exhibits/{slug}/model/asset` then takes it. The asset itself is never changed.
    """
    return shown(session, actor, repair.ask_for_repair(session, actor, sha256))
