"""Builds halls as plain objects: a good hall, and what stands and hangs in it, so that a test changes the one thing it is about.

The good hall is 10 m × 8 m around the origin, 4 m high, with walls around it, a door in the wall at +Z, and the spawn inside the door.
"""

import datetime
import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from exhibit_api.assets.schemas import Box, MeasuresOut, VariantOut
from exhibit_api.assets.sounds.schemas import CaptionsOut, SoundOut
from exhibit_api.assets.tables import GLB, State
from exhibit_api.catalogue.schemas import BODIES, Body, ExhibitBody
from exhibit_api.halls.draft import HallDraft, Model, Standing
from exhibit_api.halls.schemas import ExhibitionBody, HallBody, PlacardBody, PlacementBody
from exhibit_api.halls.space import Space
from exhibit_api.pipeline.outcome import USDZ, WEBP

Vector = tuple[float, float, float]
Corners = tuple[Vector, Vector]

CUBE: Corners = ((-0.5, 0.0, -0.5), (0.5, 1.0, 0.5))
"""A metre high, standing on its origin."""
RIGHTS = "http://creativecommons.org/licenses/by/4.0/"
OWNER = "shanghai-federation"


def words(en: str, zh: str = "展品") -> dict[str, str]:
    return {"zh-Hans": zh, "en": en}


def floor(width: float, depth: float, at: tuple[float, float] = (0.0, 0.0)) -> tuple[tuple[float, float], ...]:
    """A rectangle of [x, z] corners around a point."""
    x, z = at
    w, d = width / 2, depth / 2
    return ((x - w, z - d), (x + w, z - d), (x + w, z + d), (x - w, z + d))


def wall(
    start: tuple[float, float], end: tuple[float, float], *openings: dict[str, float], **parts: Any
) -> dict[str, Any]:
    return {"start": start, "end": end, "openings": openings, **parts}


def space(**parts: Any) -> Space:
    """The good hall's room; parts replace its own."""
    good: dict[str, Any] = {
        "floor": floor(10, 8),
        "height": 4.0,
        "walls": (
            wall((-5, -4), (5, -4)),
            wall((5, -4), (5, 4)),
            wall((5, 4), (-5, 4), {"start": 4.0, "end": 6.0}),
            wall((-5, 4), (-5, -4)),
        ),
        "spawn": {"translation": (0, 0, 3)},
    }
    return Space.model_validate(good | parts)


def turned(degrees: float) -> tuple[float, float, float, float]:
    """The quaternion that turns about the vertical, counter-clockwise seen from above: 90 takes +Z to +X."""
    half = math.radians(degrees) / 2
    return (0.0, math.sin(half), 0.0, math.cos(half))


def exhibit(slug: str = "loom", **parts: Any) -> ExhibitBody:
    good = {
        "organisation": OWNER,
        "label": words(f"The {slug}"),
        "alt": words(f"How the {slug} looks"),
        "rights": RIGHTS,
    }
    return ExhibitBody.model_validate(good | parts)


def measured(box: Corners | None = CUBE, **counts: int) -> MeasuresOut:
    """The measures of a model of one triangle; counts replace its own."""
    names = ("triangles", "vertices", "draw_calls", "materials", "textures")
    names += ("max_texture_size", "texture_bytes", "geometry_bytes", "nodes", "skins")
    return MeasuresOut(
        **dict.fromkeys(names, 1) | counts,
        animations=(),
        extensions_used=(),
        extensions_required=(),
        bounds=Box(min=box[0], max=box[1]) if box else None,
    )


def model(box: Corners | None = CUBE, state: State = State.READY) -> Model:
    return Model("ab" * 32, 1000, GLB, state, measured(box))


def digest(text: str) -> str:
    """A SHA-256 to name a file by."""
    return hashlib.sha256(text.encode()).hexdigest()


def variant(name: str, sha256: str, size: int = 100, *, static: bool = False, **counts: int) -> VariantOut:
    """A model made from another one."""
    media_type = USDZ if name == "quick-look" else GLB
    measures = measured(**counts)
    return VariantOut(name=name, sha256=sha256, bytes=size, media_type=media_type, measures=measures, static=static)


