"""Models sent in parts, over HTTP: Uppy's companion contract, for those with a token and for browsers; our own parts; the outcome."""

from collections.abc import Awaitable, Callable
from typing import Annotated

import xxhash
from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.security import APIKeyQuery
from sqlalchemy.orm import defer

from exhibit_api.accounts.deps import ActorDep
from exhibit_api.accounts.owned import visible
from exhibit_api.accounts.roles import Action, require
from exhibit_api.assets.quotas import Usage, usage_of
from exhibit_api.assets.uploads import send, sign
from exhibit_api.assets.uploads.count import enter_part
from exhibit_api.assets.uploads.digests import announced
from exhibit_api.assets.uploads.doors import open_door, through
from exhibit_api.assets.uploads.schemas import (
    MOST_SIGNED,
    BeginBody,
    BegunOut,
    CompleteBody,
    CompletedOut,
    DoorBody,
    DoorOut,
    PartOut,
    SignedOut,
    UploadOut,
)
from exhibit_api.assets.uploads.senders import Sender
from exhibit_api.assets.uploads.tables import State, Upload, locked_upload
from exhibit_api.catalogue.routes import SlugPath
from exhibit_api.db import transaction
from exhibit_api.errors import Forbidden, NotFound, Rejected
from exhibit_api.jobs.tables import job_of
from exhibit_api.storage.multipart import LARGEST_PART, MOST_PARTS
from exhibit_api.web.deps import ReadingDep, SessionDep, SettingsDep, SiteDep
from exhibit_api.web.lists import Cursor, Limit, Listed, paged
from exhibit_api.web.problems import problems
from exhibit_api.web.uploads import Allowance, refuse_forms, take_in

UploadPath = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="As `uploadId` named it")]
NumberPath = Annotated[int, Path(ge=1, le=MOST_PARTS, description="Number of the part, from 1")]
KeyQuery = Annotated[str | None, Query(max_length=200, description="As `key` named it")]
PartsQuery = Annotated[int, Query(ge=1, le=MOST_SIGNED, description="How many parts from this one on")]
DoorPath = Annotated[str, Path(max_length=100)]

router = APIRouter()

_signed = APIKeyQuery(
    name="signature", auto_error=False, description="Stands in the address that was signed for a part"
)


def _through_door(door: DoorPath, site: SiteDep) -> Sender:
    with transaction(site.sessions, reads_only=True) as session:
        actor, only = through(session, door)
    return Sender(actor, only)


async def _with_token(actor: ActorDep) -> Sender:
    return Sender(actor)


