"""Test that queries of other search engines mean the same here."""

import pytest

from index.engines.engine import ENGINES
from search.answers.searcher import Searcher
from search.language.parser import parse
from tests.support.hit_lists import list_matches
from tests.support.made_works import make_separate_documents, write_index

TRANSLATED = [  # typed, the same in our language
    ("sorting[ti] AND stone[au]", "title:sorting AND author:stone"),
    ("merge sort[ti]", "title:(merge sort)"),
    ('"merge sort"[ti]', 'title:"merge sort"'),
    ("(merge OR quick)[ti] x", "title:(merge OR quick) x"),
    ("stone ab[au]", 'author:"stone ab"'),
    ("stone a*[au]", 'author:"stone a"'),
    ("stone ab [au] sorting", 'author:"stone ab" sorting'),
    ("-sorting[ti]", "-title:sorting"),
    ("sort*[ti]", "title:sort*"),
    ("sorting[tiab] OR lists[tw]", "sorting OR lists"),
    ("2001:2004[dp]", "year:2001..2004"),
    ("2001/05/01:2004/12/31[pdat]", "date:2001-05-01..2004-12-31"),
    ('"2001"[dp]', "year:2001"),
    ('("2001/05/01"[Date - Create] : "2004"[Date - Create])', "date:2001-05-01..2004"),
    ("lists 2001[dp]:2004[dp]", "lists year:2001..2004"),
    ("2001[dp] sorting[ti]", "year:2001 title:sorting"),
    ("lists[sb] sort[mh:noexp]", "lists topic:sort"),
    ("journal article[pt]", 'type:"journal article"'),
    ("german[la]", "language:german"),
    ("title:lists sorting[ab]", "title:lists abstract:sorting"),
    ("TI=(merge sort) AND AU=(stone ab)", 'title:(merge sort) AND author:"stone ab"'),
    ("AU=(stone OR brook)", "author:(stone OR brook)"),
    ("AU=Stone AB OR TI=lists", 'author:"Stone AB" OR title:lists'),
    ("TS=lists PY=2001-2004", "lists year:2001..2004"),
    ("TITLE-ABS-KEY(lists AND trees)", "(lists AND trees)"),
    ('TITLE-ABS-KEY ( "merge sort"  OR  lists )', '("merge sort" OR lists)'),
    (
        "( TITLE ( lists ) )  AND  ( LIMIT-TO ( PUBYEAR ,  2001 )  OR  LIMIT-TO(PUBYEAR,2004) )",
        "title:lists AND (year:2001 OR year:2004)",
    ),
    ("jr:sorting", "venue:sorting"),
    ("AFFILCOUNTRY(peru) AND SUBJAREA(sorting)", "institution:peru AND topic:sorting"),
    ("WC=(sorting) AND FPY=2001", "topic:sorting AND year:2001"),
    ("ISSN(1234-5678) lists", "1234-5678 lists"),
    ("submittedDate:[200105010600 TO 200412312359]", "date:2001-05-01..2004-12-31"),
    ("TITLE(lists) AND NOT AUTH(stone a)", 'title:lists AND NOT author:"stone a"'),
    ("lists AND PUBYEAR > 2001", "lists AND year:>2001"),
    ("(lists PUBYEAR AFT 2001)", "lists year:>2001"),
    ("LANGUAGE(german)", "language:german"),
    ("merge NEAR/3 lists", '"merge lists"~3'),
    ("title:(merge W/2 lists)", 'title:"merge lists"~2'),
    ("merge NEAR lists", '"merge lists"~15'),
    ("merge ADJ2 lists", '"merge lists"~2'),
    ("lists ANDNOT trees", "lists AND NOT trees"),
    ("lists || trees && graphs", "lists OR trees AND graphs"),
    ("au:stone_a", 'author:"stone a"'),
    ("author:Ada_Stone:", 'author:"Ada Stone"'),
    ("all:lists", "lists"),
    ("intitle:lists after:2001", "title:lists year:>=2001"),
    ("allintitle: merge lists", "title:(merge lists)"),
    ('"Document Title":lists AND "Authors":stone', "title:lists AND author:stone"),
    ("lists.ti. and stone.au.", "title:lists AND author:stone"),
    ("lists.ti. or trees.ab.", "title:lists OR abstract:trees"),
    ("lists:ti,ab", "lists"),
    ("-_exists_:doi lists", "-has:doi lists"),
    ("lists~0.8", "lists~1"),
]
ORDINARY = [
    "attention [1]", "[MASK] tokens", "p(x)=0", "A=B", "x[0]", "SU(2) fields", "lists, trees.",
    "e.g. lists", "near lists", "W/O lists", "ALL (acute leukemia)", "lists : trees",
    "LISTS NEAR TREES",
]  # fmt: skip
PLACES = [
    ("x sorting[ti]", [(9, 13)]),
    ("TI=(a) AND TI=(b)", [(0, 3), (11, 14)]),
    ("a ANDNOT b", [(2, 8)]),
    ("au:stone_a", [(3, 10)]),
    ("lists.ti. and stone.au.", [(5, 9), (10, 13), (19, 23)]),
    ("sort* NEAR/3 lists", [(6, 12)]),
]
PAPERS: list[dict[str, object]] = [
    {"id": "a", "title": "Merging of sorted lists", "authors": ["Ada Stone"], "year": 2001},
    {"id": "b", "title": "Lists", "abstract": "Sorted merging.", "authors": ["Bo Brook"]},
]


@pytest.mark.parametrize(("typed", "ours"), TRANSLATED)
def test_foreign_queries_are_translated(typed: str, ours: str) -> None:
    """A query of another search engine is read as one of ours, and a notice says so."""
    parsed = parse(typed)
    assert parsed.query == parse(ours).query
    assert parsed.notices
    assert parse(str(parsed.query)).query == parsed.query


@pytest.mark.parametrize("typed", ORDINARY)
def test_ordinary_text_is_not_translated(typed: str) -> None:
    """Brackets, equality signs and dots of ordinary text are not reported."""
    assert not parse(typed).notices


@pytest.mark.parametrize(("typed", "places"), PLACES)
def test_notices_point_to_what_was_typed(typed: str, places: list[tuple[int, int]]) -> None:
    """Each notice has the place of the foreign part in the text."""
    assert [notice.at for notice in parse(typed).notices] == places


@pytest.mark.parametrize("engine", ENGINES)
def test_foreign_queries_find_papers(tmp_path_factory: pytest.TempPathFactory, engine: str) -> None:
    """The translated queries find the papers they ask for."""
    folder = tmp_path_factory.mktemp("foreign")
    searcher = Searcher(write_index(folder, make_separate_documents(PAPERS), engine))
    asked = ["merging[ti]", "TI=(merging) AND AU=(stone a)", "au:stone_a", "PUBYEAR < 2002"]
    assert [list_matches(searcher, query) for query in asked] == [["a"]] * len(asked)
    assert set(list_matches(searcher, "merging[tiab]")) == {"a", "b"}
