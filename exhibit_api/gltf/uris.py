"""A model holds all that it shows: no URI in it may point outside the file. No key in it may be endless."""

from exhibit_api.gltf.fields import LONGEST_TEXT, Path, described, refusal, shown

Trail = tuple["Trail", str | int] | None  # a path that shares its beginning with others
PACK = "pack all into the GLB"


def refuse_outside_uris(json: dict[str, object], way_out: str = PACK) -> None:
    """BadModel where any `uri`, at any depth, extensions and extras too, is no `data:` URI, or a key is too long."""
    pending: list[tuple[object, Trail]] = [(json, None)]
    while pending:
        value, trail = pending.pop()
        if isinstance(value, dict):
            if "uri" in value:
                check(value["uri"], (trail, "uri"), way_out)
            if len(longest := max(value, key=len, default="")) > LONGEST_TEXT:
                what = f"has a key of {len(longest)} characters; at most {LONGEST_TEXT} are taken"
                raise refusal(path_of(trail), what)
            pending += [(inner, (trail, key)) for key, inner in value.items() if isinstance(inner, (dict, list))]
        elif isinstance(value, list):
            pending += [(inner, (trail, at)) for at, inner in enumerate(value) if isinstance(inner, (dict, list))]


def check(uri: object, trail: Trail, way_out: str) -> None:
    if not isinstance(uri, str):
        raise refusal(path_of(trail), f"is {described(uri)}; a data: URI is due")
    if uri[:5].lower() != "data:":
        raise refusal(path_of(trail), f'points outside the file, to "{shown(uri)}"; {way_out}')


def path_of(trail: Trail) -> Path:
    steps: list[str | int] = []
    while trail is not None:
        trail, step = trail
        steps.append(step)
    return tuple(reversed(steps))
