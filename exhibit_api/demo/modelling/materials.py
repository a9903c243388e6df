"""The palette: physically based materials with their textures, each made once and shared."""

from dataclasses import dataclass, replace
from functools import cache

from exhibit_api.demo.modelling import textures
from exhibit_api.demo.modelling.drawing import Colour
from exhibit_api.demo.modelling.textures import Texture

PAINTS: dict[str, Colour] = {
    "teal": (18, 112, 118), "orange": (232, 96, 22), "red": (158, 24, 26), "ivory": (226, 220, 202),
    "graphite": (50, 53, 58), "blue": (28, 74, 142), "yellow": (240, 180, 20), "green": (38, 98, 66),
    "grey": (148, 153, 156), "white": (236, 238, 238), "black": (22, 23, 25), "sky": (112, 164, 196),
    "navy": (22, 36, 68),
}  # fmt: skip


@dataclass(frozen=True)
class Material:
    """How a surface answers light, in glTF's terms. Colours are sRGB bytes; a picture multiplies its factor.

    `tile` is the size in metres of one repeat of the textures; None fits them to 0..1 (panels and dials).
    """

    name: str
    colour: Colour = (255, 255, 255)
    metallic: float = 0.0
    roughness: float = 0.5
    alpha: float = 1.0
    emissive: Colour = (0, 0, 0)
    colour_texture: Texture | None = None
    metal_rough_texture: Texture | None = None
    normal_texture: Texture | None = None
    emissive_texture: Texture | None = None
    tile: float | None = 0.1
    double_sided: bool = False

    @property
    def textured(self) -> bool:
        """Whether it needs uvs."""
        return any((self.colour_texture, self.metal_rough_texture, self.normal_texture, self.emissive_texture))

    def tiled(self, metres: float) -> "Material":
        """The same with its texture larger or smaller: big machines want coarse, small instruments fine grain."""
        return replace(self, tile=metres)


def _metal(
    name: str, dark: Colour, light: Colour, roughness: tuple[float, float], *, brushed: bool, tile: float
) -> Material:
    least, most = roughness
    if brushed:
        colour, rough = textures.brushed_colour(dark, light), textures.brushed_roughness(least, most)
        return Material(name, (255, 255, 255), 1.0, 1.0, colour_texture=colour, metal_rough_texture=rough, tile=tile)
    return Material(name, light, 1.0, 1.0, metal_rough_texture=textures.mottled_roughness(least, most, 1.0), tile=tile)


@cache
def steel() -> Material:
    """Brushed steel; the streaks run along u (round turned parts, along x on boxes)."""
    return _metal("brushed steel", (150, 153, 158), (196, 199, 203), (0.26, 0.46), brushed=True, tile=0.12)


@cache
def polished_steel() -> Material:
    """Ground and polished steel: shafts, balls, bolts. Without textures, so that many bolts stay small."""
    return Material("polished steel", (206, 208, 211), 1.0, 0.2)


@cache
def dark_steel() -> Material:
    """Blackened steel: bolts, chains, tools."""
    return Material("blackened steel", (78, 80, 84), 1.0, 0.42)


@cache
def aluminium() -> Material:
    """Machined aluminium, bright and fine."""
    return _metal("machined aluminium", (196, 199, 203), (226, 228, 230), (0.3, 0.44), brushed=True, tile=0.08)


@cache
def cast_iron() -> Material:
    """Rough dark castings."""
    colour, bumps = textures.speckled_colour((60, 61, 63), (96, 97, 99)), textures.grain_relief(0.9)
    return Material("cast iron", (255, 255, 255), 0.75, 0.68, colour_texture=colour, normal_texture=bumps, tile=0.12)


@cache
def brass() -> Material:
    """Warm yellow metal."""
    return _metal("brass", (0, 0, 0), (212, 168, 88), (0.18, 0.34), brushed=False, tile=0.1)


@cache
def bronze() -> Material:
    """Brownish bearing metal and bells."""
    return _metal("bronze", (0, 0, 0), (176, 118, 66), (0.26, 0.44), brushed=False, tile=0.1)


@cache
def copper() -> Material:
    """Windings, pipes, busbars."""
    return _metal("copper", (0, 0, 0), (214, 124, 88), (0.2, 0.36), brushed=False, tile=0.1)


@cache
def chrome() -> Material:
    """Bright plating."""
    return Material("chrome", (222, 224, 226), 1.0, 0.09)


@cache
def paint(colour: str | Colour, *, gloss: float = 0.6) -> Material:
    """Machine paint by its name in PAINTS or as sRGB bytes; gloss 0 (matt) to 1 (wet). Patches vary its roughness."""
    shade = PAINTS[colour] if isinstance(colour, str) else colour
    name = f"{colour} paint" if isinstance(colour, str) else f"paint {shade[0]:02x}{shade[1]:02x}{shade[2]:02x}"
    rough = textures.mottled_roughness(0.8, 1.0, 0.0)
    return Material(name, shade, 0.0, round(0.72 - 0.5 * gloss, 3), metal_rough_texture=rough, tile=0.2)


