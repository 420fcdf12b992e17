"""Test that identifiers are looked for in whatever is pasted, and never required."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.engine import ENGINES
from search.answers.index_views import list_merged_ids
from search.answers.searcher import Searcher
from search.language.parser import parse
from search.planning.identifiers import resolve_identifiers
from search.request.search_request import SearchRequest
from tests.support.made_works import make_documents, make_separate_documents, write_index

MOSS = "10.1000/(SICI)1234-5678(199901)3:2<11::AID-MOSS1>3.0.CO;2-K"
PAPERS: list[dict[str, object]] = [
    {"id": "owl", "title": "Night flights of the owl", "authors": ["Ida Falk"], "year": 2018,
     "urls": {"project": "https://owls.example.org/"},
     "ids": {"doi": "10.1000/owl.7", "arxiv": "1804.01234", "pmid": 7654321, "pmc": "PMC654321"}},
    {"id": "bat", "title": "Night flights of the bat", "year": 2019,
     "authors": [{"name": "Ida Falk", "ids": {"orcid": "0000-0002-1694-233X"}}],
     "urls": {"page": "https://journal.example.org/v3/falk19.html"}},
    {"id": "fox", "title": "Echoes of the fox", "abstract": "Code at https://code.example.org/fox",
     "authors": [{"name": "I. Falk", "ids": {"orcid": "0000-0002-1694-233X"}}]},
    {"id": "moss", "title": "Moss on stone", "ids": {"doi": MOSS, "acl": "P18-4321"}},
    {"id": "lichen", "title": "Lichen on stone", "ids": {"isbn": "978-0-262-03384-8"},
     "abstract": "We counted 7654321 cells of 10 kinds."},
    {"id": "openreview:Ab3dEf_9", "title": "Stones in rivers", "status": "rejected"},
]  # fmt: skip


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher over these papers, for each engine."""
    folder = tmp_path_factory.mktemp("identifiers")
    return Searcher(write_index(folder, make_separate_documents(PAPERS), request.param))


PASTED = [
    ("doi:10.1000/owl.7", "owl"),
    ("Falk I. A wrong title. J Owls 2017;3:11. doi:10.1000/OWL.7", "owl"),
    ('I. Falk, "Flights in the day," J. Owls, vol. 3, DOI: 10.1000/owl.7.', "owl"),
    ("[1804.01234] Some other title (arXiv)", "owl"),
    ("arXiv:1804.01234v2 [q-bio.NC], 2018", "owl"),
    ("CoRR abs/1804.01234", "owl"),
    ("(https://arxiv.org/pdf/1804.01234v1.pdf#page=2).", "owl"),
    ("<https://doi.org/10.1000%2Fowl.7?utm_source=feed>", "owl"),
    ("\u201c1804.01234\u201d", "owl"),
    ('"10.1000/owl.7"', "owl"),
    ("PMID: 7654321; PMCID: PMC654321", "owl"),
    ("pubmed.ncbi.nlm.nih.gov/7654321", "owl"),
    ("pmc654321", "owl"),
    ("owls.example.org", "owl"),
    ("https://www.owls.example.org/?utm_source=x", "owl"),
    ("see PMC654321 for cells", "owl"),
    ("http://www.journal.example.org/v3/falk19.html?x=1#page=2", "bat"),
    ("journal.example.org/v3/falk19.html", "bat"),
    ("Falk (2019), https://journal.example.org/v3/falk19.html, read in May", "bat"),
    (f"Moss on stones, {MOSS}", "moss"),
    (f"https://doi.org/{MOSS.replace('<', '%3C').replace('>', '%3E')}", "moss"),
    (MOSS.replace("<", "&lt;").replace(">", "&gt;"), "moss"),
    (f"<{MOSS}>", "moss"),
    ("P18-4321", "moss"),
    ("https://aclanthology.org/P18-4321.pdf/", "moss"),
    ("ISBN 0-262-03384-4", "lichen"),
    ("9780262033848", "lichen"),
    ("https://openreview.net/forum?id=Ab3dEf_9&noteId=x", "openreview:Ab3dEf_9"),
    ("id:openreview:Ab3dEf_9", "openreview:Ab3dEf_9"),
    ("doi:10.1000/owl.7 10.1000/nobody", "owl"),
    ("10.1000/owl.\n7", "owl"),
    ("Falk I. Night flights.\nhttps://doi.org/10.1000/\nowl.7", "owl"),
    ("doi: 10.1000/ owl.7", "owl"),
    ("DOI_10.1000/owl.7", "owl"),
    ("https://journal.example.com/doi/10.1000/owl.7/5868070?login=true", "owl"),
    ("10.1000/owl.7.s001", "owl"),
    ("10.1000/owl.7\uff08\u5168\u6587\uff09", "owl"),
    ("arXiv-1804.01234v1.pdf", "owl"),
    ("PMID7654321", "owl"),
    ("https://pubmed.ncbi.nlm.nih.gov/?term=7654321", "owl"),
    ("pubmed.gov/7654321", "owl"),
    ("978\u20130\u2013262\u201303384\u20138", "lichen"),
    ("year:2018 doi:10.1000/owl.7 words", "owl"),
]