def picture(name: str, sha256: str, width: int, *, transparent: bool = False, height: int | None = None) -> VariantOut:
    """A picture of an exhibit, rendered ("poster-512") or the curator's own ("picture-512")."""
    return VariantOut(
        name=name,
        sha256=sha256,
        bytes=width,
        media_type=WEBP,
        width=width,
        height=height or width,
        transparent=transparent,
    )


def posters(name: str = "loom") -> tuple[VariantOut, ...]:
    """The four pictures that are rendered of a model."""
    return tuple(
        picture(f"poster-{size}{ground}", digest(f"{name} {size}{ground}"), size, transparent=not ground)
        for size in (1024, 512)
        for ground in ("", "-ground")
    )


def sound(name: str = "beat", *captions: str, **parts: Any) -> SoundOut:
    """A sound of an exhibit, with captions in these languages."""
    day = datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC)
    good = {"url": "", "sha256": digest(name), "bytes": 5000, "media_type": "audio/mpeg", "revision": 1}
    texts = tuple(CaptionsOut(language=tag, sha256=digest(f"{name} {tag}"), bytes=80) for tag in captions)
    return SoundOut.model_validate(good | {"id": name, "captions": texts, "created_at": day, "updated_at": day} | parts)


def portrayed(one: Standing, *variants: VariantOut, **parts: Any) -> Standing:
    """The exhibit with a model of its own, from which these were made; parts are of the model."""
    assert one.model is not None
    own = {"sha256": digest(one.slug), "variants": variants, **parts}
    return replace(one, model=replace(one.model, **own))


def standing(
    slug: str,
    at: Vector = (0.0, 0.0, 0.0),
    box: Corners | None = CUBE,
    *,
    rotation: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 1.0),
    scale: float = 1.0,
    plinth: float | None = None,
    state: State = State.READY,
    has_model: bool = True,
    **parts: Any,
) -> Standing:
    """An exhibit that stands at a place; other parts are of the exhibit's own document."""
    placement = PlacementBody.model_validate(
        {"exhibit": slug, "translation": at, "rotation": rotation, "scale": scale, "plinth": plinth}
    )
    return Standing(slug, placement, exhibit(slug, **parts), model(box, state) if has_model else None)


def placard(
    slug: str = "about-loom",
    at: Vector = (0.0, 1.4, -3.85),
    *,
    rotation: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 1.0),
    **parts: Any,
) -> tuple[str, PlacardBody]:
    """A placard; where nothing else is said it hangs on the good hall's wall at −Z and faces the hall."""
    good = {"pose": {"translation": at, "rotation": rotation}, "label": words("About the loom", "织机简介")}
    return slug, PlacardBody.model_validate(good | parts)


def record(kind: str, **parts: Any) -> Body:
    """A record of the catalogue with an owner and a label; parts replace or add."""
    owner = {} if kind == "organisations" else {"organisation": OWNER}
    return BODIES[kind].model_validate({"label": words("A record", "记录")} | owner | parts)


def hall(
    *things: Standing | tuple[str, PlacardBody],
    room: Space | None = None,
    records: Mapping[str, Body] | None = None,
    halls: Sequence[str] = ("shanghai", "anhui"),
    **parts: Any,
) -> HallDraft:
    """A hall with exhibits and placards in it; parts are of the hall's own document."""
    good = {
        "exhibition": "delta",
        "organisation": OWNER,
        "label": words("Shanghai hall", "上海展厅"),
        "rights": RIGHTS,
        "space": room or space(),
    }
    standings = tuple(thing for thing in things if isinstance(thing, Standing))
    placards = tuple(thing for thing in things if not isinstance(thing, Standing))
    known: dict[str, Body] = {f"organisations/{OWNER}": record("organisations")}
    known |= {f"exhibits/{one.slug}": one.exhibit for one in standings}
    return HallDraft(
        slug="shanghai",
        body=HallBody.model_validate(good | parts),
        exhibition=ExhibitionBody(organisation=OWNER, label=words("The delta's craftsmen", "长三角工匠")),
        standing=standings,
        placards=placards,
        records=known | dict(records or {}),
        halls=frozenset(halls),
    )