def contract(prefix: str, sender: Callable[..., Sender | Awaitable[Sender]], *, shown: bool) -> APIRouter:
    """The contract's five addresses below `prefix`, for whom `sender` finds: an actor, and the one exhibit that is allowed."""
    made = APIRouter(prefix=prefix, include_in_schema=shown)
    SenderDep = Annotated[Sender, Depends(sender)]  # noqa: N806 - a type

    @made.post(
        "", summary="Begin to send a model in parts", responses=problems(401, 403, 404, 409, 413, 422, 502, 503, 507)
    )
    def begin_upload(body: BeginBody, sender: SenderDep, site: SiteDep) -> BegunOut:
        """`metadata.exhibit` names the exhibit. With `metadata.size` and `metadata.sha256`, room is reserved and the whole is checked."""
        actor, only = sender.actor, sender.only
        exhibit = body.metadata.exhibit or only
        if exhibit is None:
            raise Rejected("metadata.exhibit is missing: the slug of the exhibit that the model portrays")
        if only is not None and exhibit != only:
            raise Forbidden(f"this address takes models of exhibits/{only} alone")
        about = body.metadata
        row = send.begin(
            site,
            actor,
            exhibit=exhibit,
            filename=body.shown_name,
            size=about.size,
            part_size=about.partSize,
            sha256=about.sha256,
            fingerprint=about.fingerprint,
        )
        return BegunOut(key=row.key, uploadId=row.id)

    @made.get(
        "/{upload}/{number}",
        summary="Have the address of a part signed",
        responses=problems(401, 403, 404, 409, 413, 422, 502, 503),
    )
    def sign_part(
        upload: UploadPath,
        number: NumberPath,
        sender: SenderDep,
        site: SiteDep,
        request: Request,
        key: KeyQuery = None,
        parts: PartsQuery = 1,
    ) -> SignedOut:
        """Send the part there by PUT, as the raw body, and keep the ETag of the answer. All parts but the last have at least 5 MiB.

        Where `metadata.partSize` was announced, `parts` has the addresses of the next ones signed too.
        """
        _require_key(upload, key)
        base = str(request.base_url).rstrip("/")
        url, *urls = sign.sign(site, sender, upload, number, base, parts)
        return SignedOut(url=url, urls=urls, expires=site.settings.presigned_seconds)

    @made.get(
        "/{upload}", summary="List the parts that have arrived", responses=problems(401, 403, 404, 409, 422, 502, 503)
    )
    def list_parts(upload: UploadPath, sender: SenderDep, site: SiteDep, key: KeyQuery = None) -> list[PartOut]:
        """What need not be sent again, by number."""
        _require_key(upload, key)
        return [PartOut.of(part) for part in send.parts_of(site, sender, upload)]

    @made.post(
        "/{upload}/complete", summary="End the sending", responses=problems(401, 403, 404, 409, 413, 422, 502, 503)
    )
    def complete_upload(
        upload: UploadPath,
        body: CompleteBody,
        sender: SenderDep,
        site: SiteDep,
        request: Request,
        response: Response,
        key: KeyQuery = None,
    ) -> CompletedOut:
        """All parts are there: they are joined, hashed, and examined as a whole. `location` tells what comes of it. Twice is once."""
        _require_key(upload, key)
        listed = [(part.PartNumber, part.ETag) for part in body.parts]
        row = send.complete(site, sender, upload, listed, body.sha256)
        request.app.state.nudge()
        location = f"{str(request.base_url).rstrip('/')}/v1/uploads/{row.id}"
        response.headers["Location"] = location
        return CompletedOut(location=location, key=row.key)

    @made.delete("/{upload}", summary="Give an upload up", responses=problems(401, 403, 404, 409, 422, 502, 503))
    def abort_upload(upload: UploadPath, sender: SenderDep, site: SiteDep, key: KeyQuery = None) -> dict[str, str]:
        """What was sent is removed. Twice is no error; one that is done stays."""
        _require_key(upload, key)
        send.abort(site, sender, upload)
        return {}

    return made


def _require_key(upload: str, key: str | None) -> None:
    if key is not None and key != Upload(id=upload).key:
        raise NotFound(f"there is no upload {upload!r} with this key")


router.include_router(contract("/uploads/multipart", _with_token, shown=True))
# Uppy puts "/s3/multipart" behind its companionEndpoint, and sends no headers of ours.
router.include_router(contract("/uploads/s3/multipart", _with_token, shown=False))
router.include_router(contract("/uploads/doors/{door}/s3/multipart", _through_door, shown=False))


@router.get("/uploads/s3/params", include_in_schema=False)
@router.get("/uploads/doors/{door}/s3/params", include_in_schema=False)
def no_forms() -> None:
    """Uppy's way for small files, a form, is none of ours."""
    raise Rejected("send every file in parts: set shouldUseMultipart to true")


@router.post(
    "/uploads/doors",
    status_code=201,
    summary="Make an address for a browser",
    responses=problems(401, 403, 404, 413, 422),
)
def create_door(body: DoorBody, actor: ActorDep, session: SessionDep, request: Request, response: Response) -> DoorOut:
    """An address at which a page sends models without a token, as Uppy's `companionEndpoint`. It is shown once, and opens for a while."""
    secret, expires_at = open_door(session, actor, exhibit=body.exhibit, hours=body.hours)
    response.headers["Cache-Control"] = "no-store"
    base = str(request.base_url).rstrip("/")
    return DoorOut(companion_endpoint=f"{base}/v1/uploads/doors/{secret}", expires_at=expires_at)


