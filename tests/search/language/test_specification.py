"""Check that every example of the specification finds what it promises, and that docs match it."""

import re

import msgspec
import pytest
from rapidfuzz.distance import OSA

import search.language.parser
from index.fields import ROW, WORK
from index.text.analyser import tokenise
from index.text.stems import stem_all
from search.answers.searcher import Searcher
from search.language.fields import FIELDS, FieldKind
from search.language.parser import parse
from search.language.specification import (
    CONSTRUCTS,
    GRAMMAR,
    render_docstring,
    render_table,
)
from search.language.tokens import TokenKind
from search.request.search_request import View
from tests.support.citing_papers import add_references
from tests.support.hit_lists import list_matches
from tests.support.made_works import Document, Record, find_added, make_documents, write_index
from tests.support.paper_tests import (
    Test,
    both,
    either,
    has,
    has_in_title,
    has_word_that,
    list_names,
    near,
    no,
    one,
    row,
    year,
)
from tests.support.paths import ROOT, SAMPLE

README = (ROOT / "search" / "language" / "README.md").read_text("utf-8")


def came(first: int, end: int) -> Test:
    """Test for papers that the index first had on some of the days from 2026-11-01 on."""
    return lambda paper: first <= (find_added(paper.id) - find_added("")) // 86_400 < end


EXTRA: list[dict[str, object]] = [
    {"id": "rl", "title": "Offline RL"},
    {"id": "rls", "title": "RLS Filters Offline", "abstract": "About rl."},
    {"id": "stores", "title": "Offline Stores", "authors": ["Rl Jones"]},
    {"id": "only", "title": "Offline Shops"},
    {"id": "exact", "title": "The Exact Words"},
    {"id": "exactly", "title": "Exactly Words"},
    {"id": "turned", "title": "Words, Exact", "abstract": "exact and words"},
    {"id": "apart", "title": "Exact", "abstract": "Words"},
    {"id": "dl", "title": "Learning Deep"},
    {"id": "dxl", "title": "Deep and Very Fast Learning", "abstract": "deep"},
    {"id": "dxxl", "title": "Deep Roots of Lifelong Human Learning"},
    {"id": "dld", "title": "Deep Learned"},
    {"id": "x-a", "title": "A B C"},
    {"id": "x-b", "title": "B C"},
    {"id": "x-c", "title": "C", "authors": ["A. Only"]},
    {"id": "women", "title": "Women, Woman, Womn", "topics": ["neurons", "conformer"]},
    {"id": "womn", "title": "Womn and a Conformer", "abstract": "neural"},
    {"id": "levin", "title": "Levin", "authors": ["Mark Levin", "X. Levien"]},
    {"id": "lavene", "title": "Lavene and Lavenes"},
    {"id": "word", "title": "The Word"},
    {"id": "ak", "title": "T1", "authors": ["A. Kumar"]},
    {"id": "aviral", "title": "T2", "authors": ["Sergey Levine", "Aviral Kumar"]},
    {"id": "anil", "title": "T3", "authors": ["Anil Kumar", "Kumar Avi"]},
    {"id": "kumar-first", "title": "T4", "authors": ["Aviral Kumar", "Sergey Levine"]},
    {"id": "kumara", "title": "T5", "authors": ["Aviral Kumara"]},
    {"id": "cited", "title": "T6", "year": 2020, "citations": 101},
    {"id": "less", "title": "T7", "year": 2022, "citations": 100},
    {"id": "late", "title": "T8", "year": 2023, "status": "oral", "language": "en"},
    {"id": "german", "title": "T9", "type": "preprint", "language": "de", "year": 2018},
    {"id": "mail", "title": "E-Mail on IL-6 in Odors"},
    {"id": "doi", "title": "T10", "ids": {"doi": "10.1145/3292500"}, "year": 2019},
    {"id": "pmc", "title": "T13", "ids": {"pmc": "PMC7095418"}},
    {
        "id": "orcid",
        "title": "T14",
        "authors": [{"name": "Ada Vale", "ids": {"orcid": "0000-0002-1825-0097"}}],
    },
    *(dict[str, object](id=d, title="T", date=d) for d in "2019-05 2019-05-03 2024-11".split()),
    {"id": "near", "title": "T12", "ids": {"arxiv": "2006.04778", "doi": "10.1145/32925001"}},
]

