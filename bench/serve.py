"""Published manifests against nginx: the same files, br, identity and 304, on 1 and 32 connections.

    uv run python bench/serve.py [--data DIR] [--rounds N] [--seconds S]

DIR is the data folder of `exhibit demo`; without one, a bilingual hall of 100 exhibits is made up.
Aims, as CPU of the whole process tree against nginx: br at most 1.5, 304 at most 2.
"""

import argparse
import contextlib
import gzip
import hashlib
import json
import random
import tempfile
from pathlib import Path

import brotli
import measure

WORDS = """
welding robot turbine loom spindle gear bearing lathe worker craftsman studio training precision surface calibration
casting forging assembly measured improved reduced energy vibration tolerance seconds
"""
HAN = "工匠展品焊接机器人涡轮织机主轴齿轮轴承车床创新工作室培训精度表面校准铸造锻造装配测量改进降低能耗振动公差效率质量安全传承技术"
AIMS = {"br": 1.5, "304": 2.0}


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, help="data folder of `exhibit demo`")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=int, default=3)
    chosen = options.parse_args()
    measure.require("nginx", "wrk")
    with tempfile.TemporaryDirectory() as made:
        store = chosen.data / "store" if chosen.data else made_up(Path(made))
        manifest = max((store / "public" / "manifests").glob("*.json"), key=lambda file: file.stat().st_size)
        forms = [manifest, *(manifest.with_name(manifest.name + ending) for ending in (".br", ".zst", ".gz"))]
        print("manifest", ", ".join(f"{f.suffix[1:]} {f.stat().st_size:,} B" for f in forms if f.exists()))
        with contextlib.ExitStack() as stack:
            nginx = stack.enter_context(measure.nginx(store / "public"))
            protocol = stack.enter_context(measure.ours("protocol", store, protocol=True))
            front = stack.enter_context(measure.ours("front", store, protocol=False))
            compare([nginx, protocol, front], f"/public/manifests/{manifest.name}", chosen.rounds, chosen.seconds)


def compare(targets: list[measure.Target], path: str, rounds: int, seconds: int) -> None:
    """One table: all cases, all targets, against the first."""
    base = targets[0].name
    print(
        f"{'case':<10}{'conn':>5}  {'target':<10}{'req/s':>10}{'CPU µs':>9}   {'CPU ÷ nginx':<20}{'req/s ÷ nginx':<20}"
    )
    for case in ("br", "identity", "304"):
        headers = {target.name: asked(case, target, path) for target in targets}
        for connections in (1, 32):
            found = measure.rounds(
                rounds, targets, lambda t, h=headers, c=connections: measure.wrk(t, path, h[t.name], c, seconds)
            )
            for target in targets:
                name = target.name
                rate = measure.median(found, name, lambda run: run.rate)
                cpu = measure.median(found, name, lambda run: run.cpu_each)
                by_cpu = measure.ratio(found, name, base, lambda run: run.cpu_each)
                by_rate = measure.ratio(found, name, base, lambda run: run.rate)
                aim = f"aim ≤ {AIMS[case]}" if name == "protocol" and case in AIMS else ""
                print(
                    f"{case:<10}{connections:>5}  {name:<10}{rate:>10,.0f}{cpu:>9.1f}   {by_cpu:<20}{by_rate:<20}{aim}",
                    flush=True,
                )


def asked(case: str, target: measure.Target, path: str) -> dict[str, str]:
    """The request's headers for a case, after the target was seen to answer them rightly."""
    if case == "br":
        headers = {"Accept-Encoding": "gzip, deflate, br"}
        measure.probe(target, path, headers, 200, content_encoding="br")
        return headers
    told = measure.probe(target, path, {}, 200)
    if case == "identity":
        return {}
    headers = {"Accept-Encoding": "gzip, deflate, br"}
    if target.name == "nginx":  # its tag differs by coding
        told = measure.probe(target, path, headers, 200)
    headers["If-None-Match"] = told["etag"]
    measure.probe(target, path, headers, 304)
    return headers


def made_up(store: Path, exhibits: int = 100) -> Path:
    """A store with one hall of so many exhibits, with prose in two languages; the same each time."""
    chance = random.Random(7)
    english = WORDS.split()

    def text(words: int) -> dict[str, str]:
        chinese = "".join(chance.choice(HAN) for _ in range(words * 2)) + "。"
        return {"zh-Hans": chinese, "en": " ".join(chance.choice(english) for _ in range(words)).capitalize() + "."}

    def exhibit(number: int) -> dict[str, object]:
        digest = hashlib.sha256(str(number).encode()).hexdigest()
        variant = {
            "profile": "master",
            "url": f"../blobs/{digest}.glb",
            "sha256": digest,
            "bytes": chance.randrange(10**6),
        }
        place = [round(chance.uniform(-30, 30), 3) for _ in range(3)]
        pose = {"translation": place, "rotation": [0, 0.7071068, 0, 0.7071068], "scale": [1, 1, 1]}
        words = {"label": text(3), "summary": text(40), "alt": text(15)}
        return {"id": f"exhibits/e-{number}", **words, "pose": pose, "model": {"variants": [variant], "animations": []}}

    document = {"type": "HallManifest", "hall": {"slug": "made-up"}, "exhibits": [exhibit(n) for n in range(exhibits)]}
    data = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    digest = hashlib.sha256(data).hexdigest()
    public = store / "public"
    (public / "manifests").mkdir(parents=True)
    (public / "halls").mkdir()
    file = public / "manifests" / f"{digest}.json"
    file.write_bytes(data)
    file.with_name(f"{file.name}.br").write_bytes(brotli.compress(data))
    file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(data, mtime=0))
    resource = {
        "url": f"../manifests/{file.name}",
        "sha256": digest,
        "bytes": len(data),
        "mediaType": "application/json",
    }
    (public / "halls" / "made-up.json").write_text(json.dumps({"slug": "made-up", "manifest": resource}))
    return store


if __name__ == "__main__":
    main()
