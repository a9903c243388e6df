"""Profiles: the kinds of devices that a hall is made for, and what it may cost each of them. docs/decisions/budgets.md says why."""

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

Profile = Literal["master", "webxr-high", "webxr-mobile", "scene-viewer", "quick-look", "mini-program", "fallback-2d"]
PROFILES: tuple[Profile, ...] = get_args(Profile)
MASTER: Profile = "master"
"""The file as its maker sent it: what a profile takes that has no file of its own."""
PICTURE: Profile = "fallback-2d"
"""The profile that is shown a picture, and no model."""
WALKED: tuple[Profile, ...] = ("webxr-high", "webxr-mobile")
"""The profiles in which a visitor walks through the hall, so that what is far away is shown in less detail."""

Most = Annotated[int, Field(gt=0, lt=1 << 53)] | None


class _Named(BaseModel):
    """A JSON object that refuses a member it does not know by its name."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, serialize_by_alias=True)

    @model_validator(mode="before")
    @classmethod
    def _known(cls, value: Any) -> Any:
        if isinstance(value, dict):
            names = [field.alias for field in cls.model_fields.values()]
            unknown = [name for name in value if name not in names and name not in cls.model_fields]
            if unknown:
                raise ValueError(f"{unknown[0]!r} is none of {', '.join(map(str, names))}")
        return value


class Limits(_Named):
    """The most that a hall may cost in one profile. A limit that is None is none.

    What is visible is what stands in one step of the load plan: the first view, a zone, or what stands in no zone. The last two
    are held to `zone_bytes`.
    """

    model_config = ConfigDict(alias_generator=to_camel)

    exhibit_bytes: Most = None
    first_view_bytes: Most = None
    zone_bytes: Most = None
    hall_bytes: Most = None
    visible_triangles: Most = None
    visible_draw_calls: Most = None
    hall_texture_bytes: Most = None

    def plain(self) -> dict[str, int]:
        """The limits that there are, as JSON."""
        return self.model_dump(exclude_none=True)


class PhoneLimits(Limits):
    """What a phone bears in a browser: a first view in seconds on 4G, steady frames, no reload for want of memory."""

    first_view_bytes: Most = 5_000_000
    zone_bytes: Most = 15_000_000
    hall_bytes: Most = 60_000_000
    visible_triangles: Most = 300_000
    visible_draw_calls: Most = 200
    hall_texture_bytes: Most = 192 << 20


class ViewerLimits(Limits):
    """What Android's Scene Viewer opens: one exhibit at a time."""

    exhibit_bytes: Most = 10_000_000


class Budgets(_Named):
    """Limits by profile, as JSON: `{"webxr-mobile": {"hallBytes": 80000000}, "scene-viewer": null}`. None: no limits."""

    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", "-"))

    master: Limits | None = None
    webxr_high: Limits | None = None
    webxr_mobile: PhoneLimits | None = PhoneLimits()
    scene_viewer: ViewerLimits | None = ViewerLimits()
    quick_look: Limits | None = None
    mini_program: Limits | None = None
    fallback_2d: Limits | None = None

    def of_profile(self, profile: Profile) -> Limits | None:
        """The limits of one profile."""
        limits: Limits | None = getattr(self, profile.replace("-", "_"))
        return limits


DEFAULT_BUDGETS = Budgets()