THRICE: list[Record] = [
    {"id": "thrice", "title": "Three Accounts", "year": 2001, "type": "journal article"},
    {"id": "thrice-2", "title": "Three Accounts", "abstract": "One of them."},
    {"id": "thrice-3", "title": "Three Accounts Revisited", "year": 2000, "type": "preprint"},
]

CQL = "kumar-2020-conservative"  # in the sample; Aviral Kumar is its first author
REFERENCES = {"near": ["doi:10.1145/3292500"], CQL: ["pmc:PMC7095418"]}
KUMARS = ("ak", "aviral", "anil", "kumar-first", CQL, "song-2021-score")
# fmt: off
MEANT: dict[str, tuple[str, Test]] = {  # example: printed tree, test of the papers it finds
    "offline rl": ("offline rl", both(has("offline"), has("rl"))),
    **{word: (word, one("mail")) for word in ("e-mail", "email", "e mail", "IL6", "odour")},
    '"exact words"': ('"exact words"', row("exact words")),
    '"neural * translation"': ('"neural * translation"', row(r"neural \S+ translation")),
    '"deep learn*"': ('"deep learn*"', row(r"deep learn\S*")),
    '"deep learning"~3': ('"deep learning"~3', near("deep", "learning", 3)),
    "a AND b": ("a AND b", both(has("a"), has("b"))),
    "a OR b": ("a OR b", either(has("a"), has("b"))),
    "NOT a": ("NOT a", no(has("a"))),
    "-a": ("NOT a", no(has("a"))),
    "(a OR b) c": ("(a OR b) c", both(either(has("a"), has("b")), has("c"))),
    "+a": ("+a", has("a")),
    "title:deep": ("title:deep", has_in_title("deep")),
    "title:(deep learning)": ("title:deep title:learning", has_in_title("deep", "learning")),
    "-abstract:deep": ("NOT abstract:deep",
                       lambda paper: "deep" not in stem_all(tokenise(paper.abstract))),
    "venue:nips": ("venue:nips",
                   lambda paper: any(show.venue == "NeurIPS" for show in paper.appearances)),
    "neur*": ("neur*", has_word_that(lambda word: word.startswith("neur"))),
    "wom?n": ("wom?n", has_word_that(lambda word: word in {"woman", "women"})),
    "*former": ("*former", has_word_that(lambda word: word.endswith("former"))),
    "levine~": ("levine~1", has_word_that(lambda word: OSA.distance(word, "levine") <= 1)),
    "levine~2": ("levine~2", has_word_that(lambda word: OSA.distance(word, "levine") <= 2)),
    "word^2": ("word^2", has("word")),
    'author:"Kumar, A"': ('author:"Kumar, A"', one(*KUMARS)),
    'author:"A. Kumar"': ('author:"A. Kumar"', one(*KUMARS)),
    'author:"Aviral Kumar"': ('author:"Aviral Kumar"', one("ak", "aviral", "kumar-first", CQL)),
    "author:kumar": ("author:kumar", lambda paper: "kumar" in list_names(paper)),
    'author:^"Aviral Kumar"': ('author:^"Aviral Kumar"', one("ak", "kumar-first", CQL)),
    "author:^kumar": ("author:^kumar", one("ak", "anil", "kumar-first", CQL)),
    "year:2019..2022": ("year:2019..2022", year(2019, 2022)),
    "year:[2019 TO 2022]": ("year:2019..2022", year(2019, 2022)),
    "year:>=2020": ("year:2020..", year(2020, 9999)),
    "year:2020": ("year:2020", year(2020, 2020)),
    "citations:>100": ("citations:101..", lambda paper: (paper.citations or 0) > 100),
    "date:2019-05..2019-08": ("date:2019-05..2019-08", one("2019-05", "2019-05-03")),
    "added:2026-11": ("added:2026-11", came(0, 30)),
    "added:>=2026-11-20": ("added:2026-11-20..", came(19, 99)),
    "date:>=2024-11-01": ("date:2024-11-01..", one("2024-11")),
    "has:abstract": ("has:abstract", lambda paper: bool(paper.abstract)),
    "-has:doi": ("NOT has:doi", lambda paper: "doi" not in paper.ids),
    "type:preprint": ('type:"preprint"',
                      lambda paper: any(show.type == "preprint" for show in paper.appearances)),
    'status:"oral"': ('status:"oral"', lambda paper: paper.status == "oral"),
    "-language:en": ('NOT language:"en"', lambda paper: paper.language != "en"),
    "10.1145/3292500": ('doi:"10.1145/3292500"', one("doi")),
    "2006.04779": ('arxiv:"2006.04779"', one(CQL)),
    "https://arxiv.org/abs/2006.04779": ('arxiv:"2006.04779"', one(CQL)),
    "id:arxiv:2006.04779": ('id:"arxiv:2006.04779"', one(CQL)),
    "PMC7095418": ("PMC7095418", one("pmc")),
    "orcid:0000-0002-1825-0097": ('orcid:"0000-0002-1825-0097"', one("orcid")),
    "https://orcid.org/0000-0002-1825-0097": ('orcid:"0000-0002-1825-0097"', one("orcid")),
    "cites:10.1145/3292500": ('cites:"10.1145/3292500"', one("near")),
    'citedby:"arxiv:2006.04779"': ('citedby:"arxiv:2006.04779"', one("pmc")),
    **dict.fromkeys(("records:yes", "records:no", "*"), ("*", lambda _: True)),
}
# fmt: on


