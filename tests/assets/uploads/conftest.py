"""A house with an exhibit that waits for its model."""

from collections.abc import Iterator

import pytest

from exhibit_api.web.site import Site
from tests.acting import House


@pytest.fixture
def house(house: House) -> House:
    house.organisation("jiangsu")
    house.exhibit("loom")
    return house


@pytest.fixture
def laptop(laptop: House) -> House:
    laptop.organisation("jiangsu")
    laptop.exhibit("loom")
    return laptop


@pytest.fixture
def bucket_house(production: Site) -> Iterator[House]:
    """The service over a bucket, to which clients send by themselves."""
    with House(production) as house:
        house.organisation("jiangsu")
        house.exhibit("loom")
        yield house
