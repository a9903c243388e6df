"""Writing GLB files: a typed, thin front of pygltflib. The same calls give the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pygltflib as gltf
from numpy.typing import NDArray

Kind = Literal["vertices", "indices", "keyframes"]
Path = Literal["translation", "rotation", "scale"]
COMPONENTS = {"float32": gltf.FLOAT, "uint16": gltf.UNSIGNED_SHORT, "uint32": gltf.UNSIGNED_INT}
SHAPES = {1: gltf.SCALAR, 2: gltf.VEC2, 3: gltf.VEC3, 4: gltf.VEC4}
TARGETS = {"vertices": gltf.ARRAY_BUFFER, "indices": gltf.ELEMENT_ARRAY_BUFFER, "keyframes": None}


@dataclass(frozen=True)
class Primitive:
    """Triangles of one material; the numbers are those that `accessor` and `material` gave."""

    position: int
    normal: int
    indices: int
    material: int
    texcoord: int | None = None
    tangent: int | None = None


@dataclass(frozen=True)
class Channel:
    """How one property of a node moves; keyframes in seconds, LINEAR between them."""

    node: int
    path: Path
    times: int
    values: int


@dataclass(frozen=True)
class Surface:
    """A material in glTF's terms: factors are linear, textures are numbers that `texture` gave."""

    name: str
    base_colour: tuple[float, float, float, float]
    metallic: float
    roughness: float
    emissive: tuple[float, float, float] = (0.0, 0.0, 0.0)
    base_texture: int | None = None
    metal_rough_texture: int | None = None
    normal_texture: int | None = None
    emissive_texture: int | None = None
    blend: bool = False
    double_sided: bool = False


class Document:
    """A glTF document in the making: add from the leaves up, each call gives the number of what it added."""

    def __init__(self, generator: str) -> None:
        self._gltf = gltf.GLTF2(asset=gltf.Asset(version="2.0", generator=generator))
        self._data = bytearray()
        self._known: dict[tuple[object, ...], int] = {}

    def accessor(self, values: NDArray[Any], kind: Kind) -> int:
        """An array (n,) or (n, 2..4) of float32, uint16 or uint32; equal arrays are stored once."""
        data = np.ascontiguousarray(values).astype(values.dtype.newbyteorder("<")).tobytes()
        key = (kind, str(values.dtype), values.shape, data)
        if key not in self._known:
            rows = values.reshape(len(values), -1)
            bounded = kind != "indices"
            self._gltf.accessors.append(
                gltf.Accessor(
                    bufferView=self._view(data, TARGETS[kind]),
                    byteOffset=None,
                    componentType=COMPONENTS[str(values.dtype)],
                    normalized=None,
                    count=len(values),
                    type=SHAPES[rows.shape[1]],
                    min=[float(part) for part in rows.min(axis=0)] if bounded else None,
                    max=[float(part) for part in rows.max(axis=0)] if bounded else None,
                )
            )
            self._known[key] = len(self._gltf.accessors) - 1
        return self._known[key]

    def texture(self, name: str, png: bytes) -> int:
        """A PNG that repeats both ways, with mipmaps; equal pictures are stored once."""
        key = ("texture", png)
        if key not in self._known:
            if not self._gltf.samplers:
                wrap, near, far = gltf.REPEAT, gltf.LINEAR, gltf.LINEAR_MIPMAP_LINEAR
                self._gltf.samplers.append(gltf.Sampler(magFilter=near, minFilter=far, wrapS=wrap, wrapT=wrap))
            self._gltf.images.append(gltf.Image(name=name, bufferView=self._view(png, None), mimeType="image/png"))
            self._gltf.textures.append(gltf.Texture(sampler=0, source=len(self._gltf.images) - 1))
            self._known[key] = len(self._gltf.textures) - 1
        return self._known[key]

    def material(self, surface: Surface) -> int:
        """A material; equal ones are stored once."""
        key = ("material", surface)
        if key not in self._known:
            normal = surface.normal_texture
            self._gltf.materials.append(
                gltf.Material(
                    name=surface.name,
                    pbrMetallicRoughness=gltf.PbrMetallicRoughness(
                        baseColorFactor=list(surface.base_colour),
                        metallicFactor=surface.metallic,
                        roughnessFactor=surface.roughness,
                        baseColorTexture=_used(surface.base_texture),
                        metallicRoughnessTexture=_used(surface.metal_rough_texture),
                    ),
                    normalTexture=None
                    if normal is None
                    else gltf.NormalMaterialTexture(index=normal, texCoord=None, scale=None),
                    emissiveFactor=list(surface.emissive) if any(surface.emissive) else None,
                    emissiveTexture=_used(surface.emissive_texture),
                    alphaMode="BLEND" if surface.blend else None,
                    alphaCutoff=None,
                    doubleSided=True if surface.double_sided else None,
                )
            )
            self._known[key] = len(self._gltf.materials) - 1
        return self._known[key]

    def mesh(self, name: str, primitives: Sequence[Primitive]) -> int:
        """A mesh of at least one primitive."""
        made = [
            gltf.Primitive(
                attributes=gltf.Attributes(
                    POSITION=part.position, NORMAL=part.normal, TANGENT=part.tangent, TEXCOORD_0=part.texcoord
                ),
                indices=part.indices,
                material=part.material,
                mode=None,
            )
            for part in primitives
        ]
        self._gltf.meshes.append(gltf.Mesh(name=name, primitives=made))
        return len(self._gltf.meshes) - 1

    def node(
        self,
        name: str,
        *,
        mesh: int | None = None,
        children: Sequence[int] = (),
        translation: Sequence[float] = (0.0, 0.0, 0.0),
        rotation: Sequence[float] = (0.0, 0.0, 0.0, 1.0),
    ) -> int:
        """A node with its children, translation in metres and rotation as a unit quaternion x y z w."""
        self._gltf.nodes.append(
            gltf.Node(
                name=name,
                mesh=mesh,
                children=list(children) or None,
                translation=list(translation) if any(translation) else None,
                rotation=list(rotation) if any(rotation[:3]) else None,
            )
        )
        return len(self._gltf.nodes) - 1

    def animation(self, name: str, channels: Sequence[Channel]) -> int:
        """A clip of at least one channel."""
        samplers = [
            gltf.AnimationSampler(input=part.times, output=part.values, interpolation=gltf.ANIM_LINEAR)
            for part in channels
        ]
        targets = [
            gltf.AnimationChannel(sampler=index, target=gltf.AnimationChannelTarget(node=part.node, path=part.path))
            for index, part in enumerate(channels)
        ]
        self._gltf.animations.append(gltf.Animation(name=name, samplers=samplers, channels=targets))
        return len(self._gltf.animations) - 1

    def to_glb(self, scene: str, roots: Sequence[int]) -> bytes:
        """The whole file, with one scene of the root nodes."""
        self._gltf.scenes = [gltf.Scene(name=scene, nodes=list(roots))]
        self._gltf.scene = 0
        self._gltf.buffers = [gltf.Buffer(byteLength=len(self._data))]
        self._gltf.set_binary_blob(bytes(self._data))
        return b"".join(self._gltf.save_to_bytes())

    def _view(self, data: bytes, target: int | None) -> int:
        self._data += b"\0" * (-len(self._data) % 4)
        view = gltf.BufferView(buffer=0, byteOffset=len(self._data), byteLength=len(data), target=target)
        self._gltf.bufferViews.append(view)
        self._data += data
        return len(self._gltf.bufferViews) - 1


def _used(texture: int | None) -> gltf.TextureInfo | None:
    return None if texture is None else gltf.TextureInfo(index=texture, texCoord=None)
