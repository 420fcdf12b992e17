"""Tests of rewriting parts of plans for Tantivy.

The conformance tests check that it finds the same papers as other engines. Here a paper is no more
than the leaves of a node that it matches.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.tantivy_unions import match_only, rewrite_all, rewrite_some
from search.planning.plan import (
    AllOf,
    AnyOf,
    ConditionalBoosts,
    Flat,
    Near,
    Node,
    Term,
    Tokens,
    Weighted,
    Without,
)
from tests.support.random_plans import PLAN_LEAVES, nest_plans

NODES = st.recursive(PLAN_LEAVES, nest_plans, max_leaves=10)
FEW_NODES = st.lists(NODES, min_size=1, max_size=4).map(tuple)
ONE, TWO, THREE = (Term("text", word) for word in ("flow", "data", "detect"))
PHRASE = Tokens("text", ("data", "set"))


def list_leaves(node: Node) -> Iterator[Node]:
    """Yield the leaves of a node."""
    match node:
        case AllOf(children) | AnyOf(children):
            for child in children:
                yield from list_leaves(child)
        case Weighted(child, _) | Flat(child, _) | Without(child):
            yield from list_leaves(child)
        case ConditionalBoosts(condition, boosts):
            yield from list_leaves(AllOf((condition, *boosts)))
        case _:
            yield node


def score(node: Node, matched: AbstractSet[Node]) -> float | None:  # noqa: PLR0911 - one case per node
    """Return the score of a paper that matches some leaves with a score of 1, or None."""
    match node:
        case AllOf(children):
            scores = [score(child, matched) for child in children]
            return None if None in scores else sum(one for one in scores if one is not None)
        case AnyOf(children, at_least):
            found = [one for child in children if (one := score(child, matched)) is not None]
            return sum(found) if found and len(found) >= at_least else None
        case Without(child):
            return 1.0 if score(child, matched) is None else None
        case Weighted(child, factor):
            return None if (one := score(child, matched)) is None else one * factor
        case Flat(child, flat):
            return None if score(child, matched) is None else flat
        case ConditionalBoosts(condition, boosts):
            if score(condition, matched) is None:
                return None
            return sum(score(boost, matched) or 0.0 for boost in boosts)
        case _:
            return 1.0 if node in matched else None


def draw_paper(data: st.DataObject, node: Node) -> set[Node]:
    """Draw some leaves of a node."""
    return {leaf for leaf in dict.fromkeys(list_leaves(node)) if data.draw(st.booleans())}


@given(node=NODES, data=st.data())
def test_the_same_papers_match(node: Node, data: st.DataObject) -> None:
    """Whichever leaves a paper has, it matches both forms or neither."""
    paper = draw_paper(data, node)
    assert (score(match_only(node), paper) is None) == (score(node, paper) is None)


@given(children=FEW_NODES, at_least=st.integers(1, 4), data=st.data())
def test_scores_stay_the_same(
    children: tuple[Node, ...], at_least: int, data: st.DataObject
) -> None:
    """A paper scores as much as before, or still does not match."""
    some, every = AnyOf(children, at_least), AllOf(children)
    paper = draw_paper(data, every)
    assert score(rewrite_some(some), paper) == pytest.approx(score(some, paper))
    assert score(rewrite_all(every), paper) == pytest.approx(score(every, paper))


def test_two_of_three_words_are_any_of_their_pairs() -> None:
    """Papers with only one of the words are not read."""
    pairs = (AllOf((ONE, TWO)), AllOf((ONE, THREE)), AllOf((TWO, THREE)))
    assert match_only(AnyOf((ONE, TWO, THREE), 2)) == AnyOf(pairs)


def test_a_word_that_is_looked_for_is_in_one_part() -> None:
    """Looking for similar words takes long, so it is done once."""
    near = Near("title_exact", "dtect", 1)
    found = match_only(AnyOf((ONE, near, TWO), 2))
    assert found == AnyOf((AllOf((near, AnyOf((ONE, TWO)))), AllOf((ONE, TWO))))


def test_a_phrase_is_looked_for_in_papers_with_the_other_words() -> None:
    """A phrase in an OR would be looked for in all papers."""
    union = AnyOf((TWO, Weighted(PHRASE, 0.5)))
    ways = AnyOf((AllOf((ONE, TWO)), AllOf((ONE, PHRASE))))
    assert match_only(AllOf((ONE, union))) == ways
    within = AllOf((Flat(ONE, 0.0), Weighted(PHRASE, 0.5)))
    assert rewrite_all(AllOf((ONE, union))) == ConditionalBoosts(ways, (ONE, TWO, within))


def test_what_is_fast_stays_as_it_is() -> None:
    """Words joined by AND, and an OR beside a word, are not rewritten."""
    for node in (AllOf((ONE, TWO)), AllOf((ONE, AnyOf((TWO, THREE)))), AllOf((ONE, PHRASE))):
        assert match_only(node) == rewrite_all(node) == node
