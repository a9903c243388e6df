"""Models that pass our own checks, and in which the Khronos validator finds errors."""

from tests.gltf.building import box_model, glb

METALLIC, LYING = "VALUE_NOT_IN_RANGE", "ACCESSOR_MAX_MISMATCH"


def too_metallic(size: tuple[float, float, float] = (1, 1, 1)) -> bytes:
    """A box whose material is more metallic than metal: an error that no rewriting mends."""
    json, data = box_model(size)
    json["materials"][0]["pbrMetallicRoughness"]["metallicFactor"] = 1.5
    return glb(json, data)


def lying() -> bytes:
    """A box that claims to be larger than it is: an error that a rewriting mends."""
    json, data = box_model()
    json["accessors"][0]["max"] = [0.75, 1.5, 0.75]
    return glb(json, data)


def lying_and_too_metallic() -> bytes:
    """A box with both errors."""
    json, data = box_model()
    json["accessors"][0]["max"] = [0.75, 1.5, 0.75]
    json["materials"][0]["pbrMetallicRoughness"]["metallicFactor"] = 1.5
    return glb(json, data)
