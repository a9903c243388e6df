"""A day in a federation: who did what is told in the audit log, in order, and a changed entry is found."""

from sqlalchemy import text

from exhibit_api.accounts.roles import Role
from exhibit_api.assets.due import GATE
from exhibit_api.db import transaction
from exhibit_api.verify import verify_site
from tests.acting import House, words
from tests.gltf.building import box
from tests.looking import problem


def a_day(house: House) -> None:
    """A curator sends and places a model, an admin publishes, thinks again, and withdraws."""
    hall = house.hall()
    curator, admin = house.person(Role.CURATOR, "jiangsu"), house.person(Role.ADMIN, "jiangsu")
    curator.put("/v1/exhibits/loom", {"organisation": "jiangsu", "label": words("Loom"), "alt": words("A loom")})
    curator.send("/v1/exhibits/loom/model", box())
    house.work(GATE)
    curator.put(f"/v1/halls/{hall}/placements/loom", {"exhibit": "loom", "translation": [0, 0, -3]})
    problem(curator.post(f"/v1/halls/{hall}/editions"), 403)
    admin.post(f"/v1/halls/{hall}/editions")
    admin.post(f"/v1/halls/{hall}/editions")
    curator.change(f"/v1/halls/{hall}", label=words("Renamed"))
    admin.post(f"/v1/halls/{hall}/editions")
    admin.post(f"/v1/halls/{hall}/rollback")
    admin.delete(f"/v1/halls/{hall}/edition")
    curator.delete(f"/v1/halls/{hall}/placements/loom")


def test_the_audit_log_tells_the_day_in_order(house: House) -> None:
    a_day(house)
    entries = house.admin.get("/v1/audit?limit=200").json()["items"]
    told = [(entry["deed"], entry["subject"], entry["role"]) for entry in sorted(entries, key=lambda e: e["number"])]
    assert [deed for deed in told if "token" not in deed[0]][-9:] == [
        ("create", "exhibits/loom", "curator"),
        ("upload model", "exhibits/loom", "curator"),
        ("create", "halls/suzhou/placements/loom", "curator"),
        ("publish", "halls/suzhou", "admin"),
        ("update", "halls/suzhou", "curator"),
        ("publish", "halls/suzhou", "admin"),
        ("roll back", "halls/suzhou", "admin"),
        ("withdraw", "halls/suzhou", "admin"),
        ("delete", "halls/suzhou/placements/loom", "curator"),
    ]
    assert not verify_site(house.site)


def test_an_entry_that_was_changed_is_found(laptop: House) -> None:
    a_day(laptop)
    with transaction(laptop.site.sessions) as session:
        session.execute(text("DROP TRIGGER audit_entries_no_update"))
        changed = session.execute(text("UPDATE audit_entries SET actor = 'nobody' WHERE deed = 'withdraw'"))
        assert changed.rowcount == 1  # type: ignore[attr-defined]
    (fault,) = verify_site(laptop.site)
    assert "withdraw halls/suzhou" in fault
