"""Tests of limiting boosts to papers with the words in their titles."""

from search.planning.plan import (
    AllOf,
    AnyOf,
    ConditionalBoosts,
    Exact,
    Flat,
    Plan,
    Term,
    Tokens,
    Weighted,
)
from search.planning.title_conditions import FEW, limit_boosts, limit_widened, list_boosts

MANY = FEW + 1
WORDS = (("graph",), ("learning",), ("networks",))
WORD = Weighted(Term("title_exact", "graph"), 1.0)
FORMS = Flat(Term("title_exact", "learning"), 2.0)
PAIR = Weighted(Tokens("text", ("graph", "learn")), 0.3)
ROW = Weighted(Tokens("title_exact", ("graph", "learning", "networks")), 1.0)
TITLE = Weighted(Exact("title_key", "graph learning networks"), 10_000.0)
NAME = Weighted(Tokens("author", ("graph", "learning")), 1.0)
PLAN = Plan(Term("text", "graph"), (WORD, FORMS, PAIR, ROW, TITLE, NAME))


class Counts:
    """Counts of documents that a test states."""

    def __init__(self, **counts: int) -> None:
        self._counts = counts

    def count_documents(self, field: str, token: str) -> int:
        """Return the stated count of a token, or what most words of papers have."""
        return self._counts.get(f"{field}_{token}", 0 if field != "title" else 1)

    def complete(self, *_: object) -> list[tuple[str, int]]:
        """List no tokens; this is never needed."""
        return []


COMMON = Counts(text_graph=MANY, text_learn=MANY + 2, text_network=MANY + 1)


def test_words_and_neighbours_are_limited_to_titles_with_the_rarest_words() -> None:
    """Whole titles and names may still lift any paper."""
    found = limit_boosts(PLAN, WORDS, COMMON).boosts
    titles = {word: Flat(Term("title", word), 0.0) for word in ("graph", "learn", "network")}
    condition = AllOf((Term("title", "graph"), Term("title", "network")))
    pair = Weighted(AllOf((titles["graph"], titles["learn"], PAIR.child)), PAIR.factor)
    row = Weighted(AllOf((titles["graph"], titles["network"], ROW.child)), ROW.factor)
    assert found == (TITLE, NAME, ConditionalBoosts(condition, (WORD, FORMS, pair, row)))


def test_no_boost_is_limited_where_few_papers_match() -> None:
    """Looking at few papers costs little, so that their order is exact."""
    rare = Counts(text_graph=FEW, text_learn=MANY, text_network=MANY)
    assert limit_boosts(PLAN, WORDS, rare) == PLAN


def test_names_venues_and_years_need_not_be_in_the_title() -> None:
    """A paper by an author on a word has only the word in its title; one about both has both.

    A title with a word that is mostly a name suffices, too: `adam` is an optimiser and authors.
    """
    counts = Counts(
        text_graph=MANY,
        text_li=MANY,
        author_li=2 * MANY,
        text_acl=MANY,
        venue_short_acl=2 * MANY,
        text_2019=MANY,
    )
    words = (("li",), ("acl",), ("2019",), ("graph",))
    (*_, limited) = limit_boosts(PLAN, words, counts).boosts
    assert isinstance(limited, ConditionalBoosts)
    assert limited.condition == AnyOf(tuple(Term("title", one) for one in ("graph", "li", "acl")))


def test_names_that_no_title_has_are_not_looked_for() -> None:
    """The rest of the words is required alone."""
    counts = Counts(text_graph=MANY, text_li=MANY, author_li=2 * MANY, title_li=0)
    (*_, limited) = limit_boosts(PLAN, (("li",), ("graph",)), counts).boosts
    assert isinstance(limited, ConditionalBoosts)
    assert limited.condition == Term("title", "graph")


def test_conditions_can_be_taken_back() -> None:
    """A query that is widened has other conditions than one that is not."""
    assert set(list_boosts(limit_boosts(PLAN, WORDS, COMMON))) == set(PLAN.boosts)


FREQUENT = 5_001
"""Papers with a word, so many that the boosts of a widened query are limited."""


def test_a_widened_query_limits_boosts_to_titles_with_two_of_its_rarest_words() -> None:
    """Papers with fewer of the words in the title are too many to look at each."""
    counts = Counts(text_graph=FREQUENT, text_learn=FREQUENT + 1, text_network=FREQUENT + 2)
    found = limit_widened(PLAN.boosts, WORDS, counts)
    titles = tuple(Term("title", word) for word in ("graph", "learn", "network"))
    assert set(found[:-1]) == {TITLE, NAME}
    assert isinstance(found[-1], ConditionalBoosts)
    assert found[-1].condition == AnyOf(titles, 2)
    assert set(list_boosts(Plan(PLAN.match, found))) == set(PLAN.boosts)


def test_a_word_that_no_title_has_is_not_asked_of_titles() -> None:
    """A misspelt word does not keep the papers with the others from getting boosts."""
    counts = Counts(text_graph=FREQUENT, text_network=FREQUENT, title_learn=0)
    limited = limit_widened(PLAN.boosts, WORDS, counts)[-1]
    assert isinstance(limited, ConditionalBoosts)
    assert limited.condition == AnyOf((Term("title", "graph"), Term("title", "network")), 2)


def test_a_widened_query_of_rare_words_is_not_limited() -> None:
    """Only words in many papers make boosts cost much; one such word does not suffice."""
    counts = Counts(text_graph=FREQUENT, text_learn=FREQUENT - 1, text_network=1)
    assert limit_widened(PLAN.boosts, WORDS, counts) == PLAN.boosts
