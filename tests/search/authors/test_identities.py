"""Check `search.authors.identities`."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from search.answers.searcher import Searcher
from search.authors.evidence import EvidenceLevel
from search.authors.identities import MANY_AUTHORS, Identities, identify
from search.authors.name_cluster import find_cluster
from tests.support.author_index import open_authors

Paper = dict[str, object]


def _write(*authors: object, **fields: object) -> Paper:
    """Return a paper of Wei Wang and others."""
    return {"authors": list(authors), **fields}


def _wang(**fields: object) -> dict[str, object]:
    return {"name": "Wei Wang", **fields}


OTHERS = [_write(f"Ada Bee {at}") for at in range(20)]
"""Papers of other people, so that a co-author of two papers is rare."""


def _identify(folder: Path, papers: Sequence[Paper], name: str = "wei wang") -> Identities:
    searcher = open_authors(folder, [*papers, *OTHERS])
    return identify(searcher, find_cluster(searcher, name))


def _list_groups(found: Identities) -> set[frozenset[str]]:
    return {frozenset(one.mention.paper.id for one in each.mentions) for each in found.identities}


def _list_possible(found: Identities) -> set[str]:
    return {one.mention.paper.id for one in found.possible}


def test_identifiers_of_sources_keep_people_apart(tmp_path: Path) -> None:
    """Dblp's number is one of them; it is in the key, and nowhere else."""
    papers = [
        _write(_wang(ids={"openreview": "~Wei_Wang1"})),
        _write(_wang(ids={"openreview": "~Wei_Wang2"})),
        _write("Wei Wang 0001"),
    ]
    found = _identify(tmp_path, papers)
    assert {one.key for one in found.identities} == {
        "openreview:~Wei_Wang1", "openreview:~Wei_Wang2", "dblp:wei wang 0001",
    }  # fmt: skip
    numbered = found.find("dblp:wei wang 0001")
    assert numbered is not None
    assert found.find("dblp:wei wang 0002") is None
    placed = numbered.mentions[0]
    assert "0001" not in " ".join([numbered.name, *numbered.evidence, *placed.reasons])


def test_one_identifier_joins_papers_that_share_nothing_else(tmp_path: Path) -> None:
    """The identity is named after it."""
    papers = [_write(_wang(ids={"orcid": "0000-0002-1825-0097"}), f"C {x}") for x in "XYZ"]
    found = _identify(tmp_path, papers)
    (only,) = found.identities
    assert (only.key, len(only.mentions)) == ("orcid:0000-0002-1825-0097", 3)
    assert only.level is EvidenceLevel.PERSISTENT_ID
    assert only.evidence == ("ORCID iD 0000-0002-1825-0097 on all 3 papers",)
    assert only.mentions[0].reasons == ("same ORCID iD as 2 other papers",)


def test_identifiers_of_one_scheme_overrule_a_shared_coauthor(tmp_path: Path) -> None:
    """A paper without an identifier goes to the one with which it shares more."""
    papers = [
        _write(_wang(ids={"openreview": "~Wei_Wang1"}), "Bo Quist", "Cy Rune"),
        _write(_wang(ids={"openreview": "~Wei_Wang2"}), "Bo Quist"),
        _write("Wei Wang", "Bo Quist", "Cy Rune"),
    ]
    assert _list_groups(_identify(tmp_path, papers)) == {
        frozenset(("p0", "p2")), frozenset(("p1",)),
    }  # fmt: skip


def test_shared_coauthors_join_papers_and_others_stand_apart(tmp_path: Path) -> None:
    """Each paper says why it is where it is."""
    papers = [
        _write("Wei Wang", "Bo Quist", "Cy Rune"),
        _write("Wei Wang", "Bo Quist", "Cy Rune"),
        _write("Wei Wang", "Dee Sand"),
        _write("Wei Wang", "Eve Tarn"),
    ]
    found = _identify(tmp_path, papers)
    (only,) = found.identities
    assert only.level is EvidenceLevel.NAME_ONLY
    assert only.key == "paper:p0"
    assert only.evidence == ("shared co-authors: Bo Quist (2) and Cy Rune (2)",)
    assert only.mentions[0].reasons == ("2 shared co-authors: Bo Quist and Cy Rune",)
    assert only.mentions[0].confidence > 0.9
    assert _list_possible(found) == {"p2", "p3"}
    assert {one.reasons for one in found.possible} == {("nothing but the name",)}
    assert max(one.confidence for one in found.possible) < 0.5


