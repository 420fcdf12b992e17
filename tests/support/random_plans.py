"""Random plans over the fields of the index, for tests of engines and of what calls them."""

from hypothesis import strategies as st

from search.planning.plan import (
    AllOf,
    AnyOf,
    Anything,
    ConditionalBoosts,
    Exact,
    Flat,
    Near,
    Node,
    Numbers,
    Pattern,
    Plan,
    Term,
    Tokens,
    Weighted,
    Without,
)

YEARS = st.none() | st.integers(1990, 2025)
DAYS = st.none() | st.integers(2018_00_00, 2022_00_00)

STEMS = st.sampled_from("deep learn graph neural network theori translat of machin nothing".split())
TOKENS = st.sampled_from("deep learning graph neural networks theory of the translation".split())
NAMES = st.sampled_from("ming li m wei m. ^ hinton geoffrey g bengio y |".split())
ROWS = st.one_of(
    st.tuples(st.just("text"), st.lists(STEMS, min_size=2, max_size=5).map(tuple)),
    st.tuples(st.just("abstract_exact"), st.lists(TOKENS, min_size=2, max_size=5).map(tuple)),
    st.tuples(st.just("author"), st.lists(NAMES, min_size=2, max_size=3).map(tuple)),
)
PLAN_LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.just(Anything()),
    st.builds(Term, st.just("text"), STEMS),
    st.builds(Term, st.sampled_from(["title_exact", "abstract_exact"]), TOKENS),
    st.builds(Term, st.just("author"), NAMES),
    st.builds(lambda row, slop: Tokens(row[0], row[1], slop), ROWS, st.just(0) | st.integers(1, 6)),
    st.builds(Exact, st.just("venue"), st.sampled_from(["ICML", "NeurIPS", "arXiv", "icml"])),
    st.builds(Exact, st.just("author_key"), st.sampled_from(["ming li", "wei li"])),
    st.builds(Numbers, st.sampled_from(["year", "citations"]), YEARS, YEARS),
    st.builds(Numbers, st.sampled_from(["date", "date_order"]), DAYS, DAYS),
    st.builds(Pattern, st.just("title_exact"), st.text("aeln*?", min_size=1, max_size=4)),
    st.builds(Near, st.just("title_exact"), st.text("depgrah", min_size=2, max_size=6),
              st.integers(1, 2)),
)  # fmt: skip


def nest_plans(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Combine nodes into a larger one."""
    several = st.lists(inner, max_size=4).map(tuple)
    return st.one_of(
        st.builds(AllOf, st.lists(inner, min_size=1, max_size=4).map(tuple)),
        st.builds(AnyOf, several),
        st.builds(AnyOf, several, st.integers(2, 4)),
        st.builds(Without, inner),
        st.builds(Weighted, inner, st.sampled_from([0.1, 2.0])),
        st.builds(Flat, inner, st.sampled_from([1.0, 100.0])),
        st.builds(ConditionalBoosts, inner, several),
    )


PLANS = st.builds(
    Plan,
    st.recursive(PLAN_LEAVES, nest_plans, max_leaves=8),
    st.lists(st.recursive(PLAN_LEAVES, nest_plans, max_leaves=3), max_size=3).map(tuple),
)
