"""A collection brought to a service: checked there and here, written, and its models sent. Run again, only what is new is sent."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from exhibit_api.errors import ExhibitError, Rejected
from exhibit_api.importing.models import Missing, Wanted, told
from exhibit_api.importing.rows import Mistake, in_order
from exhibit_api.sending.gathered import Gathered
from exhibit_api.sending.outcome import Report
from exhibit_api.sending.parts import PART, digest_of
from exhibit_api.sending.remote import Service, Stopped, Unreachable
from exhibit_api.sending.upload import model_of, upload

IMPORTS = "/v1/imports"
LOOK_SECONDS = 0.3
AT_WORK = ("checking", "applying")


@dataclass
class Found:
    """What a look into a collection found: the import as the service tells it, and mistakes at cells, the service's and ours."""

    told: dict[str, Any]
    mistakes: list[Mistake]

    @property
    def report(self) -> dict[str, Any]:
        """Of the service."""
        report: dict[str, Any] = self.told["report"]
        return report

    @property
    def mistake_count(self) -> int:
        """All of them, also those that a report does not list."""
        return len(self.mistakes) + int(self.report["mistakeCount"]) - len(self.report["mistakes"])


@dataclass(frozen=True)
class Brought:
    """What became of the models: sent, there already, passed over for their rows were not written, refused (with why)."""

    sent: int
    there: int
    passed: int
    refused: list[Mistake]


def look(service: Service, collection: Gathered, organisation: str | None, report: Report) -> Found:
    """Have the tables checked by the service, and the models here. Raises Rejected, Refused, Unreachable."""
    mistakes, absent = list(collection.mistakes), Missing(collection.beside)
    for done, wanted in enumerate(collection.wanted):
        report("models", done, len(collection.wanted))
        if mistake := collection.look_into(wanted, absent):
            mistakes.append(mistake)
    name, data = collection.body
    name = name.encode(errors="replace").decode()
    query = {"filename": name, "models": "false"} | ({"organisation": organisation} if organisation else {})
    begun = service.ask("POST", f"{IMPORTS}?{urlencode(query)}", data)
    seen = _waited_for(service, begun["id"], report)
    if seen["state"] == "refused":
        raise Rejected(seen["problem"]["detail"])
    theirs = [Mistake(one["cell"], one["detail"]) for one in seen["report"]["mistakes"]]
    return Found(seen, in_order([*theirs, *mistakes]))


def write(service: Service, found: Found, mode: str, report: Report) -> Found:
    """Have it written. Raises Rejected where nothing was."""
    service.ask("POST", f"{IMPORTS}/{found.told['id']}/apply", {"mode": mode})
    seen = _waited_for(service, found.told["id"], report)
    if seen["state"] != "done":
        forget(service, found)
        raise Rejected((seen.get("problem") or {}).get("detail") or f"the import is {seen['state']}")
    known = {mistake.cell for mistake in found.mistakes}
    new = [Mistake(one["cell"], one["detail"]) for one in seen["report"]["mistakes"] if one["cell"] not in known]
    return Found(seen, in_order([*found.mistakes, *new]))


def forget(service: Service, found: Found) -> None:
    """Have the service forget an import that is not to be written; where it cannot, it does so by itself one day."""
    with suppress(ExhibitError):
        service.ask("DELETE", f"{IMPORTS}/{found.told['id']}")


def send_models(service: Service, collection: Gathered, found: Found, *, parallel: int, report: Report) -> Brought:
    """Send the models of rows that were written, several at a time. Raises Unreachable, Stopped."""
    wrong = {mistake.cell for mistake in found.mistakes}
    left_out = set(found.report["leftOut"])
    chosen = [one for one in collection.wanted if one.exhibit not in left_out and one.cell not in wrong]

    def send(wanted: Wanted) -> bool | Mistake:
        try:
            return _sent(service, collection, wanted)
        except (Stopped, Unreachable):
            raise
        except (ExhibitError, OSError) as error:
            return Mistake(wanted.cell, f"{wanted.file}: {told(error)}")

    ends = list(_all_of(service, send, chosen, parallel, lambda done: report("send", done, len(chosen))))
    return Brought(
        sent=ends.count(True),
        there=ends.count(False),
        passed=len(collection.wanted) - len(chosen),
        refused=[end for end in ends if isinstance(end, Mistake)],
    )


def _all_of(
    service: Service,
    do: Callable[[Wanted], bool | Mistake],
    chosen: Sequence[Wanted],
    parallel: int,
    tell: Callable[[int], None],
) -> Iterator[bool | Mistake]:
    pool = ThreadPoolExecutor(parallel)
    try:
        for done, end in enumerate([pool.submit(do, wanted) for wanted in chosen], 1):
            yield end.result()
            tell(done)
    except BaseException:
        service.stop()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _sent(service: Service, collection: Gathered, wanted: Wanted) -> bool:
    """Whether the model had to be sent; it was not the exhibit's before."""
    with collection.model(wanted) as path:
        sha256 = digest_of(path, lambda _: service.go_on())
        present = model_of(service, wanted.exhibit)
        if present is not None and present["sha256"] == sha256:
            return False
        if path.stat().st_size > PART:
            sending = upload(service, path, wanted.exhibit, parallel=1, follow=False, report=_silent, sha256=sha256)
            return not sending.was_there
        service.ask("PUT", f"/v1/exhibits/{wanted.exhibit}/model", path.read_bytes())
        return True


def _waited_for(service: Service, import_id: str, report: Report) -> dict[str, Any]:
    while True:
        seen: dict[str, Any] = service.ask("GET", f"{IMPORTS}/{import_id}")
        work = seen.get("processing") or {}
        if seen["state"] not in AT_WORK:
            return seen
        if work.get("state") == "failed":
            raise ExhibitError(f"the service could not do it: {work.get('error')}; run the same command again")
        report(work.get("step") or "waits for a worker", work.get("done") or 0, work.get("total") or 1)
        time.sleep(LOOK_SECONDS)


def _silent(what: str, done: int, total: int) -> None:
    """Of one model among many, nothing is told."""


def default_template(path: Path | None) -> Path:
    """Where the template is written, which must not be there yet. Raises Rejected."""
    chosen = path or Path("collection.xlsx")
    if chosen.exists():
        raise Rejected(f"{chosen} is there already; name another file: exhibit import --template FILE.xlsx")
    return chosen
