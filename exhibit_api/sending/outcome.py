"""What comes of a file that was sent: looked at from time to time, until the service has nothing left to do on it."""

import time
from collections.abc import Callable, Iterator

from exhibit_api.errors import ExhibitError, Rejected
from exhibit_api.sending.begun import Told
from exhibit_api.sending.remote import Service

LOOK_SECONDS, LONGEST_LOOK_SECONDS = 0.5, 4.0
"""Between two looks at what the service does with a file: at first, and when it takes long."""
UNDER_WAY = ("queued", "running")

Report = Callable[[str, int, int], None]
"""Is told what is being done, and how many bytes or steps of how many are."""


def received(service: Service, upload: str, report: Report) -> Told:
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


def followed(service: Service, sha256: str, report: Report) -> Told:
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
