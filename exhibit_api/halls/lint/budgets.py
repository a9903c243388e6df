"""Whether the hall costs no device more than it bears, and what weighs most where it does."""

import math
from collections.abc import Iterator, Mapping, Sequence

from exhibit_api.gltf.budget import Measure
from exhibit_api.halls.costs import Share, Use, costs, given_up, uses, waiting
from exhibit_api.halls.draft import HallDraft
from exhibit_api.halls.findings import Finding, FindingCode, finding
from exhibit_api.halls.loading import FIRST_VIEW, REST
from exhibit_api.halls.space import Space
from exhibit_api.profiles import MASTER, Budgets, Profile

NEAR = 80
"""Per cent of a limit from which it is told that little is left."""

MOST_NAMED = 3

UNITS: Mapping[Measure, tuple[int, str, str]] = {
    "bytes": (1_000_000, " MB", ""),
    "triangles": (1, "", " triangles"),
    "draw_calls": (1, "", " draw calls"),
    "texture_bytes": (1 << 20, " MiB", " of texture memory"),
}
"""What a measure is counted in, how that is written, and what it is a number of."""


def findings(draft: HallDraft, budgets: Budgets) -> Iterator[Finding]:
    """All findings about budgets: one for each limit that is exceeded or nearly used up, where it is."""
    for profile, cost in costs(draft.standing, draft.body.space).items():
        limits = budgets.of_profile(profile)
        for use in uses(cost, limits) if limits else ():
            if 100 * use.value < NEAR * use.most:
                continue
            code = FindingCode.BUDGET_EXCEEDED if use.value > use.most else FindingCode.BUDGET_NEAR
            subjects, pointer = _place(draft, use)
            yield finding(code, told(profile, use), *subjects, pointer=pointer)


def told(profile: Profile, use: Use) -> str:
    """How much is taken, how much may be, what weighs most, and how much of it will become lighter by itself."""
    value, most, digits = _amounts(use)
    share = "more than" if use.value > use.most else f"{100 * use.value // use.most} % of"
    parts = [f"for {profile} {_subject(use)} takes {value}{UNITS[use.measure][2]}, {share} the limit of {most}"]
    if heaviest := () if _is_one(use) else _by_weight(use)[:MOST_NAMED]:
        names = [f"{one.standing.slug!r} {amount(one.adds.of(use.measure), use.measure, digits)}" for one in heaviest]
        parts.append(f"{_listed(names)} {'weighs' if len(names) == 1 else 'weigh'} most")
    if profile != MASTER:
        parts += _unmade(use)
    return "; ".join(parts)


def _unmade(use: Use) -> Iterator[str]:
    """How many masters are counted, since nothing was made from them yet or nothing could be."""
    models = len({share.standing.model.sha256 for share in use.shares if share.standing.model})
    if unmade := waiting(use.shares):
        which = "its model is" if _is_one(use) else f"{unmade} of its {models} models {'is' if unmade == 1 else 'are'}"
        yield f"{which} still being made light"
    if hopeless := sorted(given_up(use.shares)):
        which = "its model" if _is_one(use) else f"{len(hopeless)} of its {models} models"
        where = " and ".join(f"GET /v1/assets/{sha256[:12]}…" for sha256 in hopeless[:MOST_NAMED])
        yield f"{which} could not be made light: {where} says why"


def amount(number: int, measure: Measure, digits: int = 1) -> str:
    """A number as it is written: with so many digits behind the point, or two that count where it is small."""
    size, unit, _ = UNITS[measure]
    if size == 1 or number == 0:
        return f"{number:,}{unit}"
    value = number / size
    decimals = max(digits, 1 - math.floor(math.log10(value)))
    return f"{value:,.{decimals}f}".rstrip("0").rstrip(".") + unit


def _amounts(use: Use) -> tuple[str, str, int]:
    """The value and the limit in so many digits that they differ where they do, and how many those are."""
    for digits in range(1, 9):
        value, most = amount(use.value, use.measure, digits), amount(use.most, use.measure, digits)
        if value != most or use.value == use.most:
            break
    return value, most, digits


def _is_one(use: Use) -> bool:
    return use.limit == "exhibit_bytes"


def _subject(use: Use) -> str:
    if _is_one(use):
        return repr(use.shares[0].standing.slug)
    names = {None: "the whole hall", FIRST_VIEW: "the first view", REST: "what stands in no zone"}
    return names.get(use.part) or f"the zone {use.part!r}"


def _place(draft: HallDraft, use: Use) -> tuple[tuple[str, ...], str | None]:
    """What the finding is about, and where in the first of its documents."""
    if _is_one(use):
        one = use.shares[0].standing
        return (f"placements/{one.id}", f"exhibits/{one.slug}"), None
    heaviest = (f"placements/{share.standing.id}" for share in _by_weight(use)[:MOST_NAMED])
    return (f"halls/{draft.slug}", *heaviest), _pointer(draft.body.space, use.part)


def _pointer(space: Space, part: str | None) -> str | None:
    if part == FIRST_VIEW:
        return "/space/spawn"
    return next((f"/space/zones/{i}" for i, zone in enumerate(space.zones) if zone.id == part), None)


def _by_weight(use: Use) -> list[Share]:
    heavy = [share for share in use.shares if share.adds.of(use.measure)]
    return sorted(heavy, key=lambda share: (-share.adds.of(use.measure), share.standing.slug, share.standing.id))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
