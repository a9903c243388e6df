"""Bundles `web/client` and `web/viewer` into the package: what the service, and an exported folder, serve below `viewer/`.

`python web/bundled_viewer.py` makes it again in the checkout; `uv sync` does so too.
"""

import hashlib
import json
import re
import shutil
from pathlib import Path

from bundling import chapter, deno, notices, packages_in, renew

VIEWER = "exhibit_api/viewer/static"
PAGES = ("viewer/src/viewer.ts", "viewer/src/entrance.ts")
"""What pages load; what they share, and what they load later, lies in pieces of its own, named by their digests."""
ALONE = {"exhibit-client.js": "client/src/index.ts", "service-worker.js": "viewer/src/service_worker.ts"}
"""Whole in one file each: a library for other pages, and a worker."""
DECODERS = (
    "three/examples/jsm/libs/basis/basis_transcoder.js",
    "three/examples/jsm/libs/basis/basis_transcoder.wasm",
    "three/examples/jsm/libs/draco/gltf/draco_decoder.wasm",
    "three/examples/jsm/libs/draco/gltf/draco_wasm_wrapper.js",
)
SHIPPED = ("three", "qrcode-generator")
NOT_LISTED = ("service-worker.js", "files.json", "NOTICES.txt", "stamp")


def make(root: Path) -> None:
    """Make the viewer of the checkout or sdist at `root`, unless it is up to date."""
    web = root / "web"
    sources = [root / "LICENSE", web / "deno.json", web / "deno.lock"]
    sources += [file for folder in ("client", "viewer") for file in (web / folder).rglob("*")]

    def build(work: Path, made: Path) -> None:
        for name in ("client", "viewer"):
            shutil.copytree(web / name, work / name, ignore=shutil.ignore_patterns("node_modules"))
        for name in ("deno.json", "deno.lock"):
            shutil.copyfile(web / name, work / name)
        deno(work, "install", "--quiet", "--frozen")
        bundle = ("bundle", "--quiet", "--platform", "browser", "--minify")
        deno(work, *bundle, "--code-splitting", "--outdir", str(made), *PAGES)
        for name, entry in ALONE.items():
            deno(work, *bundle, "--output", str(made / name), entry)
        for style in sorted((work / "viewer" / "styles").iterdir()):
            shutil.copyfile(style, made / style.name)
        (made / "decoders").mkdir()
        for decoder in DECODERS:
            shutil.copyfile(work / "node_modules" / decoder, made / "decoders" / Path(decoder).name)
        (made / "NOTICES.txt").write_text(_notices(root, work), encoding="utf-8")
        (made / "files.json").write_text(_listed(made), encoding="utf-8")

    renew(root / VIEWER, sources, build)


def _notices(root: Path, work: Path) -> str:
    found = packages_in(work / "node_modules" / ".deno")
    ours = {file.stem: file for file in (work / "viewer" / "licences").iterdir()}
    shipped = notices({name: found[name] for name in SHIPPED}, root / "LICENSE", ours)
    inside = [
        chapter("meshoptimizer, in three (MIT)", [ours["meshoptimizer"]]),
        chapter("Draco and Basis Universal, in decoders/ (Apache-2.0)", [root / "LICENSE"]),
    ]
    return "\n\n".join([shipped, *inside]) + "\n"


def _listed(made: Path) -> str:
    """What a visitor's browser may keep to be off-line: every file with its digest and bytes; and what the viewer's script needs first."""
    files = sorted(file for file in made.rglob("*") if file.is_file() and file.name not in NOT_LISTED)
    listed = [
        {
            "name": file.relative_to(made).as_posix(),
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
            "bytes": file.stat().st_size,
        }
        for file in files
    ]
    return json.dumps({"files": listed, "first": _imported(made, "viewer.js")}, indent=1) + "\n"


def _imported(made: Path, script: str) -> list[str]:
    """The pieces that a script imports before it runs or as soon as it does, and those that they import before they run."""
    at_once = re.findall(r'import\("\./([\w-]+\.js)"\)', (made / script).read_text(encoding="utf-8"))
    found: list[str] = [*at_once]
    waiting = [script, *at_once]
    while waiting:
        text = (made / waiting.pop()).read_text(encoding="utf-8")
        new = [name for name in re.findall(r'(?:from|import)"\./([\w-]+\.js)"', text) if name not in found]
        found += dict.fromkeys(new)
        waiting += dict.fromkeys(new)
    return sorted(found)


if __name__ == "__main__":
    make(Path(__file__).parent.parent)
