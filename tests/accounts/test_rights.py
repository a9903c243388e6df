"""Who may do what, as a table; and that nobody makes himself more than he is."""

import itertools

import pytest

from exhibit_api.accounts.roles import Action, Actor, Role, can, require
from exhibit_api.errors import Forbidden
from tests.acting import House, Person

READ, WRITE, PUBLISH, GRANT, AUDIT, OPERATE = Action

TABLE = {
    Role.CURATOR: {READ, WRITE},
    Role.ADMIN: {READ, WRITE, PUBLISH, GRANT, AUDIT},
    Role.OPERATOR: {READ, GRANT, AUDIT, OPERATE},
}
PLACES = {
    # the actor's organisation, the subject's: may he act there, if his role may at all?
    (None, None): True,
    (None, "jiangsu"): True,
    ("jiangsu", "jiangsu"): True,
    ("jiangsu", "anhui"): False,
    ("jiangsu", None): False,
}


@pytest.mark.parametrize(("role", "action"), list(itertools.product(Role, Action)))
def test_a_role_may_what_the_table_says_where_the_table_says(role: Role, action: Action) -> None:
    for (own, other), there in PLACES.items():
        actor = Actor("tokens/1", role, own)
        allowed = there and action in TABLE[role]
        assert can(actor, action, other) is allowed
        if not allowed:
            with pytest.raises(Forbidden, match=f"{role} .* may not {action}"):
                require(actor, action, other)


@pytest.mark.parametrize(
    ("role", "own", "wanted", "where", "status"),
    [
        (Role.ADMIN, None, "admin", None, 201),
        (Role.ADMIN, None, "operator", None, 201),
        (Role.ADMIN, None, "curator", "anhui", 201),
        (Role.ADMIN, "jiangsu", "curator", "jiangsu", 201),
        (Role.ADMIN, "jiangsu", "admin", "jiangsu", 201),
        (Role.ADMIN, "jiangsu", "curator", "anhui", 403),
        (Role.ADMIN, "jiangsu", "curator", None, 403),
        (Role.ADMIN, "jiangsu", "operator", "jiangsu", 403),
        (Role.CURATOR, None, "curator", None, 403),
        (Role.CURATOR, "jiangsu", "curator", "jiangsu", 403),
        (Role.OPERATOR, None, "admin", None, 201),  # who has the machine may make any token
        (Role.OPERATOR, "jiangsu", "curator", "anhui", 403),
    ],
)
def test_nobody_grants_beyond_the_own_right(
    open_house: House, role: Role, own: str | None, wanted: str, where: str | None, status: int
) -> None:
    body = {"role": wanted, "label": "climbing"} | ({"organisation": where} if where else {})
    assert open_house.person(role, own).post("/v1/tokens", body).status_code == status


def test_an_admin_of_jiangsu_sees_and_ends_jiangsus_tokens_only(house: House) -> None:
    jiangsu = house.person(Role.ADMIN, "jiangsu")
    other = house.admin.post("/v1/tokens", {"role": "curator", "organisation": "anhui", "label": "Anhui"}).json()
    everywhere = house.admin.post("/v1/tokens", {"role": "curator", "label": "all"}).json()
    seen = jiangsu.get("/v1/tokens").json()["items"]
    assert {token["organisation"] for token in seen} == {"jiangsu"}
    for token in (other, everywhere):
        assert jiangsu.delete(f"/v1/tokens/{token['id']}").status_code == 403
        assert Person(house.client, token["token"]).get("/v1/exhibits").status_code == 200


def test_a_curator_lists_no_tokens_and_reads_no_audit(open_house: House) -> None:
    for organisation in (None, "jiangsu"):
        curator = open_house.person(Role.CURATOR, organisation)
        assert curator.get("/v1/tokens").status_code == 403
        assert curator.get("/v1/audit").status_code == 403


BODIES = {
    ("POST", "tokens"): {"role": "admin", "label": "x"},
    ("PUT", "waivers"): {"codes": [], "reason": "x"},
    ("PUT", "asset"): {"sha256": "0" * 64},
}


def test_a_visitor_reaches_nothing_but_what_is_published(open_house: House) -> None:
    for method, address in (
        ("GET", "/v1/tokens"),
        ("POST", "/v1/tokens"),
        ("GET", "/v1/audit"),
        ("GET", "/v1/halls"),
        ("GET", "/v1/halls/suzhou/draft"),
        ("GET", "/v1/exhibitions/delta/draft"),
        ("GET", "/v1/halls/suzhou/lint"),
        ("GET", "/v1/exhibits/robot/model"),
        ("PUT", "/v1/exhibits/robot/model"),
        ("GET", f"/v1/assets/{'0' * 64}"),
        ("GET", f"/v1/assets/{'0' * 64}/file"),
        ("GET", f"/v1/assets/{'0' * 64}/report"),
        ("GET", f"/v1/assets/{'0' * 64}/variants/lod1"),
        ("GET", f"/v1/assets/{'0' * 64}/events"),
        ("PUT", f"/v1/assets/{'0' * 64}/waivers"),
        ("POST", f"/v1/assets/{'0' * 64}/repair"),
        ("PUT", "/v1/exhibits/robot/model/asset"),
        ("PUT", "/v1/exhibits/robot/picture"),
        ("GET", "/v1/exhibits/robot/picture"),
        ("DELETE", "/v1/exhibits/robot/picture"),
        ("POST", "/v1/halls/suzhou/editions"),
        ("POST", "/v1/halls/suzhou/rollback"),
        ("DELETE", "/v1/halls/suzhou/edition"),
    ):
        answer = open_house.client.request(method, address, json=BODIES.get((method, address.rpartition("/")[2])))
        assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json"), address
