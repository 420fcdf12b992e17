"""Check that no record of a damaged XML file disappears without a reject."""

import re
from dataclasses import dataclass
from io import BytesIO
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dumps.streams import Stream
from index.formats import (
    acl,
    arxiv_atom,
    datacite_xml,
    dblp,
    endnote,
    europe_pmc_xml,
    jats,
    oai,
    pubmed,
)
from index.formats.format import Format
from index.records import RawRecord, Reject
from tests.bench.data import DATA
from tests.support.planted_samples import KINDS as PLANTED

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
    "arxiv_atom": Kind(arxiv_atom.FORMAT, "entry"),
    "datacite_xml": Kind(datacite_xml.FORMAT, "resource"),
    "dblp": Kind(dblp.FORMAT, "|".join(dblp.KINDS)),
    "acl": Kind(acl.FORMAT, "paper|frontmatter"),
    "endnote": Kind(endnote.FORMAT, "record"),
    "europe_pmc_xml": Kind(europe_pmc_xml.FORMAT, "result"),
    "jats": Kind(jats.FORMAT, "front"),
    "oai": Kind(oai.FORMAT, "record"),
    "pubmed": Kind(pubmed.FORMAT, "PubmedArticle|PubmedBookArticle|DeleteCitation|DeleteDocument"),
}


def count_starts(kind: Kind, content: bytes) -> int:
    """Count the start tags of records in a file."""
    return len(re.findall(rb"<(?:\w{1,40}:)?(?:%b)(?=[\s/>]|\Z)" % kind.names.encode(), content))


@dataclass(frozen=True)
class Outcomes:
    """The outcomes of a file's records.

    Attributes:
        begun: The number of records and rejects that have a start tag.
        others: The number of rejects without a start tag of a record: of an end tag alone, and
            of the damaged description of a volume, which has record number 0.
        ids: The ids of the records.
        reasons: The reasons of all rejects.
    """

    begun: int
    others: int
    ids: frozenset[str]
    reasons: tuple[str, ...]


def count_outcomes(kind: Kind, content: bytes) -> Outcomes:
    """Read a file and count its outcomes."""
    found = list(kind.form.read(Stream("d", "d", BytesIO(content))))
    rejects = [one for one in found if isinstance(one, Reject)]
    others = sum(one.source.record == 0 or one.reason.startswith("ends with </") for one in rejects)
    ids = frozenset(one.id for one in found if isinstance(one, RawRecord))
    return Outcomes(len(found) - others, others, ids, tuple(one.reason for one in rejects))


def damage(content: bytes, chance: Random) -> bytes:
    """Damage a file in one place: remove bytes, insert some, or both."""
    start = chance.randrange(len(content))
    width = chance.choice((0, 0, 1, 30, 400, 4000))
    return content[:start] + chance.choice(JUNK) + content[start + width :]


def make_file(name: str, count: int) -> bytes:
    """Return a file of a format with comments between and inside its records."""
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
    elif name == "jats":
        records = [
            f"<article>{note}<front><article-meta><article-id pub-id-type='pmc'>{at}</article-id>"
            f"{note}</article-meta></front><body><p>T</p></body></article>\n"
            for at in range(count)
        ]
        text = f"<pmc-articleset>{''.join(records)}</pmc-articleset>"
    elif name != "pubmed":
        planted = next(one for one in PLANTED.values() if one.format == name)
        records = [
            f"{note}{planted.write(str(at), 'T', '2001').decode()}" for at in range(1, count + 1)
        ]
        text = f"{planted.head}{''.join(records)}{planted.tail}"
    else:
        records = [
            f"<PubmedArticle><MedlineCitation><PMID>{at}</PMID>{note}<Article><ArticleTitle>T"
            f"</ArticleTitle></Article></MedlineCitation></PubmedArticle>\n{note}"
            for at in range(count)
        ]
        text = f"<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>"
    return text.encode()


@settings(max_examples=150)
@given(name=st.sampled_from(sorted(KINDS)), seed=st.integers(0, 1 << 32))
def test_every_start_tag_has_an_outcome(name: str, seed: int) -> None:
    """Whatever is removed or inserted, each start tag left yields a record or a reject."""
    kind, content = KINDS[name], damage(make_file(name, 8), Random(seed))
    assert count_outcomes(kind, content).begun == count_starts(kind, content)


REAL = [
    ("dblp", "dblp-sample.xml"),
    ("acl", "acl/2022.acl.xml"),
    ("acl", "acl/J89.xml"),
    ("pubmed", "pubmed-29768149.xml"),
]


@pytest.mark.parametrize(("name", "file"), REAL, ids=[file for _, file in REAL])
def test_damaged_real_files(name: str, file: str) -> None:
    """The same holds for real files, and undamaged records are read as before."""
    path = DATA / "dumps" / file
    if not path.exists():
        pytest.skip("the sample dumps are not here: set PAPERS_DATA")
    kind, content = KINDS[name], path.read_bytes()
    cut = re.compile(rb"\n\s*<").search(content, MOST)
    content = content[: cut.start()] if cut else content
    whole, chance = count_outcomes(kind, content), Random(11)
    assert (whole.begun, whole.others) == (count_starts(kind, content), 0)
    near = 4000 // 200 + 2  # records that a cut can span; none is shorter than 200 bytes
    for copy in range(COPIES):
        wrong = damage(content, chance)
        found = count_outcomes(kind, wrong)
        assert found.begun == count_starts(kind, wrong), copy
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
def test_commented_out_records_are_skipped(inner: str) -> None:
    """Whole records in a comment between others are the one exception: they are skipped."""
    text = f'<dblp>{COMMENTED.format(inner)}<book key="x"><title>T</title></book></dblp>'
    assert count_outcomes(KINDS["dblp"], text.encode()).begun == 1


SPLIT = [
    ('<article key="a"><title>T</title>', 2),
    ('T</title></article><article key="a"></article>', 2),
    ('<article key="a"></article><!-- <book key="b"></book>', 2),  # the inner one is a comment
    ('<article key="a"></book>', 2),
]


@pytest.mark.parametrize(("inner", "count"), SPLIT)
def test_a_comment_that_splits_records(inner: str, count: int) -> None:
    """A comment that splits a record counts as text: every record in it has an outcome."""
    text = f'<dblp>{COMMENTED.format(inner)}<book key="x"><title>T</title></book></dblp>'
    assert count_outcomes(KINDS["dblp"], text.encode()).begun == count


LOST = '<volume id="1"><paper id="1"><title>T</title></paper></volume></collection>'


@pytest.mark.parametrize("start", ["<collction>", '<collection name="2022.acl">'])
def test_a_lost_collection(start: str) -> None:
    """Papers of a collection with a damaged start tag are rejected, since they have no id."""
    found = count_outcomes(KINDS["acl"], f"{start}{LOST}".encode())
    assert found.reasons == ("belongs to no known volume",)
    assert not found.ids
