"""Which file shows an exhibit on which kind of device, and which pictures show it."""

from exhibit_api.assets.schemas import VariantOut
from exhibit_api.gltf.budget import Totals
from exhibit_api.halls.draft import Model, Standing
from exhibit_api.profiles import MASTER, PICTURE, Profile

POSTER = "poster-"
LEVELS = ("lod1", "lod2")
LARGE = 1024
"""Pixels of the longer side from which a picture fills a phone's screen."""


def file_of(one: Standing, profile: Profile) -> VariantOut | None:
    """The file that was made for the profile; of the master, itself. None where there is none."""
    if one.model is None:
        return None
    if profile == MASTER:
        return master_of(one.model)
    return poster_of(one) if profile == PICTURE else one.model.variant(profile)


def shown_by(one: Standing, profile: Profile) -> VariantOut | None:
    """The file that a device of the profile loads: its own, else the master. None of an exhibit without a model."""
    return file_of(one, profile) or file_of(one, MASTER)


def master_of(model: Model) -> VariantOut:
    """The master, told as its variants are."""
    return VariantOut(
        name=MASTER, sha256=model.sha256, bytes=model.bytes, media_type=model.media_type, measures=model.measures
    )


def levels_of(model: Model) -> tuple[tuple[int, VariantOut], ...]:
    """The levels of detail that there are, finest first, with their numbers."""
    found = ((level, model.variant(name)) for level, name in enumerate(LEVELS, 1))
    return tuple((level, file) for level, file in found if file is not None)


def pictures_of(one: Standing) -> tuple[VariantOut, ...]:
    """All pictures, the curator's own first, small ones first. With own ones, only what they lack is rendered: transparent ones."""
    rendered = [file for file in one.model.variants if file.name.startswith(POSTER)] if one.model else []
    wanted = [file for file in rendered if file.transparent or not one.pictures]
    return (*one.pictures, *sorted(wanted, key=lambda file: (file.transparent, file.width, file.name)))


def poster_of(one: Standing) -> VariantOut | None:
    """The picture to show in the model's place: the curator's own, else one on a ground; the smallest that fills a screen."""
    pictures = pictures_of(one)
    kinds = (one.pictures, [file for file in pictures if not file.transparent], pictures)
    fitting = next((kind for kind in kinds if kind), ())
    large = [file for file in fitting if max(file.width, file.height) >= LARGE]
    return min(large, key=_size) if large else max(fitting, key=_size, default=None)


def cost_of(file: VariantOut) -> Totals:
    """What one file costs to load and to show. A picture has no triangles."""
    if file.measures is None:
        return Totals(bytes=file.bytes)
    return Totals(file.bytes, file.measures.triangles, file.measures.draw_calls, file.measures.texture_bytes)


def _size(file: VariantOut) -> int:
    return max(file.width, file.height)