def test_a_rare_institution_joins_papers(tmp_path: Path) -> None:
    """It is named."""
    papers = [
        _write(_wang(affiliations=["Lake Observatory"]), "Bo Quist", year=2020),
        _write(_wang(affiliations=["Lake Observatory"]), "Cy Rune", year=2021),
    ]
    (only,) = _identify(tmp_path, papers).identities
    assert only.mentions[0].reasons == ("same institution: Lake Observatory",)


def test_coauthors_who_wrote_together_count(tmp_path: Path) -> None:
    """They tell which identity is nearest to a paper that fits none."""
    papers = [
        _write("Wei Wang", "Bo Quist", "Cy Rune", year=2020),
        _write("Wei Wang", "Bo Quist", "Cy Rune", year=2020),
        _write("Wei Wang", "Dee Sand", year=2000),
        _write("Dee Sand", "Bo Quist"),
    ]
    found = _identify(tmp_path, papers)
    (apart,) = found.possible
    assert apart.nearest == "paper:p0"
    assert apart.reasons == ("co-authors who wrote together elsewhere",)


def test_two_sources_agree_about_two_papers(tmp_path: Path) -> None:
    """On one paper alone they do not put anything together."""
    ids = {"openreview": "~Wei_Wang1", "s2": "77"}
    (two,) = _identify(
        tmp_path / "two", [_write(_wang(ids=ids)), _write(_wang(ids=ids))]
    ).identities
    (one,) = _identify(tmp_path / "one", [_write(_wang(ids=ids))]).identities
    assert (one.level, two.level) == (EvidenceLevel.ONE_SOURCE, EvidenceLevel.SOURCES_AGREE)


def test_a_page_of_dblp_in_a_profile_is_no_second_source(tmp_path: Path) -> None:
    """The records are not dblp's, so that the profile alone names the page."""
    ids = {"openreview": "~Wei_Wang1", "dblp": "https://dblp.org/pid/35/7092.html"}
    (only,) = _identify(tmp_path, [_write(_wang(ids=ids)), _write(_wang(ids=ids))]).identities
    assert only.level is EvidenceLevel.ONE_SOURCE
    assert any("dblp page" in words for words in only.evidence)


def test_papers_that_only_an_identifier_joins_are_counted(tmp_path: Path) -> None:
    """A source may give somebody the identifier of another person; shared work speaks for it."""
    ids = {"orcid": "0000-0002-1825-0097"}
    lake = [_write(_wang(ids=ids), "Bo Quist", year=2020)] * 3
    hill = [_write(_wang(ids=ids), "Cy Rune", year=2020)] * 2
    (doubtful,) = _identify(tmp_path / "one", [*lake, *hill]).identities
    words = "2 of 5 papers share nothing else with the others; only an identifier joins them"
    assert doubtful.evidence[-1] == words
    both = _write(_wang(ids=ids), "Bo Quist", "Cy Rune", year=2020)
    (sound,) = _identify(tmp_path / "two", [*lake, *hill, both]).identities
    assert not any("only an identifier" in words for words in sound.evidence)


@pytest.mark.parametrize(
    "place", ["University Affiliation Not Specified", "Unknown University", "School of Computing"]
)
def test_what_names_no_institution_joins_no_papers(tmp_path: Path, place: str) -> None:
    """Dumps write it for many people who have never met."""
    papers = [_write(_wang(affiliations=[place]), one, year=2020) for one in ("Bo Qu", "Cy Rune")]
    found = _identify(tmp_path, papers)
    assert not found.identities
    assert {one.reasons for one in found.possible} == {("nothing but the name",)}


def test_many_authors_are_given_as_the_reason(tmp_path: Path) -> None:
    """The co-authors are the same, but say little."""
    crowd = [f"Ann{'abcdefghijklmnopqrstuvwxyz'[at % 26]} Lee{'xyz'[at // 26]}" for at in range(60)]
    papers = [_write("Wei Wang", *crowd), _write("Wei Wang", *crowd), _write("Wei Wang", "Bo Qu")]
    found = _identify(tmp_path, papers)
    assert {one.mention.paper.id: one.reasons for one in found.possible} == {
        "p0": (MANY_AUTHORS,), "p1": (MANY_AUTHORS,), "p2": ("nothing but the name",),
    }  # fmt: skip


def test_the_only_paper_of_a_name_is_an_identity(tmp_path: Path) -> None:
    """Even without anything that identifies its author."""
    found = _identify(tmp_path, [_write("Wei Wang", "Bo Quist")])
    (only,) = found.identities
    assert only.mentions[0].reasons == ("the only paper of this name",)
    assert found.possible == ()


def test_middle_initials_that_differ_keep_people_apart(tmp_path: Path) -> None:
    """A name without one goes with either."""
    papers = [
        _write("Wei A. Wang", "Bo Quist", "Cy Rune"),
        _write("Wei B. Wang", "Bo Quist", "Cy Rune"),
    ]
    assert _list_groups(_identify(tmp_path, papers)) == set()


