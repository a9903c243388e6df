"""Verdicts belong to their files, whatever becomes of the records; and what tools say does not tell where they ran."""

from pathlib import Path

import pytest

from exhibit_api.pipeline import tools
from exhibit_api.pipeline.child import Cause, Ended
from exhibit_api.pipeline.gate import failure, lost, verdict, verdicts
from exhibit_api.pipeline.outcome import Verdict
from tests.gltf.building import box, box_model, glb

# A toolbox that judges each file by its name: "lost" gets no record, at "crash" it ends.
TOOLBOX = """
const [, ...files] = Deno.args;
for (const file of files) {
  const name = file.split("/").at(-1);
  if (name.startsWith("crash")) { console.error(`Error: no such thing as ${file}`); Deno.exit(3); }
  if (name.startsWith("lost")) continue;
  const record = { file, report: { name }, unknownExtensions: [] };
  console.log("\\x1e" + JSON.stringify(record));
}
"""


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder whose files are judged by the toolbox above."""
    (tmp_path / "toolbox.mjs").write_text(TOOLBOX)
    monkeypatch.setattr(tools, "BUNDLE", tmp_path)
    monkeypatch.setattr(tools, "SCRIPT", tmp_path / "toolbox.mjs")
    return tmp_path


def judged(folder: Path, *names: str) -> list[str]:
    """What was said of the files of these names, in one word each: their names, or how it failed."""
    files = [folder / name for name in names]
    for file in files:
        file.write_bytes(b"")
    return [str(one.report["name"]) if one.report else str(one.failure) for one in verdicts(files, folder)]


def test_a_record_that_was_lost_shifts_no_verdict(scripted: Path) -> None:
    first, second, third = judged(scripted, "one.glb", "lost.glb", "three.glb")
    assert (first, third) == ("one.glb", "three.glb")
    assert "was lost" in second


def test_a_crash_after_a_lost_record_is_its_own_files(scripted: Path) -> None:
    told = judged(scripted, "lost.glb", "two.glb", "crash.glb", "four.glb", "lost-too.glb")
    assert (told[1], told[3]) == ("two.glb", "four.glb")
    assert "no such thing" in told[0]
    assert "no such thing" in told[2]
    assert "was lost" in told[4]


def test_what_a_tool_says_does_not_tell_where_it_ran(scripted: Path) -> None:
    (told,) = judged(scripted, "crash.glb")
    assert told == "the validator could not finish: Error: no such thing as crash.glb"
    record = {"file": "x", "error": "cannot read '/srv/work/gate-1/a.glb'"}
    assert verdict(record) == Verdict(None, failure="the validator could not finish: cannot read 'a.glb'")
    assert failure(Ended(Cause.FAILED, 7, "", 0, 0, 0)) == "the validator could not finish: it ended with 7"


@pytest.mark.parametrize(
    ("cause", "found", "expected"),
    [
        (Cause.DONE, {"b"}, ["a", "c", "d"]),
        (Cause.WALL, {"b"}, ["a", "c"]),
        (Cause.WALL, set(), ["a"]),
        (Cause.DONE, {"a", "b", "c", "d"}, []),
        (Cause.FAILED, {"a", "b", "c", "d"}, []),
    ],
)
def test_what_is_lost_with_a_child(cause: Cause, found: set[str], expected: list[str]) -> None:
    assert lost(["a", "b", "c", "d"], found, Ended(cause, 1, "", 0, 0, 0)) == expected


def test_the_real_validator_names_its_files(tmp_path: Path) -> None:
    document, data = box_model()
    document["accessors"][0]["max"] = [9.0, 9.0, 9.0]
    models = {"good": box(), "bad": glb(document, data), "again": box()}
    for name, model in models.items():
        (tmp_path / name).write_bytes(model)
    found = verdicts([tmp_path / name for name in models], tmp_path)
    assert [one.report["issues"]["numErrors"] > 0 for one in found if one.report] == [False, True, False]
