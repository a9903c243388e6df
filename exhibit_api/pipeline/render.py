"""The child that draws: `python -I -m exhibit_api.pipeline.render probe`, or `… draw SOURCE SIZE…` in the job's folder.

Answers are records, as the toolbox gives them: `{"drawn": file, "size", "transparent"}`, or `{"lack": …}`.
"""

import json
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from exhibit_api.pipeline.ground import Footprint, grounded
from exhibit_api.pipeline.light import write_studio

AZIMUTH, ELEVATION = math.radians(25), math.radians(15)  # from the right of the front, a little from above
NEAR, FAR = 4.5, 40.0  # radii: a natural perspective, and one in which parallel lines stay parallel
FILLED = 0.86  # of the picture's side, by the model
WORKED_THROUGH = "lighting"  # the folder in which f3d keeps what it worked out of the studio's light
PREVIEW, FOOTPRINT = 256, 384  # pixels
MOST_LOOKS = 16
ROOM = 1.8  # of the footprint, for its shadow
QUALITY = 88

Vector = tuple[float, float, float]
Sides = tuple[float, float, float, float]
SIN, COS = math.sin(AZIMUTH), math.cos(AZIMUTH)
FRONT: Vector = (0.0, 0.0, 1.0)
ABOVE: Vector = (0.0, 1.0, 0.0)
BEHIND: Vector = (0.0, 0.0, -1.0)
EAST: Vector = (1.0, 0.0, 0.0)
# Where the camera of the picture is, and what its right and its up are.
HERO: Vector = (SIN * math.cos(ELEVATION), math.sin(ELEVATION), COS * math.cos(ELEVATION))
ASIDE: Vector = (COS, 0.0, -SIN)
UPWARDS: Vector = (-SIN * math.sin(ELEVATION), math.cos(ELEVATION), -COS * math.sin(ELEVATION))

OPTIONS: dict[str, Any] = {
    "render.hdri.ambient": True,
    "render.effect.tone_mapping": True,
    "render.effect.blending.mode": "ddp",
    "render.light.intensity": 1.0,
    "render.background.color": [0.75, 0.75, 0.76],  # what edges are blended with where the picture is transparent
    "scene.up_direction": "+Y",
}


def moved(start: Vector, *steps: tuple[float, Vector]) -> Vector:
    """The point so many metres along each direction."""
    x, y, z = start
    for length, (dx, dy, dz) in steps:
        x, y, z = x + length * dx, y + length * dy, z + length * dz
    return x, y, z


@dataclass(frozen=True)
class Stand:
    """The alpha of a model from straight above, in a square of `half` metres to each side of x and z; `y` is its floor."""

    alpha: Image.Image
    x: float
    y: float
    z: float
    half: float

    def corners(self) -> tuple[Vector, ...]:
        """Of the square on the floor: far left, far right, near right, near left."""
        west, east, far, near = self.x - self.half, self.x + self.half, self.z - self.half, self.z + self.half
        return (west, self.y, far), (east, self.y, far), (east, self.y, near), (west, self.y, near)


