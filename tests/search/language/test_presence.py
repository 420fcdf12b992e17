"""Test questions for papers that have or lack a field."""

import re

import pytest

from index.normalise.presence import NAMES
from search.language.fields import BY_NAME, CITATION_FIELDS, FieldKind
from search.language.parser import parse
from search.language.presence import find_presence_name, is_any_value
from search.language.tree import Not, Query, Value
from tests.support.paths import ROOT

TYPED = [
    ("abstract", "abstract"), ("abs", "abstract"), ("Abstracts", "abstract"), ("AUTHORS", "author"),
    ("by", "author"), ("journal", "venue"), ("keywords", "topic"), ("topics", "topic"),
    ("y", "year"), ("citation", "citations"), ("cited", "citations"),
    ("affiliations", "institution"),
    ("lang", "language"), ("dois", "doi"), ("eprint", "arxiv"), ("pubmed", "pmid"), ("pdf", "pdf"),
    ("links", "url"), ("orcid", "orcid"), ("isbn", "isbn"), ("published", "date"), ("id", "id"),
    ("nonsense", ""), ("records", ""), ("has", ""), ("", ""), ("s", ""),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "name"), TYPED)
def test_names(typed: str, name: str) -> None:
    """A field can be named by its aliases and in the plural."""
    assert find_presence_name(typed) == name


@pytest.mark.parametrize("field", sorted({field.name for field in BY_NAME.values()}))
def test_every_field_can_be_asked_for(field: str) -> None:
    """Whether a paper has it can be asked of every field that papers have or lack."""
    relations = {"added", *CITATION_FIELDS}  # to the index and to other papers
    known = BY_NAME[field].kind not in {FieldKind.SWITCH, FieldKind.PRESENCE}
    known &= field not in relations
    assert bool(find_presence_name(field)) is known


ANY = [
    ("abstract:*", "abstract"), ("venue:*", "venue"), ("by:*", "author"), ("doi:*", "doi"),
    ("type:*", "type"), ("title:*", "title"), ("year:*", "year"), ("year:*..*", "year"),
    ("year:[* TO *]", "year"), ("year:{ TO *]", "year"), ("citations:*", "citations"),
    ("date:*", "date"),
    ("abs:**", "abstract"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "name"), ANY)
def test_any_value(typed: str, name: str) -> None:
    """A star in a field asks for the papers that have it, and a notice says so."""
    for text, expected in ((typed, Value("has", name)), (f"-{typed}", Not(Value("has", name)))):
        parsed = parse(text)
        assert parsed.query == expected
        (notice,) = parsed.notices
        assert notice.message.endswith(f"is read as has:{name}")
        assert text[slice(*notice.at)] in typed


ASKED: list[tuple[str, Query]] = [
    ("has:abstract", Value("has", "abstract")),
    ("-has:doi", Not(Value("has", "doi"))),
    ("NOT has:authors", Not(Value("has", "author"))),
    ('has:"pdf"', Value("has", "pdf")),
    ("HAS:PDF", Value("has", "pdf")),
]


@pytest.mark.parametrize(("typed", "expected"), ASKED)
def test_asked(typed: str, expected: Query) -> None:
    """What is understood prints as a query that is read as the same."""
    parsed = parse(typed)
    assert (parsed.query, parsed.notices) == (expected, ())
    assert parse(str(expected)).query == expected


def test_an_unknown_name() -> None:
    """A notice gives names that can be asked for, and the README has all."""
    (notice,) = parse("has:nonsense").notices
    examples = notice.message.partition("such as ")[2].partition(":")[0]
    assert {*re.split(r", | or ", examples)} <= {*NAMES}
    fields = (ROOT / "search/language/README.md").read_text("utf-8").partition("## Fields")[2]
    assert [name for name in NAMES if f"`{name}`" not in fields] == []


@pytest.mark.parametrize("text", ["deep*", "2019..2020", "..", "", "*a", "[* TO 3]", "2019..*"])
def test_some_value(text: str) -> None:
    """A text with a value does not ask for any value."""
    assert not is_any_value(text)
