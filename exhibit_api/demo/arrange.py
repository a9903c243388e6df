"""From a designer's plan and the sizes of the models to a furnished hall."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from exhibit_api.demo.boards import boards_in, rail_of
from exhibit_api.demo.ground import ground_of, walls_of
from exhibit_api.demo.plan import Plan
from exhibit_api.demo.poses import metres, turned
from exhibit_api.demo.records import Records, read_records
from exhibit_api.demo.rooms import light, space_of
from exhibit_api.demo.stands import Bounds, Stand, in_row
from exhibit_api.errors import Rejected
from exhibit_api.gltf.report import inspect
from exhibit_api.halls.schemas import HallBody, PlacementBody
from exhibit_api.halls.space import Lighting, Pose


def arranged(plan: Plan, bounds: Mapping[str, Bounds], records: Records) -> dict[str, Any]:
    """The hall as JSON values: `slug`, `hall` (HallBody), `placements` and `placards` by id.

    `bounds` has for each exhibit the lowest and highest corner of its model in metres. Raises Rejected if something
    does not fit: an aisle under 0.9 m, an exhibit outside, a board that nobody can stand before.
    """
    stands = [stand for zone in plan.zones for row in zone.rows for stand in in_row(zone.id, row, bounds)]
    walls = walls_of(plan)
    ground = ground_of(plan, walls, stands)
    placards = {stand.exhibit: rail_of(stand, ground, records) for stand in stands}
    for row in plan.boards:
        placards |= boards_in(row, plan, ground, records)
    nearest_first = sorted(stands, key=lambda stand: math.dist(stand.middle, plan.spawn.at))
    hall = HallBody(
        exhibition=plan.exhibition,
        organisation=plan.organisation,
        label=plan.label,
        summary=plan.summary,
        rights=plan.rights,
        required_statement=plan.required_statement,
        space=space_of(plan, walls, stands, placards, ground, records),
        lighting=Lighting(environment=plan.environment, exposure=plan.exposure, lights=tuple(map(light, plan.lamps))),
        anchors=plan.anchors,
    )
    return {
        "slug": plan.slug,
        "hall": hall.plain(),
        "placements": {s.exhibit: _placement(s, len(stands) - nearest_first.index(s)).plain() for s in stands},
        "placards": {slug: placard.plain() for slug, placard in placards.items()},
    }


def write_halls(assets: Path, manifests: Path) -> None:
    """Arrange every hall that has a plan in `demo/plans/` around the models in `models/*.glb`, into `demo/halls/`."""
    records = read_records(manifests)
    bounds = {slug: _bounds_of(assets / "models" / f"{slug}.glb") for slug in records.exhibits}
    for plan in read_plans(manifests):
        write_hall(arranged(plan, bounds, records), manifests)


def read_plans(manifests: Path) -> list[Plan]:
    """The plans of the demo exhibition's halls, in order of their names."""
    return [
        Plan.of(json.loads(path.read_text(encoding="utf-8")))
        for path in sorted((manifests / "demo" / "plans").glob("*.json"))
    ]


def write_hall(hall: Mapping[str, Any], manifests: Path) -> None:
    """Write an arranged hall as `demo/halls/<slug>.json`."""
    path = manifests / "demo" / "halls" / f"{hall['slug']}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(hall, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _bounds_of(path: Path) -> Bounds:
    with path.open("rb") as file:
        bounds = inspect(file, path.stat().st_size).measures.bounds
    if bounds is None:
        raise Rejected(f"the model {path.name!r} has nothing to see")
    return bounds


def _placement(stand: Stand, priority: int) -> PlacementBody:
    return PlacementBody(
        exhibit=stand.exhibit,
        pose=Pose(
            translation=(metres(stand.origin[0]), metres(stand.lift), metres(stand.origin[1])),
            rotation=turned(stand.facing + stand.turn),
        ),
        zone=stand.zone,
        priority=priority,
        plinth=stand.plinth,
    )
