"""A house with an exhibit that waits for its model."""

import pytest

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
