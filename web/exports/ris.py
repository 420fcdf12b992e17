"""Write papers as RIS, which reference managers and screening tools read."""

from collections.abc import Iterable, Iterator

from index.records import Paper
from index.text.bibtex_text import collapse_spaces
from web.exports.keys import KeyPattern
from web.exports.people import Person
from web.exports.reference import Reference, make_reference

LINE_END = "\r\n"
"""What ends a line, as the format prescribes."""


def write_ris(paper: Paper, keys: KeyPattern | None = None) -> str:
    """Return a paper as a record of RIS that ends in an empty line.

    Args:
        paper: The paper.
        keys: The pattern of the record's ``ID``; None for the default.
    """
    reference = make_reference(paper)
    fields = [
        ("TY", reference.kind.ris),
        ("ID", (keys or KeyPattern()).make_key(paper)),
        *_list_texts(reference, paper),
        *_list_places(reference),
        *_list_numbers(reference),
    ]
    lines = [f"{tag}  - {collapse_spaces(value)}" for tag, value in fields if value]
    return LINE_END.join([*lines, "ER  - ", "", ""])


def write_records(papers: Iterable[Paper], keys: KeyPattern) -> Iterator[str]:
    """Yield papers as records of RIS."""
    for paper in papers:
        yield write_ris(paper, keys)


def _list_texts(reference: Reference, paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield what the paper says: title, authors, abstract, keywords, language."""
    yield "TI", reference.title
    yield from (("AU", _write_name(person)) for person in reference.authors)
    yield "AB", paper.abstract
    yield from (("KW", topic) for topic in paper.topics)
    yield "LA", paper.language


def _list_places(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield where and when the paper appeared."""
    first, _, last = reference.pages.partition("-")
    yield "T2", reference.container
    yield from (("ED", _write_name(person)) for person in reference.editors)
    yield "PY", reference.year
    yield "DA", _write_date(reference)
    yield "VL", reference.volume
    yield "IS", reference.issue
    yield "SP", first
    yield "EP", last
    yield "PB", reference.publisher
    yield "M3", reference.kind.label


def _list_numbers(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield identifiers, addresses and notes."""
    yield "DO", reference.doi
    yield "SN", reference.isbn
    yield "N1", f"arXiv:{reference.arxiv}" if reference.arxiv else ""
    yield "N1", f"PMID: {reference.pmid}" if reference.pmid else ""
    yield "C2", reference.pmc
    yield "N1", reference.note
    yield "UR", reference.page
    yield "L1", reference.pdf


def _write_name(person: Person) -> str:
    """Return ``van der Maaten, Laurens, Jr.``; a comma ends the name of an organisation."""
    if person.body:
        return f"{person.family.replace(',', ' ')},"
    return ", ".join(filter(None, (person.whole_family, person.given, person.suffix)))


def _write_date(reference: Reference) -> str:
    """Return ``2020/06/08/``, or the part of it that is known; empty if it is the year alone."""
    if not (reference.year and reference.month):
        return ""
    day = f"{reference.day:02}" if reference.day else ""
    return f"{reference.year}/{reference.month:02}/{day}/"
