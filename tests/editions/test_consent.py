"""A person who has withdrawn consent is not brought back by a rollback."""

from tests.acting import House, words
from tests.gltf.building import box


def test_a_rollback_does_not_show_people_who_have_withdrawn_their_consent(laptop: House) -> None:
    hall = laptop.hall()
    laptop.place(hall, laptop.exhibit("loom", box((1, 1, 1))))
    person = {"organisation": "jiangsu", "label": words("Li"), "consent": {"given": "2020-01-01"}}
    assert laptop.admin.put("/v1/people/li", person).status_code == 201
    board = {"label": words("Board"), "pose": {"translation": [1, 1.4, -3]}, "people": ["li"]}
    assert laptop.admin.put(f"/v1/halls/{hall}/placards/board", board).status_code == 201
    laptop.publish(hall)
    assert [shown["id"] for shown in laptop.manifest(hall)["people"]] == ["people/li"]

    withdrawn = {"consent": {"given": "2020-01-01", "withdrawn": "2021-01-01"}}
    assert laptop.admin.change("/v1/people/li", **withdrawn).status_code == 200
    assert laptop.publish(hall)["number"] == 2
    assert laptop.manifest(hall)["people"] == []

    answer = laptop.admin.post(f"/v1/halls/{hall}/rollback")
    assert answer.status_code == 409
    assert answer.json()["detail"].startswith(
        "halls/suzhou edition 1 shows people whose consent is not in force: people/li;"
    )
    assert laptop.manifest(hall)["people"] == []
