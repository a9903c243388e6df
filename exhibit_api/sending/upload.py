"""Sending one file, or what is missing of it; the end is the service's verdict on it.

A large file is hashed while it is sent, for either may be what takes long. What the service turns out to have is not sent to its end.
"""

from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from threading import Event
from typing import Any, BinaryIO, cast

from exhibit_api.errors import ExhibitError, Rejected
from exhibit_api.sending.addresses import Addresses
from exhibit_api.sending.begun import (
    OpenUpload,
    Told,
    begin,
    begun_before,
    complete,
    give_up,
    joined_before,
    ours,
    under_way,
)
from exhibit_api.sending.counted import Counted, Tries
from exhibit_api.sending.outcome import Report, followed, received
from exhibit_api.sending.parts import PART, Changed, Reader, Span, digest_of, fingerprint_of, spans
from exhibit_api.sending.remote import Refused, Service, Stopped, is_missing

NO_ROOM = (HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
"""Of a quota, or of too many uploads under way: which ours may be."""


@dataclass(frozen=True)
class Sent:
    """What became of a file: its asset, as the service tells it; `was_there` where the service had it already."""

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

    Raises Rejected where the file cannot be sent or was refused, Refused, Unreachable, Stopped, OSError; ExhibitError where the service
    could not look into it.
    """
    file = path.stat()
    if file.st_size == 0:
        raise Rejected(f"{path} is empty")
    fingerprint = fingerprint_of(path, file.st_size)
    sending = _Sending(service, path, exhibit, file.st_size, file.st_mtime_ns, fingerprint, parallel, report)
    found = sending.after_hashing(sha256) if sha256 or file.st_size <= PART else sending.as_fast_as_it_goes()
    asset = received(service, found, report) if isinstance(found, str) else found
    return Sent(followed(service, asset["sha256"], report) if follow else asset, not isinstance(found, str))


@dataclass(frozen=True)
class _Sending:
    """A file of `size` bytes, last changed at `modified` (ns), on its way to an exhibit.

    All ways give the asset where the service had it, else the id of the upload that has all parts.
    """

    service: Service
    path: Path
    exhibit: str
    size: int
    modified: int
    fingerprint: str
    parallel: int
    report: Report

    def as_fast_as_it_goes(self) -> Told | str:
        """While it is hashed, where the service does not seem to have it, nor an upload that is told by its hash."""
        model = model_of(self.service, self.exhibit)
        if model is not None and model["bytes"] == self.size:
            return self.after_hashing()
        before = under_way(self.service, self.exhibit, self.size)
        if any(one["sha256"] and one["fingerprint"] in (None, self.fingerprint) for one in before):
            return self.after_hashing()
        begun = begun_before(self.service, ours(before, self.fingerprint, None), self.size)
        try:
            begun = begun or begin(self.service, self.path.name, self.exhibit, self.size, self.fingerprint)
        except Refused as error:
            if error.status not in NO_ROOM:
                raise
            return self.after_hashing()  # what the service has already needs no room
        return self._while_hashing(begun)

    def after_hashing(self, sha256: str | None = None) -> Told | str:
        """Send what the service does not know yet: it may have the file, or a part of it."""
        if sha256 is None:
            sha256 = digest_of(self.path, Counted(lambda done: self.report("hash", done, self.size)))
        found = ours(under_way(self.service, self.exhibit, self.size), self.fingerprint, sha256)
        begun = begun_before(self.service, ours(found, self.fingerprint, None), self.size)
        if (asset := self._known(self.service.piece(), sha256, begun)) is not None:
            return asset
        if (joining := joined_before(self.service, found)) is not None:
            if begun is not None:
                give_up(self.service, begun)
            return joining
        begun = begun or begun_before(self.service, found, self.size)
        begun = begun or begin(self.service, self.path.name, self.exhibit, self.size, self.fingerprint, sha256)
        try:
            return self._completed(begun, self._parts(self.service.piece(), begun), sha256)
        except Refused as error:
            if not self._was_completed(begun, error):
                raise
            return self._same(begun, sha256)
        except Changed:
            give_up(self.service, begun)
            raise

    def _while_hashing(self, begun: OpenUpload) -> Told | str:
        """Send at once. Where the service turns out to have the file, the rest is not sent, and what was is given up."""
        piece, failure, is_sent = self.service.piece(), None, Event()
        with ThreadPoolExecutor(1) as beside:
            try:
                naming = beside.submit(self._named, piece, begun, is_sent)
                try:
                    etags = self._parts(piece, begun)
                except ExhibitError as error:
                    failure = error  # of the parts, or since `naming` stopped them, and tells why
                is_sent.set()
                sha256, asset = naming.result()
            except Stopped as error:
                failure = failure or error
                asset = None
            except Changed:
                give_up(self.service, begun)
                raise
            except BaseException as error:
                piece.stop()
                if isinstance(error, KeyboardInterrupt):
                    self.service.stop()  # and what may be asked while the upload is given up
                raise
        if asset is not None:
            return asset
        if failure is None:
            return self._completed(begun, etags, sha256)
        if isinstance(failure, Changed):
            give_up(self.service, begun)
        if isinstance(failure, Refused) and self._was_completed(begun, failure):
            return self.after_hashing()  # by another command, with the same file or one that looks like it
        raise failure

    def _named(self, piece: Service, begun: OpenUpload, is_sent: Event) -> tuple[str, Told | None]:
        """The SHA-256 of the file, and the asset, if the service has it: then the sending is stopped."""

        def tell(done: int) -> None:
            piece.go_on()
            if is_sent.is_set():
                self.report("hash", done, self.size)

        try:
            sha256 = digest_of(self.path, Counted(tell))
            return sha256, self._known(piece, sha256, begun)
        except BaseException:
            piece.stop()
            raise

    def _known(self, piece: Service, sha256: str, begun: OpenUpload | None) -> Told | None:
        """The asset, where the service has these bytes and we may use them: it is the exhibit's model from now on.

        Then the piece of work is stopped, and our upload of the file, if one was begun, is given up.
        """
        asked, found = ("PUT", f"/v1/exhibits/{self.exhibit}/model/asset", {"sha256": sha256}), None
        try:
            if (found := _unless_missing(piece, *asked)) is None:
                return None
        except Refused as error:
            if error.status not in NO_ROOM or begun is None:
                raise
        piece.stop()
        if begun is not None:
            give_up(self.service, begun)
        return found or cast(Told, self.service.ask(*asked))  # again, where the room that it kept may be what it lacked

    def _parts(self, piece: Service, begun: OpenUpload) -> dict[int, str]:
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
            try:
                sending = [pool.submit(send, span) for span in todo]
                etags.update(one.result() for one in wait(sending, return_when=FIRST_EXCEPTION).done)
            except BaseException:
                piece.stop()
                pool.shutdown(cancel_futures=True)
                raise
        return etags

    def _completed(self, begun: OpenUpload, etags: dict[int, str], sha256: str) -> str:
        if self.path.stat().st_mtime_ns != self.modified:
            give_up(self.service, begun)
            raise Changed(f"{self.path} was changed while it was sent; send it again")
        try:
            complete(self.service, begun, etags, sha256)
        except Refused as error:
            if error.status != HTTPStatus.CONFLICT or self._now(begun)["state"] == "open":
                raise
            # It was completed by a try whose answer was lost, or by another command, and has ended since.
            return self._same(begun, sha256)
        return begun.id

    def _same(self, begun: OpenUpload, sha256: str) -> str:
        """The id of an upload that another completed, if it was with our file. Raises Rejected."""
        if self._now(begun)["sha256"] not in (None, sha256):
            raise Rejected(f"another file than {self.path}, of the same size, was sent in its place; send it again")
        return begun.id

    def _was_completed(self, begun: OpenUpload, error: Refused) -> bool:
        return error.status == HTTPStatus.CONFLICT and self._now(begun)["state"] in ("joining", "done")

    def _now(self, begun: OpenUpload) -> Told:
        found: Told = self.service.ask("GET", f"/v1/uploads/{begun.id}")
        return found


def model_of(service: Service, exhibit: str) -> Told | None:
    """The asset that is the exhibit's model now, if it has one."""
    return _unless_missing(service, "GET", f"/v1/exhibits/{exhibit}/model")


def _unless_missing(service: Service, method: str, path: str, body: Any = None) -> Told | None:
    try:
        found: Told = service.ask(method, path, body)
    except Refused as error:
        if not is_missing(error):
            raise
        return None
    return found
