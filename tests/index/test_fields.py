"""Check the table of fields against the documents that fill it."""

from msgspec.structs import replace

from index.engines.document import analyse_paper
from index.fields import BARE, BEFORE, BREAK, FIELDS, FIRST, WORK, Kind
from index.records import Appearance, Author, Paper
from index.text.analyser import tokenise

FULL = Paper(
    id="arxiv:2006.04779",
    title="Conservative Q-Learning for Offline RL",
    abstract="Effectively leveraging large datasets",
    authors=(Author("Aviral Kumar", "aviral kumar", affiliations=("UC Berkeley",)),),
    appearances=(
        Appearance("NeurIPS", "", "conference", 2020, "conference paper", date="2020-12-06"),
    ),
    topics=("cs.LG",),
    ids={"doi": "10.48550/arxiv.2006.04779", "arxiv": "2006.04779"},
    citations=62,
    status="poster",
    language="en",
    sources=("arxiv",),
)


def test_a_full_paper_fills_every_field() -> None:
    """A document has a value for each field, and no others."""
    document = replace(analyse_paper(FULL, WORK), added=1_700_000_000)
    assert {name for name, _ in document.texts} | {name for name, _ in document.integers} == {
        *FIELDS
    }
    assert {FIELDS[name] for name, _ in document.integers} == {Kind.INTEGER}
    assert Kind.INTEGER not in {FIELDS[name] for name, _ in document.texts}


def test_signs_are_no_tokens() -> None:
    """No text contains a token that separates values or marks the first author."""
    assert tokenise(f"a {BREAK} b {FIRST} c {BEFORE} d {BARE}") == ["a", "b", "c", "d"]
    assert f"deep{BEFORE}1" < "deep learning"
