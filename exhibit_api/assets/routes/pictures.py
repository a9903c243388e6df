"""The curator's own picture of an exhibit over HTTP."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from exhibit_api.accounts.deps import ActorDep
from exhibit_api.assets import picture
from exhibit_api.assets.folders import job_folder
from exhibit_api.assets.schemas import PictureOut, PicturesOut
from exhibit_api.catalogue import describe
from exhibit_api.catalogue.routes import SlugPath
from exhibit_api.db import transaction
from exhibit_api.pipeline.outcome import WEBP, Product
from exhibit_api.web.deps import SessionDep, SiteDep
from exhibit_api.web.files import object_response
from exhibit_api.web.problems import problems
from exhibit_api.web.uploads import Allowance, receive, refuse_forms

router = APIRouter()

KINDS = ("image/jpeg", "image/png", "image/webp")
RAW_BODY = {
    "requestBody": {
        "required": True,
        "description": "The picture itself, as with `curl -T picture.jpg`: JPEG, PNG or WebP, at most 20 MB",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in KINDS},
    }
}
SENT = "sent"

DRAWING = ThreadPoolExecutor(1, "picture")
"""One picture is opened at a time, for it may take hundreds of MB; those who wait hold no thread that answers others."""


@router.put(
    "/exhibits/{slug}/picture",
    summary="Send a picture of an exhibit",
    responses=problems(400, 401, 403, 404, 413, 415, 422, 502, 503, 507),
    openapi_extra=RAW_BODY,
    operation_id="put_picture",
)
async def put_picture(request: Request, slug: SlugPath, actor: ActorDep, site: SiteDep) -> PicturesOut:
    """Show a picture of your own in place of the rendered poster. It is drawn anew as WebP, without what its file tells of the camera."""

    def admit() -> Allowance:
        with transaction(site.sessions, reads_only=True) as session:
            return picture.allowance(session, actor, exhibit=slug)

    def enter(products: tuple[Product, ...]) -> PicturesOut:
        picture.keep(site.store, products)
        rows = picture.show(site.sessions, site.store, actor, exhibit=slug, products=products, settings=site.settings)
        return PicturesOut(pictures=tuple(PictureOut.from_row(row) for row in rows))

    refuse_forms(request)
    allowed = await run_in_threadpool(admit)
    place = job_folder(site.settings.workshop, "picture")
    folder = await run_in_threadpool(place.__enter__)
    try:
        with (folder / SENT).open("xb") as file:
            await receive(request, file, allowed)
        products = await asyncio.get_running_loop().run_in_executor(DRAWING, picture.redrawn, folder / SENT, folder)
        return await run_in_threadpool(enter, products)
    finally:
        await run_in_threadpool(place.__exit__, None, None, None)


@router.head("/exhibits/{slug}/picture", include_in_schema=False)
@router.get(
    "/exhibits/{slug}/picture",
    summary="Download the picture that was sent of an exhibit",
    response_class=Response,
    responses=problems(401, 403, 404, 416, 422, 503) | {200: {"content": {WEBP: {}}}},
    operation_id="get_picture",
)
def get_picture(
    slug: SlugPath,
    actor: ActorDep,
    site: SiteDep,
    request: Request,
    width: Annotated[int, Query(ge=1, le=100_000, description="Pixels that it should have at least")] = 1024,
) -> Response:
    """The smallest that is so wide, else the largest that there is."""
    with transaction(site.sessions, reads_only=True) as session:
        record = describe.readable(session, actor, "exhibits", slug)
        found = picture.fitting(picture.own_pictures(session, record.id), width)
    return object_response(
        request,
        site.store,
        found.key,
        media_type=found.media_type,
        etag=f'"{found.sha256}"',
        cache_control="private, no-store",
    )


@router.delete(
    "/exhibits/{slug}/picture",
    summary="Take the picture of an exhibit back",
    status_code=204,
    responses=problems(401, 403, 404, 422, 503),
    operation_id="delete_picture",
)
def delete_picture(slug: SlugPath, actor: ActorDep, session: SessionDep) -> None:
    """Show the rendered poster again, from the next edition on."""
    picture.remove(session, actor, exhibit=slug)
