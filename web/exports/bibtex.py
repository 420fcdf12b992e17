"""Write papers as BibTeX that classic BibTeX and biber read without a warning."""

from collections.abc import Iterable, Iterator

from index.normalise.dates import MONTHS
from index.records import Paper
from index.text.bibtex_text import escape_address, escape_pages, escape_text, write_title
from web.exports.bibtex_names import write_names
from web.exports.keys import KeyPattern
from web.exports.reference import Reference, make_reference

_CONTAINERS = {
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "article": "journal",
    "phdthesis": "school",
    "mastersthesis": "school",
    "techreport": "institution",
    "misc": "howpublished",
}
"""The field of the container, by entry type; the other types have none."""


def write_bibtex(paper: Paper, keys: KeyPattern | None = None) -> str:
    """Return a paper as an entry of BibTeX that ends in a line break.

    Args:
        paper: The paper.
        keys: The pattern of the entry's key; None for the default.
    """
    reference = make_reference(paper)
    entry_type = find_thesis_type(reference)
    key = (keys or KeyPattern()).make_key(paper)
    lines = [f"  {name} = {value}," for name, value in list_fields(reference, entry_type) if value]
    return "\n".join([f"@{entry_type}{{{key},", *lines, "}", ""])


def write_entries(papers: Iterable[Paper], keys: KeyPattern) -> Iterator[str]:
    """Yield papers as entries of BibTeX, with an empty line after each."""
    for paper in papers:
        yield f"{write_bibtex(paper, keys)}\n"


def find_thesis_type(reference: Reference) -> str:
    """Return the entry type; that of a thesis depends on its degree, if its venue names one."""
    entry_type = reference.kind.bibtex
    is_masters = entry_type == "phdthesis" and "master" in reference.container.lower()
    return "mastersthesis" if is_masters else entry_type


def list_fields(reference: Reference, entry_type: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of an entry with their values as they are written; some are empty."""
    yield "author", _brace(write_names(reference.authors))
    yield "title", _brace(write_title(reference.title))
    yield from _list_places(reference, entry_type)
    yield "year", _brace(reference.year)
    # The names in `MONTHS` are macros of every style, so they stand without braces.
    yield "month", MONTHS[reference.month - 1] if reference.month and reference.year else ""
    yield "doi", _brace(escape_address(reference.doi))
    yield "url", _brace(escape_address(reference.page or reference.pdf))
    if reference.arxiv:
        yield "eprint", _brace(escape_address(reference.arxiv))
        yield "archiveprefix", _brace("arXiv")
        yield "primaryclass", _brace(escape_text(reference.category))
    elif reference.pmid:
        yield "eprint", _brace(escape_address(reference.pmid))
        yield "eprinttype", _brace("pubmed")
    yield "isbn", _brace(reference.isbn)
    yield "note", _brace(escape_text(reference.note))


def _list_places(reference: Reference, entry_type: str) -> Iterator[tuple[str, str]]:
    """Yield the fields that say where the paper appeared."""
    container = escape_text(reference.container)
    if entry_type == "misc" and reference.arxiv and reference.container == "arXiv":
        container = ""  # the eprint says so
    if entry_type in _CONTAINERS:
        yield _CONTAINERS[entry_type], _brace(container or _fill_container(reference, entry_type))
    yield "editor", _brace(write_names(reference.editors))
    if entry_type not in {"misc", "unpublished"}:
        yield "volume", _brace(escape_text(reference.volume))
        yield "number", _brace(escape_text(reference.issue))
        yield "pages", _brace(escape_pages(reference.pages))
    if entry_type not in {"article", "techreport", "phdthesis", "mastersthesis", "unpublished"}:
        held = "" if entry_type in _CONTAINERS else container  # a book's venue is its publisher
        yield "publisher", _brace(escape_text(reference.publisher) or held)


def _fill_container(reference: Reference, entry_type: str) -> str:
    """Return the publisher where an entry needs a container and the venue is unknown."""
    needs = entry_type in {"techreport", "phdthesis", "mastersthesis"}
    return escape_text(reference.publisher) if needs else ""


def _brace(value: str) -> str:
    return f"{{{value}}}" if value else ""
