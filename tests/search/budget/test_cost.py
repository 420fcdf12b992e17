"""Test the estimates of what nodes of a plan cost."""

from hypothesis import given
from hypothesis import strategies as st

from search.budget.cost import PER_NODE, Cost, Estimator
from search.planning.plan import (
    AllOf,
    AnyOf,
    Anything,
    Exact,
    Flat,
    Near,
    Node,
    Numbers,
    Pattern,
    Term,
    Tokens,
    Weighted,
    Without,
)
from tests.support.counted_engine import COUNTS, DOCUMENTS, CountedEngine

THE, OF, RARE = (Term("abstract_exact", word) for word in ("the", "of", "rare"))
STOP_WORDS = ("the", "of", "and", "in", "to", "a")
LONG = Tokens("abstract_exact", STOP_WORDS, 20)


def estimate(node: Node, documents: int = DOCUMENTS) -> Cost:
    """Estimate the cost of a node."""
    return Estimator(CountedEngine(), documents).estimate(node)


def seconds(node: Node) -> float:
    """Return the estimated seconds to list all papers that match a node."""
    cost = estimate(node)
    return cost.build + cost.scan


WORDS = st.sampled_from(sorted(COUNTS))
ROWS = st.lists(st.sampled_from(["", *sorted(COUNTS)]), min_size=2, max_size=6).map(
    lambda row: ("the", *row, "of")
)
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.just(Anything()),
    st.builds(Term, st.just("abstract_exact"), WORDS),
    st.builds(Exact, st.just("venue"), WORDS),
    st.builds(Tokens, st.just("abstract_exact"), ROWS, st.integers(0, 20)),
    st.builds(Numbers, st.just("year"), st.none(), st.integers(1990, 2025)),
    st.builds(Pattern, st.sampled_from(["title_exact", "author"]), st.text("thearz*?", min_size=1)),
    st.builds(Near, st.just("title_exact"), WORDS, st.integers(1, 2)),
)


def nest(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Combine nodes into a larger one."""
    several = st.lists(inner, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(AllOf, several),
        st.builds(AnyOf, several),
        st.builds(AnyOf, several, st.integers(2, 4)),
        st.builds(Without, inner),
        st.builds(Weighted, inner, st.just(2.0)),
        st.builds(Flat, inner, st.just(1.0)),
    )


NODES = st.recursive(LEAVES, nest, max_leaves=12)


@given(NODES)
def test_no_estimate_exceeds_the_bound(node: Node) -> None:
    """The bound that counts nothing is at least the estimate, opening the lists aside."""
    estimator = Estimator(CountedEngine(), DOCUMENTS)
    cost = estimator.estimate(node)
    opened = 4_000 * PER_NODE
    assert cost.build + cost.scan <= estimator.bound(node) + opened
    assert 0 <= cost.most <= DOCUMENTS
    assert cost.reach > 0


@given(NODES, NODES)
def test_a_further_clause_never_costs_less(node: Node, other: Node) -> None:
    """An OR costs at least as much as each of its clauses."""
    both = AnyOf((node, other))
    assert seconds(both) >= max(seconds(node), seconds(other))


def test_a_rare_word_spares_reading_what_stands_beside_it() -> None:
    """An AND reads long lists only near the papers of the rare word."""
    alone = seconds(LONG)
    assert alone > 0.1
    assert seconds(AllOf((RARE, LONG))) < alone / 50
    assert seconds(AllOf((RARE, Without(LONG)))) < alone / 50
    assert seconds(AllOf((RARE, AnyOf((LONG, THE))))) < alone
    assert seconds(AllOf((THE, LONG))) > alone


def test_a_pattern_is_expanded_whatever_stands_beside_it() -> None:
    """A pattern without letters in front may fit all words of its field."""
    wide, narrow = Pattern("abstract_exact", "*ing"), Pattern("abstract_exact", "rar*")
    assert seconds(AllOf((RARE, wide))) >= estimate(wide).build > 0.02
    assert seconds(narrow) < 0.001


def test_phrases_cost_more_with_each_word_that_may_move() -> None:
    """Every two words of a phrase with slop are looked for."""
    costs = [seconds(Tokens("abstract_exact", STOP_WORDS[:n], 5)) for n in (2, 3, 4, 5, 6)]
    assert costs == sorted(costs)
    assert costs[-1] > 5 * costs[0]


def test_costs_grow_with_the_index() -> None:
    """A range of numbers and an exclusion read all documents."""
    for node in (Numbers("year", None, 2000), Without(RARE), Anything()):
        assert estimate(node, 20 * DOCUMENTS).scan > 15 * estimate(node).scan


def test_a_phrase_that_repeats_a_word_is_read_whatever_stands_beside_it() -> None:
    """Where a word stands twice is rare, so that even the first such paper is far."""
    beside = (Term("text", "rare"), Exact("venue", "nosuch"))
    again = Tokens("abstract_exact", ("the", "the"), 50)
    assert seconds(AllOf((again, *beside))) > seconds(again) / 2
    other = Tokens("abstract_exact", ("of", "the"), 50)
    assert seconds(AllOf((other, *beside))) < seconds(other) / 2
