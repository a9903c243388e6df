"""The verdict on an asset: what the validator found in it, what an admin lets pass, and so whether it can be published."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from exhibit_api.assets.schemas import ValidationOut
from exhibit_api.assets.tables import Asset, State
from exhibit_api.gltf.fields import shown
from exhibit_api.pipeline.explained import issues_from
from exhibit_api.pipeline.outcome import Verdict

MOST_NAMED = 100

VALIDATOR = "validator"
STOPPED = "VALIDATOR_STOPPED"
"""Our own code, so that nobody can waive it: of such a file nothing is known."""

UNSEEN = "ERRORS_UNSEEN"
"""Our own code, so that nobody can waive it: the report was cut short before all errors stood in it."""

WORDS: dict[str, dict[str, dict[str, str]]] = {
    STOPPED: {
        "summary": {
            "zh-Hans": "校验器未能检查完这个文件，因此无法判断它能否展示。",
            "en": "The validator could not finish with this file, so nobody can tell whether it can be shown.",
        },
        "remedy": {
            "zh-Hans": "请减少模型的网格、节点和动画数量后重新导出；若文件损坏，请从原始工程重新导出，再上传一次。",
            "en": "Export it again from the original project with fewer meshes, nodes and animations, and send it once more.",
        },
    },
    UNSEEN: {
        "summary": {
            "zh-Hans": "错误太多，校验报告被截断，其余错误无从得知，因此不能放行。",
            "en": "There are so many errors that the report was cut short; nobody saw the others, so none can let them pass.",
        },
        "remedy": {
            "zh-Hans": "请先修正已列出的错误，或试用“修复”，再重新导出并上传。",
            "en": "Mend the errors that are named, or try “repair”, then export the model again and send it once more.",
        },
    },
}
"""What our own codes mean, and how their cause is mended."""


def enter_verdict(asset: Asset, verdict: Verdict) -> None:
    """Note what the validator found, beside our own findings, and judge the asset."""
    own = [issue for issue in asset.issues if issue.get("source") != VALIDATOR and issue["code"] not in WORDS]
    asset.issues = own + found_in(verdict)
    asset.validation = _in_numbers(verdict)
    judge(asset)


def judge(asset: Asset) -> None:
    """Mark what is waived, and set the state: failed by an error that is not, or that nobody saw; else ready once the validator ran."""
    passing = {waiver["code"] for waiver in asset.waivers}
    asset.issues = [issue | {"waived": is_waivable(issue) and issue["code"] in passing} for issue in asset.issues]
    waived = sum(issue.get("count", 1) for issue in asset.issues if issue["waived"])
    passed = State.READY if asset.has_verdict else State.RECEIVED
    counted = (asset.validation or {}).get("errors", 0)
    asset.state = State.FAILED if asset.errors or counted > waived else passed


def is_waivable(issue: dict[str, Any]) -> bool:
    """Whether an admin may let it pass: an error of the validator's, not one of our own."""
    return issue.get("source") == VALIDATOR and issue["severity"] == "error"


def errors_of(issues: Sequence[dict[str, Any]]) -> Counter[str]:
    """How many errors there are of each code, waived or not."""
    errors: Counter[str] = Counter()
    for issue in issues:
        if issue["severity"] == "error":
            errors[issue["code"]] += issue.get("count", 1)
    return errors


def found_in(verdict: Verdict) -> list[dict[str, Any]]:
    """What the validator found, as it is kept beside our own findings. A file that it could not finish with has an error of ours."""
    if verdict.report is None:
        return [{"code": STOPPED, "severity": "error", "message": verdict.failure or "", "pointer": ""}]
    found = [
        {
            "code": finding.code,
            "severity": finding.severity,
            "message": finding.message,
            "pointer": finding.pointer,
            "place": dict(finding.where),
            "count": finding.count,
            "source": VALIDATOR,
        }
        for finding in issues_from(verdict.report)
    ]
    unseen = verdict.report["issues"]["numErrors"] - errors_of(found).total()
    if unseen > 0:
        message = f"{unseen} more errors of the validator's are not told one by one"
        found.append({"code": UNSEEN, "severity": "error", "message": message, "pointer": "", "count": unseen})
    return found


def _in_numbers(verdict: Verdict) -> dict[str, Any]:
    if verdict.report is None:
        return ValidationOut(errors=0, warnings=0, infos=0, hints=0, failure=verdict.failure).plain()
    issues = verdict.report["issues"]
    return ValidationOut(
        validator_version=verdict.report.get("validatorVersion"),
        errors=issues["numErrors"],
        warnings=issues["numWarnings"],
        infos=issues["numInfos"],
        hints=issues["numHints"],
        truncated=issues["truncated"],
        unknown_extensions=tuple(shown(name) for name in verdict.unknown_extensions[:MOST_NAMED]),
    ).plain()
