"""Write papers as CSL-JSON, which citation processors and reference managers read."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from index.records import Paper
from index.text.bibtex_text import collapse_spaces
from web.exports.keys import KeyPattern
from web.exports.people import Person
from web.exports.reference import Reference, make_reference

_ENCODE = msgspec.json.Encoder().encode


def describe_item(paper: Paper, keys: KeyPattern | None = None) -> dict[str, Any]:
    """Return a paper as an item of CSL-JSON 1.0.2.

    Args:
        paper: The paper.
        keys: The pattern of the item's ``id``; None for the default.
    """
    reference = make_reference(paper)
    texts = {
        "id": (keys or KeyPattern()).make_key(paper),
        "type": reference.kind.csl,
        "title": reference.title,
        "container-title": reference.container,
        "volume": reference.volume,
        "page": reference.pages,
        "publisher": reference.publisher,
        "DOI": reference.doi,
        "URL": reference.page or reference.pdf,
        "ISBN": reference.isbn,
        "PMID": reference.pmid,
        "PMCID": reference.pmc,
        "abstract": paper.abstract,
        "keyword": ", ".join(paper.topics),
        "language": paper.language,
        "note": reference.note,
        **_number_item(reference),
    }
    if reference.kind.csl == "article" and reference.container:
        texts["publisher"] = texts.pop("container-title")  # a preprint has no container
    return {
        name: collapse_spaces(value) for name, value in texts.items() if value
    } | _list_structures(reference)


def write_items(papers: Iterable[Paper], keys: KeyPattern) -> Iterator[str]:
    """Yield papers as one list of items."""
    before = "[\n"
    for paper in papers:
        yield before + _ENCODE(describe_item(paper, keys)).decode()
        before = ",\n"
    yield "\n]\n" if before[0] == "," else "[]\n"


def _number_item(reference: Reference) -> dict[str, str]:
    """Return the issue of a journal, the number of a report, or the arXiv id."""
    if reference.kind.csl == "report":
        return {"number": reference.issue}
    if reference.arxiv and reference.kind.csl in {"article", "manuscript"}:
        return {"number": f"arXiv:{reference.arxiv}"}
    arxiv = {"archive": "arXiv", "archive_location": reference.arxiv} if reference.arxiv else {}
    return {"issue": reference.issue, **arxiv}


def _list_structures(reference: Reference) -> dict[str, Any]:
    """Return the people and the date."""
    found: dict[str, Any] = {}
    if reference.authors:
        found["author"] = [_describe_person(person) for person in reference.authors]
    if reference.editors:
        found["editor"] = [_describe_person(person) for person in reference.editors]
    if reference.year:
        parts = [int(reference.year), reference.month, reference.day]
        found["issued"] = {"date-parts": [[part for part in parts if part]]}
    return found


def _describe_person(person: Person) -> dict[str, str]:
    if person.body or not person.given:
        return {"literal": collapse_spaces(person.family)}
    parts = {
        "family": person.family,
        "given": person.given,
        "non-dropping-particle": person.particle,
        "suffix": person.suffix,
    }
    return {name: collapse_spaces(part) for name, part in parts.items() if part}