@cache
def hammered_paint(colour: str | Colour) -> Material:
    """Thick machine-tool paint with a grain that one can feel."""
    return replace(
        paint(colour, gloss=0.5), name=f"hammered {colour} paint", normal_texture=textures.grain_relief(0.35), tile=0.06
    )


@cache
def rubber() -> Material:
    """Black rubber: tyres, hoses, feet."""
    return Material("rubber", (26, 26, 27), 0.0, 0.86)


@cache
def plastic(colour: str | Colour = "black") -> Material:
    """Moulded plastic by a paint's name or sRGB bytes."""
    shade = PAINTS[colour] if isinstance(colour, str) else colour
    return Material(f"{colour} plastic" if isinstance(colour, str) else f"plastic {shade}", shade, 0.0, 0.42)


@cache
def glass(tint: Colour = (206, 226, 228), alpha: float = 0.26) -> Material:
    """Clear panes and covers, blended; seen from both sides."""
    return Material(f"glass {tint[0]:02x}{tint[1]:02x}{tint[2]:02x}", tint, 0.0, 0.06, alpha, double_sided=True)


@cache
def wood(kind: str = "oak") -> Material:
    """Planed wood, the grain along u: oak, walnut, beech or bamboo."""
    tones: dict[str, tuple[Colour, ...]] = {
        "oak": ((112, 76, 44), (158, 116, 72), (190, 150, 102)),
        "walnut": ((52, 32, 22), (84, 54, 36), (116, 80, 54)),
        "beech": ((166, 116, 78), (196, 150, 108), (214, 174, 132)),
        "bamboo": ((150, 122, 66), (190, 162, 98), (214, 190, 128)),
    }  # fmt: skip
    return Material(kind, (255, 255, 255), 0.0, 0.55, colour_texture=textures.wood_colour(tones[kind]), tile=0.3)


@cache
def ceramic(colour: Colour = (238, 236, 230)) -> Material:
    """Glazed ceramic, insulators."""
    return Material(f"ceramic {colour[0]:02x}{colour[1]:02x}{colour[2]:02x}", colour, 0.0, 0.14)


@cache
def fabric(colour: Colour = (176, 44, 40)) -> Material:
    """Woven cloth of one colour."""
    dark = (colour[0] * 5 // 9, colour[1] * 5 // 9, colour[2] * 5 // 9)
    picture, bumps = textures.woven_colour(dark, colour), textures.woven_relief()
    return Material(
        f"fabric {colour[0]:02x}{colour[1]:02x}{colour[2]:02x}",
        roughness=0.92,
        colour_texture=picture,
        normal_texture=bumps,
        tile=0.02,
    )


@cache
def yarn(colour: Colour = (232, 222, 200)) -> Material:
    """Threads, cords and belts too thin for a weave."""
    return Material(f"yarn {colour[0]:02x}{colour[1]:02x}{colour[2]:02x}", colour, 0.0, 0.94)


@cache
def concrete() -> Material:
    """Foundations and slabs."""
    picture, bumps = textures.speckled_colour((132, 131, 127), (172, 171, 166), 8), textures.grain_relief(0.5)
    return Material("concrete", roughness=0.9, colour_texture=picture, normal_texture=bumps, tile=0.5)


@cache
def carbon_fibre() -> Material:
    """Lacquered twill."""
    return Material("carbon fibre", roughness=0.28, colour_texture=textures.carbon_colour(), tile=0.016)


@cache
def hazard() -> Material:
    """Yellow and black stripes."""
    return Material("hazard stripes", roughness=0.5, colour_texture=textures.hazard_colour(), tile=0.2)


@cache
def lamp(colour: str) -> Material:
    """A lit indicator: green, amber, red, blue or white."""
    lit: dict[str, Colour] = {
        "green": (40, 230, 90), "amber": (255, 160, 20), "red": (255, 44, 30),
        "blue": (50, 130, 255), "white": (255, 246, 226),
    }  # fmt: skip
    shade = lit[colour]
    return Material(f"{colour} lamp", (shade[0] // 2, shade[1] // 2, shade[2] // 2), 0.0, 0.3, emissive=shade)


def label(picture: Texture, *, roughness: float = 0.45) -> Material:
    """A printed plate or a gauge face for a panel or a disc."""
    return Material(picture.name, (255, 255, 255), 0.0, roughness, colour_texture=picture, tile=None)


def screen(picture: Texture) -> Material:
    """A lit display for a panel."""
    return Material(picture.name, (8, 10, 12), 0.0, 0.2, emissive=(255, 255, 255), emissive_texture=picture, tile=None)
