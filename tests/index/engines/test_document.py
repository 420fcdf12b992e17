"""Check the words and values under which a paper is indexed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.document import TITLE_REPEATS, Document, analyse_paper
from index.fields import BREAK, FIELDS, FIRST, Kind
from index.names.variants import list_index_forms
from index.records import Appearance, Author, Paper
from index.text.analyser import tokenise
from index.text.stems import stem

PAPER = Paper(
    id="x/1",
    title="Learning to Rank: C++ and Q-learning",
    abstract="We study ranking.",
    authors=(
        Author("Aviral Kumar", "aviral kumar", {}, ("UC Berkeley", "Google")),
        Author("Sergey V. Levine", "sergey v levine", {}, ("UC Berkeley",)),
    ),
    appearances=(
        Appearance("NeurIPS", "nips", "conference", 2020, "conference paper"),
        Appearance("arXiv", "", "repository", 2019, "preprint", date="2019-06-08"),
        Appearance("arXiv", "", "repository", 2019, "preprint", date="2019-05"),
    ),
    topics=("information retrieval", "cs.LG"),
    ids={"doi": "10.1000/abc", "arxiv": "1901.00001", "openreview": "AbC"},
    citations=0,
    status="oral",
    language="en",
    sources=("paperlists", "arxiv"),
)


def values(found: Document, field: str) -> list[str]:
    """Return the values of one field."""
    return [value for name, value in found.texts if name == field]


HAS = (
    "abstract author venue topic institution year date citations type status language doi arxiv "
    "openreview"
)

TEXTS: list[tuple[str, list[str]]] = [
    ("id", ["x/1"]),
    ("title", ["learn to rank c++ and q learn"]),
    ("title_exact", ["learning to rank c++ and q learning"]),
    ("abstract", ["we studi rank"]),
    ("abstract_exact", ["we study ranking"]),
    ("topic_words", ["information retrieval | cs lg"]),
    ("author_key", ["aviral kumar", "sergey v levine"]),
    ("first_author_key", ["aviral kumar"]),
    ("institution", ["UC Berkeley", "Google"]),
    ("institution_words", ["uc berkeley | google"]),
    ("venue", ["NeurIPS", "arXiv"]),
    ("venue_kind", ["conference", "repository"]),
    ("type", ["conference paper", "preprint"]),
    ("status", ["oral"]),
    ("topic", ["information retrieval", "cs.LG"]),
    ("source", ["paperlists", "arxiv"]),
    ("language", ["en"]),
    ("doi", ["10.1000/abc"]),
    ("arxiv", ["1901.00001"]),
    ("has", [HAS]),
    ("identifier", ["10.1000/abc", "1901.00001", "abc"]),
    ("title_order", ["learning to rank c++ and q learning\x01x/1"]),
    ("author_order", ["kumar aviral\x01x/1"]),
]


@pytest.mark.parametrize(("field", "expected"), TEXTS)
def test_values(field: str, expected: list[str]) -> None:
    """Each field has the values that its name says, several of them separately."""
    assert values(analyse_paper(PAPER), field) == expected


def test_integers() -> None:
    """Every year is indexed once, the date shown first is sorted by, and zero citations count."""
    expected = [
        ("year", 2020), ("year", 2019), ("date_order", 20200000), ("date", 20190608),
        ("date", 20190500), ("citations", 0),
    ]  # fmt: skip
    assert analyse_paper(PAPER).integers == expected


def test_text_weighs_the_title() -> None:
    """The scored text holds the title's stems `TITLE_REPEATS` times, then abstract and topics.

    Nothing follows across their ends: "GPT-4" is not found in a title that begins with 4 and ends
    with GPT.
    """
    parts = values(analyse_paper(PAPER), "text")[0].split(f" {BREAK} ")
    title = values(analyse_paper(PAPER), "title")[0]
    assert parts[: TITLE_REPEATS + 1] == [*[title] * TITLE_REPEATS, "we studi rank"]
    assert " ".join(parts[TITLE_REPEATS + 1 :]) == "inform retriev cs lg"


def test_venue_words_hold_every_name_of_the_venue() -> None:
    """A venue is found by its short name, its full name and the name in the dump."""
    names = values(analyse_paper(PAPER), "venue_words")[0].split(f" {BREAK} ")
    assert {"neurips", "nips", "conference on neural information processing systems"} <= {*names}


AUTHORS = [
    ("Aviral Kumar", ["aviral kumar", "a kumar"]),
    ("Sergey V. Levine", ["sergey v levine", "s v levine", "sergey levine", "s levine"]),
    ("A. Kumar", ["a kumar", "a. kumar"]),
    ("Jean-Pierre Serre", ["jean pierre serre", "j p serre", "jean serre", "j serre"]),
    ("Plato", ["plato"]),
    ("李明", ["李 明"]),
    ("ATLAS Collaboration", ["atlas collaboration"]),
]


@pytest.mark.parametrize(("name", "expected"), AUTHORS)
def test_author_forms(name: str, expected: list[str]) -> None:
    """An author is found as written and by initials; a bare initial ends in a dot."""
    authors = (Author("Zoe First", "zoe first"), Author(name, name.lower()))
    forms = values(analyse_paper(Paper("x", "T", authors=authors)), "author")[0].split(f" {BREAK} ")
    assert {*expected} <= {*forms[2:]}


def test_the_first_author_is_marked() -> None:
    """Only the forms of the first author's name start with the sign of the first author."""
    forms = values(analyse_paper(PAPER), "author")[0].split(f" {BREAK} ")
    marked = [form for form in forms if form.startswith(FIRST)]
    assert marked == [f"{FIRST} aviral kumar", f"{FIRST} a kumar", f"{FIRST} kumar"]
    assert forms[: len(marked)] == marked


