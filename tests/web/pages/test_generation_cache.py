"""Check what is kept of a generation."""

from hypothesis import given
from hypothesis import strategies as st

from web.pages.generation_cache import GenerationCache

ASKED = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 5)), max_size=40)


@given(ASKED)
def test_values_are_those_of_the_generation(asked: list[tuple[str, int]]) -> None:
    """Every answer is what would be computed, whatever was asked before."""
    cache = GenerationCache[str](most=3)
    found = [cache.get(name, key, f"{name}{key}".__str__) for name, key in asked]
    assert found == [f"{name}{key}" for name, key in asked]


def test_a_value_is_computed_once_until_the_generation_changes() -> None:
    """A kept value is not computed again, unless it was dropped or another generation came."""
    cache, computed = GenerationCache[int](most=2), list[str]()

    def compute() -> int:
        computed.append("")
        return len(computed)

    def ask(generation: str, key: str) -> int:
        return cache.get(generation, key, compute)

    assert [ask("g", key) for key in "aabac"] == [1, 1, 2, 1, 3]
    assert ask("g", "a") == 4
    assert ask("h", "a") == 5
