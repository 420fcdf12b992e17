"""Check which boosts a query gets."""

from search.planning.asking_words import ASKING_WEIGHT
from search.planning.boosts import (
    EXACT_TITLE_BOOST,
    LONGEST_TITLE,
    NAME_PAIR_WEIGHT,
    NAMED_TITLE_WEIGHT,
    PAIR_WEIGHT,
    PASSAGE,
    QUESTION_TITLE_WEIGHT,
    SHORTEST_PREFIX,
    TITLE_PREFIX_BOOST,
    TITLE_WEIGHT,
    WHOLE_TITLE_WEIGHT,
    build_boosts,
)
from search.planning.plan import Exact, Flat, Node, Pattern, Term, Tokens, Weighted
from tests.support.counts import Counts


def build(
    *typed: str, counts: Counts | None = None, stop: str = "", question: bool = False
) -> list[Node]:
    """Return the boosts of plain words, of which some are stop words."""
    rows = [(word,) for word in typed]
    words = [row for row in rows if row[0] not in stop.split()]
    return build_boosts(rows, words, counts or Counts({}), question=question)


def test_a_query_of_two_words() -> None:
    """Words as written in the title, a pair in the text and the whole title are boosted."""
    assert build("deep", "learning") == [
        Weighted(Term("title_exact", "deep"), TITLE_WEIGHT),
        Weighted(Term("title_exact", "learning"), TITLE_WEIGHT),
        Weighted(Tokens("text", ("deep", "learn")), PAIR_WEIGHT),
        Weighted(Exact("title_key", "deep learning"), EXACT_TITLE_BOOST),
    ]


def test_titles_that_begin_with_the_query() -> None:
    """From `SHORTEST_PREFIX` tokens on, a query may be the beginning of a title."""
    typed = ["graph"] * SHORTEST_PREFIX
    title = " ".join(typed)
    expected = [
        Flat(Pattern("title_key", f"{title}*"), TITLE_PREFIX_BOOST),
        Weighted(Tokens("title_exact", tuple(typed)), WHOLE_TITLE_WEIGHT),
    ]
    assert build(*typed)[-2:] == expected
    assert not [node for node in build(*typed[1:]) if node in expected]


def test_long_queries_are_not_titles() -> None:
    """A query of `LONGEST_TITLE` tokens or more gets no boosts of whole titles."""
    fields = [str(node) for node in build(*["graph"] * LONGEST_TITLE)]
    assert fields
    assert not [field for field in fields if "title_key" in field]


def test_pairs_skip_stop_words() -> None:
    """Neighbours are boosted only if neither is a stop word; stop words get no title boost."""
    found = build("theory", "of", "graphs", stop="of")
    assert Weighted(Term("title_exact", "graphs"), TITLE_WEIGHT) in found
    assert Weighted(Term("title_exact", "of"), TITLE_WEIGHT) not in found
    assert not [node for node in found if "field='text'" in str(node)]


def test_neighbours_that_are_names() -> None:
    """Two neighbours that are both author names are also boosted as a name."""
    pair = Weighted(Tokens("author", ("ada", "stone")), NAME_PAIR_WEIGHT)
    assert pair in build("ada", "stone", counts=Counts({"author": {"ada": 1, "stone": 1}}))
    assert pair not in build("ada", "stone", counts=Counts({"author": {"ada": 1}}))


def test_a_full_name_raises_the_weight_of_title_words() -> None:
    """Two neighbours that are more often names than words count as a full name."""
    names = {"author": {"ada": 9, "stone": 9}, "text": {"stone": 4}}
    raised = Weighted(Term("title_exact", "walls"), NAMED_TITLE_WEIGHT)
    assert raised in build("ada", "stone", "walls", counts=Counts(names))
    assert raised not in build("ada", "walls", "stone", counts=Counts(names))
    names["text"]["stone"] = 9
    assert raised not in build("ada", "stone", "walls", counts=Counts(names))


def test_questions_weigh_title_words_less() -> None:
    """A question names a topic rather than a title."""
    assert build("deep", question=True)[0] == Weighted(
        Term("title_exact", "deep"), QUESTION_TITLE_WEIGHT
    )


def test_words_of_asking_weigh_less_in_a_question() -> None:
    """A word that only asks is not expected in the title."""
    weights = [QUESTION_TITLE_WEIGHT * ASKING_WEIGHT, QUESTION_TITLE_WEIGHT]
    found = build("papers", "silt", question=True)[:2]
    assert [one.factor for one in found if isinstance(one, Weighted)] == weights


def test_passages_get_no_boosts() -> None:
    """In a question as long as an abstract, all words together decide."""
    words = [f"silt{n}" for n in range(PASSAGE)]
    assert build(*words, question=True) == []
    assert build(*words[1:], *words[1:], question=True)


def test_no_words_get_no_boosts() -> None:
    """A query without plain words is not boosted."""
    assert build() == []
