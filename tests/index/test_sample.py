"""Check that the sample is well formed and has the cases that its README lists."""

import re
from collections import Counter
from collections.abc import Callable

import msgspec
import pytest

from tests.support.paths import ROOT

SAMPLE = ROOT / "index" / "sample"
TYPES = {"conference paper", "journal article", "preprint", "book", "thesis", "report"}
VENUE_KINDS = {"conference", "journal", "workshop", "repository", "book"}
ARXIV = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7}")
DOI = re.compile(r"10\.\d{4,9}/\S+")
COUNT = 417
"""Papers in the sample, as README says."""

SLUG = re.compile(r"[a-z0-9]+-\d{4}-[a-z0-9]+")
CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


class SampleAuthor(msgspec.Struct, forbid_unknown_fields=True):
    """An author with more than a name."""

    name: str
    ids: dict[str, str] = {}
    affiliations: list[str] = []


class SampleAppearance(msgspec.Struct, forbid_unknown_fields=True):
    """One of several places where a work appeared."""

    venue: str
    venue_kind: str
    year: int
    type: str


class SamplePaper(msgspec.Struct, forbid_unknown_fields=True):
    """One line of the sample; any other key is an error."""

    id: str
    title: str
    abstract: str
    authors: list[str | SampleAuthor]
    topics: list[str]
    venue: str = ""
    year: int = 0
    type: str = ""
    appearances: list[SampleAppearance] = []
    ids: dict[str, str] = {}
    status: str = ""

    @property
    def places(self) -> list[SampleAppearance]:
        """Return every appearance, starting with the one that is shown first."""
        return self.appearances or [SampleAppearance(self.venue, "", self.year, self.type)]

    @property
    def people(self) -> list[SampleAuthor]:
        """Return all authors as objects."""
        return [SampleAuthor(who) if isinstance(who, str) else who for who in self.authors]


def read_sample() -> list[SamplePaper]:
    """Read every line; raise if one does not parse or has an unknown key."""
    lines = (SAMPLE / "papers.jsonl").read_bytes().splitlines()
    return [msgspec.json.decode(line, type=SamplePaper) for line in lines]


@pytest.fixture(scope="module")
def papers() -> list[SamplePaper]:
    """Return the whole sample."""
    return read_sample()


def test_the_sample_is_large_and_wide(papers: list[SamplePaper]) -> None:
    """At least 320 papers, 15 venues, 30 distinct years and a span of 50 years."""
    years = {paper.places[0].year for paper in papers}
    assert len(papers) >= 320
    assert len({paper.places[0].venue for paper in papers}) >= 15
    assert len(years) >= 30
    assert max(years) - min(years) >= 50


def test_ids_are_unique_slugs_that_name_the_year(papers: list[SamplePaper]) -> None:
    """An id is ``author-year-word``, is used once, and its year is the one shown."""
    counts = Counter(paper.id for paper in papers)
    assert [found for found, count in counts.items() if count > 1] == []
    assert [paper.id for paper in papers if not SLUG.fullmatch(paper.id)] == []
    wrong = [p.id for p in papers if p.id.split("-")[1] != str(p.places[0].year)]
    assert wrong == []


def test_no_work_occurs_twice(papers: list[SamplePaper]) -> None:
    """No two lines share a title, a DOI or an arXiv id."""
    keys = [paper.title.casefold() for paper in papers]
    keys += [f"{scheme}:{value}".casefold() for p in papers for scheme, value in p.ids.items()]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_every_summary_is_one_or_two_sentences(papers: list[SamplePaper]) -> None:
    """A summary has 30 to 400 characters and one or two full stops, the last at its end."""
    assert len(papers) == COUNT
    for paper in papers:
        stops = re.findall(r"[.!?](?=\s|$)", paper.abstract)
        assert 30 <= len(paper.abstract) <= 400, paper.id
        assert len(stops) in {1, 2}, paper.id
        assert paper.abstract.endswith("."), paper.id


def test_every_paper_has_authors_and_topics(papers: list[SamplePaper]) -> None:
    """Each author is named once, without stray space; there are 1 to 4 topics in lower case."""
    assert len(papers) == COUNT
    for paper in papers:
        names = [who.name for who in paper.people]
        assert names, paper.id
        assert len(set(names)) == len(names), paper.id
        assert all(name == name.strip() and name for name in names), paper.id
        assert 1 <= len(paper.topics) <= 4, paper.id
        assert all(topic and topic == topic.lower() for topic in paper.topics), paper.id


