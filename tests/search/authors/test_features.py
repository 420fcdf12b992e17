"""Check how mentions are compared: `features`, `circles`, `rarity`, `ambiguity`, `comparisons`."""

from itertools import combinations
from math import log
from pathlib import Path

import pytest

from search.authors.ambiguity import LEAST, measure_ambiguity
from search.authors.comparisons import Comparisons, compare_mentions
from search.authors.features import (
    ALL_PAIRS,
    MOST_PAIRS,
    NEXT_PAPERS,
    PAIR_FEATURES,
    Traits,
    find_pairs,
)
from search.authors.name_cluster import find_cluster
from search.authors.rarity import Rarity
from tests.support.author_index import open_authors

WANG = {"name": "Wei Wang", "affiliations": ["Lake Observatory"]}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparisons:
    """Return the comparisons of the papers of a name."""
    papers: list[dict[str, object]] = [
        {"authors": [WANG, "Bo Quist"], "year": 2010, "venue": "ICML"},
        {"authors": [WANG, "Bo Quist"], "year": 2012, "venue": "ICML"},
        {"authors": ["Wei Wang", "Cy Rune"], "year": 2013},
        {"authors": ["Wei Wang", "Dee Sand"], "year": 2014},
        {"authors": ["Wei Wang", {"name": "Eve Tarn", "affiliations": ["lake observatory"]}]},
        {"authors": ["Bo Quist", "Cy Rune"]},
        {"authors": ["Lone Uncommon"]},
    ]
    searcher = open_authors(tmp_path_factory.mktemp("features"), papers)
    cluster = find_cluster(searcher, "Wei Wang")
    return compare_mentions(searcher.engine, searcher.manifest.papers, "Wei Wang", cluster.mentions)


def _list_values(found: Comparisons, one: str, other: str) -> dict[str, float]:
    places = {mention.paper.id: at for at, mention in enumerate(found.mentions)}
    pair = sorted((places[one], places[other]))
    comparison = found.pairs.get((pair[0], pair[1]))
    return dict(zip(PAIR_FEATURES, comparison.values, strict=True)) if comparison else {}


def test_mentions_are_ordered_by_time(found: Comparisons) -> None:
    """Papers without a year come first."""
    ids = [mention.paper.id for mention in found.mentions]
    assert ids == ["p4", "p0", "p1", "p2", "p3"]


def test_a_shared_coauthor_and_institution_count(found: Comparisons) -> None:
    """Rarer ones count more, so their rarities are above 0."""
    values = _list_values(found, "p0", "p1")
    assert values["coauthor"] == values["venue"] == values["paper_institution"] == 1
    assert values["coauthors"] > 0 < values["institution"]
    assert values["years"] == pytest.approx(0.2)


def test_coauthors_who_wrote_together_count_and_are_no_shared_ones(found: Comparisons) -> None:
    """Bo Quist and Cy Rune wrote a paper without the name."""
    values = _list_values(found, "p1", "p2")
    assert values["circle"] > 0 == values["coauthor"] == values["venue"]


def test_an_institution_of_a_coauthor_counts_in_any_case(found: Comparisons) -> None:
    """It is not the author's own."""
    values = _list_values(found, "p0", "p4")
    assert values["paper_institution"] == 1
    assert values["institution"] == 0


def test_papers_that_share_nothing_are_not_compared(found: Comparisons) -> None:
    """They have the score of the name alone."""
    assert _list_values(found, "p2", "p3") == {}


def test_a_name_of_frequent_parts_is_ambiguous(tmp_path: Path) -> None:
    """Its own papers do not count, however many there are."""
    names = ["Wei Wang", *(f"{given} Wang" for given in "ABCDEF"), *(f"Wei {x}ao" for x in "ghijk")]
    names += ["Lone Uncommon"] * 20
    searcher = open_authors(tmp_path, [{"authors": [name]} for name in names])
    rarity = Rarity(searcher.engine, searcher.manifest.papers)
    assert measure_ambiguity("Wei Wang", 1, rarity) == pytest.approx(log(7 * 6 / len(names)))
    assert measure_ambiguity("Lone Uncommon", 20, rarity) == LEAST
    assert measure_ambiguity("W. Wang", 1, rarity) > LEAST


def _make_traits(institution: str) -> Traits:
    return Traits({}, {institution: institution}, frozenset((institution,)), "", None)


def test_what_many_papers_share_pairs_each_with_the_next_ones() -> None:
    """So the pairs grow with the papers, not with their square."""
    few, many = ([_make_traits("x")] * size for size in (ALL_PAIRS, 10 * ALL_PAIRS))
    assert find_pairs(few, ()) == list(combinations(range(ALL_PAIRS), 2))
    assert len(find_pairs(many, ())) < len(many) * NEXT_PAPERS
    assert find_pairs(many[:0], [(0, 1)]) == [(0, 1)]


def test_pairs_are_bounded_and_the_rarest_come_first() -> None:
    """What two papers share is compared before what all of many share."""
    groups = [Traits({f"k{at}": ""}, {}, frozenset(), "", None) for at in range(60)] * ALL_PAIRS
    rare = Traits({"rare": ""}, {}, frozenset(), "", None)
    found = find_pairs([rare, *groups, rare], ())
    assert (0, len(groups) + 1) in found
    assert MOST_PAIRS <= len(found) < MOST_PAIRS + ALL_PAIRS * ALL_PAIRS
