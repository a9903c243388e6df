"""Where the demo exhibition's data lies: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).parent.parent


def folder(name: str) -> Path:
    """The folder `assets` or `manifests`."""
    inside, beside = PACKAGE / "data" / name, PACKAGE.parent / name
    return inside if inside.is_dir() else beside