@pytest.fixture(scope="module")
def kept() -> list[Document]:
    """Return the documents of the sample, the papers above and a work of three records."""
    lines = SAMPLE.read_bytes().splitlines()
    singles: list[Record] = [*(msgspec.json.decode(line) for line in lines), *EXTRA]
    return make_documents(*([record] for record in singles), THRICE)


@pytest.fixture(scope="module")
def searcher(kept: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher over these documents."""
    directory = write_index(tmp_path_factory.mktemp("specification"), kept)
    add_references(directory, [paper for paper, _ in kept], REFERENCES)
    return Searcher(directory)


def test_the_readme_matches_the_specification() -> None:
    """The table in the README of the room is generated from it."""
    assert render_table() in README[README.index("## The query language") :]


def test_the_docstring_matches_the_specification() -> None:
    """The docstring of the parser is generated from the specification."""
    assert render_docstring() in (search.language.parser.__doc__ or "")


def test_the_grammar_is_complete() -> None:
    """Every operator is in the grammar, every rule is used, and every kind of token is known."""
    for sign in ("AND", "OR", "NOT", "-", "+", "(", ")", "^", '"', "~", "*", "?", "TO", ":",
                 "..", ">=", "<=", ">", "<", "[", "]", "{", "}"):  # fmt: skip
        assert sign in GRAMMAR
    for rule in re.findall(r"^(\w+) +:=", GRAMMAR, re.MULTILINE):
        assert len(re.findall(rf"\b{rule}\b", GRAMMAR)) > 1, rule
    assert {sign.name for sign in TokenKind} == {
        "OPEN", "CLOSE", "AND", "OR", "NOT", "MINUS", "PLUS", "FIELD", "BOOST", "PHRASE",
        "IDENTIFIER", "RANGE", "CHUNK", "TAG",
    }  # fmt: skip


def test_every_kind_of_field_has_an_example() -> None:
    """There is an example for every kind of field."""
    examples = " ".join(example for row in CONSTRUCTS for example in row.examples)
    asked = {field.kind for field in FIELDS if f"{field.name}:" in examples}
    assert asked == set(FieldKind)


def test_every_example_is_tested() -> None:
    """The table above tests exactly the examples of the specification."""
    assert {example for row in CONSTRUCTS for example in row.examples} == set(MEANT)


@pytest.mark.parametrize("example", sorted(MEANT))
def test_an_example_finds_what_it_promises(
    searcher: Searcher, kept: list[Document], example: str
) -> None:
    """An example finds exactly the papers that pass its test, each checked by itself."""
    echo, meant = MEANT[example]
    parsed = parse(example)
    assert str(parsed.query) == echo
    assert not parsed.notices
    view = View.RECORDS if example == "records:yes" else View.WORKS
    other = WORK if view is View.RECORDS else ROW
    everything = {paper.id: paper for paper, dup in kept if dup != other}
    expected = {name for name, paper in everything.items() if meant(paper)}
    assert expected
    assert example in {"*", "records:yes", "records:no"} or len(expected) < len(everything)
    assert {name: searcher.read_paper(name, view) for name in expected} == {
        name: everything[name] for name in expected
    }
    assert set(list_matches(searcher, example, hidden=True)) == expected
    assert (set(list_matches(searcher, "*", hidden=True)) == expected) == (
        example in {"*", "records:no"}
    )
