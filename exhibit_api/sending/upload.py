"""Sending one file: what is there already is not sent again, whoever sent it and whenever; the end is the service's verdict on it."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO, cast

from exhibit_api.errors import ExhibitError, Rejected
from exhibit_api.sending.addresses import Addresses
from exhibit_api.sending.parts import Reader, Span, digest_of, spans, step_of
from exhibit_api.sending.remote import Refused, Service, Stopped, is_missing

UPLOADS = "/v1/uploads/multipart"
LOOK_SECONDS, LONGEST_LOOK_SECONDS = 0.5, 3.0
"""Between two looks at what the service does with a file: at first, and when it takes long."""
UNDER_WAY = ("queued", "running")

Report = Callable[[str, int, int], None]
"""Is told what is being done, and how many bytes or steps of how many are."""


@dataclass(frozen=True)
class Sent:
    """What became of a file: its asset, as the service tells it; `was_there` where nothing had to be sent."""

    asset: dict[str, Any]
    was_there: bool


def upload(service: Service, path: Path, exhibit: str, *, parallel: int, follow: bool, report: Report) -> Sent:
    """Send the file as the model of the exhibit, or go on with it, and wait for the verdict if told to.

    Raises Rejected where the file cannot be sent or was refused, Refused, Unreachable.
    """
    size = path.stat().st_size
    if size == 0:
        raise Rejected(f"{path} is empty")
    sha256 = digest_of(path, _counted(lambda done: report("hash", done, size)))
    asset = _known(service, exhibit, sha256)
    was_there = asset is not None
    if asset is None:
        asset = _received(service, _sent(service, path, exhibit, size, sha256, parallel, report), report)
    return Sent(_followed(service, asset["sha256"], report) if follow else asset, was_there)


def _known(service: Service, exhibit: str, sha256: str) -> dict[str, Any] | None:
    """The asset, where the service has these bytes and we may use them: it is the exhibit's model from now on."""
    try:
        found: dict[str, Any] = service.ask("PUT", f"/v1/exhibits/{exhibit}/model/asset", {"sha256": sha256})
    except Refused as error:
        if is_missing(error):
            return None
        raise
    return found


def _sent(service: Service, path: Path, exhibit: str, size: int, sha256: str, parallel: int, report: Report) -> str:
    """Send all parts that are missing, and complete; the id of the upload."""
    if (joining := _joined_before(service, exhibit, size, sha256)) is not None:
        return joining
    upload, key, etags = _begun_before(service, exhibit, size, sha256) or _begun(service, path, exhibit, size, sha256)
    at = f"{UPLOADS}/{upload}"
    todo = [span for span in spans(size) if span.number not in etags]
    counted = _counted(lambda done: report("send", done, size))
    counted(size - sum(span.size for span in todo))
    modified, addresses = path.stat().st_mtime_ns, Addresses(service, at, key)

    def send(span: Span) -> tuple[int, str]:
        read = _taken_back(counted)
        sign = lambda: addresses.of(span.number)  # noqa: E731 - said in place
        open_part = lambda: cast(BinaryIO, Reader(path, span, read.begin(service)))  # noqa: E731
        return span.number, service.send(sign, open_part, span.size)

    with ThreadPoolExecutor(parallel) as pool:
        sending = [pool.submit(send, span) for span in todo]
        try:
            for one in wait(sending, return_when=FIRST_EXCEPTION).done:
                number, etag = one.result()
                etags[number] = etag
        except BaseException:
            service.stopped.set()
            pool.shutdown(cancel_futures=True)
            service.stopped.clear()
            raise
    if path.stat().st_mtime_ns != modified:
        raise Rejected(f"{path} was changed while it was sent; send it again")
    parts = [{"PartNumber": span.number, "ETag": etags[span.number]} for span in spans(size)]
    service.ask("POST", f"{at}/complete?key={key}", {"parts": parts})
    return upload


def _begun(service: Service, path: Path, exhibit: str, size: int, sha256: str) -> tuple[str, str, dict[int, str]]:
    """A new upload: its id, its key, and the parts that have arrived, none."""
    about = {"exhibit": exhibit, "size": size, "partSize": step_of(size), "sha256": sha256}
    begun = service.ask("POST", UPLOADS, {"filename": path.name.encode(errors="replace").decode(), "metadata": about})
    return begun["uploadId"], begun["key"], {}


