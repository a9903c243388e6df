"""Says in words which part of a model a JSON Pointer means: "/meshes/3/primitives/0" → "mesh 3, part 0"."""

from exhibit_api.gltf.fields import shown
from exhibit_api.pipeline.outcome import Words

MOST_STEPS = 12  # of a pointer: no place that matters lies deeper

# Arrays at the top of the JSON: what one of their entries is called.
THINGS = {
    "accessors": ("访问器（accessor）", "accessor"),
    "animations": ("动画", "animation"),
    "buffers": ("缓冲区（buffer）", "buffer"),
    "bufferViews": ("缓冲区视图（bufferView）", "bufferView"),
    "cameras": ("相机", "camera"),
    "extensionsRequired": ("必需扩展", "required extension"),
    "extensionsUsed": ("所用扩展", "extension used"),
    "images": ("图片", "image"),
    "materials": ("材质", "material"),
    "meshes": ("网格", "mesh"),
    "nodes": ("节点", "node"),
    "samplers": ("贴图采样器", "texture sampler"),
    "scenes": ("场景", "scene"),
    "skins": ("蒙皮", "skin"),
    "textures": ("贴图", "texture"),
}

# Arrays inside them.
PARTS = {
    "channels": ("第 {} 个通道", "channel {}"),
    "children": ("第 {} 个子节点", "child {}"),
    "joints": ("第 {} 个关节", "joint {}"),
    "lights": ("第 {} 盏灯", "light {}"),
    "nodes": ("第 {} 个根节点", "root {}"),
    "primitives": ("第 {} 部分", "part {}"),
    "samplers": ("第 {} 个采样器", "sampler {}"),
    "targets": ("第 {} 个变形目标", "morph target {}"),
    "variants": ("第 {} 个材质方案", "variant {}"),
}

# What a material paints with, and other objects with a name of their own.
SLOTS = {
    "baseColorTexture": ("基础色贴图", "base colour texture"),
    "emissiveTexture": ("自发光贴图", "emissive texture"),
    "metallicRoughnessTexture": ("金属度与粗糙度贴图", "metallic-roughness texture"),
    "normalTexture": ("法线贴图", "normal map"),
    "occlusionTexture": ("环境光遮蔽贴图", "occlusion texture"),
    "sparse": ("稀疏数据", "sparse data"),
}

WHOLE = {"zh-Hans": "整个文件", "en": "the whole file"}
ASSET = {"zh-Hans": "文件说明（asset）", "en": "the file's own description (asset)"}


def where(pointer: str) -> Words:
    """The place in words; counted from 0, as in the file. The names of fields at its end are left out."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/", MOST_STEPS)[1:]]
    if not steps:
        return WHOLE
    if steps[0] == "asset":
        return ASSET
    places = named(steps)
    if not places:
        name = shown(steps[0])
        return {"zh-Hans": f"文件顶层的“{name}”", "en": f"“{name}” at the top of the file"}
    chinese = places[0][0]
    for inner, _ in places[1:]:
        chinese += (" 的" if chinese[-1].isascii() else "的") + inner
    return {"zh-Hans": chinese, "en": ", ".join(english for _, english in places)}


def named(steps: list[str]) -> list[tuple[str, str]]:
    """The steps that lead to something with a name, from the outside in: in Chinese, in English."""
    places = []
    at = 0
    while at < len(steps):
        step, following = steps[at], steps[at + 1] if at + 1 < len(steps) else ""
        counted = following.isascii() and following.isdecimal()
        if at == 0 and step in THINGS:
            chinese, english = THINGS[step]
            places.append(
                (f"{chinese} {shown(following)}", f"{english} {shown(following)}") if counted else LISTS[step]
            )
        elif step in PARTS and counted:
            chinese, english = PARTS[step]
            places.append((chinese.format(shown(following)), english.format(shown(following))))
        elif step == "extensions" and following:
            places.append((f"扩展 {shown(following)}", f"extension {shown(following)}"))
            counted = True
        elif step in SLOTS:
            places.append(SLOTS[step])
            counted = False
        else:
            counted = False
        at += 2 if counted else 1
    return places


LISTS = {key: (f"{chinese}列表", f"the list “{key}”") for key, (chinese, _) in THINGS.items()}
