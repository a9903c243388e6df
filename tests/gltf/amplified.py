"""Small files that stand for very much: whoever unpacks, checks or shows them would never come to an end."""

from collections.abc import Callable

from tests.gltf.building import Bin, Json, Model, box_model, chain_model, document, flat_model, glb


def zeros(json: Json, kind: str, count: int) -> int:
    """The index of a new accessor of floats that takes no bytes of the file, as the specification allows."""
    json["accessors"].append({"componentType": 5126, "count": count, "type": kind, "min": [0] * 3, "max": [0] * 3})
    if kind != "VEC3":
        del json["accessors"][-1]["min"], json["accessors"][-1]["max"]
    return len(json["accessors"]) - 1


def shared_view(accessors: int) -> Model:
    """Accessors that all unpack one view."""
    bin_ = Bin()
    one = bin_.floats("VEC3", [(0.0, 0.0, 0.0)] * 10_000)
    bin_.accessors *= accessors
    return bin_.model(meshes=[{"primitives": [{"attributes": {"POSITION": one}}]}])


def shared_positions(primitives: int, *, count: int = 1_000_000) -> Model:
    """A box, and a mesh that nobody shows, whose parts all have the same positions and indices."""
    json, data = box_model()
    attributes = {"POSITION": zeros(json, "VEC3", count)}
    part = {"attributes": attributes, "indices": zeros(json, "SCALAR", count), "material": 0}
    json["meshes"].append({"primitives": [part] * primitives})
    return json, data


def shared_targets(targets: int) -> Model:
    """A box, and a mesh that nobody shows, with equal morph targets."""
    json, data = box_model()
    one = zeros(json, "VEC3", 1_000_000)
    json["meshes"].append({"primitives": [{"attributes": {"POSITION": one}, "targets": [{"POSITION": one}] * targets}]})
    return json, data


def shared_tracks(samplers: int) -> Model:
    """Boxes that all move on one long track."""
    json, data = box_model()
    sampler = {"input": zeros(json, "SCALAR", 100_000), "output": zeros(json, "VEC3", 100_000)}
    json["nodes"] = [{"mesh": 0} for _ in range(samplers)]
    json["scenes"] = [{"nodes": list(range(samplers))}]
    channels = [{"sampler": at, "target": {"node": at, "path": "translation"}} for at in range(samplers)]
    json["animations"] = [{"samplers": [sampler] * samplers, "channels": channels}]
    return json, data


def shared_matrices(skins: int) -> Model:
    json, data = box_model()
    json["skins"] = [{"joints": [0], "inverseBindMatrices": zeros(json, "MAT4", 100_000)}] * skins
    return json, data


def instanced(count: int, nodes: int = 1) -> Model:
    """Boxes that nodes show so many times each, all in one place."""
    json, data = box_model(instances=[(0.0, 0.0, 0.0)])
    del json["accessors"][3]["bufferView"]
    json["accessors"][3]["count"] = count
    json["nodes"] *= nodes
    json["scenes"] = [{"nodes": list(range(nodes))}]
    return json, data


def of(build: Callable[[], Model]) -> Callable[[], bytes]:
    return lambda: glb(*build())


def made(json: Callable[[], Json]) -> Callable[[], bytes]:
    return lambda: glb(json())


AMPLIFIED: dict[str, tuple[Callable[[], bytes], str]] = {
    "5,000 accessors of one view": (of(lambda: shared_view(5_000)), "/accessors unpack to 600000000 bytes; at most"),
    "zeros without bytes": (
        made(lambda: document(accessors=[{"type": "VEC3", "componentType": 5126, "count": 300_000_000}])),
        "/accessors unpack to 3600000000 bytes; at most 536870912 are taken",
    ),
    "2,000 parts of the same million": (
        of(lambda: shared_positions(2_000)),
        "/accessors are named 4003 times, which makes 32000000648 bytes of them; at most 8589934592 are taken",
    ),
    "2,000 morph targets of the same million": (
        of(lambda: shared_targets(2_000)),
        "/accessors are named 2004 times, which makes 24012000648 bytes of them",
    ),
    "20,000 samplers of the same track": (
        of(lambda: shared_tracks(20_000)),
        "/accessors are named 40003 times, which makes 32000000648 bytes of them",
    ),
    "2,000 skins of the same matrices": (
        of(lambda: shared_matrices(2_000)),
        "/accessors are named 2003 times, which makes 12800000648 bytes of them",
    ),
    "3,000 skins": (of(lambda: shared_matrices(3_000)), "/skins has 3000 entries; at most 2000 are taken"),
    "a million instances": (of(lambda: instanced(10**6)), "/nodes have 1000000 instances; at most 50000 are taken"),
    "instances by many nodes": (
        of(lambda: instanced(100, nodes=501)),
        "/nodes have 50100 instances; at most 50000 are taken",
    ),
    "60,000 nodes": (of(lambda: flat_model(60_000)), "/nodes has 60000 entries; at most 50000 are taken"),
    "400,000 nodes": (
        made(lambda: document(nodes=[{}] * 400_000)),
        "/nodes has 400000 entries; at most 50000 are taken",
    ),
    "a million nodes": (made(lambda: document(nodes=[{}] * 10**6)), "the JSON chunk has 1000003 objects and arrays"),
    "60,000 primitives": (
        of(lambda: shared_positions(60_000, count=3)),
        "/meshes have 60001 primitives; at most 50000",
    ),
    "60,000 channels": (
        made(lambda: document(animations=[{"channels": [{}] * 30_000}] * 2)),
        "/animations have 60000 channels; at most 50000 are taken",
    ),
    "a chain of 100,000": (of(lambda: chain_model(100_000)), "/nodes has 100000 entries; at most 50000 are taken"),
    "an endless key": (
        made(lambda: document(extras={"deep": [{"x" * 2_000: 1}]})),
        "/extras/deep/0 has a key of 2000 characters; at most 1024 are taken",
    ),
}