@pytest.mark.parametrize(("typed", "expected"), PASTED)
def test_the_paper_with_the_identifier_is_the_answer(
    searcher: Searcher, typed: str, expected: str
) -> None:
    """Whatever is pasted with an identifier, the paper that has it is the only hit."""
    results = searcher.search(SearchRequest(typed))
    assert [hit.paper.id for hit in results.hits] == [expected]
    assert searcher.search(SearchRequest(results.interpreted)).total == 1


SEVERAL = [
    ("10.1000/owl.7 P18-4321 moss", ["moss", "owl"]),
    ("https://journal.example.org/v3/falk19.html 1804.01234 of the bat", ["bat", "owl"]),
    ("7654321", ["owl", "lichen"]),
    ("orcid:0000-0002-1694-233X", ["bat", "fox"]),
    ("https://orcid.org/0000-0002-1694-233x", ["bat", "fox"]),
    ("0000-0002-1694-233X", ["bat", "fox"]),
    ("id:0000-0002-1694-233X", ["bat", "fox"]),
    ("orcid:0000-0002-1694-233X bat", ["bat"]),
    ("orcid:0000-0002-1694-233X -bat", ["fox"]),
    ("doi:10.1000/owl.7 -night", []),
    ("10.1000/owl.7 AND moss", []),
    ("10.1000/owl.7 OR acl:P18-4321", ["owl", "moss"]),  # the newer first
    ("(10.1000/owl.7 OR 10.1000/nobody) flights", ["owl"]),
    ("year:2019 doi:10.1000/owl.7", []),
    ("stone NOT P18-4321", ["lichen"]),
    ("10 kinds", ["lichen"]),
]


@pytest.mark.parametrize(("typed", "expected"), SEVERAL)
def test_several_papers(searcher: Searcher, typed: str, expected: list[str]) -> None:
    """Of several identifiers any may match, words beside them rank; operators hold."""
    results = searcher.search(SearchRequest(typed))
    found = [
        hit.paper.id for hit in results.hits if hit.rank <= len(expected) or not results.relaxed
    ]
    assert found == expected


UNKNOWN = [
    (
        "moss on stone doi:10.1000/nobody",
        "moss",
        "doi:10.1000/nobody: searched for the other words",
    ),
    ("[1907.11111] Moss on stone", "moss", "arxiv:1907.11111: searched for the other words"),
    ("Moss on stone. PMID: 99", "moss", "pmid:99: searched for the other words"),
    ("doi:10.1000/nobody moss P18-4321", "moss", "doi:10.1000/nobody: ignored"),
    ("orcid:0000-0002-1825-0097 moss", "moss", "searched for the other words"),
    ("https://code.example.org/fox", "fox", "https://code.example.org/fox: searched for its words"),
    (
        "Falk I. Night flights of the bat. https://other.example.org/x (read in May)",
        "bat",
        "address https://other.example.org/x: searched for the other words",
    ),
    ("moss other.example.org/stone", "moss", "other.example.org/stone: searched for its words"),
    ("10.1000/nobody", "", "doi:10.1000/nobody: nothing else to search for"),
    ("10.1000/nobody year:2018", "", "doi:10.1000/nobody: nothing else to search for"),
    ("10.1000/no 1907.11111", "", "doi:10.1000/no: nothing else to search for"),
]