def test_a_paper_of_nothing_but_a_title() -> None:
    """A field that a paper lacks has no value, not an empty one."""
    found = analyse_paper(Paper("x", "Title"))
    assert {name for name, _ in found.texts} == {
        "id", "text", "title", "title_exact", "title_key", "title_order",
    }  # fmt: skip
    assert found.integers == []


TEXT = st.text(max_size=30)
SHORT = st.lists(TEXT, max_size=3).map(tuple)
IDS = st.dictionaries(st.sampled_from(["doi", "arxiv", "acl"]), TEXT)
PAPERS = st.builds(
    Paper,
    id=TEXT.filter(bool),
    title=TEXT,
    abstract=TEXT,
    authors=st.lists(st.builds(Author, TEXT, TEXT, IDS, SHORT), max_size=3).map(tuple),
    appearances=st.lists(
        st.builds(Appearance, TEXT, TEXT, TEXT, st.none() | st.integers(0, 3000), TEXT), max_size=2
    ).map(tuple),
    topics=SHORT,
    ids=IDS,
    citations=st.none() | st.integers(0, 1 << 40),
    status=TEXT,
    language=TEXT,
    sources=SHORT,
)


@given(PAPERS)
def test_every_value_fits_its_field(paper: Paper) -> None:
    """Every field is in the table, no value is empty, and tokens are separated by single spaces."""
    found = analyse_paper(paper)
    assert ("id", paper.id) in found.texts
    for name, value in found.texts:
        assert FIELDS[name] is not Kind.INTEGER
        assert value
        if FIELDS[name] in {Kind.WORDS, Kind.POSITIONS}:
            assert value == " ".join(value.split())
    for name, number in found.integers:
        assert FIELDS[name] is Kind.INTEGER
        assert number >= 0


def join_rows(*rows: list[str]) -> list[str]:
    """Return the value that rows of tokens are joined into, or none if all are empty."""
    value = f" {BREAK} ".join(" ".join(row) for row in rows if row)
    return [value] if value else []


def stem_words(text: str) -> list[str]:
    """Return the stems of a text, word by word."""
    return [stem(token) for token in tokenise(text)]


@given(PAPERS)
def test_words_are_the_analysers(paper: Paper) -> None:
    """The cached and joined tokens are those of the analyser, value by value."""
    found = analyse_paper(paper)
    title, abstract = stem_words(paper.title), stem_words(paper.abstract)
    places = dict.fromkeys(place for author in paper.authors for place in author.affiliations)
    topics = [stem_words(topic) for topic in paper.topics]
    expected = {
        "text": join_rows(*[title] * TITLE_REPEATS, abstract, *topics),
        "title": join_rows(title),
        "abstract": join_rows(abstract),
        "title_exact": join_rows(tokenise(paper.title)),
        "abstract_exact": join_rows(tokenise(paper.abstract)),
        "topic_words": join_rows(*map(tokenise, paper.topics)),
        "institution_words": join_rows(*map(tokenise, places)),
    }
    assert {field: values(found, field) for field in expected} == expected


@given(PAPERS)
def test_authors_are_found_under_the_rows_of_their_names(paper: Paper) -> None:
    """The marked forms of the first author come first, then those of the others in order."""
    forms = [list_index_forms(author.name) for author in paper.authors]
    first = [row for row in forms[0].phrases.split(f" {BREAK} ") if row] if forms else []
    rows = [f"{FIRST} {row}" for row in first] + [forms[0].first_phrases if forms else ""]
    rows += [form.phrases for form in forms[1:]]
    joined = f" {BREAK} ".join(filter(None, rows))
    assert values(analyse_paper(paper), "author") == ([joined] if joined else [])
