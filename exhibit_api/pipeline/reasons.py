"""Why a product was not made, in words: every reason in Chinese and English, with its numbers."""

import re
from collections.abc import Mapping
from typing import Any

from exhibit_api.gltf.fields import shown
from exhibit_api.pipeline.child import Caps, Cause, Ended
from exhibit_api.pipeline.outcome import Reason, ReasonCode, Words

TEXTS: Mapping[ReasonCode, tuple[str, str]] = {
    ReasonCode.MASTER_IS_BEST: (
        "原件已适合此用途：原件 {master}，转换后 {made}，并不更小，因此直接使用原件。",
        "The master itself serves: it has {master}, and what could be made of it would have {made}, no less.",
    ),
    ReasonCode.UNKNOWN_EXTENSION: (
        "模型使用了工具不认识的扩展 {names}，转换会丢失其内容，因此只发布原件。",
        "The model uses {names}, which the tools do not know and would drop; it is published as its master alone.",
    ),
    ReasonCode.NOT_LIGHTER: (
        "减面后仍有 {triangles} 个三角形，而上一级为 {finer} 个，差别太小，不值得另存一级。",
        "It would have {triangles} triangles, and the next finer level has {finer}: too small a difference to keep both.",
    ),
    ReasonCode.TOO_HEAVY: (
        "转换结果超出此用途的上限：{found}，最多 {most}。",
        "What was made is over the limit of its profile: {found}; at most {most} are taken.",
    ),
    ReasonCode.INVALID_RESULT: (
        "转换结果未通过验证（{codes}），因此未采用。",
        "What was made is not valid ({codes}), and was put aside.",
    ),
    ReasonCode.TOOL_FAILED: ("转换工具未能完成：{message}", "The tool could not make it: {message}"),
    ReasonCode.TOOL_STOPPED: ("转换工具被中止：{cap_zh}。", "The tool was ended: {cap}."),
    ReasonCode.NO_GRAPHICS: ("本机无法渲染图片：{why_zh}。", "This machine cannot draw pictures: {why}."),
    ReasonCode.NO_TOOLBOX: ("本机没有模型转换工具：{why}", "This machine cannot convert models: {why}"),
    ReasonCode.NO_SOURCE: (
        "它要由“{source}”制作，而“{source}”未能做出。",
        "It would be made from {source!r}, which could not be made.",
    ),
}

LONGEST = 300  # characters of a name or message that comes from a file or a tool
PATHS = re.compile(r"(?<![\w/])/[^\s'\"]*/")  # the folders of this machine are nobody's business
ERROR = re.compile(r"(uncaught )?(error|\w+error|exception)\b", re.IGNORECASE)

CAPS: Mapping[Cause, tuple[str, str]] = {
    Cause.WALL: ("超过 {wall:.0f} 秒没有结果", "nothing came of it for {wall:.0f} seconds"),
    Cause.CPU: ("计算超过 {cpu} 秒", "it computed for more than {cpu} seconds"),
    Cause.MEMORY: ("内存不足，最多可用 {memory} MB", "it needs more memory than the {memory} MB that it may take"),
    Cause.OUTPUT: ("写出的数据过大", "it wrote more than it may"),
}


def reason(name: str, code: ReasonCode, **numbers: Any) -> Reason:
    """Why the product `name` was not made. `numbers` are what the texts of the code name."""
    return Reason(name, code, words(code, **numbers))


def words(code: ReasonCode, **numbers: Any) -> Words:
    chinese, english = TEXTS[code]
    numbers = {name: shown(value, LONGEST) if isinstance(value, str) else value for name, value in numbers.items()}
    return {"zh-Hans": chinese.format(**numbers), "en": english.format(**numbers)}


def stopped(name: str, ended: Ended, caps: Caps) -> Reason:
    """Why a tool that ended before its time made nothing: the cap that it broke, or that it crashed."""
    if (texts := CAPS.get(ended.cause)) is None:
        message = PATHS.sub("", last_line(ended.errors)) or f"it crashed ({ended.status})"
        return reason(name, ReasonCode.TOOL_FAILED, message=message)
    numbers = {"wall": caps.wall, "cpu": caps.cpu, "memory": caps.memory >> 20}
    cap_zh, cap = (text.format(**numbers) for text in texts)
    return reason(name, ReasonCode.TOOL_STOPPED, cap_zh=cap_zh, cap=cap)


def heavier(name: str, found: str, most: str) -> Reason:
    """A result over the bound of its profile, both with their unit."""
    return reason(name, ReasonCode.TOO_HEAVY, found=found, most=most)


def last_line(errors: str) -> str:
    """What a tool said of its end, in 200 characters at most; "" where it said nothing that helps."""
    lines = [line.strip() for line in errors.splitlines() if ERROR.match(line.strip())]
    return lines[-1][:200] if lines else ""


def amount(size: int) -> str:
    """A number of bytes for people: "312 bytes", "4.2 MB"."""
    for unit, worth in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= worth:
            return f"{size / worth:,.1f} {unit}"
    return f"{size} bytes"
