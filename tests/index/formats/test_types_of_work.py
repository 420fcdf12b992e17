"""Check that each text format reads reviews, letters, errata and other types as such."""

from io import BytesIO

import pytest

from index.dumps.streams import Stream
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import RawRecord


def ris(kind: str, work: str) -> str:
    """Return a RIS record."""
    return f"TY  - {kind}\nTI  - T\nM3  - {work}\nER  -\n"


def wos(kind: str) -> str:
    """Return a record of Web of Science."""
    return f"FN Clarivate\nPT J\nTI T\nDT {kind}\nER\n"


def table(kind: str) -> str:
    """Return a table of one paper."""
    return f'Title,Document Type\nT,"{kind}"\n'


def core(*kinds: str) -> str:
    """Return a Dublin Core record."""
    types = "".join(f"<t:type>{kind}</t:type>" for kind in kinds)
    return (
        "<OAI-PMH><record><header><identifier>x</identifier></header><metadata><o:dc>"
        f"<t:title>T</t:title>{types}</o:dc></metadata></record></OAI-PMH>"
    )


def bibtex(kind: str, field: str) -> str:
    """Return a BibTeX entry."""
    return f"@{kind}{{a,\n title = {{T}},\n type = {{{field}}}\n}}\n"


TYPES = [
    (ris("JOUR", "Review"), "review"),
    (ris("JOUR", "Letter"), "letter"),
    (ris("CONF", "Article"), "conference paper"),
    (ris("JOUR", "10.1000/x"), "journal article"),
    (wos("Editorial Material"), "editorial"),
    (wos("Correction"), "erratum"),
    (wos("Letter"), "letter"),
    (wos("Article; Proceedings Paper"), "conference paper"),
    (wos("Review; Early Access"), "review"),
    (table("Erratum"), "erratum"),
    (table("Short survey"), "review"),
    (table("Note"), "journal article"),
    (core("info:eu-repo/semantics/review"), "review"),
    (core("text", "Editorial"), "editorial"),
    (core("Collection"), ""),
    (core("Article", "Conference Paper"), "conference paper"),
    (bibtex("article", "Review"), "review"),
    (bibtex("article", "Article; Proceedings Paper"), "conference paper"),
    (bibtex("techreport", "Technical Report"), "report"),
]


@pytest.mark.parametrize(("written", "expected"), TYPES)
def test_types(written: str, expected: str) -> None:
    """Of several words for a document's type the most specific counts."""
    stream = Stream("d", "d", BytesIO(written.encode()))
    form = recognise_format(stream)
    assert form is not None
    (found,) = form.read(stream)
    assert isinstance(found, RawRecord)
    assert normalise(found).shown.type == expected
