"""Check how connected records are split into works."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from index.records import Paper
from index.works.features import Features
from index.works.same_work import YEARS_APART, find_bond
from index.works.splitting import split_records
from tests.support.work_pairs import CONFERENCE, A, column, paper


def split(*papers: Paper) -> list[set[str]]:
    """Return the ids of the works of some papers."""
    features = {number: Features(one) for number, one in enumerate(papers)}
    pairs = [p for p in combinations(features, 2) if find_bond(features[p[0]], features[p[1]])]
    works = split_records(features, pairs, {n: one.id for n, one in enumerate(papers)})
    return [{papers[number].id for number in work} for work in works]


def make_published(year: int, **ids: str) -> Paper:
    """Make a record without volume and abstract."""
    return replace(paper(year=year, abstract="", show=CONFERENCE), id=str(year), ids=ids)


def test_years_do_not_chain() -> None:
    """A column of every second year makes no work of twenty years."""
    works = split(*(make_published(year) for year in range(2000, 2020, 2)))
    assert sorted(map(len, works)) == [2] * 5


def test_the_closest_years_are_joined_first() -> None:
    """A record joins the one of its year rather than an older one."""
    works = split(
        make_published(2015), make_published(2017), replace(make_published(2018), id="again")
    )
    assert {"2017", "again"} in works
    assert {"2015"} in works


def test_an_identifier_may_span_many_years() -> None:
    """An early preprint and its late publication share a DOI; what joins either joins both."""
    early, late = make_published(2010, doi="10.1000/a"), make_published(2016, doi="10.1000/a")
    assert split(early, late, make_published(2015)) == [{"2010", "2016", "2015"}]


def test_abstracts_may_span_many_years() -> None:
    """A record with the abstract of a late one joins it, whatever the years."""
    early, late = (replace(make_published(year), abstract=A) for year in (2010, 2016))
    assert split(early, late, make_published(2015)) == [{"2010", "2016", "2015"}]


def test_a_record_without_a_volume_joins_one_column() -> None:
    """It does not join the columns of two volumes with each other."""
    bare = column("//", year=2020)
    works = split(column("3/2/7-8", year=2020), bare, column("4/2/7-8", year=2021))
    assert sorted(map(len, works)) == [1, 2]


@given(st.lists(st.integers(2000, 2012), min_size=2, max_size=9, unique=True), st.randoms())
def test_no_title_spans_more_years_in_any_order(years: list[int], chance: st.DataObject) -> None:
    """The works are the same in any order, and none spans more than the allowed years."""
    papers = [make_published(year) for year in years]
    works = split(*papers)
    assert all(max(map(int, work)) - min(map(int, work)) <= YEARS_APART for work in works)
    chance.shuffle(papers)  # type: ignore[attr-defined]
    assert {*map(frozenset, split(*papers))} == {*map(frozenset, works)}
