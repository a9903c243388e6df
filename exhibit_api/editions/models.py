"""What a manifest tells of an exhibit's model, in all its forms, of its pictures, and of its sounds."""

from pydantic import Field

from exhibit_api.editions.parts import Count, Id, Published, Resource
from exhibit_api.profiles import Profile
from exhibit_api.text import LanguageMap, LanguageTag


class AnimationOut(Published):
    """A clip in the model."""

    name: str
    seconds: float


class Variant(Resource):
    """One form of a model, for one profile of devices, with what it costs to show. For `fallback-2d` it is a picture and costs nothing."""

    profile: Profile
    triangles: Count
    vertices: Count
    draw_calls: Count
    materials: Count
    textures: Count
    max_texture_size: Count
    texture_bytes: Count = Field(description="On the GPU, mipmaps included")
    extensions_required: tuple[str, ...]
    animations: tuple[AnimationOut, ...]
    static: bool | None = Field(None, description="True where skins or morph targets stand still in it")


class Lod(Variant):
    """The model in less detail, to show from afar."""

    level: int = Field(ge=1, description="Grows as the detail shrinks")


class ModelOut(Published):
    """The model of an exhibit. There is always a `master`; a client takes its own profile, else `master`."""

    variants: tuple[Variant, ...] = Field(description="At most one a profile")
    lods: tuple[Lod, ...] = Field((), description="Levels of less detail, the finest first")
    animations: tuple[AnimationOut, ...]


class Media(Resource):
    """A picture, sound or film with its words."""

    label: LanguageMap | None = None
    alt: LanguageMap | None = None


class Captions(Resource):
    """What is heard in a sound, line by line with its times: WebVTT (`text/vtt`)."""

    language: LanguageTag


class Sound(Media):
    """A sound of an exhibit, with its words for those who cannot hear it."""

    id: Id | None = None
    language: LanguageTag | None = Field(None, description="What is spoken; absent where nobody speaks")
    transcript: LanguageMap | None = Field(None, description="All that is said and heard, as plain text")
    captions: tuple[Captions, ...] = Field((), description="By language; at most one for each")


class Picture(Resource):
    """A picture of an exhibit in one size."""

    width: int = Field(gt=0, description="Pixels")
    height: int = Field(gt=0, description="Pixels")
    transparent: bool = Field(description="It has no ground, so that it can lie on anything")
