"""Publishing as a hall grows: `uv run python bench/publish.py [--sizes 10 100 1000]`.

Composes and publishes halls of 10, 100 and 1,000 exhibits with placards (embedded database and store, in process): seconds for lint,
compose and publish, peak memory, and each as a ratio to the hall before, divided by the growth of the hall. 1.0 is linear.
"""

import argparse
import hashlib
import struct
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from exhibit_api.accounts.roles import COMMAND_LINE
from exhibit_api.assets import upload
from exhibit_api.assets.gate import check_now
from exhibit_api.catalogue.describe import describe
from exhibit_api.catalogue.schemas import ExhibitBody, OrganisationBody
from exhibit_api.db import now, transaction
from exhibit_api.editions.compose import compose
from exhibit_api.editions.manifest import EditionStamp
from exhibit_api.editions.publish import publish
from exhibit_api.editions.schema import schema_resource
from exhibit_api.guards import Guard
from exhibit_api.halls import arrange
from exhibit_api.halls.draft import read_draft
from exhibit_api.halls.lint import lint
from exhibit_api.halls.schemas import ExhibitionBody, HallBody, PlacardBody, PlacementBody
from exhibit_api.instance import close_site, open_site
from exhibit_api.profiles import Budgets, PhoneLimits
from exhibit_api.settings import Settings
from exhibit_api.web.deps import Site
from exhibit_api.web.uploads import Received

NEW = Guard()
SPACING = 3
LANGUAGES = ("zh-Hans", "en")
BUDGETS = Budgets(webxr_mobile=PhoneLimits(visible_draw_calls=1_000_000))
"""The halls here have no zones, so that all their exhibits count as visible at once."""


def words(text: str) -> dict[str, str]:
    """A text in both languages."""
    return {"zh-Hans": f"展品{text}", "en": f"Exhibit {text}"}


def model(salt: int) -> bytes:
    """A small GLB that no other is like."""
    document = (
        '{"asset":{"version":"2.0","extras":SALT},"buffers":[{"byteLength":36}],"bufferViews":[{"buffer":0,"byteLength":36}],'
        '"accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[1,1,0]}],'
        '"meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],"nodes":[{"mesh":0}],"scenes":[{"nodes":[0]}],"scene":0}'
    ).replace("SALT", str(salt))
    text = document.encode() + b" " * (-len(document) % 4)
    body = struct.pack("<9f", 0, 0, 0, 1, 0, 0, 0, 1, 0)
    head = struct.pack("<4sIIII", b"glTF", 2, 28 + len(text) + len(body), len(text), 0x4E4F534A)
    return head + text + struct.pack("<II", len(body), 0x004E4942) + body


def furnish(site: Site, hall: str, size: int) -> None:
    """A hall with so many exhibits, each with its own model and placard."""
    side = int(size**0.5) + 1
    edge = side * SPACING + 4
    with transaction(site.sessions) as session:
        body = HallBody.model_validate(
            {
                "organisation": "bench",
                "exhibition": "bench",
                "label": words(hall),
                "space": {
                    "floor": [[-4, -4], [edge, -4], [edge, edge], [-4, edge]],
                    "spawn": {"translation": [-3, 0, -3]},
                },
            }
        )
        arrange.write_hall(session, COMMAND_LINE, slug=hall, body=body, guard=NEW)
    masters: list[str] = []
    for i in range(size):
        slug, x, z = f"{hall}-{i}", i % side * SPACING, i // side * SPACING
        with transaction(site.sessions) as session:
            exhibit = ExhibitBody(organisation="bench", label=words(slug), alt=words(slug))
            describe(session, COMMAND_LINE, slug=slug, body=exhibit, guard=NEW)
        data = model(size * 10_000 + i)
        received = Received(len(data), hashlib.sha256(data).hexdigest())
        with site.store.stage() as staged:
            staged.write(data)
            report = upload.examine(staged, received)
            upload.keep(site.store, staged, received)
        upload.portray(
            site.sessions, COMMAND_LINE, exhibit=slug, received=received, report=report, settings=site.settings
        )
        masters.append(received.sha256)
        with transaction(site.sessions) as session:
            placement = PlacementBody.model_validate({"exhibit": slug, "translation": [x, 0, z]})
            arrange.place(session, COMMAND_LINE, hall=hall, placement=slug, body=placement, guard=NEW)
            placard = PlacardBody.model_validate(
                {"exhibit": slug, "label": words(slug), "pose": {"translation": [x + 0.5, 1.4, z + 0.6]}}
            )
            arrange.write_placard(session, COMMAND_LINE, hall=hall, placard=slug, body=placard, guard=NEW)
    check_now(site, masters)


def measured(site: Site, hall: str) -> dict[str, float]:
    """Seconds of each step, and the peak of what Python allocated meanwhile, in MiB."""
    found = {}
    with transaction(site.sessions, reads_only=True) as session:
        begun = time.perf_counter()
        draft = read_draft(session, hall)
        found["read s"] = time.perf_counter() - begun
    begun = time.perf_counter()
    lint(draft, LANGUAGES, now().date(), BUDGETS)
    found["lint s"] = time.perf_counter() - begun
    begun = time.perf_counter()
    stamp = EditionStamp(number=1, published_at=now())
    compose(draft, stamp, schema_resource("hall-manifest"), now().date(), BUDGETS).to_bytes()
    found["compose s"] = time.perf_counter() - begun
    tracemalloc.start()
    publish(site.sessions, site.store, COMMAND_LINE, hall, required_languages=LANGUAGES, budgets=BUDGETS)
    found["peak MiB"] = tracemalloc.get_traced_memory()[1] / (1 << 20)
    tracemalloc.stop()
    return found


def timed_publish(site: Site, hall: str) -> float:
    """Seconds of a publication whose number is new and whose blobs are there, as after a small change."""
    with transaction(site.sessions) as session:
        body = HallBody.of(arrange.hall_named(session, hall).document)
        changed = body.model_copy(update={"label": words(f"{hall} again")})
        arrange.write_hall(session, COMMAND_LINE, slug=hall, body=changed, guard=Guard(match="*"))
    begun = time.perf_counter()
    publish(site.sessions, site.store, COMMAND_LINE, hall, required_languages=LANGUAGES, budgets=BUDGETS)
    return time.perf_counter() - begun


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000])
    sizes = parser.parse_args().sizes
    with tempfile.TemporaryDirectory() as folder:
        site = open_site(Settings(data=Path(folder)))
        with transaction(site.sessions) as session:
            organisation = OrganisationBody(label=words("bench"))
            describe(session, COMMAND_LINE, slug="bench", body=organisation, guard=NEW)
            exhibition = ExhibitionBody(organisation="bench", label=words("bench"))
            arrange.write_exhibition(session, COMMAND_LINE, slug="bench", body=exhibition, guard=NEW)
        before: dict[str, float] = {}
        for i, size in enumerate(sizes):
            hall = f"hall-{size}"
            furnish(site, hall, size)
            found = measured(site, hall) | {"publish s": timed_publish(site, hall)}
            growth = size / sizes[i - 1] if i else 1
            cells = [
                f"{name} {value:.3f}" + (f" ({value / before[name] / growth:.2f} × linear)" if before.get(name) else "")
                for name, value in found.items()
            ]
            print(f"{size:>6} exhibits  " + "  ".join(cells))
            before = found
        close_site(site)


if __name__ == "__main__":
    main()
