"""Check that every rule is documented and counted, and that originals are kept."""

import json
import re
from collections import Counter
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import RecordError
from index.normalise.paper import normalise
from index.normalise.texts import MAX_ABSTRACT
from index.records import Paper, RawRecord, Source
from index.text.cleaning import repair
from index.text.rules import ABSTRACT_RULES, NAME_RULES, RULES, TITLE_RULES, URL_RULES, Rule
from tests.bench.data import DATA
from tests.support.paths import ROOT

GOLDEN = ROOT / "tests" / "support" / "text_repairs.jsonl"
"""Short texts before and after repair; those without a `source` come from the seed."""

LINES = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]
README = ROOT / "index" / "text" / "README.md"
SEED = DATA / "seeds" / "arrow.jsonl"
RARE_TEXT = st.text(st.sampled_from("aB1 .@-&;$\\{}<>*\n\u00a0\ud800éﬁ"), max_size=40)


def find_rules(name: str) -> tuple[Rule, ...]:
    """Return the rules of the kind of text to which a rule belongs."""
    kinds = (ABSTRACT_RULES, TITLE_RULES, NAME_RULES, URL_RULES)
    return next((kind for kind in kinds if name in {rule.name for rule in kind}), ABSTRACT_RULES)


def read(title: str = "A Title", **fields: Any) -> Paper:  # noqa: ANN401 - any field of a record
    """Normalise a record with these fields."""
    return normalise(RawRecord(Source(), "jsonl", title=title, **fields))


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["before"][:40])
def test_golden(line: dict[str, str]) -> None:
    """A text is repaired as expected by the named rule, or unchanged if none is named."""
    text, names = repair(line["before"], find_rules(line["rule"]))
    assert text == line["after"]
    assert line["rule"] in names if line["rule"] else not names


def test_the_golden_file_covers_every_rule() -> None:
    """Every rule has a line, and at least thirty lines come from the seed."""
    assert sum("source" not in line for line in LINES) >= 30
    assert {line["rule"] for line in LINES} - {""} == {rule.name for rule in RULES}


def test_golden_lines_occur_in_the_seed() -> None:
    """Each line without a source occurs literally in the texts of the seed."""
    if not SEED.exists():
        pytest.skip(f"{SEED} is not there, so the lines cannot be compared")
    records = [json.loads(line) for line in SEED.read_text("utf-8").splitlines()]
    texts = [text for record in records for text in (record["title"], record["abstract"])]
    made_up = [
        line["before"]
        for line in LINES
        if "source" not in line and not any(line["before"] in text for text in texts)
    ]
    assert made_up == []


def read_table() -> dict[str, list[str]]:
    """Return the cells of the README's table of repairs by rule."""
    table = README.read_text("utf-8").partition("## Text repairs")[2].partition("\n## ")[0]
    cells = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("| `")]
    return {row[0].strip(" `"): [cell.strip() for cell in row] for row in cells}


def test_the_readme_has_every_rule() -> None:
    """The table lists all rules in order with their summaries."""
    assert [(name, row[1]) for name, row in read_table().items()] == [
        (r.name, r.summary) for r in RULES
    ]


@pytest.mark.parametrize("name", [rule.name for rule in RULES])
def test_the_readmes_examples_are_true(name: str) -> None:
    """The example of a rule shows what it does; both sides are written as in JSON."""
    before, after = map(json.loads, re.findall(r'"(?:[^"\\]|\\.)*"', read_table()[name][2]))
    text, names = repair(before, find_rules(name))
    assert text == after
    assert name in names


def test_texts_are_counted_by_rule() -> None:
    """Each rule counts the titles and abstracts that it changed, including white space."""
    repairs: Counter[str] = Counter()
    abstract = "a &amp; b &amp; c -- d\n e, ask ada@example.org"
    record = RawRecord(Source(), "jsonl", title="R&amp;D  now", abstract=abstract)
    normalise(record, repairs)
    normalise(record, repairs)
    assert repairs == {"entities": 4, "lines": 2, "paragraphs": 2, "dashes": 2, "mail": 2}


def test_a_rejected_record_counts_nothing() -> None:
    """The repairs of a rejected record are not counted."""
    repairs: Counter[str] = Counter()
    part = RawRecord(Source(), "jsonl", id="i" * 300, abstract="a &amp; b", part="abstract")
    with pytest.raises(RecordError, match="id of 300"):
        normalise(part, repairs)
    assert not repairs


ORIGINALS = [
    ("a &amp; b", "a &amp; b"),
    ("learn- ing", "learn- ing"),
    ("a **bold** word", "a **bold** word"),
    ("plain", None),
    ("wrapped\n  here ", None),
    ("word , word ( x )", None),
    (r"First.\nSecond", r"First.\nSecond"),
    ("at https: //x. github. io", None),
    ("a\x00b\x1b[31m\x9b\u202e", r"a\u0000b\u001b[31m\u009b\u202e"),
    (" a\r\n\tb &amp; \n", "a\n\tb &amp;"),
    ("a \ud800 b", "a  b"),
    ("ask ada@example.org", None),
    ("a &amp; b, ask ada@example.org", "a &amp; b, ask"),
    ("ask ada&#64;example.org", None),
    ("ask ada@<i>example</i>.org &amp; me", None),
    ("&amp;" * MAX_ABSTRACT, "&amp;" * (MAX_ABSTRACT // 5)),
]


@pytest.mark.parametrize(("written", "kept"), ORIGINALS, ids=lambda text: str(text)[:20])
def test_the_original_of_an_abstract(written: str, kept: str | None) -> None:
    """The original is kept if more than white space changed, without e-mail addresses."""
    assert read(abstract=written).originals.get("abstract") == kept


def test_the_original_of_a_title() -> None:
    """A title has its own original; a paper without repairs has none."""
    assert read("R&amp;D").originals == {"title": "R&amp;D"}
    assert read("Two  words").originals == {}
    assert read("R&amp;D of ada@example.org").originals == {}


@pytest.mark.parametrize("written", [
    "ada@example.org", "{ada, bob}@cs.example.edu", "ada@cs. example. org", "ADA@EXAMPLE.ORG",
    "ada&#64;example.org", "ada@exam&#112;le.org", "ada<b>@</b>example.org", r"a\_b@example.org",
])  # fmt: skip
def test_no_email_address_is_kept(written: str) -> None:
    """However an e-mail address is encoded, neither abstract nor original contains it."""
    paper = read(abstract=f"R&amp;D, write to {written} now.")
    texts = paper.abstract + "".join(paper.originals.values())
    assert "example" not in texts.lower()
    assert "R&D, write to" in paper.abstract


@given(RARE_TEXT, RARE_TEXT)
def test_a_paper_with_originals_is_written_and_read(title: str, abstract: str) -> None:
    """A paper with any text survives a round trip through MessagePack and JSON."""
    paper = read(f"T {title}", abstract=abstract)
    packed = msgspec.msgpack.encode(paper)
    assert msgspec.msgpack.decode(packed, type=Paper) == paper
    assert msgspec.json.decode(msgspec.json.encode(paper), type=Paper) == paper
