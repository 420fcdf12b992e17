"""Check that a memo computes each value once and stays bounded."""

from index.text.memo import Memo


def test_a_value_is_computed_once_per_text() -> None:
    """Looking up a text again does not compute its value again."""
    computed: list[str] = []

    def measure(text: str) -> int:
        computed.append(text)
        return len(text)

    memo = Memo(measure, 10)
    assert [memo["one"], memo["three"], memo["one"]] == [3, 5, 3]
    assert computed == ["one", "three"]


def test_a_full_memo_is_emptied() -> None:
    """A memo never holds more values than its limit."""
    memo = Memo(str.upper, 2)
    assert [memo[text] for text in "abca"] == ["A", "B", "C", "A"]
    assert set(memo) == {"c", "a"}
