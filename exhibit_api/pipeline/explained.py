"""Puts the Khronos validator's findings into words for curators: what is wrong, where, and how to mend it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from exhibit_api.gltf.fields import shown
from exhibit_api.pipeline.explained_file import FILE, Row
from exhibit_api.pipeline.explained_geometry import GEOMETRY
from exhibit_api.pipeline.explained_places import where as where
from exhibit_api.pipeline.explained_scene import SCENE
from exhibit_api.pipeline.outcome import Words

MOST_IN_FULL = 100
LONGEST_MESSAGE = 300  # characters: the validator repeats what stands in the file, which may be megabytes

Severity = Literal["error", "warning", "info", "hint"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info", "hint")  # at the validator's numbers


@dataclass(frozen=True, slots=True)
class Explained:
    """What a code means, and how its cause is mended."""

    summary: Words
    remedy: Words


@dataclass(frozen=True, slots=True)
class Finding:
    """What the validator found at a place of the model.

    `message` is its own sentence and `pointer` a JSON Pointer, "" for the file as a whole; both may repeat the file's
    text, shortened. `count` is above 1 where this one stands for others of its code that are not told in full.
    """

    code: str
    severity: Severity
    message: str
    pointer: str
    where: Words
    summary: Words
    remedy: Words
    count: int = 1


def explanations(rows: tuple[Row, ...]) -> dict[str, Explained]:
    return {
        code: Explained(words(chinese[0], english[0]), words(chinese[1], english[1]))
        for codes, chinese, english in rows
        for code in codes
    }


def words(chinese: str, english: str) -> Words:
    return {"zh-Hans": chinese, "en": english}


EXPLAINED = explanations(FILE + GEOMETRY + SCENE)

UNEXPLAINED = Explained(
    words(
        "校验器发现文件与 glTF 标准不符，详见它的原文。",
        "The validator found a departure from the glTF standard; its own sentence tells which.",
    ),
    words(
        "请先试“修复”；若仍有问题，请更新导出程序，从原始工程重新导出。",
        "Try “repair” first; if it stays, update the exporter and export again from the original project.",
    ),
)


def explain(code: str) -> Explained | None:
    """A code of the Khronos validator in words; None of one that is rare."""
    return EXPLAINED.get(code)


def issues_from(report: Mapping[str, Any]) -> list[Finding]:
    """The findings of a Khronos report, errors first: `MOST_IN_FULL` of them each alone, of the rest one a code.

    The counts add up to the report's messages. A report that the validator itself cut short has no more.
    """
    messages = sorted(report["issues"]["messages"], key=lambda message: int(message["severity"]))
    kept = [finding(message) for message in messages[:MOST_IN_FULL]]
    rest = messages[MOST_IN_FULL:]
    counts = Counter((message["code"], message["severity"]) for message in rest)
    firsts = {(message["code"], message["severity"]): message for message in reversed(rest)}
    return kept + [finding(firsts[kind], count) for kind, count in counts.items()]


def finding(message: Mapping[str, Any], count: int = 1) -> Finding:
    """One message of a report in words. What is wrong with a GLB's frame is told by its place in bytes."""
    code, pointer = message["code"], message.get("pointer", "")
    told = explain(code) or UNEXPLAINED
    offset = message.get("offset")
    place = where(pointer) if offset is None else words(f"文件的第 {offset} 字节处", f"byte {offset} of the file")
    return Finding(
        code=code,
        severity=SEVERITIES[message["severity"]],
        message=shown(message["message"], LONGEST_MESSAGE),
        pointer=shown(pointer, LONGEST_MESSAGE),
        where=place,
        summary=told.summary,
        remedy=told.remedy,
        count=count,
    )