PART_BODY = {
    "requestBody": {
        "required": True,
        "description": "The bytes of the part",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.put(
    "/uploads/{upload}/parts/{number}",
    summary="Send a part",
    response_class=Response,
    responses=problems(400, 401, 404, 409, 413, 415, 422, 502, 503, 507),
    openapi_extra=PART_BODY,
)
async def put_part(
    upload: UploadPath,
    number: NumberPath,
    expires: Annotated[int, Query(ge=0, le=1 << 40)],
    signature: Annotated[str | None, Security(_signed)],
    request: Request,
    site: SiteDep,
    content_md5: Annotated[
        str | None, Header(max_length=40, description="MD5 in base64 (RFC 1864), to be checked")
    ] = None,
    content_digest: Annotated[
        str | None, Header(max_length=1000, description="`sha-256=:…:` (RFC 9530), to be checked")
    ] = None,
) -> Response:
    """Send a part to the address that was signed for it, without a token. Where the store is a bucket, parts go there instead."""
    refuse_forms(request)
    row, allowed = await run_in_threadpool(sign.admit_part, site, upload, number, expires, signature or "")
    checks = list(announced(content_md5, content_digest))
    sink = await run_in_threadpool(site.store.multipart.take, str(row.handle), number)
    try:
        left = allowed.bytes + await run_in_threadpool(lambda: sink.replaces)
        allowed = Allowance(max(0, min(left, LARGEST_PART)), allowed.refusal)
        # It tells parts from each other and is no promise: the job makes the SHA-256 of the whole, and whoever wants a part checked says
        # by which digest. A promise would cost fifty times as much.
        name = xxhash.xxh3_128()
        size = await take_in(request, sink, allowed, [name, *(digest for digest, _ in checks)])
        for digest, wanted in checks:
            if digest.digest() != wanted:
                raise Rejected(f"part {number} arrived with another {digest.name} than was announced; send it again")
        etag = name.hexdigest()

        def keep() -> None:
            with transaction(site.sessions) as session:
                locked_upload(session, upload)  # so that nobody replaces the part between the look and the count
                enter_part(session, site, upload, received=size, replaced=sink.replaces)
                sink.keep(etag)

        await run_in_threadpool(sink.sync)
        await run_in_threadpool(keep)
    finally:
        await run_in_threadpool(sink.__exit__, None, None, None)
    return Response(headers={"ETag": f'"{etag}"', "Cache-Control": "no-store"})


@router.get("/uploads", summary="List uploads", responses=problems(401, 403, 422))
def list_uploads(
    actor: ActorDep,
    session: ReadingDep,
    settings: SettingsDep,
    exhibit: Annotated[str | None, Query(max_length=80, description="Slug: of this exhibit only")] = None,
    state: Annotated[list[State] | None, Query(max_length=len(State), description="In these states only")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Listed[UploadOut]:
    """Your own; for admins, all of the organisation."""
    query = visible(actor, Upload).options(defer(Upload.parts))
    if exhibit is not None:
        query = query.where(Upload.exhibit == f"exhibits/{exhibit}")
    if state is not None:
        query = query.where(Upload.state.in_(state))
    rows, following = paged(session, query, Upload.id, cursor, limit)
    items = [UploadOut.from_row(row, job_of(session, send.RECEIVE, row.id), settings.upload_hours) for row in rows]
    return Listed(items=items, next=following)


@router.get("/uploads/{upload}", summary="Read how far an upload is", responses=problems(401, 403, 404, 422))
def get_upload(upload: UploadPath, actor: ActorDep, session: ReadingDep, settings: SettingsDep) -> UploadOut:
    """State, problem, and the asset that came of it. Uploads that have ended are forgotten after a while."""
    row = session.scalar(visible(actor, Upload).options(defer(Upload.parts)).where(Upload.id == upload))
    if row is None:
        raise NotFound(f"there is no upload {upload!r} of yours")
    return UploadOut.from_row(row, job_of(session, send.RECEIVE, row.id), settings.upload_hours)


@router.get(
    "/organisations/{slug}/usage", summary="Read what an organisation stores", responses=problems(401, 403, 404, 422)
)
def get_usage(slug: SlugPath, actor: ActorDep, session: ReadingDep, settings: SettingsDep) -> Usage:
    """Bytes and files: its quota, what it stores, and what is reserved for uploads and collections under way."""
    require(actor, Action.READ, slug)
    return usage_of(session, slug, settings)
