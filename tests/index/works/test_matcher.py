"""Answers: are records of one work joined, and those of two kept apart?"""

from pathlib import Path

import pytest
from msgspec.structs import replace

from index.dumps.streams import open_dump
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import RECORD, Appearance, Author, Paper, RawRecord
from index.works.matcher import group_papers, join_papers
from index.works.merge import merge_records
from tests.bench.data import DATA

SEEDS = [DATA / "seeds" / "arrow.jsonl", DATA / "seeds" / "bzpeer.jsonl"]
A = "offline agents learn values from logged trajectories without acting in their environment again"
A2 = "logged trajectories teach offline agents values without acting inside their environment twice"
B = "benchmarks measure retrieval quality over judged collections with graded relevance assessments"
CONFERENCE = Appearance("ICML", venue_kind="conference", year=2020, type="conference paper")
PREPRINT = Appearance("arXiv", venue_kind="repository", year=2019, type="preprint")
JOURNAL = Appearance("JMLR", venue_kind="journal", year=2022, type="journal article")


def paper(
    title: str = "Deep Value Learning at Scale",
    names: str = "Aviral Kumar",
    year: int | None = 2020,
    abstract: str = A,
    show: Appearance = PREPRINT,
    **ids: str,
) -> Paper:
    """Make a record; its id is its content, so that different ones differ."""
    authors = tuple(Author(name, name.lower().replace(".", "")) for name in names.split(", "))
    return Paper(
        id=repr((title, names, year, abstract, show, ids)),
        title=title,
        abstract=abstract,
        authors=authors if names else (),
        appearances=(replace(show, year=year),),
        ids=ids,
    )


ONE_WORK = {
    "the same DOI under another title": (
        paper(doi="10.1/a"), paper("Renamed", abstract="", doi="10.1/a")),
    "an arXiv id and its DOI": (
        paper(arxiv="2001.00001"), paper("Renamed", doi="10.48550/arxiv.2001.00001")),
    "an arXiv id, rewritten": (
        paper(arxiv="2001.00001"), paper("Renamed", abstract=B, arxiv="2001.00001")),
    "title, author and year": (paper(), paper("Deep value learning, at scale!")),
    "initials for a name": (paper(), paper(names="A. Kumar", abstract="")),
    "one of several authors": (paper(names="Yi Wang, Aviral Kumar, Bo Li"), paper(abstract=B)),
    "years two apart": (paper(), paper(year=2018, abstract=B)),
    "a year unknown": (paper(), paper(year=None, abstract=B)),
    "years far apart, abstracts alike": (paper(), paper(year=2009)),
    "retitled, abstracts alike": (paper(), paper("Deep Value Learning on Scale", abstract=A2)),
    "retitled on publication": (
        paper(), paper("NetVal: Deep Value Learning at Scale", show=CONFERENCE)),
    "a generic title, abstracts alike": (paper("Editorial"), paper("Editorial", year=2021)),
    "an extended abstract": (
        paper(show=CONFERENCE), paper("Deep Value Learning at Scale (Extended Abstract)",
                                      abstract=B, show=JOURNAL)),
}  # fmt: skip

TWO_WORKS = {
    "nobody in common": (paper(), paper(names="Bo Li")),
    "initials in common": (paper(names="Yi Wang"), paper(names="Yu Wang")),
    "no authors": (paper(names="", abstract=""), paper(names="")),
    "years three apart": (paper(), paper(year=2023, abstract=B)),
    "titles alike only": (paper(), paper("Deep Value Learning on Scale", abstract=B)),
    "titles alike, no abstract": (paper(), paper("Deep Value Learning on Scale", abstract="")),
    "abstracts alike only": (paper(), paper("Other words altogether")),
    "another part": (paper(), paper("Deep Value Learning at Scale II")),
    "another number": (paper("Overview of the TREC 2019 Track"),
                       paper("Overview of the TREC 2020 Track")),
    "a remark": (paper(), paper("Comment: Deep Value Learning at Scale")),
    "two arXiv ids": (paper(arxiv="2001.00001"), paper(arxiv="2001.00002")),
    "editorials": (paper("Editorial", abstract=""), paper("Editorial", year=2021, abstract="")),
    "introductions": (paper("Introduction to the Special Issue on Search", abstract=""),
                      paper("Introduction to the Special Issue on Search", abstract=B)),
    "the DOI of a volume": (paper(doi="10.1/v"), paper("Other words", "Bo Li", doi="10.1/v")),
    "the DOI of a book": (paper(doi="10.1007/978-3-031-19830-4"),
                          paper("Other words", doi="10.1007/978-3-031-19830-4")),
    "a series of published papers": (
        paper(show=CONFERENCE), paper("Deep Value Learning on Scale", abstract=A2, show=JOURNAL)),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE_WORK)