class Studio:
    """A model before the camera."""

    def __init__(self, source: Path) -> None:
        self._engine = engine()
        for name, value in OPTIONS.items():
            self._engine.options[name] = value
        write_studio(Path("studio.hdr"))
        self._engine.options["render.hdri.file"] = str(Path("studio.hdr").absolute())
        self._engine.scene.add(str(source))
        self._window, self._camera = self._engine.window, self._engine.window.camera
        self._camera.reset_to_bounds(1.0)
        x, y, z = self._camera.focal_point
        self._centre: Vector = (x, y, z)
        self._radius = math.dist(self._camera.position, self._centre)

    def shot(self, size: int, *, occlusion: bool = False) -> Image.Image:
        """What the camera sees, `size` pixels a side, transparent where nothing is; with corners darkened where asked."""
        self._window.size = size, size
        self._engine.options["render.effect.ambient_occlusion"] = occlusion
        seen = self._window.render_to_image(True)
        return Image.frombytes("RGBA", (size, size), seen.content).transpose(Image.Transpose.FLIP_TOP_BOTTOM)

    def portrait(self, size: int) -> Image.Image:
        """As `shot`, with darkened corners and smooth edges: nearly all of a picture's cost, so at one size only."""
        self._engine.options["render.effect.antialiasing.mode"] = "fxaa"
        return self.shot(size, occlusion=True)

    def look(self, target: Vector, direction: Vector, up: Vector, *, half: float, radii: float) -> None:
        """Look at a target from so many radii; the picture reaches `half` metres to each side of it."""
        distance = radii * self._radius
        state = self._camera.state  # set as a whole: one by one, an "up" along the old direction would be bent aside
        state.focal_point, state.position, state.view_up = target, moved(target, (distance, direction)), up
        state.view_angle = 2 * math.degrees(math.atan(half / distance))
        self._camera.state = state

    def sides(self, direction: Vector, up: Vector) -> Sides:
        """The sides of the model, seen from a direction, from the centre: left, top, right, bottom; metres, right and up.

        Raises ValueError where nothing is seen.
        """
        for closer in (1, 8, 64, 512):  # what is thinner than a pixel is not seen from too far
            half = self._radius / closer
            if (found := self.edges(direction, up, half)) is not None:
                break
        else:
            raise ValueError("there is nothing to be seen of the model")
        for _ in range(MOST_LOOKS):  # until it is large in the preview, and whole
            reach = max(map(abs, found))
            if 0.5 < reach < 0.99:
                break
            half *= 2 if reach >= 0.99 else 1.2 * reach
            found = self.edges(direction, up, half) or found
        left, top, right, bottom = found
        return left * half, -top * half, right * half, -bottom * half

    def edges(self, direction: Vector, up: Vector, half: float) -> Sides | None:
        """Where the model ends in a preview, left, top, right, bottom; -1 to 1, downwards. None where none of it is seen."""
        self.look(self._centre, direction, up, half=half, radii=FAR)
        return edges_of(self.shot(PREVIEW))

    def stand(self) -> Stand:
        """Where the model stands. What f3d tells of its size depends on the direction it looks in; this does not."""
        left, top, right, bottom = self.sides(FRONT, ABOVE)
        west, far, east, near = self.sides(ABOVE, BEHIND)
        floor = self._centre[1] + bottom
        self._radius = math.dist((left, bottom, far), (right, top, near)) / 2
        self._centre = moved(
            self._centre, ((left + right) / 2, EAST), ((top + bottom) / 2, ABOVE), ((far + near) / 2, BEHIND)
        )
        half = max(east - west, far - near, 0.02 * self._radius) / 2 * ROOM
        self.look(self._centre, ABOVE, BEHIND, half=half, radii=FAR)
        x, _, z = self._centre
        return Stand(self.shot(FOOTPRINT).getchannel("A"), x, floor, z, half)

    def frame(self) -> None:
        """Look at the model as catalogues do, as large as the picture takes it."""
        target, half = self._centre, 1.2 * self._radius
        for _ in range(2):
            self.look(target, HERO, ABOVE, half=half, radii=NEAR)
            left, top, right, bottom = edges_of(self.shot(PREVIEW)) or (-1, -1, 1, 1)
            target = moved(target, ((left + right) / 2 * half, ASIDE), (-(top + bottom) / 2 * half, UPWARDS))
            half *= max(right - left, bottom - top) / 2 / FILLED
        self.look(target, HERO, ABOVE, half=half, radii=NEAR)

    def pixel(self, point: Vector, size: int) -> tuple[float, float]:
        """Where a point of the world lies in the last picture, from the top left, were it `size` pixels wide."""
        x, y, _ = self._window.get_display_from_world(point)
        scale = size / self._window.width
        return x * scale, (self._window.height - y) * scale


def edges_of(picture: Image.Image) -> Sides | None:
    """Where what is not transparent ends: left, top, right, bottom, from -1 to 1 over the picture. None where all is."""
    box = picture.getchannel("A").getbbox()
    if box is None:
        return None
    left, top, right, bottom = (2 * edge / picture.width - 1 for edge in box)
    return left, top, right, bottom


def draw(source: Path, sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Write the pictures into this folder, in the sizes given, the largest first."""
    studio = Studio(source)
    stand = studio.stand()
    studio.frame()
    largest = studio.portrait(sizes[0])
    for size in sizes:
        model = largest.resize((size, size), Image.Resampling.LANCZOS)
        ground = grounded(
            model, Footprint(stand.alpha, tuple(studio.pixel(corner, size) for corner in stand.corners()))
        )
        for picture, ending in ((model, ""), (ground, "-ground")):
            name = f"poster-{size}{ending}"
            picture.save(f"{name}.webp", quality=QUALITY, method=4)
            yield {"drawn": name, "size": size, "transparent": picture is model}


def engine() -> Any:
    """f3d without a window: EGL, else OSMesa. Raises ImportError without f3d, RuntimeError without either."""
    import f3d

    f3d.Log.set_verbose_level(f3d.Log.VerboseLevel.QUIET)
    f3d.Engine.autoload_plugins()
    try:
        made = f3d.Engine.create_egl()
    except RuntimeError:
        made = f3d.Engine.create_osmesa()
    made.cache_path = str(Path.cwd() / WORKED_THROUGH)
    return made


def probe() -> Iterator[dict[str, Any]]:
    """Whether this machine can draw, tried on an empty scene."""
    try:
        made = engine()
        made.window.size = 16, 16
        made.window.render_to_image(True)
    except ImportError:
        yield {"lack": "f3d"}
    except RuntimeError:
        yield {"lack": "gl"}
    else:
        yield {"lack": None}


if __name__ == "__main__":
    verb, *arguments = sys.argv[1:]
    for record in probe() if verb == "probe" else draw(Path(arguments[0]), [int(size) for size in arguments[1:]]):
        sys.stdout.write(f"\x1e{json.dumps(record)}\n")
        sys.stdout.flush()
