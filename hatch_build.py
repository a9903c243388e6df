"""The build hook: bundles the JavaScript toolbox of web/pipeline into the package, with the licences of all that is in it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = "web/pipeline"
TOOLBOX = "exhibit_api/pipeline/toolbox"
STAMP = "stamp"
UNBUNDLED = ("sharp", "@img/sharp-wasm32", "@img/colour", "@emnapi/runtime", "detect-libc", "semver", "tslib")
"""sharp stays a package of its own files: libvips in it is under the LGPL, and must be replaceable."""
WASM = (
    "ktx2-encoder/dist/basis/basis_encoder.wasm",
    "draco3dgltf/draco_decoder_gltf.wasm",
    "draco3dgltf/draco_encoder.wasm",
)
UNSHIPPED = ("*.d.ts", "*.d.mts", "*.d.cts", "*.map", "src", "install")
NOTICES = ("licen", "notice", "third_party", "third-party", "copying")
NATIVE = ("@img/sharp-darwin", "@img/sharp-freebsd", "@img/sharp-libvips", "@img/sharp-linux", "@img/sharp-win32")


class ToolboxHook(BuildHookInterface):
    """Makes the toolbox before the files of a wheel, or of an editable install, are collected."""

    PLUGIN_NAME = "toolbox"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling. What is up to date is left alone."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        stamp = stamp_of([*sorted((root / SOURCES).rglob("*")), Path(__file__)])
        made = root / TOOLBOX / STAMP
        if not made.is_file() or made.read_text(encoding="utf-8") != stamp:
            build(root, stamp)


def stamp_of(files: list[Path]) -> str:
    """One digest of the names and bytes of `files`; of packages that someone installed beside them, nothing."""
    ours = [file for file in files if file.is_file() and "node_modules" not in file.parts]
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}" for file in ours]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def build(root: Path, stamp: str) -> None:
    """Make the toolbox in a folder of its own, and put it in its place when all of it is there."""
    toolbox = root / TOOLBOX
    toolbox.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=toolbox.parent, prefix=".toolbox-") as scratch:
        work, made = Path(scratch, "work"), Path(scratch, "made")
        shutil.copytree(root / SOURCES, work, ignore=shutil.ignore_patterns("node_modules"))
        deno(work, "install", "--quiet", "--frozen", "--node-modules-dir=auto")
        bundle = ("bundle", "--quiet", "--platform", "deno", "--minify", "--code-splitting", "--external", "sharp")
        deno(work, *bundle, "--outdir", str(made), "toolbox.mjs")
        (made / "toolbox.js").rename(made / "toolbox.mjs")
        packages = packages_in(work / "node_modules" / ".deno")
        for wasm in WASM:
            shutil.copyfile(work / "node_modules" / wasm, made / Path(wasm).name)
        for name in UNBUNDLED:
            shutil.copytree(packages[name], made / "node_modules" / name, ignore=shutil.ignore_patterns(*UNSHIPPED))
        (made / "package.json").write_text('{"private": true, "type": "module", "dependencies": {"sharp": "*"}}\n')
        (made / "NOTICES.txt").write_text(notices(packages, root / "LICENSE"), encoding="utf-8")
        shutil.copytree(work / "licences", made / "licences")
        (made / STAMP).write_text(stamp, encoding="utf-8")
        if toolbox.exists():
            toolbox.rename(Path(scratch, "old"))
        made.rename(toolbox)


def deno(folder: Path, *words: str) -> None:
    """Run the deno of the build's environment in `folder`."""
    beside = Path(sysconfig.get_path("scripts"), "deno.exe" if sys.platform == "win32" else "deno")
    found = str(beside) if beside.is_file() else shutil.which("deno")
    if found is None:
        raise RuntimeError("deno is not in the build's environment; it comes with the package 'deno'")
    subprocess.run([found, *words], cwd=folder, env={**os.environ, "NO_COLOR": "1"}, check=True)  # noqa: S603 - ours


def packages_in(store: Path) -> dict[str, Path]:
    """Where each package lies: npm's name → folder; without the builds of sharp for one system, which are not shipped."""
    manifests = [*store.glob("*/node_modules/*/package.json"), *store.glob("*/node_modules/@*/*/package.json")]
    folders = [manifest.parent for manifest in manifests if not manifest.parent.is_symlink()]
    packages = {folder.relative_to(store).as_posix().split("node_modules/")[1]: folder for folder in folders}
    return {name: packages[name] for name in sorted(packages) if not name.startswith(NATIVE)}


def notices(packages: dict[str, Path], apache: Path) -> str:
    """The notices of every package, whole, under its name and version. One of them ships none: it is under Apache 2.0."""
    chapters = []
    for name, folder in packages.items():
        manifest = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        licence = manifest.get("license", "see below")
        names = (*NOTICES, "readme") if "LGPL" in licence else NOTICES  # there, its parts and their licences are listed
        files = sorted(file for file in folder.glob("*") if file.is_file() and file.name.lower().startswith(names))
        if not files and licence == "Apache-2.0":
            files = [apache]
        if not files:
            raise RuntimeError(f"the package {name} comes without the text of its licence ({licence})")
        texts = [file.read_text(encoding="utf-8", errors="replace").strip() for file in files]
        chapters.append("\n\n".join([f"{'=' * 100}\n{name} {manifest['version']} ({licence})\n{'=' * 100}", *texts]))
    return "\n\n".join(chapters) + "\n"
