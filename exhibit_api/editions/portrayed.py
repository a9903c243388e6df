"""How an exhibit is portrayed in a manifest: its model in every form, its pictures, its sounds, and the files behind them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from exhibit_api.assets.schemas import VariantOut
from exhibit_api.assets.sounds.recognise import ENDINGS as SOUND_ENDINGS
from exhibit_api.assets.sounds.recognise import VTT
from exhibit_api.assets.sounds.schemas import SoundOut
from exhibit_api.assets.sounds.tables import sound_key
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
    for sound in one.sounds:
        yield Blob(_sound_key(sound.sha256, sound.media_type), sound_key(sound.sha256, sound.media_type), sound.bytes)
        for captions in sound.captions:
            yield Blob(_sound_key(captions.sha256, VTT), sound_key(captions.sha256, VTT), captions.bytes)


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


def sounds(one: Standing) -> tuple[out.Sound, ...]:
    """Its sounds with their words."""
    return tuple(_sound(one.slug, sound) for sound in one.sounds)


def _sound(exhibit: str, sound: SoundOut) -> out.Sound:
    captions = (
        out.Captions(**_sound_file(file.sha256, file.bytes, VTT), language=file.language) for file in sound.captions
    )
    return out.Sound(
        **_sound_file(sound.sha256, sound.bytes, sound.media_type),
        id=f"exhibits/{exhibit}/sounds/{sound.id}",
        label=sound.label,
        language=sound.language,
        transcript=sound.transcript,
        captions=tuple(captions),
    )


def _sound_key(sha256: str, media_type: str) -> str:
    return f"public/blobs/{sha256}.{SOUND_ENDINGS[media_type]}"


def _sound_file(sha256: str, size: int, media_type: str) -> dict[str, Any]:
    url = f"../{_sound_key(sha256, media_type).removeprefix('public/')}"
    return {"url": url, "sha256": sha256, "bytes": size, "media_type": media_type}


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
