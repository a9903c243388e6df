"""Bundles the JavaScript toolbox of `web/pipeline` into the package, with the licences of all that is in it."""

import shutil
from pathlib import Path

from bundling import deno, notices, packages_in, renew

SOURCES = "web/pipeline"
TOOLBOX = "exhibit_api/pipeline/toolbox"
UNBUNDLED = ("sharp", "@img/sharp-wasm32", "@img/colour", "@emnapi/runtime", "detect-libc", "semver", "tslib")
"""sharp stays a package of its own files: libvips in it is under the LGPL, and must be replaceable."""
WASM = (
    "ktx2-encoder/dist/basis/basis_encoder.wasm",
    "draco3dgltf/draco_decoder_gltf.wasm",
    "draco3dgltf/draco_encoder.wasm",
)
UNSHIPPED = ("*.d.ts", "*.d.mts", "*.d.cts", "*.map", "src", "install")
NATIVE = ("@img/sharp-darwin", "@img/sharp-freebsd", "@img/sharp-libvips", "@img/sharp-linux", "@img/sharp-win32")
"""Builds of sharp for one system, which are not shipped."""


def make(root: Path) -> None:
    """Make the toolbox of the checkout or sdist at `root`, unless it is up to date."""

    def build(work: Path, made: Path) -> None:
        shutil.copytree(root / SOURCES, work, ignore=shutil.ignore_patterns("node_modules"), dirs_exist_ok=True)
        deno(work, "install", "--quiet", "--frozen", "--node-modules-dir=auto")
        bundle = ("bundle", "--quiet", "--platform", "deno", "--minify", "--code-splitting", "--external", "sharp")
        deno(work, *bundle, "--outdir", str(made), "toolbox.mjs")
        (made / "toolbox.js").rename(made / "toolbox.mjs")
        found = packages_in(work / "node_modules" / ".deno")
        packages = {name: folder for name, folder in found.items() if not name.startswith(NATIVE)}
        for wasm in WASM:
            shutil.copyfile(work / "node_modules" / wasm, made / Path(wasm).name)
        for name in UNBUNDLED:
            shutil.copytree(packages[name], made / "node_modules" / name, ignore=shutil.ignore_patterns(*UNSHIPPED))
        (made / "package.json").write_text('{"private": true, "type": "module", "dependencies": {"sharp": "*"}}\n')
        (made / "NOTICES.txt").write_text(notices(packages, root / "LICENSE"), encoding="utf-8")
        shutil.copytree(work / "licences", made / "licences")

    renew(root / TOOLBOX, [root / "LICENSE", *(root / SOURCES).rglob("*")], build)
