"""Check what the maintainer's file says about the papers of a name."""

from pathlib import Path

import pytest

from index.people.curation import CURATION as FILE
from index.people.curation import Curation, Person
from index.records import Author, Paper
from search.answers.searcher import Searcher
from search.authors.curated_groups import BY_PAPER, NOTHING_SAID, place_mentions
from search.authors.evidence import EvidenceLevel
from search.authors.identities import identify
from search.authors.mentions import Mention
from search.authors.name_cluster import find_cluster
from tests.support.author_index import open_authors

ADA = Person(
    "Ada King",
    "s2:1",
    same=("openreview:~Ada_King1", "paper:p9"),
    different=("s2:2", "dblp:ada king 0002"),
    papers=("p1",),
    not_papers=("p2",),
    alias=("Ada Lovelace",),
)
OTHER = Person("Ada King", "s2:3")
CURATION = Curation((ADA, OTHER))


def mention(paper: str, name: str = "Ada King", key: str = "ada king", **ids: str) -> Mention:
    """Return an author of a paper who is second on its list."""
    authors = (Author("Bea Lee", "bea lee", {"s2": "1"}), Author(name, key, ids))
    return Mention(Paper(paper, "Tides", authors=authors), 1)


CASES = [
    (mention("p5"), None, 0),
    (mention("p1"), ADA, 0),
    (mention("p1", "Ada Lovelace"), ADA, 0),
    (mention("p1", "Bo Roe"), None, 0),
    (mention("p1", s2="3"), ADA, 0),  # papers come before identifiers
    (mention("p1", s2="2"), ADA, 1),
    (mention("p5", s2="1"), ADA, 0),
    (mention("p5", openreview="~Ada_King1"), ADA, 0),
    (mention("p9"), ADA, 0),
    (mention("p9", "Bo Roe"), None, 0),
    (mention("p5", s2="3"), OTHER, 0),
    (mention("p5", s2="2"), None, 1),
    (mention("p2"), None, 1),
    (mention("p2", s2="1"), None, 1),
    (mention("p5", key="ada king 0002"), None, 1),
    (mention("p5", openreview="~Ada_King1", s2="2"), None, 1),
]


@pytest.mark.parametrize(("found", "person", "others"), CASES)
def test_papers_are_placed(found: Mention, person: Person | None, others: int) -> None:
    """Papers, keys and names decide, and what is denied."""
    (placed,) = place_mentions(CURATION, [found])
    assert placed.person is person
    assert placed.others == (ADA,) * others
    assert bool(placed.reason) is bool(person)


def test_reasons_are_in_words() -> None:
    """They name the scheme, not the identifier."""
    by_paper, by_key = place_mentions(CURATION, [mention("p1"), mention("p5", s2="1")])
    assert by_paper.reason == BY_PAPER
    assert by_key.reason == "the maintainer says that this person has the s2 id"


def test_people_are_kept_apart() -> None:
    """Papers of two people never join, nor one that is denied."""
    ada, other, free, denied = place_mentions(
        CURATION, [mention("p1"), mention("p5", s2="3"), mention("p5"), mention("p2")]
    )
    assert not ada.may_join(other)
    assert not ada.may_join(denied)
    assert not denied.may_join(ada)
    assert ada.may_join(free)
    assert ada.may_join(ada)
    assert other.may_join(denied)
    assert free.may_join(denied)


def test_nothing_is_said_without_a_file() -> None:
    """An index without the file has free papers."""
    assert place_mentions(Curation(), [mention("p1")]) == (NOTHING_SAID,)


PROFILES: list[dict[str, object]] = [
    {"authors": [{"name": "Ada King", "ids": {"openreview": "~Ada_King1"}}, "Bo Roe"]},
    {"authors": [{"name": "Ada King", "ids": {"openreview": "~Ada_King1"}}, "Bo Roe"]},
    {"authors": [{"name": "Ada King", "ids": {"openreview": "~Ada_King2"}}, "Cy Ray"]},
    {"authors": [{"name": "Ada King", "ids": {"openreview": "~Ada_King1"}}, "Bo Roe"]},
    {"authors": ["Ada Lovelace", "Di Poe"]},
    {"authors": ["Ada King", "Ed Lee"]},
]
SAID = """
[[person]]
name = "Ada Lovelace"
id = "orcid:0000-0002-1825-0097"
same = ["openreview:~Ada_King1", "openreview:~Ada_King2"]
not-papers = ["p3"]
papers = ["p4"]
alias = ["Ada King"]

[[person]]
name = "Ada King"
papers = ["p5"]
"""


def test_the_maintainer_overrules_all_other_evidence(tmp_path: Path) -> None:
    """Two profiles are one person, one paper of a profile is not, and one has another name."""
    open_authors(tmp_path, PROFILES)
    (tmp_path / "index" / FILE).write_text(SAID, "utf-8")
    searcher = Searcher(tmp_path / "index")
    for typed in ("Ada King", "Ada Lovelace"):
        found = identify(searcher, find_cluster(searcher, typed))
        groups = {
            identity.key: {one.mention.paper.id for one in identity.mentions}
            for identity in found.identities
        }
        assert groups["orcid:0000-0002-1825-0097"] == {"p0", "p1", "p2", "p4"}
        assert groups["paper:p5"] == {"p5"}
        person = found.find("orcid:0000-0002-1825-0097")
        assert person is not None
        assert person.name == "Ada Lovelace"
        assert person.level is EvidenceLevel.CURATED
        assert all("the maintainer says" in one.reasons[0] for one in person.mentions)
        assert sum(map(len, groups.values())) + len(found.possible) == 6
