"""Sounds of an exhibit over HTTP: the bytes by one PUT, the words by another; both are shown together."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool

from exhibit_api.accounts.deps import ActorDep
from exhibit_api.assets.sounds import send, words
from exhibit_api.assets.sounds.recognise import ENDINGS, SOUNDS
from exhibit_api.assets.sounds.schemas import SoundOut, SoundsOut, WordsBody
from exhibit_api.assets.sounds.tables import sound_named, sounds_of
from exhibit_api.catalogue import describe
from exhibit_api.catalogue.routes import SlugPath
from exhibit_api.db import transaction
from exhibit_api.text import Slug
from exhibit_api.web.deps import GuardDep, ReadingDep, SessionDep, SiteDep
from exhibit_api.web.files import object_response
from exhibit_api.web.problems import problems
from exhibit_api.web.uploads import Allowance, receive, refuse_forms

router = APIRouter()

SoundPath = Annotated[Slug, Path(description="A name of your choice, as a slug", examples=["beat"])]
RAW_BODY = {
    "requestBody": {
        "required": True,
        "description": "The sound itself, as with `curl -T beat.mp3`: MP3, M4A, AAC, Ogg, FLAC or WAV, at most 50 MB",
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in SOUNDS},
    }
}
MADE: dict[int | str, dict[str, object]] = {201: {"model": SoundOut, "description": "Created"}}


@router.put(
    "/exhibits/{slug}/sounds/{sound}",
    summary="Send a sound of an exhibit",
    responses=problems(400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 502, 503, 507) | MADE,
    openapi_extra=RAW_BODY,
    operation_id="put_sound",
)
async def put_sound(
    request: Request,
    slug: SlugPath,
    sound: SoundPath,
    actor: ActorDep,
    site: SiteDep,
    guard: GuardDep,
    response: Response,
) -> SoundOut:
    """Send a sound as the raw body. Its kind is told by its bytes, which are never changed. An exhibit has at most 20."""

    def admit() -> Allowance:
        with transaction(site.sessions, reads_only=True) as session:
            return send.allowance(session, actor, exhibit=slug, sound=sound, guard=guard, settings=site.settings)

    def enter() -> SoundOut:
        media_type = send.keep(site.store, staged, received)
        row, is_new = send.enter(
            site.sessions,
            site.store,
            actor,
            exhibit=slug,
            sound=sound,
            received=received,
            media_type=media_type,
            guard=guard,
            settings=site.settings,
        )
        response.status_code = 201 if is_new else 200
        response.headers["ETag"] = row.tag
        return SoundOut.from_row(row)

    refuse_forms(request)
    allowed = await run_in_threadpool(admit)
    staged = await run_in_threadpool(site.store.stage)
    try:
        received = await receive(request, staged, allowed)
        return await run_in_threadpool(enter)
    finally:
        await run_in_threadpool(staged.__exit__, None, None, None)


@router.get(
    "/exhibits/{slug}/sounds",
    summary="List the sounds of an exhibit",
    responses=problems(401, 403, 404, 422),
    operation_id="list_sounds",
)
def list_sounds(slug: SlugPath, actor: ActorDep, session: ReadingDep) -> SoundsOut:
    """All sounds with their words, by name."""
    record = describe.readable(session, actor, "exhibits", slug)
    return SoundsOut(sounds=tuple(map(SoundOut.from_row, sounds_of(session, [record.id]).get(record.id, ()))))


@router.get(
    "/exhibits/{slug}/sounds/{sound}",
    summary="Read what is known of a sound",
    responses=problems(401, 403, 404, 422),
    operation_id="get_sound",
)
def get_sound(slug: SlugPath, sound: SoundPath, actor: ActorDep, session: ReadingDep, response: Response) -> SoundOut:
    """Its bytes and its words; the ETag holds for both."""
    row = sound_named(session, describe.readable(session, actor, "exhibits", slug).id, sound)
    response.headers["ETag"] = row.tag
    return SoundOut.from_row(row)


@router.head("/exhibits/{slug}/sounds/{sound}/file", include_in_schema=False)
@router.get(
    "/exhibits/{slug}/sounds/{sound}/file",
    summary="Download a sound",
    response_class=Response,
    responses=problems(401, 403, 404, 416, 422, 503) | {200: {"content": {kind: {} for kind in SOUNDS}}},
    operation_id="get_sound_file",
)
def get_sound_file(slug: SlugPath, sound: SoundPath, actor: ActorDep, site: SiteDep, request: Request) -> Response:
    """The bytes as they were sent, whole or by range; before they are published, too."""
    with transaction(site.sessions, reads_only=True) as session:
        row = sound_named(session, describe.readable(session, actor, "exhibits", slug).id, sound)
    return object_response(
        request,
        site.store,
        row.key,
        media_type=row.media_type,
        etag=f'"{row.sha256}"',
        cache_control="private, no-store",
        filename=f"{slug}-{sound}.{ENDINGS[row.media_type]}",
    )


@router.put(
    "/exhibits/{slug}/sounds/{sound}/words",
    summary="Write the words of a sound",
    responses=problems(401, 403, 404, 409, 412, 413, 422, 428, 502, 503, 507) | MADE,
    operation_id="put_words",
)
def put_words(
    slug: SlugPath,
    sound: SoundPath,
    body: WordsBody,
    actor: ActorDep,
    site: SiteDep,
    guard: GuardDep,
    response: Response,
) -> SoundOut:
    """Label, spoken language, transcript and captions, for those who cannot hear the sound or do not know its language."""
    row, is_new = words.write(
        site.sessions,
        site.store,
        actor,
        exhibit=slug,
        sound=sound,
        body=body,
        guard=guard,
        settings=site.settings,
    )
    response.status_code = 201 if is_new else 200
    response.headers["ETag"] = row.tag
    return SoundOut.from_row(row)


@router.get(
    "/exhibits/{slug}/sounds/{sound}/words",
    summary="Read the words of a sound",
    responses=problems(401, 403, 404, 422, 502, 503),
    operation_id="get_words",
)
def get_words(slug: SlugPath, sound: SoundPath, actor: ActorDep, site: SiteDep, response: Response) -> WordsBody:
    """The words with the texts of all captions, to be changed and sent back."""
    with transaction(site.sessions, reads_only=True) as session:
        row = sound_named(session, describe.readable(session, actor, "exhibits", slug).id, sound)
    response.headers["ETag"] = row.tag
    return words.read(site.store, row)


@router.delete(
    "/exhibits/{slug}/sounds/{sound}",
    summary="Take a sound from an exhibit",
    status_code=204,
    responses=problems(401, 403, 404, 412, 422, 503),
    operation_id="delete_sound",
)
def delete_sound(slug: SlugPath, sound: SoundPath, actor: ActorDep, session: SessionDep, guard: GuardDep) -> None:
    """The exhibit is without it from the next edition on."""
    send.remove(session, actor, exhibit=slug, sound=sound, guard=guard)
