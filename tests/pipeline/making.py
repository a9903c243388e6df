"""Makes one model of another in the toolbox, and reads what came of it."""

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

from exhibit_api.gltf.container import read_glb
from exhibit_api.gltf.measure import Measures, measure
from tests.gltf.building import Model, glb
from tests.pipeline.converting import Record, converted

Make = Callable[..., "Made"]


class Made:
    """What a step made of a model: its record, and the file."""

    def __init__(self, record: Record) -> None:
        assert record["state"] == "made", record
        assert record["errors"] == [], record
        self.record = record
        self.path = Path(record["output"])
        with self.path.open("rb") as file:
            found = read_glb(file, self.path.stat().st_size)
            file.seek(found.bin_offset)
            self.data = file.read(found.bin_length)
        self.json: Any = found.json

    def names(self, part: str) -> list[str]:
        return [one.get("name") for one in self.json.get(part, [])]

    def images(self) -> list[bytes]:
        views = [self.json["bufferViews"][image["bufferView"]] for image in self.json["images"]]
        return [self.data[view.get("byteOffset", 0) :][: view["byteLength"]] for view in views]

    def picture_in(self, slot: str) -> bytes:
        """The picture that the first material shows in a slot."""
        material = self.json["materials"][0]
        texture = self.json["textures"][(material.get(slot) or material["pbrMetallicRoughness"][slot])["index"]]
        extensions = texture.get("extensions", {})
        source = next((one["source"] for one in extensions.values() if "source" in one), texture.get("source"))
        return self.images()[source]

    def positions(self, primitive: int) -> set[tuple[float, ...]]:
        accessor = self.json["accessors"][self.json["meshes"][0]["primitives"][primitive]["attributes"]["POSITION"]]
        view = self.json["bufferViews"][accessor["bufferView"]]
        start, stride = view.get("byteOffset", 0) + accessor.get("byteOffset", 0), view.get("byteStride", 12)
        return {struct.unpack_from("<3f", self.data, start + at * stride) for at in range(accessor["count"])}

    def measures(self) -> Measures:
        with self.path.open("rb") as file:
            return measure(read_glb(file, self.path.stat().st_size), file)


def maker(folder: Path) -> Make:
    """What makes models in a folder: give it a model, a verb and options."""

    def make(model: Model | Path, do: str = "variant", **options: Any) -> Made:
        source = folder / f"{len(list(folder.iterdir()))}.glb"
        source.write_bytes(model.read_bytes() if isinstance(model, Path) else glb(*model))
        plan = {"name": do, "do": do, "input": str(source), "output": f"{source}.out.glb", "options": options}
        return Made(converted([plan], folder)[0])

    return make
