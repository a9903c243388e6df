"""How an exhibit is portrayed in a manifest: its model in every form, its pictures, and the files behind them."""

from collections.abc import Iterator
from dataclasses import dataclass

from exhibit_api.assets.schemas import VariantOut
from exhibit_api.assets.tables import master_key, variant_key
from exhibit_api.editions import models as out
from exhibit_api.halls.draft import Standing
from exhibit_api.halls.portrayal import file_of, levels_of, master_of, pictures_of, poster_of
from exhibit_api.pipeline.outcome import ENDINGS
from exhibit_api.profiles import PROFILES, Profile

LEVELS_FOR: Profile = "webxr-mobile"
COUNTS = ("triangles", "vertices", "draw_calls", "materials", "textures", "max_texture_size", "texture_bytes")


@dataclass(frozen=True, order=True)
class Blob:
    """A file that the edition needs: its key in the public tree, and the vault's key that it is copied from."""

    key: str
    source: str
    bytes: int


def blobs(one: Standing) -> Iterator[Blob]:
    """All files that the manifest names for an exhibit. A variant that is the master is the master's file."""
    assert one.model is not None, f"{one.slug} has no model: lint comes before"
    files = [file for profile in PROFILES if (file := file_of(one, profile))]
    for file in (*files, *(level for _, level in levels_of(one.model)), *pictures_of(one)):
        is_master = file.sha256 == one.model.sha256
        source = master_key(file.sha256) if is_master else variant_key(file.sha256, file.media_type)
        yield Blob(_key(file), source, file.bytes)


def model(one: Standing) -> out.ModelOut:
    """The model in all its forms: one for each profile that has its own, in the profiles' order, and levels of detail."""
    assert one.model is not None, f"{one.slug} has no model: lint comes before"
    variants = [out.Variant(profile=profile, **_told(file)) for profile in PROFILES if (file := file_of(one, profile))]
    lods = [out.Lod(profile=LEVELS_FOR, level=level, **_told(file)) for level, file in levels_of(one.model)]
    animations = _told(master_of(one.model))["animations"]
    return out.ModelOut(variants=tuple(variants), lods=tuple(lods), animations=animations)


def poster(one: Standing) -> out.Media | None:
    """The picture to show in the model's place."""
    file = poster_of(one)
    return out.Media(**_resource(file), alt=one.exhibit.alt) if file else None


def pictures(one: Standing) -> tuple[out.Picture, ...]:
    """Its pictures in all sizes."""
    return tuple(
        out.Picture(**_resource(file), width=file.width, height=file.height, transparent=file.transparent)
        for file in pictures_of(one)
    )


def _key(file: VariantOut) -> str:
    return f"public/blobs/{file.sha256}.{ENDINGS[file.media_type]}"


def _resource(file: VariantOut) -> dict[str, object]:
    url = f"../{_key(file).removeprefix('public/')}"
    return {"url": url, "sha256": file.sha256, "bytes": file.bytes, "media_type": file.media_type}


def _told(file: VariantOut) -> dict[str, object]:
    """A file and what it costs; a picture costs nothing to show."""
    measures = file.measures
    return {
        **_resource(file),
        **{name: getattr(measures, name, 0) for name in COUNTS},
        "extensions_required": measures.extensions_required if measures else (),
        "animations": tuple(out.AnimationOut(name=clip.name, seconds=clip.seconds) for clip in measures.animations)
        if measures
        else (),
        "static": True if file.static else None,
    }
