"""A hall's manifest for one kind of device: the same document with that profile's variants only."""

from typing import Any

import orjson

from exhibit_api.documents import canonical_bytes
from exhibit_api.errors import Fault, Rejected
from exhibit_api.profiles import MASTER, PROFILES, WALKED

__all__ = ["MASTER", "PROFILES", "checked_profile", "for_profile"]


def checked_profile(profile: str) -> str:
    """The profile itself. Raises Rejected, naming those that there are."""
    if profile not in PROFILES:
        detail = f"{profile[:80]!r} is no profile; there are {', '.join(PROFILES)}"
        raise Rejected(detail, faults=(Fault("?profile", detail),))
    return profile


def for_profile(manifest: bytes, profile: str) -> bytes:
    """The manifest with the variants, the load plan and the budget of one profile.

    A model without a variant of the profile keeps its master, so that no exhibit is lost; so do plan and budget. Levels of detail
    are kept for those who walk through the hall.
    """
    document = orjson.loads(manifest)
    for exhibit in document.get("exhibits", ()):
        _narrow(exhibit.get("model"), profile)
    for part in ("loadPlan", "budget"):
        if part in document:
            document[part] = _of_profile(document[part], profile)
    return canonical_bytes(document)


def _narrow(model: Any, profile: str) -> None:
    if isinstance(model, dict) and "variants" in model:
        variants = model["variants"]
        fitting = [variant for variant in variants if variant["profile"] == profile]
        model["variants"] = fitting or [variant for variant in variants if variant["profile"] == MASTER]
        if "lods" in model and profile not in WALKED:
            model["lods"] = []


def _of_profile(by_profile: dict[str, Any], profile: str) -> dict[str, Any]:
    kept = profile if profile in by_profile else MASTER
    return {name: value for name, value in by_profile.items() if name == kept}
