"""The node graph of a GLB: nodes, skins and scenes, checked to be a forest (glTF 2.0 section 3.5)."""

from dataclasses import dataclass

from exhibit_api.gltf.accessors import Accessor
from exhibit_api.gltf.fields import Fields, refusal
from exhibit_api.gltf.transforms import IDENTITY, Matrix, pose_matrix

MOST_DEPTH = 512  # viewers walk the graph by recursion; skeletons have some dozens of levels
MOST_INSTANCES = 50_000  # of all nodes together: for viewers that know no instancing, each becomes a node
INSTANCING = "EXT_mesh_gpu_instancing"


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the graph. `matrix` is relative to the parent; `instancing` has accessors by attribute."""

    children: tuple[int, ...]
    mesh: int | None
    skinned: bool
    matrix: Matrix
    instancing: dict[str, int]


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes, and the roots of the scene that is shown first: None where the file has no scene."""

    nodes: tuple[Node, ...]
    roots: tuple[int, ...] | None


def read_graph(root: Fields, meshes: int, skins: int, accessors: tuple[Accessor, ...]) -> Graph:
    """The graph of a file with so many meshes and skins; BadModel where it is no forest."""
    children = root.children("nodes")
    nodes = tuple(read_node(fields, len(children), meshes, skins, accessors) for fields in children)
    check_instances(nodes, accessors)
    parents = parents_of(nodes)
    check_depth(nodes, parents)
    scenes = [read_scene(fields, len(nodes), parents) for fields in root.children("scenes")]
    first = root.index("scene", len(scenes), "scenes")
    return Graph(nodes, scenes[first or 0] if scenes else None)


def read_node(fields: Fields, nodes: int, meshes: int, skins: int, accessors: tuple[Accessor, ...]) -> Node:
    fields.text("name")
    return Node(
        children=fields.indices("children", nodes, "nodes"),
        mesh=fields.index("mesh", meshes, "meshes"),
        skinned=fields.index("skin", skins, "skins") is not None,
        matrix=read_matrix(fields),
        instancing=read_instancing(fields, accessors),
    )


def read_matrix(fields: Fields) -> Matrix:
    matrix = fields.numbers("matrix", 16)
    if matrix is not None:
        return matrix
    translation = fields.numbers("translation", 3)
    rotation = fields.numbers("rotation", 4)
    scale = fields.numbers("scale", 3)
    if translation is None and rotation is None and scale is None:
        return IDENTITY
    tx, ty, tz = translation or (0.0, 0.0, 0.0)
    x, y, z, w = rotation or (0.0, 0.0, 0.0, 1.0)
    sx, sy, sz = scale or (1.0, 1.0, 1.0)
    return pose_matrix((tx, ty, tz), (x, y, z, w), (sx, sy, sz))


def read_instancing(fields: Fields, accessors: tuple[Accessor, ...]) -> dict[str, int]:
    extension = fields.child("extensions", INSTANCING)
    if extension is None:
        return {}
    attributes = extension.named_indices("attributes", len(accessors), "accessors")
    counts = {accessors[index].count for index in attributes.values()}
    if len(counts) > 1:
        raise extension.refuse("attributes", f"have {min(counts)} to {max(counts)} instances; the same number is due")
    return attributes


def check_instances(nodes: tuple[Node, ...], accessors: tuple[Accessor, ...]) -> None:
    count = sum(accessors[index].count for node in nodes for index in list(node.instancing.values())[:1])
    if count > MOST_INSTANCES:
        raise refusal(("nodes",), f"have {count} instances; at most {MOST_INSTANCES} are taken")


def parents_of(nodes: tuple[Node, ...]) -> list[int | None]:
    """Each node's parent. A node has one at most."""
    parents: list[int | None] = [None] * len(nodes)
    for parent, node in enumerate(nodes):
        for at, child in enumerate(node.children):
            path = ("nodes", parent, "children", at)
            if parents[child] is not None:
                raise refusal(path, f"is node {child}, which is used twice: it is a child of node {parents[child]} too")
            parents[child] = parent
    return parents


def check_depth(nodes: tuple[Node, ...], parents: list[int | None]) -> None:
    """Walks down from the nodes without a parent, level by level; who is never met hangs in a cycle."""
    level = [at for at, parent in enumerate(parents) if parent is None]
    met = set(level)
    depth = 1
    while level := [child for at in level for child in nodes[at].children]:
        met.update(level)
        depth += 1
        if depth > MOST_DEPTH:
            raise refusal(("nodes", level[0]), f"lies {depth} levels deep; at most {MOST_DEPTH} are taken")
    if len(met) < len(nodes):
        lost = next(at for at in range(len(nodes)) if at not in met)
        raise refusal(("nodes", node_of_cycle(lost, parents)), "is its own ancestor: the nodes form a cycle")


def node_of_cycle(start: int, parents: list[int | None]) -> int:
    """A node of the cycle that the way up from `start` ends in."""
    seen: set[int] = set()
    at: int | None = start
    while at is not None and at not in seen:
        seen.add(at)
        start, at = at, parents[at]
    return start if at is None else at


def read_scene(fields: Fields, nodes: int, parents: list[int | None]) -> tuple[int, ...]:
    """The roots of a scene, each once and none the child of another node."""
    fields.text("name")
    roots = fields.indices("nodes", nodes, "nodes")
    seen: set[int] = set()
    for at, node in enumerate(roots):
        path = (*fields.path, "nodes", at)
        if parents[node] is not None:
            raise refusal(path, f"is node {node}, which is used twice: it is a child of node {parents[node]} too")
        if node in seen:
            raise refusal(path, f"is node {node}, which is used twice: the scene has it before")
        seen.add(node)
    return roots


def shown_meshes(graph: Graph) -> set[int]:
    """The meshes that some node of the scene shows."""
    meshes: set[int] = set()
    pending = list(graph.roots or ())
    while pending:
        node = graph.nodes[pending.pop()]
        pending += node.children
        if node.mesh is not None:
            meshes.add(node.mesh)
    return meshes
