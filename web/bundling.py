"""How folders of `web/` become folders of the package: made beside, then put in place as a whole, with a stamp of what they are made of."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from pathlib import Path

STAMP = "stamp"
NOTICES = ("licen", "notice", "third_party", "third-party", "copying")


def renew(place: Path, sources: list[Path], build: Callable[[Path, Path], None]) -> None:
    """Have `build(work, made)` fill two empty folders, and put `made` into its place, unless it stands there made of these sources."""
    stamp = stamp_of([*sources, *Path(__file__).parent.glob("*.py")])
    kept = place / STAMP
    if kept.is_file() and kept.read_text(encoding="utf-8") == stamp:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=f".{place.name}-") as scratch:
        work, made = Path(scratch, "work"), Path(scratch, "made")
        work.mkdir()
        build(work, made)
        (made / STAMP).write_text(stamp, encoding="utf-8")
        if place.exists():
            place.rename(Path(scratch, "old"))
        made.rename(place)


def stamp_of(files: list[Path]) -> str:
    """One digest of the places and bytes of `files`; of packages that someone installed beside them, nothing."""
    ours = sorted(file for file in files if file.is_file() and "node_modules" not in file.parts)
    above = os.path.commonpath(ours)
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {os.path.relpath(file, above)}" for file in ours]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def deno(folder: Path, *words: str) -> None:
    """Run the deno of the build's environment in `folder`."""
    beside = Path(sysconfig.get_path("scripts"), "deno.exe" if sys.platform == "win32" else "deno")
    found = str(beside) if beside.is_file() else shutil.which("deno")
    if found is None:
        raise RuntimeError("deno is not in the build's environment; it comes with the package 'deno'")
    subprocess.run([found, *words], cwd=folder, env={**os.environ, "NO_COLOR": "1"}, check=True)  # noqa: S603 - ours


def packages_in(store: Path) -> dict[str, Path]:
    """Where each package of deno's store (`node_modules/.deno`) lies: npm's name → folder."""
    manifests = [*store.glob("*/node_modules/*/package.json"), *store.glob("*/node_modules/@*/*/package.json")]
    folders = [manifest.parent for manifest in manifests if not manifest.parent.is_symlink()]
    packages = {folder.relative_to(store).as_posix().split("node_modules/")[1]: folder for folder in folders}
    return {name: packages[name] for name in sorted(packages)}


def notices(packages: dict[str, Path], apache: Path, ours: dict[str, Path] | None = None) -> str:
    """The notices of every package, whole, under its name and version. One that ships none is under Apache 2.0, or its text is `ours`."""
    chapters = []
    for name, folder in packages.items():
        manifest = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        licence = manifest.get("license", "see below")
        names = (*NOTICES, "readme") if "LGPL" in licence else NOTICES  # there, its parts and their licences are listed
        files = sorted(file for file in folder.glob("*") if file.is_file() and file.name.lower().startswith(names))
        if not files and ours and name in ours:
            files = [ours[name]]
        if not files and licence == "Apache-2.0":
            files = [apache]
        if not files:
            raise RuntimeError(f"the package {name} comes without the text of its licence ({licence})")
        chapters.append(chapter(f"{name} {manifest['version']} ({licence})", files))
    return "\n\n".join(chapters) + "\n"


def chapter(title: str, files: list[Path]) -> str:
    """The notices of one package."""
    texts = [file.read_text(encoding="utf-8", errors="replace").strip() for file in files]
    return "\n\n".join([f"{'=' * 100}\n{title}\n{'=' * 100}", *texts])
