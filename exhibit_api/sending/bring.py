"""A collection brought to a service: checked there and here, written, and its models sent. Run again, only what is new is sent."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from exhibit_api.errors import ExhibitError, Rejected
from exhibit_api.importing.models import Missing, Wanted
from exhibit_api.importing.rows import Mistake
from exhibit_api.sending.gathered import Gathered
from exhibit_api.sending.parts import PART, digest_of
from exhibit_api.sending.remote import Refused, Service, Stopped, is_missing
from exhibit_api.sending.upload import Report, upload

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


@dataclass
class Brought:
    """What became of the models: sent, there already, passed over for their rows were not written, refused (with why)."""

    sent: int = 0
    there: int = 0
    passed: int = 0
    refused: list[Mistake] = field(default_factory=list)


def look(service: Service, collection: Gathered, organisation: str | None, report: Report) -> Found:
    """Have the tables checked by the service, and the models here. Raises Rejected, Refused, Unreachable."""
    mistakes, absent = list(collection.mistakes), Missing(collection.beside)
    for done, wanted in enumerate(collection.wanted):
        report("models", done, len(collection.wanted))
        if mistake := collection.look_into(wanted, absent):
            mistakes.append(mistake)
    name, data = collection.body
    query = {"filename": name, "models": "false"} | ({"organisation": organisation} if organisation else {})
    begun = service.ask("POST", f"{IMPORTS}?{urlencode(query)}", data)
    told = _waited_for(service, begun["id"], report)
    if told["state"] == "refused":
        raise Rejected(told["problem"]["detail"])
    theirs = [Mistake(one["cell"], one["detail"]) for one in told["report"]["mistakes"]]
    return Found(told, [*theirs, *mistakes])


def write(service: Service, found: Found, mode: str, report: Report) -> Found:
    """Have it written. Raises Rejected where nothing was."""
    service.ask("POST", f"{IMPORTS}/{found.told['id']}/apply", {"mode": mode})
    told = _waited_for(service, found.told["id"], report)
    if told["state"] != "done":
        raise Rejected((told.get("problem") or {}).get("detail") or f"the import is {told['state']}")
    known = {mistake.cell for mistake in found.mistakes}
    new = [Mistake(one["cell"], one["detail"]) for one in told["report"]["mistakes"] if one["cell"] not in known]
    return Found(told, [*found.mistakes, *new])


def forget(service: Service, found: Found) -> None:
    """Have the service forget an import that is not to be written."""
    service.ask("DELETE", f"{IMPORTS}/{found.told['id']}")


def send_models(service: Service, collection: Gathered, found: Found, *, parallel: int, report: Report) -> Brought:
    """Send the models of rows that were written, several at a time. Raises Unreachable, Stopped."""
    brought, left_out = Brought(), _lines(found.mistakes)
    held = {one["record"] for one in found.report["held"]}
    chosen: list[Wanted] = []
    for wanted in collection.wanted:
        if _line(wanted.cell) in left_out or f"exhibits/{wanted.exhibit}" in held:
            brought.passed += 1
        else:
            chosen.append(wanted)

    def send(wanted: Wanted) -> None:
        try:
            is_new = _sent(service, collection, wanted)
        except Stopped:
            raise
        except (Refused, Rejected) as error:
            brought.refused.append(Mistake(wanted.cell, f"{wanted.file}: {error.detail}"))
        else:
            brought.sent += is_new
            brought.there += not is_new
        report("send", brought.sent + brought.there + len(brought.refused), len(chosen))

    _all_of(service, send, chosen, parallel)
    return brought


def _all_of(service: Service, do: Callable[[Wanted], None], chosen: Sequence[Wanted], parallel: int) -> None:
    pool = ThreadPoolExecutor(parallel)
    try:
        for done in [pool.submit(do, wanted) for wanted in chosen]:
            done.result()
    except BaseException:
        service.stopped.set()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _sent(service: Service, collection: Gathered, wanted: Wanted) -> bool:
    """Whether the model had to be sent; it was not the exhibit's before."""
    with collection.model(wanted) as path:
        sha256 = digest_of(path, lambda _: None)
        if _present(service, wanted.exhibit) == sha256:
            return False
        if path.stat().st_size > PART:
            return not upload(service, path, wanted.exhibit, parallel=1, follow=False, report=_silent).was_there
        service.ask("PUT", f"/v1/exhibits/{wanted.exhibit}/model", path.read_bytes())
        return True


def _present(service: Service, exhibit: str) -> str | None:
    """The SHA-256 of the exhibit's model, if it has one."""
    try:
        found: str = service.ask("GET", f"/v1/exhibits/{exhibit}/model")["sha256"]
    except Refused as error:
        if not is_missing(error):
            raise
        return None
    return found


def _waited_for(service: Service, import_id: str, report: Report) -> dict[str, Any]:
    while True:
        told: dict[str, Any] = service.ask("GET", f"{IMPORTS}/{import_id}")
        work = told.get("processing") or {}
        if told["state"] not in AT_WORK:
            return told
        if work.get("state") == "failed":
            raise ExhibitError(f"the service could not do it: {work.get('error')}; run the same command again")
        report(work.get("step") or "waits for a worker", work.get("done") or 0, work.get("total") or 1)
        time.sleep(LOOK_SECONDS)


def _silent(what: str, done: int, total: int) -> None:
    """Of one model among many, nothing is told."""


def _line(cell: str) -> tuple[str, str]:
    """Sheet and line of a cell: all that stands there is one row."""
    sheet, _, place = cell.rpartition("!")
    return sheet, place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _lines(mistakes: Sequence[Mistake]) -> set[tuple[str, str]]:
    return {_line(mistake.cell) for mistake in mistakes}


def default_template(path: Path | None) -> Path:
    """Where the template is written, which must not be there yet. Raises Rejected."""
    chosen = path or Path("collection.xlsx")
    if chosen.exists():
        raise Rejected(f"{chosen} is there already; name another file: exhibit import --template FILE.xlsx")
    return chosen
