"""A model in the making: named nodes that hold parts, clips that move them, and the GLB of it all."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import ORIGIN, Axis, Mesh, Vec3, merge
from exhibit_api.demo.modelling.motion import UPRIGHT, Motion, Quaternion, eased, product, rotated, turn
from exhibit_api.demo.modelling.packing import Packed, add_material, add_packed, packed
from exhibit_api.gltf.document import Channel, Document, Path

GENERATOR = "Exhibit API demo modelling"


@dataclass(eq=False)
class Node:
    """A rigid piece: its parts move together. Translation and rotation are relative to the parent."""

    name: str
    translation: Vec3 = ORIGIN
    rotation: Quaternion = UPRIGHT
    parent: "Node | None" = None
    like: "Node | None" = None
    parts: list[tuple[Mesh, Material]] = field(default_factory=list)

    def add(self, mesh: Mesh, material: Material) -> "Node":
        """Fix a part to the node; parts of one material become one draw call."""
        self.parts.append((mesh, material))
        return self

    def placed(self, points: np.ndarray) -> np.ndarray:
        """Points (n, 3) of the node's own space as the model's, at rest."""
        moved = rotated(points, self.rotation) + np.array(self.translation)
        return moved if self.parent is None else self.parent.placed(moved)


class Model:
    """One exhibit. It may be modelled anywhere: the GLB stands on y = 0, centred on x and z as it is at rest."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.nodes: list[Node] = []
        self.clips: dict[str, list[tuple[Node, Motion]]] = {}

    def node(
        self,
        name: str,
        *,
        parent: Node | None = None,
        at: Vec3 = ORIGIN,
        rotation: Quaternion = UPRIGHT,
        like: Node | None = None,
    ) -> Node:
        """A new node; with `like` it shows the same parts as another (stored once)."""
        if any(node.name == name for node in self.nodes):
            raise ValueError(f"{self.name} has two nodes named {name!r}")
        self.nodes.append(Node(name, at, rotation, parent, like))
        return self.nodes[-1]

    def spin(self, node: Node, axis: Axis, *, seconds_per_turn: float, turns: float = 1.0, clip: str = "run") -> None:
        """Turn steadily about the node's own axis; negative turns run clockwise. A loop wants whole turns, or whole
        steps of what looks the same (a gear's teeth)."""
        count = max(2, int(abs(turns) * 4 + 0.999999))
        times = [abs(turns) * seconds_per_turn * k / count for k in range(count + 1)]
        values = [product(node.rotation, turn(axis, 360 * turns * k / count)) for k in range(count + 1)]
        self._move(clip, node, Motion("rotation", times, values))

    def swing(self, node: Node, axis: Axis, keys: Sequence[tuple[float, float]], *, clip: str = "run") -> None:
        """Turn through (seconds, degrees from rest), soft at each key."""
        smooth = eased([(seconds, (degrees,)) for seconds, degrees in keys])
        values = [product(node.rotation, turn(axis, value[0])) for _, value in smooth]
        self._move(clip, node, Motion("rotation", [seconds for seconds, _ in smooth], values))

    def slide(self, node: Node, keys: Sequence[tuple[float, Vec3]], *, clip: str = "run") -> None:
        """Move through (seconds, metres from rest), soft at each key."""
        smooth = eased(keys)
        values = [tuple(a + b for a, b in zip(node.translation, value, strict=True)) for _, value in smooth]
        self._move(clip, node, Motion("translation", [seconds for seconds, _ in smooth], values))

    def keyframes(
        self, node: Node, path: Path, times: Sequence[float], values: Sequence[Sequence[float]], *, clip: str = "run"
    ) -> None:
        """Any motion: whole translations, rotations (x y z w, at most 90° apart) or scales at the times."""
        self._move(clip, node, Motion(path, list(times), [tuple(value) for value in values]))

    def bounds(self) -> tuple[Vec3, Vec3]:
        """The lowest and highest corner in metres of all parts at rest."""
        corners = [node.placed(mesh.points) for node in self.nodes for mesh, _ in (node.like or node).parts]
        if not corners:
            raise ValueError(f"{self.name} has no parts")
        points = np.concatenate(corners)
        low, high = points.min(axis=0), points.max(axis=0)
        return (float(low[0]), float(low[1]), float(low[2])), (float(high[0]), float(high[1]), float(high[2]))

    def to_glb(self) -> bytes:
        """The GLB file, the same bytes every time and everywhere."""
        document = Document(GENERATOR)
        meshes = {id(node): self._mesh(document, node) for node in self.nodes if node.parts}
        numbers: dict[int, int] = {}
        for node in reversed(self.nodes):  # children come after their parents here, and before them in the file
            children = [numbers[id(child)] for child in self.nodes if child.parent is node]
            numbers[id(node)] = document.node(
                node.name,
                mesh=meshes.get(id(node.like or node)),
                children=children,
                translation=_exact(node.translation),
                rotation=node.rotation,
            )
        low, high = self.bounds()
        ground = (-(low[0] + high[0]) / 2, -low[1], -(low[2] + high[2]) / 2)
        tops = [numbers[id(node)] for node in self.nodes if node.parent is None]
        root = document.node(self.name, children=tops, translation=_exact(ground))
        for clip, motions in self.clips.items():
            ends = sorted({round(motion.times[-1], 4) for _, motion in motions})
            if len(ends) > 1:
                raise ValueError(f"the clip {clip!r} of {self.name} would not loop: its parts end after {ends} s")
            channels = [
                Channel(
                    numbers[id(node)],
                    motion.path,
                    document.accessor(np.array(motion.times).round(6).astype(np.float32), "keyframes"),
                    document.accessor(np.array(motion.values).round(7).astype(np.float32), "keyframes"),
                )
                for node, motion in motions
            ]
            document.animation(clip, channels)
        return document.to_glb(self.name, [root])

    def _move(self, clip: str, node: Node, motion: Motion) -> None:
        motions = self.clips.setdefault(clip, [])
        if any(other is node and known.path == motion.path for other, known in motions):
            raise ValueError(f"the clip {clip!r} of {self.name} moves the {motion.path} of {node.name!r} twice")
        motions.append((node, motion))

    def _mesh(self, document: Document, node: Node) -> int:
        groups: dict[Material, list[Mesh]] = {}
        for mesh, material in node.parts:
            groups.setdefault(material, []).append(mesh)
        pieces: list[tuple[Packed, int]] = [
            (packed(merge(meshes), material), add_material(document, material)) for material, meshes in groups.items()
        ]
        return document.mesh(node.name, [add_packed(document, piece, material) for piece, material in pieces])


def _exact(vector: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(part, 6) + 0.0 for part in vector)
