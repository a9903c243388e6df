"""From a master to its variants: `uv run python bench/pipeline.py [FILE…] [--scans] [--against] [--workers]`.

Without an option, for each FILE (by default the heaviest demo models): what each step takes in seconds, CPU seconds and peak memory,
each in a child of its own, and the bytes that it makes as a part of the master's; and what all of them take together, as a job does.

--scans    also synthetic scans of 100 MB and 300 MB (5.7 M triangles, 4K textures), made by `bench/scan.py` in a temporary folder
--against  `gltf-transform optimize` (npm's @gltf-transform/cli, run by the same deno) on the same files, in the same round, with equal
           texture size and triangles: ratios of bytes, CPU and wall seconds. Needs the npm registry the first time.
--workers  how many models a second one and two jobs at once finish
"""

import argparse
import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import scan
from rich.console import Console
from rich.table import Table

from exhibit_api.pipeline import tools
from exhibit_api.pipeline.child import Ended
from exhibit_api.pipeline.make import make
from exhibit_api.pipeline.outcome import ENDINGS
from exhibit_api.pipeline.plan import CAPS, step
from exhibit_api.pipeline.recipes import RECIPES, Recipe

ROOT = Path(__file__).resolve().parent.parent
DEMO = ("planetary-gearbox", "welding-robot", "dilution-refrigerator")
CLI = "npm:@gltf-transform/cli@4.5.1"
ROUNDS = 3
MIB = 1 << 20

console = Console(highlight=False)


def never() -> bool:
    """Nobody stops a bench."""
    return False


@contextlib.contextmanager
def job(master: Path) -> Iterator[tuple[Path, Path]]:
    """A job's folder, and the master in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        copy = folder / "master.glb"
        shutil.copyfile(master, copy)
        yield folder, copy


def call(folder: Path, *arguments: str | Path) -> Ended:
    """A command of the toolbox in a child of its own."""
    return tools.call(*arguments, folder=folder, caps=CAPS, on_record=lambda _: None, stopping=never)


def one_step(recipe: Recipe, master: Path, folder: Path) -> Ended:
    """One recipe in a child of its own."""
    import orjson

    plan = folder / "plan.json"
    plan.write_bytes(orjson.dumps({"steps": [step(recipe, master, folder)]}))
    return call(folder, "make", plan)


def steps(masters: Sequence[Path]) -> None:
    """What each step takes, in a table a file."""
    for master in masters:
        size = master.stat().st_size
        table = Table(title=f"{master.name}, {size / 1e6:.1f} MB", title_justify="left")
        for head in ("step", "seconds", "CPU s", "peak MiB", "bytes", "of master"):
            table.add_column(head, justify="left" if head == "step" else "right")
        with job(master) as (folder, copy):
            rows = [("validate", call(folder, "validate", copy), None)]
            for recipe in RECIPES:
                ended = one_step(recipe, copy, folder)
                rows.append((recipe.name, ended, folder / f"{recipe.name}.{ENDINGS[recipe.media_type]}"))
            for name, ended, output in rows:
                made = output.stat().st_size if output and output.exists() else None
                table.add_row(
                    name,
                    f"{ended.seconds:.2f}",
                    f"{ended.cpu_seconds:.2f}",
                    f"{ended.peak_memory / MIB:.0f}",
                    f"{made:,}" if made else "–",
                    f"{made / size:.1%}" if made else "–",
                )
        seconds, outcome = whole(master)
        table.add_section()
        table.add_row("all, with posters", f"{seconds:.2f}", "", "", f"{outcome} products", "")
        console.print(table)


def whole(master: Path) -> tuple[float, int]:
    """Seconds of a whole job, and how many products it gave."""
    with job(master) as (folder, copy):
        began = time.perf_counter()
        outcome = make(copy, folder, report=lambda *_: None, stopping=never)
        return time.perf_counter() - began, len(outcome.products)


def against(masters: Sequence[Path]) -> None:
    """Our webxr variants beside those of gltf-transform's own command line."""
    table = Table(title="ours ÷ gltf-transform optimize", title_justify="left")
    for head in ("file", "texture", "bytes", "CPU", "seconds", "theirs"):
        table.add_column(head, justify="left" if head == "file" else "right")
    with tempfile.TemporaryDirectory() as cache:
        theirs(masters[0], Path(cache) / "warm.glb", 1024, cache)  # fetches the packages
        for master in masters:
            for texture in (2048, 1024):
                table.add_row(*compared(master, texture, cache))
    console.print(table)


def compared(master: Path, texture: int, cache: str) -> list[str]:
    """One row: medians of the ratios within a round, geometry untouched on both sides."""
    sizes = {"geometry": "meshopt", "textures": "webp", "maxTexture": texture}
    ratios: list[tuple[float, float, float]] = []
    size = 0
    for _ in range(ROUNDS):
        with job(master) as (folder, copy):
            variant = replace(RECIPES[0], name="ours", source="master", do="variant", options=sizes)
            ours = one_step(variant, copy, folder)
            seconds, cpu = theirs(copy, folder / "theirs.glb", texture, cache)
            size = (folder / "theirs.glb").stat().st_size
            ratios.append(
                (folder.joinpath("ours.glb").stat().st_size / size, ours.cpu_seconds / cpu, ours.seconds / seconds)
            )
    medians = (f"{statistics.median(values):.2f}" for values in zip(*ratios, strict=True))
    return [master.name, str(texture), *medians, f"{size:,}"]


def theirs(master: Path, output: Path, texture: int, cache: str) -> tuple[float, float]:
    """Run their optimiser: seconds and CPU seconds."""
    options = f"--compress meshopt --texture-compress webp --texture-size {texture} --simplify false --instance false --join false"
    command = [str(tools.deno()), "run", "-A", "--quiet", CLI, "optimize", str(master), str(output), *options.split()]
    before, began = os.times(), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=cache, env={**os.environ, "DENO_DIR": f"{cache}/deno"})
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - began, cpu


def workers(masters: Sequence[Path]) -> None:
    """Models a second with one job at a time, and with two."""
    many = [*masters] * max(1, 8 // len(masters))
    rates = {}
    for count in (1, 2):
        began = time.perf_counter()
        with ThreadPoolExecutor(count) as pool:
            list(pool.map(whole, many))
        rates[count] = len(many) / (time.perf_counter() - began)
    console.print(
        f"{rates[1]:.3f} models a second with one worker, {rates[2]:.3f} with two: {rates[2] / rates[1]:.2f} ×"
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    for option in ("scans", "against", "workers"):
        parser.add_argument(f"--{option}", action="store_true")
    asked = parser.parse_args()
    if (why := tools.missing()) is not None:
        raise SystemExit(why)
    masters = asked.files or [ROOT / "assets" / "models" / f"{name}.glb" for name in DEMO]
    with tempfile.TemporaryDirectory() as folder:
        if asked.scans:
            for name, size in scan.SIZES.items():
                masters = [*masters, Path(folder) / f"scan-{name}.glb"]
                scan.make(masters[-1], size)
        if asked.workers:
            workers(masters)
        elif asked.against:
            against(masters)
        else:
            steps(masters)


if __name__ == "__main__":
    main()
