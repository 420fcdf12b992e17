"""Check the evaluation of plans over posting lists that are held in memory."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pytest

from search.engines.bm25 import K1, compute_idf, compute_norms
from search.engines.postings import Evaluation, Frequencies, Papers
from search.planning.plan import (
    NOTHING,
    AllOf,
    AnyOf,
    Anything,
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

TEXTS = [text.split() for text in ("a b c", "b a", "a x b", "abc", "a b a b", "")]
YEARS = [2001, 2002, 2003, 2004, 2005, 2006]


class TextLists:
    """The posting lists of `TEXTS`, and of `YEARS` as tokens."""

    everything: Papers = frozenset(range(len(TEXTS)))

    def read_postings(self, field: str, token: str) -> Frequencies:
        """Return the papers with a token, each with its frequency."""
        if field == "year":
            return {paper: 1 for paper, year in enumerate(YEARS) if str(year) == token}
        counts = {paper: Counter(text)[token] for paper, text in enumerate(TEXTS)}
        return {paper: count for paper, count in counts.items() if count}

    def read_positions(self, field: str, token: str, among: Papers) -> Mapping[int, list[int]]:
        """Return the positions of a token in papers that all contain it."""
        assert field == "text"
        return {
            paper: [at for at, word in enumerate(TEXTS[paper]) if word == token] for paper in among
        }

    def count_documents(self, field: str, token: str) -> int:
        """Count the papers with a token."""
        return len(self.read_postings(field, token))

    def list_tokens(self, field: str, prefix: str = "") -> Sequence[str]:
        """List the tokens with a prefix."""
        assert field == "text"
        return sorted({word for text in TEXTS for word in text if word.startswith(prefix)})

    def list_numbers(self, field: str, low: int | None, high: int | None) -> Sequence[str]:
        """List the years in a range."""
        assert field == "year"
        return [str(year) for year in YEARS if (low or 0) <= year <= (high or 9999)]

    def read_norms(self, field: str) -> tuple[Sequence[float], int]:
        """Return the norms of all texts, and their number."""
        assert field == "text"
        return compute_norms(map(len, TEXTS)), len(TEXTS)


A, B, C = (Term("text", token) for token in "abc")

MATCHES: list[tuple[Node, set[int]]] = [
    (A, {0, 1, 2, 4}),
    (Exact("text", "abc"), {3}),
    (Tokens("text", ("a", "b")), {0, 4}),
    (Tokens("text", ("a", "", "b")), {2}),
    (Tokens("text", ("a", "b"), 1), {0, 2, 4}),
    (Tokens("text", ("a", "b"), 2), {0, 1, 2, 4}),
    (Tokens("text", ("a", "b", "c"), 1), {0}),
    (Numbers("year", 2002, 2003), {1, 2}),
    (Numbers("year", None, 2001), {0}),
    (Pattern("text", "a*"), {0, 1, 2, 3, 4}),
    (Pattern("text", "?"), {0, 1, 2, 4}),
    (Near("text", "acb", 1), {3}),
    (Near("text", "zz", 1), set()),
    (Anything(), {0, 1, 2, 3, 4, 5}),
    (NOTHING, set()),
    (AllOf((A, C)), {0}),
    (AllOf((A, Without(C))), {1, 2, 4}),
    (AllOf((Without(A),)), {3, 5}),
    (AnyOf((B, Exact("text", "abc"))), {0, 1, 2, 3, 4}),
    (AnyOf((A, B, C), 3), {0}),
    (Without(A), {3, 5}),
    (Weighted(C, 2.0), {0}),
    (Flat(C, 2.0), {0}),
]


@pytest.mark.parametrize(("node", "papers"), MATCHES, ids=str)
def test_a_node_matches_these_papers(node: Node, papers: set[int]) -> None:
    """Every kind of node matches exactly the papers listed here."""
    assert Evaluation(TextLists()).match(node) == papers


def score(node: Node, *boosts: Node) -> dict[int, float]:
    """Return the scores of all papers that a node matches."""
    evaluation = Evaluation(TextLists())
    return evaluation.score(Plan(node, boosts), evaluation.match(node))


def test_a_token_scores_by_bm25() -> None:
    """The score of a token follows the formula, with its frequency and the length of the text."""
    norms, total = TextLists().read_norms("text")
    idf = compute_idf(4, total)
    assert score(A) == pytest.approx(
        {
            paper: idf * (K1 + 1) * count / (count + norms[paper])
            for paper, count in {0: 1, 1: 1, 2: 1, 4: 2}.items()
        }
    )


def test_a_phrase_counts_its_occurrences() -> None:
    """A phrase that occurs twice scores like a token that does, with the sum of both weights."""
    norms, total = TextLists().read_norms("text")
    weight = (compute_idf(4, total) + compute_idf(4, total)) * (K1 + 1)
    found = score(Tokens("text", ("a", "b")))
    assert found[4] == pytest.approx(weight * 2 / (2 + norms[4]))
    assert found[0] == pytest.approx(weight * 1 / (1 + norms[0]))


def test_scores_are_combined() -> None:
    """Children are added, weights multiply, and flat nodes score the same for every paper."""
    single = score(A)
    assert score(Weighted(A, 2.0)) == pytest.approx({p: 2 * gain for p, gain in single.items()})
    assert score(Flat(A, 7.0)) == dict.fromkeys(single, 7.0)
    assert score(AllOf((A, B)))[0] == pytest.approx(single[0] + score(B)[0])
    assert score(AnyOf((A, C)))[1] == pytest.approx(single[1])
    assert score(AllOf((A, Without(C))))[1] == pytest.approx(single[1])


def test_boosts_add_to_hits_only() -> None:
    """A boost adds to the papers that it matches, without making others hits."""
    found = score(C, Flat(A, 5.0))
    assert found == {0: pytest.approx(score(C)[0] + 5.0)}
