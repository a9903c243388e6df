"""Uploads as the service remembers them: begun now, or before, by this command or another that was cut off."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from exhibit_api.errors import ExhibitError
from exhibit_api.sending.parts import spans, step_of
from exhibit_api.sending.remote import Refused, Service, is_missing

UPLOADS = "/v1/uploads/multipart"

Told = dict[str, Any]
"""An upload, as the service tells it."""


@dataclass(frozen=True)
class OpenUpload:
    """An upload that takes parts: its id, the key that goes with every request, and the ETags of parts that have arrived, by number."""

    id: str
    key: str
    etags: dict[int, str]

    def at(self, what: str = "") -> str:
        """Where something of it is asked for."""
        return f"{UPLOADS}/{self.id}{what}?key={self.key}"


def under_way(service: Service, exhibit: str, size: int) -> list[Told]:
    """Uploads of a file of this size for the exhibit that are under way."""
    found, cursor = list[Told](), ""
    while True:
        page = service.ask("GET", f"/v1/uploads?exhibit={exhibit}&state=open&state=joining&limit=200{cursor}")
        found += (one for one in page["items"] if one["bytes"] == size)
        if page["next"] is None:
            return found
        cursor = f"&cursor={page['next']}"


def ours(before: Sequence[Told], fingerprint: str, sha256: str | None) -> list[Told]:
    """Those of our file: by its SHA-256 where both are known, else by what the command that began it recognised it by."""
    return [
        one
        for one in before
        if (one["sha256"] == sha256 if one["sha256"] and sha256 else one["fingerprint"] == fingerprint)
    ]


def begin(
    service: Service, filename: str, exhibit: str, size: int, fingerprint: str, sha256: str | None = None
) -> OpenUpload:
    """A new upload. Its SHA-256 may be told when it is completed."""
    about: Told = {"exhibit": exhibit, "size": size, "partSize": step_of(size), "fingerprint": fingerprint}
    if sha256 is not None:
        about["sha256"] = sha256
    begun = service.ask("POST", UPLOADS, {"filename": filename.encode(errors="replace").decode(), "metadata": about})
    return OpenUpload(begun["uploadId"], begun["key"], {})


def begun_before(service: Service, found: Sequence[Told], size: int) -> OpenUpload | None:
    """One of these uploads of our file that can be gone on with.

    One that cannot be, since its parts are others than ours, is passed over, for a page may be at it; so is another's, and
    one that takes no parts, for the service died as it began.
    """
    sizes = {span.number: span.size for span in spans(size)}
    for one in found:
        begun = OpenUpload(one["id"], one["key"], {})
        if one["state"] != "open" or one["partSize"] not in (None, step_of(size)):
            continue
        try:
            listed = service.ask("GET", begun.at())
        except Refused as error:
            if not _is_passed_over(error):
                raise
        else:
            if all(sizes.get(part["PartNumber"]) == part["Size"] for part in listed):
                return OpenUpload(begun.id, begun.key, {part["PartNumber"]: part["ETag"] for part in listed})
    return None


def joined_before(service: Service, found: Sequence[Told]) -> str | None:
    """The id of one of these that has all its parts; the service is asked once more to look into it, where it had failed."""
    for one in found:
        begun = OpenUpload(one["id"], one["key"], {})
        if one["state"] != "joining":
            continue
        try:
            complete(service, begun, {part["PartNumber"]: part["ETag"] for part in service.ask("GET", begun.at())})
        except Refused as error:
            if not _is_passed_over(error):
                raise
        else:
            return begun.id
    return None


def complete(service: Service, begun: OpenUpload, etags: dict[int, str], sha256: str | None = None) -> None:
    """All parts have arrived. Twice is once."""
    body: Told = {"parts": [{"PartNumber": number, "ETag": etags[number]} for number in sorted(etags)]}
    if sha256 is not None:
        body["sha256"] = sha256
    service.ask("POST", begun.at("/complete"), body, is_once=True)


def give_up(service: Service, begun: OpenUpload) -> None:
    """What was sent is not wanted any more. Where the service does not take it, the upload counts as abandoned one day."""
    with suppress(ExhibitError):
        service.ask("DELETE", begun.at())


def _is_passed_over(error: Refused) -> bool:
    return is_missing(error) or error.status == HTTPStatus.CONFLICT
