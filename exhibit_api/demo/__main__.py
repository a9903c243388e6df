"""`python -m exhibit_api.demo`: makes the demo exhibition's data again, byte for byte: models, sounds, halls, schemas, golden manifests.

For developers, in a checkout: it writes into `assets/` and `manifests/` beside the package.
"""

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rich.progress import track

from exhibit_api.demo.arrange import write_halls
from exhibit_api.demo.data import PACKAGE
from exhibit_api.demo.golden import write_golden
from exhibit_api.demo.models import BUILDERS
from exhibit_api.demo.sounding import BUILDERS as SOUNDS
from exhibit_api.demo.sounding.wave import wave_bytes
from exhibit_api.editions.schema import DOCUMENTS, schema_bytes

ASSETS, MANIFESTS = PACKAGE.parent / "assets", PACKAGE.parent / "manifests"


def model_bytes(slug: str) -> bytes:
    """The model of one exhibit, as a GLB."""
    return BUILDERS[slug]().to_glb()


def write_models(folder: Path) -> None:
    """All models, several at once."""
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor() as pool:
        made = pool.map(model_bytes, BUILDERS)
        for slug, data in track(zip(BUILDERS, made, strict=True), "Modelling", total=len(BUILDERS)):
            (folder / f"{slug}.glb").write_bytes(data)


def write_sounds(folder: Path) -> None:
    """All sounds."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, build in SOUNDS.items():
        (folder / f"{name}.wav").write_bytes(wave_bytes(build()))


def write_schemas(folder: Path) -> None:
    """The JSON Schemas of the public documents."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in DOCUMENTS:
        (folder / f"{name}.schema.json").write_bytes(schema_bytes(name))


def main() -> None:
    """Make everything."""
    write_models(ASSETS / "models")
    write_sounds(ASSETS / "sounds")
    write_halls(ASSETS, MANIFESTS)
    write_schemas(MANIFESTS / "schemas")
    write_golden(ASSETS, MANIFESTS)


if __name__ == "__main__":
    main()
