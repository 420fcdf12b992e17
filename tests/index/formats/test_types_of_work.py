"""Check that each text format reads reviews, letters, errata and other types as such."""

from io import BytesIO

import pytest

from index.dumps.streams import Stream
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import RawRecord


def write_ris(kind: str, work: str) -> str:
    """Return a RIS record."""
    return f"TY  - {kind}\nTI  - T\nM3  - {work}\nER  -\n"


def write_wos(kind: str) -> str:
    """Return a record of Web of Science."""
    return f"FN Clarivate\nPT J\nTI T\nDT {kind}\nER\n"


def write_table(kind: str) -> str:
    """Return a table of one paper."""
    return f'Title,Document Type\nT,"{kind}"\n'


def write_core(*kinds: str) -> str:
    """Return a Dublin Core record."""
    types = "".join(f"<t:type>{kind}</t:type>" for kind in kinds)
    return (
        "<OAI-PMH><record><header><identifier>x</identifier></header><metadata><o:dc>"
        f"<t:title>T</t:title>{types}</o:dc></metadata></record></OAI-PMH>"
    )


def write_bibtex(kind: str, field: str) -> str:
    """Return a BibTeX entry."""
    return f"@{kind}{{a,\n title = {{T}},\n type = {{{field}}}\n}}\n"


TYPES = [
    (write_ris("JOUR", "Review"), "review"),
    (write_ris("JOUR", "Letter"), "letter"),
    (write_ris("CONF", "Article"), "conference paper"),
    (write_ris("JOUR", "10.1000/x"), "journal article"),
    (write_wos("Editorial Material"), "editorial"),
    (write_wos("Correction"), "erratum"),
    (write_wos("Letter"), "letter"),
    (write_wos("Article; Proceedings Paper"), "conference paper"),
    (write_wos("Review; Early Access"), "review"),
    (write_table("Erratum"), "erratum"),
    (write_table("Short survey"), "review"),
    (write_table("Note"), "journal article"),
    (write_core("info:eu-repo/semantics/review"), "review"),
    (write_core("text", "Editorial"), "editorial"),
    (write_core("Collection"), ""),
    (write_core("Article", "Conference Paper"), "conference paper"),
    (write_bibtex("article", "Review"), "review"),
    (write_bibtex("article", "Article; Proceedings Paper"), "conference paper"),
    (write_bibtex("techreport", "Technical Report"), "report"),
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