def test_the_order_of_papers_does_not_matter(tmp_path: Path) -> None:
    """Nor do the places in which an index keeps them."""
    draw = random.Random(7)
    people = [f"Given{at} Family{at}" for at in range(12)]
    papers = [_write("Wei Wang", *draw.sample(people, 2), id=f"q{at}") for at in range(30)]
    searcher = open_authors(tmp_path, [*papers, *OTHERS])
    cluster = find_cluster(searcher, "wei wang")
    expected = _list_groups(identify(searcher, cluster))
    assert expected
    for _ in range(5):
        shuffled = tuple(draw.sample(cluster.mentions, len(cluster.mentions)))
        assert _list_groups(identify(searcher, replace(cluster, mentions=shuffled))) == expected


def test_every_paper_has_one_place_and_every_identity_its_own_key(tmp_path: Path) -> None:
    """Whatever the sources say."""
    draw = random.Random(3)
    ids = [{}, {}, {"orcid": "1"}, {"openreview": "~a"}, {"openreview": "~b"}, {"s2": "1"},
           {"openreview": "~a", "s2": "1"}, {"orcid": "1", "openreview": "~b"}]  # fmt: skip
    papers = [_write(_wang(ids=draw.choice(ids)), f"Bo Q{draw.randrange(9)}") for _ in range(40)]
    searcher = open_authors(tmp_path, papers)
    cluster = find_cluster(searcher, "wei wang")
    found = identify(searcher, cluster)
    keys = [one.key for one in found.identities]
    assert len(keys) == len(set(keys)) > 1
    placed = [one for each in found.identities for one in each.mentions] + list(found.possible)
    assert sorted(one.mention.paper.id for one in placed) == sorted(
        one.paper.id for one in cluster.mentions
    )
    assert all(one.reasons and 0 <= one.confidence <= 1 for one in placed)


def test_an_earlier_key_still_means_the_person(tmp_path: Path) -> None:
    """An identity that gets an ORCID iD is found by the keys that it had before."""
    ids = {"orcid": "0000-0002-1825-0097", "openreview": "~Wei_Wang1"}
    papers = [_write(_wang(ids=ids), id="q1"), _write(_wang(ids={"openreview": "~Wei_Wang2"}))]
    searcher = open_authors(tmp_path, papers)
    found = identify(searcher, find_cluster(searcher, "wei wang"))
    person = found.find("orcid:0000-0002-1825-0097")
    assert person is not None
    assert found.find("openreview:~Wei_Wang1") is found.find("paper:q1") is person
    for key in ("", "openreview", "openreview:", "openreview:~Wei_Wang3", "paper:q9", "x:y:z"):
        assert found.find(key) is None


CURATED = """
[[person]]
name = "Wei Wang of the Lake"
id = "openreview:~Wei_Wang1"
same = ["openreview:~Wei_Wang2"]
alias = ["Wei Wang"]
papers = ["p2"]
not-papers = ["p3"]
"""


def test_the_word_of_the_maintainer_comes_first(tmp_path: Path) -> None:
    """It joins what identifiers keep apart, and parts what they join; the key is the person's."""
    papers = [
        _write(_wang(ids={"openreview": "~Wei_Wang1"})),
        _write(_wang(ids={"openreview": "~Wei_Wang2"}), "Bo Quist"),
        _write("Wei Wang", "Cy Rune"),
        _write(_wang(ids={"openreview": "~Wei_Wang2"}), "Bo Quist"),
    ]
    open_authors(tmp_path, [*papers, *OTHERS])
    (tmp_path / "index" / "authors.toml").write_text(CURATED, "utf-8")
    searcher = Searcher(tmp_path / "index")
    found = identify(searcher, find_cluster(searcher, "wei wang"))
    assert _list_groups(found) == {frozenset(("p0", "p1", "p2")), frozenset(("p3",))}
    curated = found.find("openreview:~Wei_Wang1")
    assert curated is not None
    assert (curated.name, curated.level) == ("Wei Wang of the Lake", EvidenceLevel.CURATED)
    assert {one.confidence for one in curated.mentions} == {1.0}
    assert all("maintainer" in one.reasons[0] for one in curated.mentions)
    (other,) = (one for one in found.identities if one is not curated)
    assert other.key == "openreview:~Wei_Wang2"


def test_levels_are_in_words() -> None:
    """Each has a label and a sentence."""
    assert len({level.label for level in EvidenceLevel}) == len(EvidenceLevel)
    assert all(level.meaning.endswith(".") for level in EvidenceLevel)