def _begun_before(service: Service, exhibit: str, size: int, sha256: str) -> tuple[str, str, dict[int, str]] | None:
    """An upload of the same file that was cut off, by this command or another: its id, its key, and the etags of its parts by number.

    One that cannot be gone on with, since its parts are others than ours, is passed over, for a page may be at it; so is another's, and
    one that takes no parts, for the service died as it began.
    """
    sizes = {span.number: span.size for span in spans(size)}
    for one in _same(service, exhibit, size, sha256, "open"):
        at = f"{UPLOADS}/{one['id']}?key={one['key']}"
        try:
            listed = service.ask("GET", at)
            is_as_ours = one.get("partSize") in (None, step_of(size))
            if is_as_ours and all(sizes.get(part["PartNumber"]) == part["Size"] for part in listed):
                return one["id"], one["key"], {part["PartNumber"]: part["ETag"] for part in listed}
        except Refused as error:
            if not is_missing(error) and error.status != HTTPStatus.CONFLICT:
                raise
    return None


def _joined_before(service: Service, exhibit: str, size: int, sha256: str) -> str | None:
    """The id of an upload of these bytes that has all its parts; the service is asked once more to look into it, where it had failed."""
    for one in _same(service, exhibit, size, sha256, "joining"):
        at = f"{UPLOADS}/{one['id']}"
        try:
            listed = service.ask("GET", f"{at}?key={one['key']}")
            parts = [{"PartNumber": part["PartNumber"], "ETag": part["ETag"]} for part in listed]
            service.ask("POST", f"{at}/complete?key={one['key']}", {"parts": parts})
        except Refused as error:
            if not is_missing(error) and error.status != HTTPStatus.CONFLICT:
                raise
        else:
            return str(one["id"])
    return None


def _same(service: Service, exhibit: str, size: int, sha256: str, state: str) -> Iterator[dict[str, Any]]:
    """Uploads in this state of these bytes for the exhibit."""
    cursor = ""
    while True:
        page = service.ask("GET", f"/v1/uploads?exhibit={exhibit}&state={state}&limit=200{cursor}")
        yield from (one for one in page["items"] if (one.get("sha256"), one.get("bytes")) == (sha256, size))
        if page["next"] is None:
            return
        cursor = f"&cursor={page['next']}"


def _received(service: Service, upload: str, report: Report) -> dict[str, Any]:
    """Wait until the service has looked into the whole; the asset. Raises Rejected where it refuses it."""
    pauses = _pauses()
    while True:
        told = service.ask("GET", f"/v1/uploads/{upload}")
        if told["state"] == "done":
            asset: dict[str, Any] = service.ask("GET", f"/v1/assets/{told['asset']}")
            return asset
        if told["state"] != "joining":
            problem = told.get("problem") or {}
            raise Rejected(problem.get("detail") or f"the upload is {told['state']}: someone gave it up")
        work = told.get("processing") or {}
        if work.get("state") == "failed":
            raise ExhibitError(f"the service could not look into the file: {work.get('error')}; run it again to go on")
        step = f"{work['step']} by the service" if work.get("step") else "waits for a worker"
        report(step, work.get("done") or 0, work.get("total") or 1)
        time.sleep(next(pauses))


def _followed(service: Service, sha256: str, report: Report) -> dict[str, Any]:
    """Wait until nothing is left to do on the asset."""
    pauses = _pauses()
    while True:
        asset: dict[str, Any] = service.ask("GET", f"/v1/assets/{sha256}")
        left = [work for work in asset["processing"] if work["state"] in UNDER_WAY]
        if not left:
            return asset
        work = left[0]
        report(f"{work['kind']} {work.get('step') or ''}".strip(), work["done"], work["total"] or 1)
        time.sleep(next(pauses))


def _pauses() -> Iterator[float]:
    """Seconds to wait before the next look, for ever."""
    pause = LOOK_SECONDS
    while True:
        yield pause
        pause = min(1.2 * pause, LONGEST_LOOK_SECONDS)


def _counted(tell: Callable[[int], None]) -> Callable[[int], None]:
    """Adds up what several threads do, and tells the sum."""
    lock, total = Lock(), 0

    def count(more: int) -> None:
        nonlocal total
        with lock:
            total += more
            tell(total)

    return count


class _taken_back:  # noqa: N801 - used like a function
    """Counts what is read of a part; what was read in a try that failed is taken back when the next one begins."""

    def __init__(self, count: Callable[[int], None]) -> None:
        self._count = count
        self._done = 0

    def begin(self, service: Service) -> Callable[[int], None]:
        self._count(-self._done)
        self._done = 0

        def read(more: int) -> None:
            if service.stopped.is_set():
                raise Stopped("the upload was stopped")
            self._done += more
            self._count(more)

        return read