@pytest.mark.parametrize(("typed", "expected", "message"), UNKNOWN)
def test_an_unknown_identifier_is_dropped(
    searcher: Searcher, typed: str, expected: str, message: str
) -> None:
    """The other words are searched, and a notice says so; there is nothing if there are none."""
    results = searcher.search(SearchRequest(typed))
    assert next((hit.paper.id for hit in results.hits), "") == expected
    assert message in " ".join(notice.message for notice in results.parsed.notices)
    assert searcher.search(SearchRequest(results.interpreted)).total == results.total


def test_identifiers_of_merged_records(tmp_path: Path) -> None:
    """A work is found by the identifiers, addresses and iDs of all its records, in each view."""
    one = {"id": "p", "title": "Wrens at dusk", "authors": ["Eva Lind"], "year": 2001,
           "ids": {"arxiv": "math.GT/0109123", "doi": "10.1000/wren"},
           "urls": {"page": "https://a.example.org/wren"}}  # fmt: skip
    other = one | {"id": "q", "ids": {"arxiv": "math/0109123", "doi": "10.1000/wren.v2"},
                   "urls": {"page": "https://b.example.org/wren"}}  # fmt: skip
    searcher = Searcher(write_index(tmp_path, make_documents([one, other])))
    for typed in ("math.GT/0109123", "10.1000/wren", "10.1000/wren.v2", "b.example.org/wren"):
        (hit,) = searcher.search(SearchRequest(f"{typed} and more")).hits
        assert list_merged_ids(hit.paper) == ("p", "q")
    records = searcher.search(SearchRequest("10.1000/wren.v2 records:yes"))
    assert [hit.paper.id for hit in records.hits] == ["q"]


def test_a_long_text_with_an_identifier(searcher: Searcher) -> None:
    """A known identifier answers a text of any number of words."""
    results = searcher.search(SearchRequest("many words " * 150 + "doi:10.1000/owl.7"))
    assert [hit.paper.id for hit in results.hits] == ["owl"]


def test_a_word_that_no_paper_has_as_identifier_stays_a_word(searcher: Searcher) -> None:
    """Quotes keep their meaning, and a number is not dropped."""
    for typed in ("PMC999999", '"10.1000/nobody"', "1234567", "W123456789", "978-0-306-40615-7"):
        parsed = parse(typed)
        assert resolve_identifiers(parsed, searcher.engine) == parsed


def test_an_identifier_shows_hidden_papers_only_if_known(searcher: Searcher) -> None:
    """A rejected paper is shown for its own identifier, not beside one that no paper has."""
    assert searcher.search(SearchRequest("stones in rivers 10.1000/nobody")).concealed == 1


PIECES = ["10.1000/owl.7", "10.1000/x", "7654321", "PMC654321", "https://a.example/b?c=d", "moss",
          "AND", "OR", "NOT", "-", "(", ")", '"', "stone", "1804.01234", "orcid:", "id:", "+", "^2",
          "0000-0002-1694-233X", MOSS, "year:2018",
          "https://journal.example.org/v3/falk19.html"]  # fmt: skip


@pytest.mark.parametrize("typed", ["type:book 10.1000", "title:*^:10.0000", "has:doi 10.1000 x"])
def test_other_fields_beside_the_beginning_of_a_doi(searcher: Searcher, typed: str) -> None:
    """A value that is no identifier is not joined with what may be the rest of one."""
    query = parse(typed).query
    assert resolve_identifiers(parse(typed), searcher.engine).query == query


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_what_was_searched_reads_back(searcher: Searcher, pieces: list[str]) -> None:
    """The query that was searched, printed and read again, is the same."""
    resolved = resolve_identifiers(parse(" ".join(pieces)), searcher.engine).query
    assert resolve_identifiers(parse(str(resolved)), searcher.engine).query == resolved


@pytest.mark.parametrize(
    "typed",
    ["author:0000-0002-1694-233X", "0000-0002-1694-233X[auid]", "OI=(0000-0002-1694-233X)",
     "0000\u20130002\u20131694\u2013233X"],
)  # fmt: skip
def test_an_orcid_id_is_read_in_fields_of_authors(searcher: Searcher, typed: str) -> None:
    """All papers of the author are found, also as PubMed and Web of Science write the field."""
    hits = searcher.search(SearchRequest(typed, facets=())).hits
    assert {hit.paper.id for hit in hits} == {"bat", "fox"}