def test_identifiers_are_well_formed(papers: list[SamplePaper]) -> None:
    """Only DOIs and arXiv ids occur, each well formed."""
    assert len(papers) == COUNT
    forms = {"doi": DOI, "arxiv": ARXIV}
    for paper in papers:
        for scheme, value in paper.ids.items():
            assert forms[scheme].fullmatch(value), (paper.id, value)


def test_appearances_use_known_words(papers: list[SamplePaper]) -> None:
    """Venue, year and type are given either beside the title or in the appearances."""
    assert len(papers) == COUNT
    for paper in papers:
        assert bool(paper.venue) != bool(paper.appearances), paper.id
        for place in paper.places:
            assert place.venue, paper.id
            assert 1936 <= place.year <= 2024, paper.id
            assert place.type in TYPES, paper.id
            assert not paper.appearances or place.venue_kind in VENUE_KINDS, paper.id


def test_arxiv_ids_date_their_preprints(papers: list[SamplePaper]) -> None:
    """The year of an arXiv appearance is that in the arXiv id."""
    assert len(papers) == COUNT
    for paper in papers:
        digits = re.search(r"\d\d", paper.ids.get("arxiv", ""))
        for place in paper.places:
            if place.venue == "arXiv":
                assert digits, paper.id
                assert place.year % 100 == int(digits[0]), paper.id


CASES: list[tuple[str, int, Callable[[SamplePaper], bool]]] = [
    ("names with accents", 20, lambda p: any(not who.name.isascii() for who in p.people)),
    ("collaborations", 4, lambda p: any("Coll" in w.name or "Cons" in w.name for w in p.people)),
    ("two appearances", 15, lambda p: len(p.appearances) == 2),
    ("TeX in the title", 3, lambda p: p.title.count("$") == 2),
    ("C++ in the title", 3, lambda p: "C++" in p.title),
    ("a hyphened digit in the title", 1, lambda p: "CIFAR-10" in p.title),
    ("Q-learning in the title", 3, lambda p: "q-learning" in p.title.lower()),
    ("a Chinese or Japanese title", 2, lambda p: bool(CJK.search(p.title))),
    ("a German title", 2, lambda p: bool(re.search(r"\b(der|mit|zu)\b", p.title))),
    ("a French title", 3, lambda p: bool(re.search(r"\b(et|de|sur)\b", p.title, re.IGNORECASE))),
    ("withdrawn", 1, lambda p: p.status == "withdrawn"),
    ("retracted", 2, lambda p: p.status == "retracted"),
    ("theses", 3, lambda p: p.places[0].type == "thesis"),
]


@pytest.mark.parametrize(("case", "least", "holds"), CASES, ids=[case[0] for case in CASES])
def test_the_special_cases_occur(
    papers: list[SamplePaper], case: str, least: int, holds: Callable[[SamplePaper], bool]
) -> None:
    """Each special case occurs at least as often as other tests need it."""
    found = [paper.id for paper in papers if holds(paper)]
    assert len(found) >= least, (case, found)


@pytest.mark.parametrize("name", ["Paul Erdős", "Jürgen Schmidhuber", "Léon Bottou", "Wei Wang"])
def test_the_promised_names_occur(papers: list[SamplePaper], name: str) -> None:
    """Names that tests of author search rely on occur on at least two papers."""
    assert sum(name in {who.name for who in paper.people} for paper in papers) >= 2


def test_homonyms_can_be_distinguished(papers: list[SamplePaper]) -> None:
    """Two people named Wei Wang differ in dblp numbers, two named Yang Liu in affiliations."""
    people = [who for paper in papers for who in paper.people]
    assert {w.ids.get("dblp") for w in people if w.name == "Wei Wang"} == {"0010", "0011"}
    homes = [tuple(who.affiliations) for who in people if who.name == "Yang Liu"]
    assert len(set(homes)) == len(homes) == 2


def test_the_readme_names_papers_that_exist(papers: list[SamplePaper]) -> None:
    """Every id in the README of the sample is in it, and the README counts the papers right."""
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    named = {word for word in re.findall(r"`([^`\s]+)`", readme) if SLUG.fullmatch(word)}
    assert len(named) > 20
    assert named <= {paper.id for paper in papers}
    assert f"holds {len(papers)} well-known papers" in readme
