"""Uploads as the service remembers them: begun now, or before, by this command or another that was cut off."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from exhibit_api.sending.parts import spans, step_of
from exhibit_api.sending.remote import Refused, Service, is_missing

UPLOADS = "/v1/uploads/multipart"
NOT_TO_BE_GONE_ON_WITH = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
"""Of an upload that ended meanwhile, that the service died beginning, or that is for another file."""

Told = dict[str, Any]
"""An upload, as the service tells it."""


@dataclass(frozen=True)
class Begun:
    """An upload that takes parts: its id, the key that goes with every request, and the ETags of parts that have arrived, by number."""

    id: str
    key: str
    etags: dict[int, str]

    def at(self, what: str = "") -> str:
        """Where something of it is asked for."""
        return f"{UPLOADS}/{self.id}{what}?key={self.key}"


def sent_before(service: Service, exhibit: str, size: int) -> list[Told]:
    """Uploads of a file of this size for the exhibit that the service remembers: under way, and such that became its model."""
    found, cursor = list[Told](), ""
    while True:
        page = service.ask(
            "GET", f"/v1/uploads?exhibit={exhibit}&state=open&state=joining&state=done&limit=200{cursor}"
        )
        found += (one for one in page["items"] if one.get("bytes") == size)
        if page["next"] is None:
            return found
        cursor = f"&cursor={page['next']}"


def begin(service: Service, filename: str, exhibit: str, size: int, sha256: str | None) -> Begun:
    """A new upload. Its SHA-256 may be declared later."""
    about: Told = {"exhibit": exhibit, "size": size, "partSize": step_of(size)}
    if sha256 is not None:
        about["sha256"] = sha256
    begun = service.ask("POST", UPLOADS, {"filename": filename.encode(errors="replace").decode(), "metadata": about})
    return Begun(begun["uploadId"], begun["key"], {})


def declare(service: Service, begun: Begun, sha256: str) -> None:
    """Tell which file it is. From then on whoever has the same file can go on with it."""
    service.ask("PUT", begun.at("/sha256"), {"sha256": sha256})


def begun_before(service: Service, before: Sequence[Told], size: int, sha256: str) -> Begun | None:
    """One of these that can be gone on with.

    One that cannot be, since its parts are others than ours, is passed over, for a page may be at it; so is another's, and
    one that takes no parts, for the service died as it began. Where a command was cut off before it knew which file it sends, its parts
    are sent again: they are those of the first seconds.
    """
    for one in sorted(before, key=lambda one: one.get("sha256") is None):
        if one["state"] != "open" or one.get("sha256") not in (sha256, None):
            continue
        begun = Begun(one["id"], one["key"], {})
        try:
            if one.get("sha256") is None:
                if one.get("partSize") == step_of(size):
                    declare(service, begun, sha256)
                    return begun
            elif (etags := _as_ours(service, one, begun, size)) is not None:
                return Begun(begun.id, begun.key, etags)
        except Refused as error:
            if not _is_passed_over(error):
                raise
    return None


def joined_before(service: Service, before: Sequence[Told], sha256: str) -> str | None:
    """The id of one of these that has all its parts; the service is asked once more to look into it, where it had failed."""
    for one in before:
        if one["state"] != "joining" or one.get("sha256") != sha256:
            continue
        begun = Begun(one["id"], one["key"], {})
        try:
            complete(service, begun, {part["PartNumber"]: part["ETag"] for part in service.ask("GET", begun.at())})
        except Refused as error:
            if not _is_passed_over(error):
                raise
        else:
            return begun.id
    return None


def complete(service: Service, begun: Begun, etags: dict[int, str], sha256: str | None = None) -> None:
    """All parts have arrived. Twice is once."""
    body: Told = {"parts": [{"PartNumber": number, "ETag": etags[number]} for number in sorted(etags)]}
    if sha256 is not None:
        body["sha256"] = sha256
    service.ask("POST", begun.at("/complete"), body, is_once=True)


def _as_ours(service: Service, one: Told, begun: Begun, size: int) -> dict[int, str] | None:
    """The ETags of its parts, if they are as we cut them."""
    sizes = {span.number: span.size for span in spans(size)}
    listed = service.ask("GET", begun.at())
    if one.get("partSize") not in (None, step_of(size)):
        return None
    if any(sizes.get(part["PartNumber"]) != part["Size"] for part in listed):
        return None
    return {part["PartNumber"]: part["ETag"] for part in listed}


def _is_passed_over(error: Refused) -> bool:
    return is_missing(error) or error.status in NOT_TO_BE_GONE_ON_WITH
