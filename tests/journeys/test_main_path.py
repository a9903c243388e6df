"""The main job, end to end: a curator uploads, an admin publishes, an AR client loads."""

import hashlib
from urllib.parse import urljoin

from exhibit_api.accounts.roles import Role
from exhibit_api.assets.due import GATE
from tests.acting import House, words
from tests.gltf.building import box


def test_a_curator_uploads_an_admin_publishes_and_a_visitor_loads(house: House) -> None:
    hall = house.hall()
    curator = house.person(Role.CURATOR, "jiangsu")
    model = box((1, 1, 1))
    curator.put("/v1/exhibits/loom", {"organisation": "jiangsu", "label": words("Loom"), "alt": words("A loom")})
    sent = curator.send("/v1/exhibits/loom/model", model)
    assert (sent.status_code, sent.json()["state"]) == (202, "received")
    house.work(GATE)
    assert curator.get(sent.headers["Location"]).json()["state"] == "ready"
    placed = curator.put(f"/v1/halls/{hall}/placements/loom", {"exhibit": "loom", "translation": [0, 0, -3]})
    assert placed.status_code == 201

    assert curator.post(f"/v1/halls/{hall}/editions").status_code == 403
    assert house.visitor.get(f"/v1/halls/{hall}/manifest").status_code == 404
    assert house.admin.post(f"/v1/halls/{hall}/editions").status_code == 201

    address = f"http://testserver/v1/halls/{hall}"
    pointer = house.visitor.get(f"/v1/halls/{hall}").json()
    address = urljoin(address, pointer["manifest"]["url"])
    answer = house.fetch(address)
    assert hashlib.sha256(answer.content).hexdigest() == pointer["manifest"]["sha256"]
    variant = answer.json()["exhibits"][0]["model"]["variants"][0]
    assert house.fetch(urljoin(address, variant["url"])).content == model


def test_a_rollback_brings_the_old_bytes_back(house: House) -> None:
    hall = house.hall()
    house.place(hall, house.exhibit("loom", box((1, 1, 1))))
    house.publish(hall)
    first = house.visitor.get(f"/v1/halls/{hall}/manifest").content
    house.place(hall, house.exhibit("pump", box((0.5, 1, 0.5))), at=(2, 0, -3))
    assert house.publish(hall)["number"] == 2
    assert house.visitor.get(f"/v1/halls/{hall}/manifest").content != first

    assert house.admin.post(f"/v1/halls/{hall}/rollback").status_code == 200

    assert house.visitor.get(f"/v1/halls/{hall}/manifest").content == first
