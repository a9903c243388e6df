"""Sending one file: what is there already is not sent again, whoever sent it and whenever; the end is the service's verdict on it.

A large file is hashed while it is sent, for either may be what takes long; one that may be there already, before.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any, BinaryIO, cast

from exhibit_api.errors import ExhibitError, Rejected
from exhibit_api.sending.addresses import Addresses
from exhibit_api.sending.begun import (
    Begun,
    Told,
    begin,
    begun_before,
    complete,
    declare,
    joined_before,
    sent_before,
)
from exhibit_api.sending.counted import Counted, Tries
from exhibit_api.sending.parts import PART, Reader, Span, digest_of, spans
from exhibit_api.sending.remote import Refused, Service, Stopped, is_missing

LOOK_SECONDS, LONGEST_LOOK_SECONDS = 0.5, 4.0
"""Between two looks at what the service does with a file: at first, and when it takes long."""
UNDER_WAY = ("queued", "running")

Report = Callable[[str, int, int], None]
"""Is told what is being done, and how many bytes or steps of how many are."""


@dataclass(frozen=True)
class Sent:
    """What became of a file: its asset, as the service tells it; `was_there` where nothing had to be sent."""

    asset: Told
    was_there: bool


def upload(
    service: Service,
    path: Path,
    exhibit: str,
    *,
    parallel: int,
    follow: bool,
    report: Report,
    sha256: str | None = None,
) -> Sent:
    """Send the file as the model of the exhibit, or go on with it, and wait for the verdict if told to. `sha256` where it is known.

    Raises Rejected where the file cannot be sent or was refused, Refused, Unreachable, Stopped.
    """
    file = path.stat()
    if file.st_size == 0:
        raise Rejected(f"{path} is empty")
    sending = _Sending(service, path, exhibit, file.st_size, file.st_mtime_ns, parallel, report)
    is_new = sha256 is None and file.st_size > PART and not sent_before(service, exhibit, file.st_size)
    found = sending.while_hashing() if is_new else sending.after_hashing(sha256)
    asset = _received(service, found, report) if isinstance(found, str) else found
    return Sent(_followed(service, asset["sha256"], report) if follow else asset, not isinstance(found, str))


@dataclass(frozen=True)
class _Sending:
    """A file of `size` bytes, last changed at `modified` (ns), on its way to an exhibit.

    Both ways give the asset where the service had it, else the id of the upload that has all parts.
    """

    service: Service
    path: Path
    exhibit: str
    size: int
    modified: int
    parallel: int
    report: Report

    def after_hashing(self, sha256: str | None) -> Told | str:
        """Send what the service does not know yet: it may have the file, or a part of it."""
        if sha256 is None:
            sha256 = digest_of(self.path, Counted(lambda done: self.report("hash", done, self.size)))
        if (asset := self._known(sha256)) is not None:
            return asset
        before = sent_before(self.service, self.exhibit, self.size)
        if (joining := joined_before(self.service, before, sha256)) is not None:
            return joining
        begun = begun_before(self.service, before, self.size, sha256)
        begun = begun or begin(self.service, self.path.name, self.exhibit, self.size, sha256)
        return self._completed(begun, self._parts(self.service.piece(), begun), sha256)

    def while_hashing(self) -> Told | str:
        """Send at once. Where the service turns out to have the file, the rest is not sent, and what was is given up."""
        begun = begin(self.service, self.path.name, self.exhibit, self.size, None)
        piece, stopped, is_sent = self.service.piece(), None, Event()
        with ThreadPoolExecutor(1) as beside:
            naming = beside.submit(self._named, piece, begun, is_sent)
            try:
                etags = self._parts(piece, begun)
            except Stopped as error:
                stopped = error
            is_sent.set()
            sha256, asset = naming.result()
        if asset is not None:
            with suppress(ExhibitError):  # it counts as abandoned one day
                self.service.ask("DELETE", begun.at())
            return asset
        if stopped is not None:
            raise stopped
        return self._completed(begun, etags, sha256)

    def _named(self, piece: Service, begun: Begun, is_sent: Event) -> tuple[str, Told | None]:
        """The SHA-256 of the file, which is declared, and the asset, if the service has it: then the sending is stopped."""

        def tell(done: int) -> None:
            piece.go_on()
            if is_sent.is_set():
                self.report("hash", done, self.size)

        try:
            sha256 = digest_of(self.path, Counted(tell))
            asset = self._known(sha256)
            if asset is None:
                declare(piece, begun, sha256)
            else:
                piece.stop()
        except BaseException:
            piece.stop()
            raise
        return sha256, asset

    def _known(self, sha256: str) -> Told | None:
        """The asset, where the service has these bytes and we may use them: it is the exhibit's model from now on."""
        try:
            found: Told = self.service.ask("PUT", f"/v1/exhibits/{self.exhibit}/model/asset", {"sha256": sha256})
        except Refused as error:
            if is_missing(error):
                return None
            raise
        return found

    def _parts(self, piece: Service, begun: Begun) -> dict[int, str]:
        """Send all parts that are missing; the ETags of all, by number. Ends with the first that fails."""
        etags = dict(begun.etags)
        todo = [span for span in spans(self.size) if span.number not in etags]
        counted = Counted(lambda done: self.report("send", done, self.size))
        counted(self.size - sum(span.size for span in todo))
        addresses = Addresses(piece, begun)

        def send(span: Span) -> tuple[int, str]:
            tries = Tries(counted)
            sign = lambda: addresses.of(span.number)  # noqa: E731 - said in place
            open_part = lambda: cast(BinaryIO, Reader(self.path, span, tries.begin(piece)))  # noqa: E731
            return span.number, piece.send(sign, open_part, span.size)

        with ThreadPoolExecutor(self.parallel) as pool:
            sending = [pool.submit(send, span) for span in todo]
            try:
                etags.update(one.result() for one in wait(sending, return_when=FIRST_EXCEPTION).done)
            except BaseException:
                piece.stop()
                pool.shutdown(cancel_futures=True)
                raise
        return etags

    def _completed(self, begun: Begun, etags: dict[int, str], sha256: str) -> str:
        if self.path.stat().st_mtime_ns != self.modified:
            raise Rejected(f"{self.path} was changed while it was sent; send it again")
        complete(self.service, begun, etags, sha256)
        return begun.id


def _received(service: Service, upload: str, report: Report) -> Told:
    """Wait until the service has looked into the whole; the asset. Raises Rejected where it refuses it."""
    pauses = _pauses()
    while True:
        told = service.ask("GET", f"/v1/uploads/{upload}")
        if told["state"] == "done":
            asset: Told = service.ask("GET", f"/v1/assets/{told['asset']}")
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
        asset: Told = service.ask("GET", f"/v1/assets/{sha256}")
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
        pause = min(1.4 * pause, LONGEST_LOOK_SECONDS)
