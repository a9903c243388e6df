"""The service keeps what its OpenAPI promises, whatever is sent: found by generating requests for every operation."""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from exhibit_api.assets.sounds.recognise import SOUNDS
from tests.acting import House
from tests.assets.sounding import CAPTIONS, wav
from tests.catalogue.records import RECORDS
from tests.gltf.building import box
from tests.houses import open_house

__all__ = ["open_house"]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
KINDS = ("organisations", "people", "awards", "achievements", "exhibits", "studios", "selections")
GROUPS = {
    **{kind: f"/v1/{kind}(/{{slug}})?" for kind in KINDS},
    "models": r"/v1/exhibits/\{slug\}/(model.*|picture)",
    "sounds": r"/v1/exhibits/\{slug\}/sounds.*",
    "uploads": r"/v1/uploads.*|/v1/organisations/\{slug\}/usage",
    "imports": "/v1/imports.*",
    "assets": r"/v1/assets/.*",
    "exhibitions": "/v1/exhibitions.*",
    "halls": r"/v1/halls(/\{slug\}(/(draft|lint|manifest))?)?",
    "placements": r"/v1/halls/\{slug\}/placements.*",
    "placards": r"/v1/halls/\{slug\}/placards.*",
    "editions": r"/v1/halls/\{slug\}/(editions?|rollback)",
    "accounts": "/v1/tokens.*|/v1/audit",
    "operation": "/healthz|/readyz|/metrics",
}
KNOWN = {
    "slug": "known",
    "placement": "known",
    "placard": "known",
    "sha256": hashlib.sha256(box((1, 1, 1))).hexdigest(),
    "name": "quick-look",
    "sound": "known",
}
EXAMPLES = settings(
    max_examples=20,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def inhabited(open_house: House) -> House:
    """A house where each address with the slug "known" has something."""
    for name, body in RECORDS.items():
        kind = name.split("/")[0]
        if name != "organisations/jiangsu":
            open_house.admin.put(f"/v1/{name}", body)
        if kind != "exhibits":
            open_house.admin.put(f"/v1/{kind}/known", body)
    open_house.exhibit("known", box((1, 1, 1)))
    open_house.admin.send("/v1/exhibits/known/sounds/known", wav())
    open_house.admin.put("/v1/exhibits/known/sounds/known/words", {"captions": {"en": CAPTIONS}})
    open_house.hall("known")
    open_house.admin.put("/v1/exhibitions/known", {"organisation": "jiangsu", "label": {"en": "Known"}})
    open_house.place("known", "known")
    open_house.publish("known")
    open_house.work()  # all, or streams of events would not end
    return open_house


@cache
def contract(app: Any) -> Any:
    """The document, as schemathesis reads it."""
    return schemathesis.openapi.from_asgi("/openapi.json", app)


@schemathesis.serializer(
    "model/gltf-binary", "application/octet-stream", "image/jpeg", "image/png", "image/webp", *SOUNDS
)
def as_it_is(_context: Any, value: Any) -> bytes:
    """A file is sent as it is."""
    return value if isinstance(value, bytes) else str(value).encode()


def operations(house: House, pattern: str) -> Iterator[Any]:
    for found in contract(house.client.app).get_all_operations():
        operation = found.ok()
        if re.fullmatch(pattern, operation.path):
            yield operation


@pytest.mark.parametrize("group", GROUPS)
def test_every_answer_is_one_that_the_openapi_document_promises(inhabited: House, group: str) -> None:
    for operation in operations(inhabited, GROUPS[group]):
        check(inhabited, operation)


def check(house: House, operation: Any) -> None:
    """Send generated requests, half of them to what exists."""
    known = [False]

    sound = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @EXAMPLES
    @given(case=st.one_of(sound, wrong))
    def answers_as_promised(case: Any) -> None:
        known[0] = not known[0]
        if known[0]:
            case.path_parameters.update({name: slug for name, slug in KNOWN.items() if name in case.path_parameters})
        case.call_and_validate(headers=house.admin.headers, checks=CHECKS)

    answers_as_promised()


def test_every_operation_is_in_one_group(open_house: House) -> None:
    for operation in operations(open_house, ".*"):
        groups = [name for name, pattern in GROUPS.items() if re.fullmatch(pattern, operation.path)]
        assert len(groups) == 1, operation.path
