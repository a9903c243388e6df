"""Many who send models in parts at once, each over a line of its own speed: the load of `bench/large_uploads.py`, in a process of its own.

    python -m bench.trickle ADDRESS TOKEN UPLOADS BYTES_A_SECOND

Prints "sending" once all have begun. Each upload goes on until the process ends, and begins anew where it is done. 0 is as fast as can be.
"""

import http.client
import json
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

PART = 16 << 20
PARTS = 4
SPOON = 64 << 10
BLOCK = bytes(range(256)) * (SPOON // 256)


def main(address: str, token: str, uploads: str, speed: str) -> None:
    """Send until killed."""
    begun = threading.Barrier(int(uploads) + 1)
    for number in range(int(uploads)):
        arguments = (address, token, f"bench-{number}", float(speed), begun)
        threading.Thread(target=send_for_ever, args=arguments, daemon=True).start()
    begun.wait()
    print("sending", flush=True)
    threading.Event().wait()


def send_for_ever(address: str, token: str, exhibit: str, speed: float, begun: threading.Barrier) -> None:
    """One upload after the other, none of which is completed."""
    is_first = True
    while True:
        about = {"exhibit": exhibit, "size": PARTS * PART, "partSize": PART}
        upload = ask(address, token, "POST", "/v1/uploads/multipart", {"filename": "bench.glb", "metadata": about})
        for number in range(1, PARTS + 1):
            url = ask(address, token, "GET", f"/v1/uploads/multipart/{upload['uploadId']}/{number}")["url"]
            if is_first:
                begun.wait()
                is_first = False
            put(url, speed)
        ask(address, token, "DELETE", f"/v1/uploads/multipart/{upload['uploadId']}")


def ask(address: str, token: str, method: str, path: str, body: Any = None) -> Any:
    """A request to the service, over a line of its own; the JSON of the answer."""
    service = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    service.request(method, path, None if body is None else json.dumps(body), headers)
    answer = service.getresponse()
    told = answer.read()
    service.close()
    if answer.status >= 300:
        raise SystemExit(f"{method} {path}: {answer.status} {told[:300]!r}")
    return json.loads(told or b"null")


def put(url: str, speed: float) -> None:
    """One part, at so many bytes a second."""
    place = urlsplit(url)
    line = http.client.HTTPConnection(place.netloc, timeout=120)
    line.request("PUT", f"{place.path}?{place.query}", spoons(speed), {"Content-Length": str(PART)})
    answer = line.getresponse()
    answer.read()
    line.close()
    if answer.status != 200:
        raise SystemExit(f"PUT {place.path}: {answer.status}")


def spoons(speed: float) -> Iterator[bytes]:
    """The bytes of a part, no sooner than the line has room for them."""
    began = time.monotonic()
    for done in range(0, PART, SPOON):
        if speed:
            time.sleep(max(0.0, began + done / speed - time.monotonic()))
        yield BLOCK


if __name__ == "__main__":
    main(*sys.argv[1:])
