"""What is kept within a budget of bytes."""

from hypothesis import given
from hypothesis import strategies as st

from exhibit_api.editions.budget import Keep


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 60)), max_size=40))
def test_what_is_kept_never_exceeds_the_budget_and_the_newest_stays(puts: list[tuple[str, int]]) -> None:
    keep: Keep[int] = Keep(100)
    for key, size in puts:
        keep.put(key, size, size, age=keep.age)
        assert keep.bytes <= 100
        assert keep.get(key) == size


def test_the_least_recently_read_goes_first_and_the_too_large_is_not_kept() -> None:
    keep: Keep[str] = Keep(10)
    keep.put("a", "A", 5, age=keep.age)
    keep.put("b", "B", 5, age=keep.age)
    keep.get("a")
    keep.put("c", "C", 5, age=keep.age)
    keep.put("d", "D", 11, age=keep.age)
    assert [keep.get(key) for key in "abcd"] == ["A", None, "C", None]


def test_what_was_read_before_a_flip_is_not_kept_after_it() -> None:
    keep: Keep[str] = Keep(10)
    age = keep.age
    keep.drop("joint")
    keep.put("old edition", "…", 1, age=age)
    assert keep.get("old edition") is None
