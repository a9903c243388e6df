"""An upload of 10,000 parts into a folder: `uv run python -m bench.parts [--parts 10000] [--bytes 4096]`.

The verbs behind the addresses, in process: each part is signed, taken in (with fsync) and counted; then all are listed, the upload is
completed, and the job joins, hashes and examines the whole. Prints seconds, and how much longer the last tenth of the parts took than the
first: 1.0 is linear.
"""

import argparse
import itertools
import struct
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from exhibit_api.accounts.roles import COMMAND_LINE
from exhibit_api.assets.uploads import send, sign
from exhibit_api.assets.uploads.count import enter_part
from exhibit_api.assets.uploads.send import RECEIVE
from exhibit_api.assets.uploads.senders import Sender
from exhibit_api.assets.work import handlers
from exhibit_api.catalogue.describe import describe
from exhibit_api.catalogue.schemas import ExhibitBody, OrganisationBody
from exhibit_api.db import transaction
from exhibit_api.guards import Guard
from exhibit_api.instance import close_site, open_site
from exhibit_api.jobs.worker import run_due
from exhibit_api.settings import Settings
from exhibit_api.web.site import Site

Told = TypeVar("Told")
LABEL = {"zh-Hans": "台架", "en": "Bench"}
ME = Sender(COMMAND_LINE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", type=int, default=10_000)
    parser.add_argument("--bytes", type=int, default=4096)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = open_site(Settings(data=Path(folder)), migrating=True)
        measure(site, chosen.parts, chosen.bytes)
        close_site(site)


def measure(site: Site, parts: int, size: int) -> None:
    """Send, list, complete and receive; a line for each."""
    with transaction(site.sessions) as session:
        describe(session, COMMAND_LINE, slug="bench", body=OrganisationBody(label=LABEL), guard=Guard(None, None))
        describe(
            session,
            COMMAND_LINE,
            slug="bench",
            body=ExhibitBody(organisation="bench", label=LABEL),
            guard=Guard(None, None),
        )
    whole = parts * size
    row = send.begin(site, COMMAND_LINE, exhibit="bench", filename="a.glb", size=whole, part_size=size)
    head = glb_head(whole)
    began, marks = time.perf_counter(), [0.0]
    for number in range(1, parts + 1):
        send_part(site, row.id, str(row.handle), number, (head if number == 1 else b"").ljust(size, b"\0"))
        if number % (parts // 10) == 0:
            marks.append(time.perf_counter() - began)
    tenths = [after - before for before, after in itertools.pairwise(marks)]
    print(
        f"{parts} parts of {size} bytes: {marks[-1]:.1f} s; the last tenth took {tenths[-1] / tenths[0]:.2f} x the first"
    )
    listed = timed("listed", lambda: send.parts_of(site, ME, row.id))
    etags = [(part.number, part.etag) for part in listed]
    timed("completed", lambda: send.complete(site, ME, row.id, etags))
    timed("received", lambda: run_due(site.sessions, handlers(site), [RECEIVE]))
    with transaction(site.sessions, reads_only=True) as session:
        state = session.get_one(type(row), row.id).state
    print(f"the upload is {state}")


def send_part(site: Site, upload: str, handle: str, number: int, data: bytes) -> None:
    """As the address of a part does it."""
    sign.sign(site, ME, upload, number, "http://bench")
    with site.store.multipart.take(handle, number) as sink:
        sink.write(data)
        sink.sync()
        with transaction(site.sessions) as session:
            enter_part(session, site, upload, received=len(data), replaced=sink.replaces)
            sink.keep(f"{number:032x}")


def timed(what: str, work: Callable[[], Told]) -> Told:
    """Do it, and print how long it took."""
    began = time.perf_counter()
    told = work()
    print(f"{what}: {time.perf_counter() - began:.2f} s", flush=True)
    return told


def glb_head(whole: int) -> bytes:
    """The beginning of a GLB of so many bytes: one triangle, and a long buffer of zeros."""
    length = whole - 1024
    document = (
        b'{"asset":{"version":"2.0"},"buffers":[{"byteLength":%d}],"bufferViews":[{"buffer":0,"byteLength":36}],'
        b'"accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[0,0,0]}],'
        b'"meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],"nodes":[{"mesh":0}],"scenes":[{"nodes":[0]}],"scene":0}'
    ) % length
    document = document.ljust(1024 - 28)
    head = struct.pack("<4sIIII", b"glTF", 2, whole, len(document), 0x4E4F534A)
    return head + document + struct.pack("<II", length, 0x004E4942)


if __name__ == "__main__":
    main()