def test_one_work(name: str) -> None:
    """Records of one work become one, in either order."""
    one, other = ONE_WORK[name]
    assert len(join_papers([one, other])) == 1
    assert join_papers([other, one]) == join_papers([one, other])


@pytest.mark.parametrize("name", TWO_WORKS)
def test_two_works(name: str) -> None:
    """Records of two works stay as they are."""
    assert join_papers(TWO_WORKS[name]) == list(TWO_WORKS[name])


def _seeds() -> list[Paper]:
    if not all(path.exists() for path in SEEDS):
        pytest.skip("the seed files are not there")
    papers = []
    for path in SEEDS:
        for stream in open_dump(str(path)):
            form = recognise_format(stream)
            assert form is not None
            papers += [normalise(r) for r in form.read(stream) if isinstance(r, RawRecord)]
    return papers


def test_seeds(tmp_path: Path) -> None:
    """Of 72 records of one author 63 works are left; D4RL and D5RL stay apart."""
    papers = _seeds()
    found = group_papers(papers, tmp_path)
    works = {tuple(papers[n].id for n in group) for group in found}
    assert (len(papers), len(works)) == (72, 63)
    numbers = [("40", "03"), ("41", "04"), ("43", "06"), ("44", "07"), ("46", "02"),
               ("53", "09"), ("54", "10"), ("55", "11")]  # fmt: skip
    pairs = {(f"arrow-{one}", f"bzpeer-{other}") for one, other in numbers}
    assert {group for group in works if len(group) > 1} == pairs | {("arrow-21", "arrow-22")}


def test_a_record_between_does_not_join_two_works() -> None:
    """What is like two works that contradict each other joins only the surer one."""
    first = paper("D4RL: Datasets for Deep Data-Driven Learning", doi="10.1/4")
    second = paper("D5RL: Diverse Datasets for Data-Driven Deep Learning", abstract=B)
    between = replace(second, id="between", abstract="", ids={"doi": "10.1/4"})
    works = join_papers([first, second, between])
    assert {tuple(sorted((w.id, *w.ids.values()))) for w in works} == {
        tuple(sorted((*w.ids.values(), w.id))) for w in (merge_records([first, between]), second)
    }


def test_many_records_of_one_title() -> None:
    """A title that hundreds have is compared within reach, and generic ones never join by it."""
    many = [replace(paper(), id=f"r{n}") for n in range(200)]
    editorials = [replace(paper("Editorial", abstract=""), id=f"e{n}") for n in range(200)]
    assert len(join_papers(many)) == 1
    assert len(join_papers(editorials)) == 200


def test_many_records_of_like_titles() -> None:
    """Among hundreds of one author's like titles, each finds its equal, wherever it came."""
    words = "Generalization Reinforcement Optimization"
    many = [replace(paper(f"{words} w{n}", abstract=""), id=f"r{n}") for n in range(100)]
    again = [replace(one, id=f"again {one.id}") for one in many]
    assert [work.ids for work in join_papers(many + again)] == [{RECORD: one.id} for one in many]


def test_groups_cover_every_paper_once(tmp_path: Path) -> None:
    """Every number stands in one group, groups in the order of their first."""
    papers = [one for pair in (*ONE_WORK.values(), *TWO_WORKS.values()) for one in pair]
    found = group_papers(papers, tmp_path)
    assert sorted(number for group in found for number in group) == list(range(len(papers)))
    assert found == sorted(found)
