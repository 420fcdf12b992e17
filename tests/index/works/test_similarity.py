"""Check how abstracts and years are compared."""

import pytest

from index.works.features import Features
from index.works.similarity import measure_similarity, measure_years_apart
from tests.support.work_pairs import A, B, paper


def test_similarity_of_abstracts() -> None:
    """It is 1 for equal abstracts, 0 without words in common or without an abstract."""
    same, other, none = (Features(paper(abstract=text)) for text in (A, B, ""))
    assert measure_similarity(same, Features(paper(abstract=A.upper()))) == 1
    assert measure_similarity(same, other) == 0
    assert measure_similarity(same, none) == measure_similarity(none, none) == 0


@pytest.mark.parametrize(("mine", "theirs", "expected"), [
    ({2010}, {2013}, 3), ({2010, 2015}, {2013}, 2), (set(), {2013}, 0), (set(), set(), 0),
])  # fmt: skip
def test_years_apart(mine: set[int], theirs: set[int], expected: int) -> None:
    """The closest years count; an unknown year is close to all."""
    assert measure_years_apart(mine, theirs) == expected
