"""Answers: does any record of a damaged XML file vanish without a word?"""

import re
from dataclasses import dataclass
from io import BytesIO
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dumps.streams import Stream
from index.formats import acl, dblp, oai, pubmed
from index.formats.format import Format
from index.records import RawRecord, Reject
from tests.bench.data import DATA

COPIES = 100
"""Damaged copies of each real file."""

MOST = 40_000
"""Bytes of a real file that are used, up to the end of a record."""

JUNK = (b"", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?", b"<!DOCTYPE x [", b"<", b">", b"\0",
        b"\xff", b'"', b"&", b"</")  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A format and the elements that are its records."""

    form: Format
    names: str


KINDS = {
    "dblp": Kind(dblp.FORMAT, "|".join(dblp.KINDS)),
    "acl": Kind(acl.FORMAT, "paper|frontmatter"),
    "oai": Kind(oai.FORMAT, "record"),
    "pubmed": Kind(pubmed.FORMAT, "PubmedArticle|PubmedBookArticle|DeleteCitation|DeleteDocument"),
}


def begun(kind: Kind, content: bytes) -> int:
    """Count the start tags of records that can be seen in a file."""
    return len(re.findall(rb"<(?:\w{1,40}:)?(?:%b)(?=[\s/>]|\Z)" % kind.names.encode(), content))


@dataclass(frozen=True)
class Accounts:
    """What became of a file's records.

    Attributes:
        begun: Records and rejects of start tags that were seen.
        others: Rejects in the place of a lost start tag, and of the damaged description of a
            volume, which has no record number: the two that are no start tag's.
        ids: Of the records that were read.
        reasons: Of all rejects.
    """

    begun: int
    others: int
    ids: frozenset[str]
    reasons: tuple[str, ...]


def accounts(kind: Kind, content: bytes) -> Accounts:
    """Read a file and count."""
    found = list(kind.form.read(Stream("d", "d", BytesIO(content))))
    rejects = [one for one in found if isinstance(one, Reject)]
    others = sum(one.source.record == 0 or one.reason.startswith("ends with </") for one in rejects)
    ids = frozenset(one.id for one in found if isinstance(one, RawRecord))
    return Accounts(len(found) - others, others, ids, tuple(one.reason for one in rejects))


def damaged(content: bytes, chance: Random) -> bytes:
    """Damage a file in one place: a cut, some signs, a cut with signs, or one byte."""
    start = chance.randrange(len(content))
    width = chance.choice((0, 0, 1, 30, 400, 4000))
    return content[:start] + chance.choice(JUNK) + content[start + width :]


def shelf(name: str, count: int) -> bytes:
    """Write a file of a format with so many records, comments between and inside them."""
    note = "<!-- a note -->"
    if name == "dblp":
        records = [
            f'<article key="a/{at}"><author>Ann &Lee;</author>{note}<title>T {at}.</title>'
            f"<year>2001</year></article>\n{note}"
            for at in range(count)
        ]
        text = f"<?xml version='1.0'?>\n<dblp>{''.join(records)}</dblp>"
    elif name == "acl":
        records = [f'<paper id="{at}"><title>T {at}</title></paper>\n' for at in range(count)]
        volumes = [
            f'<volume id="{at}">{note}<meta><year>2022</year></meta><frontmatter/>{part}</volume>'
            for at, part in enumerate(records)
        ]
        text = f'<collection id="2022.acl">{"".join(volumes)}</collection>'
    elif name == "oai":
        records = [
            f"<record><header><identifier>oai:x:{at}</identifier></header><metadata><o:dc>"
            f"<d:title><![CDATA[T {at}]]></d:title></o:dc></metadata></record>{note}"
            for at in range(count)
        ]
        text = f"<OAI-PMH><ListRecords>{''.join(records)}</ListRecords></OAI-PMH>\n"
    else:
        records = [
            f"<PubmedArticle><MedlineCitation><PMID>{at}</PMID>{note}<Article><ArticleTitle>T"
            f"</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n{note}"
            for at in range(count)
        ]
        text = f"<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>"
    return text.encode()


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(sorted(KINDS)), seed=st.integers(0, 1 << 32))
def test_every_record_begun_is_a_record_or_a_reject(name: str, seed: int) -> None:
    """Whatever is cut out of a file or put into it, every start tag left has one outcome."""
    kind, content = KINDS[name], damaged(shelf(name, 8), Random(seed))
    assert accounts(kind, content).begun == begun(kind, content)


REAL = [
    ("dblp", "dblp-sample.xml"),
    ("acl", "acl/2022.acl.xml"),
    ("acl", "acl/J89.xml"),
    ("pubmed", "pubmed-29768149.xml"),
]


@pytest.mark.parametrize(("name", "file"), REAL, ids=[file for _, file in REAL])
def test_damaged_real_files(name: str, file: str) -> None:
    """Of real files too; and what the damage does not touch is read as before."""
    path = DATA / "dumps" / file
    if not path.exists():
        pytest.skip("the sample dumps are not here: set PAPERS_DATA")
    kind, content = KINDS[name], path.read_bytes()
    cut = re.compile(rb"\n\s*<").search(content, MOST)
    content = content[: cut.start()] if cut else content
    whole, chance = accounts(kind, content), Random(11)
    assert (whole.begun, whole.others) == (begun(kind, content), 0)
    near = 4000 // 200 + 2  # records that a cut can reach: none is shorter than 200 bytes
    for copy in range(COPIES):
        wrong = damaged(content, chance)
        found = accounts(kind, wrong)
        assert found.begun == begun(kind, wrong), copy
        unplaced = found.reasons.count("belongs to no known volume")
        assert len(whole.ids - found.ids) <= near + unplaced, copy
        if wrong.count(b"<volume ") == content.count(b"<volume "):
            assert len(found.ids - whole.ids) <= 1, copy  # the one whose id was damaged


COMMENTED = "<!-- a note: {} -->"
WHOLE = [
    '<article key="a"><title>T</title></article>',
    '<article key="a"><title>T</title></article>\n<book key="b"/><www key="c"></www>',
    '<article key="a"><!- x -></article>',
]


@pytest.mark.parametrize("inner", WHOLE)
def test_records_that_are_commented_out(inner: str) -> None:
    """The one exception: whole records in a comment between others are not there."""
    text = f'<dblp>{COMMENTED.format(inner)}<book key="x"><title>T</title></book></dblp>'
    assert accounts(KINDS["dblp"], text.encode()).begun == 1


TORN = [
    ('<article key="a"><title>T</title>', 2),
    ('T</title></article><article key="a"></article>', 2),
    ('<article key="a"></article><!-- <book key="b"></book>', 2),  # the inner one is a comment
    ('<article key="a"></book>', 2),
]


@pytest.mark.parametrize(("inner", "count"), TORN)
def test_a_comment_that_takes_records_apart(inner: str, count: int) -> None:
    """It was never closed where it ends: every record that begins in it is told of."""
    text = f'<dblp>{COMMENTED.format(inner)}<book key="x"><title>T</title></book></dblp>'
    assert accounts(KINDS["dblp"], text.encode()).begun == count


LOST = '<volume id="1"><paper id="1"><title>T</title></paper></volume></collection>'


@pytest.mark.parametrize("start", ["<collction>", '<collection name="2022.acl">'])
def test_a_lost_collection(start: str) -> None:
    """Where the collection's start is damaged its papers are rejected, and get no id of others."""
    found = accounts(KINDS["acl"], f"{start}{LOST}".encode())
    assert found.reasons == ("belongs to no known volume",)
    assert not found.ids
