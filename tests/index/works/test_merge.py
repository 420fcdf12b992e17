"""Check that a work has the best values of its records, and that nothing of them is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from index.records import RECORD, Appearance, Author, Paper, Source
from index.works.matcher import join_papers
from index.works.merge import find_origins, merge_records

A = "offline agents learn values from logged trajectories without acting in their environment again"
A2 = "logged trajectories teach offline agents values without acting inside their environment twice"
B = "benchmarks measure retrieval quality over judged collections with graded relevance assessments"
CONFERENCE = Appearance("ICML", venue_kind="conference", year=2020, type="conference paper")
PREPRINT = Appearance("arXiv", venue_kind="repository", year=2019, type="preprint")
JOURNAL = Appearance("JMLR", venue_kind="journal", year=2022, type="journal article")
KUMAR = Author("Aviral Kumar", "aviral kumar")
WANG = Author("Yi Wang", "yi wang")


def _source(dump: str) -> Source:
    return Source(dump=dump, record=1)


PUBLISHED = Paper(
    id="icml:1", title="Values at Scale", authors=(KUMAR, WANG), ids={"doi": "10.1/x"},
    abstract="Short.", appearances=(replace(CONFERENCE, source=_source("icml")),),
    urls={"page": "https://icml.cc/1"}, citations=3, sources=("paperlists",), topics=("rl",),
)  # fmt: skip
ON_ARXIV = Paper(
    id="arxiv:1901.00001", title="Values", abstract="Longer by far.",
    authors=(Author("A. Kumar", "a kumar"),), topics=("cs.LG", "rl"), citations=7,
    appearances=(replace(PREPRINT, source=_source("arxiv")),), language="en", sources=("arxiv",),
    ids={"doi": "10.48550/arxiv.1901.00001", "arxiv": "1901.00001"},
    urls={"page": "https://arxiv.org/abs/1901.00001", "pdf": "https://arxiv.org/pdf/1901.00001"},
)  # fmt: skip


def test_best_values() -> None:
    """A work has the published title, the longest abstract, the fullest authors and all ids."""
    assert merge_records([ON_ARXIV, PUBLISHED]) == Paper(
        id="icml:1",
        title="Values at Scale",
        abstract="Longer by far.",
        authors=(KUMAR, WANG),
        appearances=PUBLISHED.appearances + ON_ARXIV.appearances,
        topics=("rl", "cs.LG"),
        ids={
            "doi": "10.1/x",
            "doi 2": "10.48550/arxiv.1901.00001",
            "arxiv": "1901.00001",
            RECORD: "arxiv:1901.00001",
        },
        urls={
            "page": "https://icml.cc/1",
            "page 2": "https://arxiv.org/abs/1901.00001",
            "pdf": "https://arxiv.org/pdf/1901.00001",
        },
        citations=7,
        language="en",
        sources=("arxiv", "paperlists"),
        origins=dict.fromkeys(("abstract", "citations", "language"), "arxiv:1901.00001"),
    )


def test_origins() -> None:
    """Each single-valued field names the record that it comes from."""
    found = find_origins([PUBLISHED, ON_ARXIV])
    own = {"title", "authors", "status"}
    assert found == {
        field: "icml:1" if field in own else "arxiv:1901.00001"
        for field in (*own, "abstract", "citations", "language")
    }


STATUSES = [
    (("rejected", "poster"), "poster"),
    (("rejected", ""), ""),
    (("withdrawn", "rejected"), "withdrawn"),
    (("retracted", "poster"), "retracted"),
    (("", "oral"), "oral"),
]


@pytest.mark.parametrize(("found", "expected"), STATUSES)
def test_status(found: tuple[str, str], expected: str) -> None:
    """A rejection counts only if every record has one; a retraction always counts."""
    early, late = (replace(PUBLISHED, id=f"{n}", status=s) for n, s in enumerate(found))
    assert merge_records([late, early]).status == expected


def test_turned_down() -> None:
    """The venue that rejected a work is listed as a submission, after where it appeared."""
    rejected = replace(PUBLISHED, id="iclr:1", status="rejected")
    show = merge_records([rejected, replace(PUBLISHED, appearances=(JOURNAL,))]).appearances
    assert [(s.venue, s.type) for s in show] == [
        ("JMLR", "journal article"),
        ("ICML", "submission"),
    ]


SHOWN = [
    ((PREPRINT, CONFERENCE), "ICML"),
    ((JOURNAL, CONFERENCE), "ICML"),
    ((PREPRINT, JOURNAL), "JMLR"),
    ((PREPRINT, Appearance("W", venue_kind="workshop", year=2021)), "W"),
    ((Appearance(), PREPRINT), "arXiv"),
]


@pytest.mark.parametrize(("shows", "expected"), SHOWN)
def test_shown_first(shows: tuple[Appearance, Appearance], expected: str) -> None:
    """The published appearance is shown first; among equals, the earliest."""
    rows = [Paper(id=str(n), title="T", appearances=(s,)) for n, s in enumerate(shows)]
    assert merge_records(rows).shown.venue == expected


DATED = [
    (("", "2020-05"), "2020-05"), (("2020-05", "2020-05-03"), "2020-05-03"),
    (("2020-07-01", "2020-05"), "2020-05"), (("", ""), ""),
]  # fmt: skip


@pytest.mark.parametrize(("dates", "expected"), DATED)
def test_the_finest_date_is_shown(dates: tuple[str, str], expected: str) -> None:
    """Of appearances at one venue in one year, the one with the earliest date is shown."""
    rows = [
        Paper(id=str(n), title="T", appearances=(replace(PREPRINT, date=date),))
        for n, date in enumerate(dates)
    ]
    assert merge_records(rows).shown.date == expected


def test_authors_are_completed() -> None:
    """An author gets the ids, the homonym number and the institutions of all records."""
    bare = Paper(id="1", title="T", authors=(WANG, KUMAR))
    known = Author("Yi Wang", "yi wang 0002", {"orcid": "0"}, ("UCLA",))
    assert merge_records([bare, Paper(id="2", title="T", authors=(known,))]).authors == (
        known,
        KUMAR,
    )


NAMES = ["Aviral Kumar", "A. Kumar", "Yi Wang", "Yu Wang", "Yi Wang 0001", "Plato"]
TITLES = ["Values at Scale", "Value at Scale", "Values at Scale II", "Editorial", "Ranked lists"]
authors = st.builds(
    Author,
    name=st.sampled_from(NAMES),
    key=st.just(""),
    ids=st.dictionaries(st.just("orcid"), st.sampled_from("12"), max_size=1),
    affiliations=st.lists(st.sampled_from("UV"), max_size=2).map(tuple),
).map(lambda one: replace(one, key=one.name.lower().replace(".", "")))
identifiers = st.fixed_dictionaries(
    {}, optional={"doi": st.sampled_from(["10.1/a", "10.1/b", "10.48550/arxiv.1901.00001"]),
                  "arxiv": st.sampled_from(["1901.00001", "1901.00002"])},
)  # fmt: skip
shows = st.builds(
    replace,
    st.sampled_from([CONFERENCE, PREPRINT, JOURNAL, Appearance()]),
    year=st.sampled_from([None, 2015, 2017, 2020]),
    source=st.none() | st.builds(Source, dump=st.sampled_from("de")),
)
records = st.builds(
    Paper,
    id=st.sampled_from([f"id{n}" for n in range(12)]),
    title=st.sampled_from(TITLES),
    abstract=st.sampled_from(["", A, A2, B]),
    authors=st.lists(authors, max_size=3).map(tuple),
    appearances=st.lists(shows, max_size=2).map(tuple),
    topics=st.lists(st.sampled_from("xyz"), max_size=2, unique=True).map(tuple),
    ids=identifiers,
    urls=st.dictionaries(st.sampled_from(["page", "pdf"]), st.sampled_from("uv"), max_size=2),
    citations=st.none() | st.integers(0, 3),
    status=st.sampled_from(["", "poster", "rejected", "withdrawn", "retracted"]),
    language=st.sampled_from(["", "en", "de"]),
    sources=st.sampled_from([("a",), ("b",)]),
)
rows_of_one = st.lists(records, min_size=2, max_size=5)


@settings(deadline=None)
@given(st.lists(records, max_size=7).flatmap(lambda found: st.tuples(
    st.just(found), st.permutations(found))))  # fmt: skip
def test_order_does_not_matter(drawn: tuple[list[Paper], list[Paper]]) -> None:
    """The same records in another order make the same works."""
    found, shuffled = drawn
    assert sorted(join_papers(found), key=repr) == sorted(join_papers(shuffled), key=repr)


@settings(deadline=None)
@given(st.lists(records, max_size=7))
def test_no_record_is_lost(found: list[Paper]) -> None:
    """The ids, identifiers and appearances of all records are in a work; an id in exactly one."""
    works = join_papers(found)
    ids = [work.id for work in works]
    ids += [value for work in works for name, value in work.ids.items() if RECORD in name]
    assert sorted(ids) == sorted({one.id for one in found})
    values = {value for work in works for value in work.ids.values()}
    assert values >= {value for one in found for value in one.ids.values()}
    places = {(s.venue, s.year, s.source) for work in works for s in work.appearances}
    assert places == {(s.venue, s.year, s.source) for one in found for s in one.appearances}


@settings(deadline=None)
@given(rows_of_one)
def test_merging_again_changes_nothing(rows: list[Paper]) -> None:
    """Merging a work again, alone or with its records, gives the same work, in any order."""
    work = merge_records(rows)
    assert merge_records([work]) == work
    assert merge_records([*rows, work]) == work
    assert merge_records(rows[::-1]) == work
