"""Check the repairs of running text one by one."""

from collections.abc import Callable

import pytest

from index.text import prose

REPAIRS: list[tuple[Callable[[str], str], str, str]] = [
    (prose.join_lines, " Two\n  lines\t", "Two lines"),
    (prose.unwrap_paragraphs, "One\nline.\n \nTwo.", "One line.\n\nTwo."),
    (prose.unwrap_paragraphs, r"First.\nSecond.", "First. Second."),
    (prose.join_words, "learn- ing of the al- gorithm", "learning of the algorithm"),
    (prose.join_words, "multi- task, state-of- the-art", "multi-task, state-of-the-art"),
    (prose.join_words, "pre- and post-training", "pre- and post-training"),
    (prose.join_words, "CNN- based un- supervised", "CNN-based unsupervised"),
    (prose.join_numbers, "achieves 86. 4% in 2019. 4 papers", "achieves 86.4% in 2019. 4 papers"),
    (prose.close_abbreviations, "(e. g. , this)", "(e.g., this)"),
    (prose.strip_markdown, "**bold**, _emph_, `code`", "bold, emph, code"),
    (prose.strip_markdown, "snake_case, A* and 2**3", "snake_case, A* and 2**3"),
    (prose.replace_ties, "Fig.~3 of ~90% and 5~10", "Fig. 3 of ~90% and 5~10"),
    (prose.convert_quotes, "a ``word'' or `two'", "a “word” or ‘two’"),
    (prose.convert_quotes, 'say ""hello"" to f\'\'', "say \"hello\" to f''"),
    (prose.convert_dashes, "3--5 --- 7 --> 8 ----", "3–5 — 7 --> 8 ----"),
    (prose.remove_loose_spaces, "( this ) , that .", "(this), that."),
    (prose.remove_loose_spaces, "a ratio of 1 : 2 . . .", "a ratio of 1 : 2 . . ."),
]


@pytest.mark.parametrize(("repair", "text", "repaired"), REPAIRS)
def test_repairs(repair: Callable[[str], str], text: str, repaired: str) -> None:
    """A repair changes its damage and leaves what resembles it."""
    assert repair(text) == repaired


@pytest.mark.parametrize(
    ("test", "damaged", "sound"),
    [
        (prose.is_loose, ["a\nb", "a  b", " a", r"a.\nB"], ["a b", ""]),
        (prose.has_loose_spaces, ["a , b", "( a)", "a  b ."], ["a, b", "(a)", ""]),
    ],
)
def test_tests(test: Callable[[str], bool], damaged: list[str], sound: list[str]) -> None:
    """A test recognises each kind of damage and rejects sound text."""
    assert list(map(test, damaged)) == [True] * len(damaged)
    assert list(map(test, sound)) == [False] * len(sound)
