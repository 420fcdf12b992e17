"""Choose what the page of a paper says beside its text: buttons, citations, names of venues."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.normalise.identifiers import build_address
from index.records import Paper
from web.exports.bibtex import write_bibtex
from web.exports.keys import read_key_pattern
from web.wording import LABELS, LINKS, list_links

MOST_BUTTONS = 6
"""Links that are buttons above the abstract; the others are listed beside it. Chosen: a row and a
half."""


LONGEST_ENTRY = 5_000
"""Characters of an entry of BibTeX that is shown. Chosen: 200 authors; a longer one is fetched."""


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A link to where a paper is: its label and its address."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a paper.

    Attributes:
        reading: The PDF, which the most readers want; None if there is none.
        buttons: The other links above the abstract.
        others: Those that are listed beside it.
    """

    reading: LinkButton | None
    buttons: tuple[LinkButton, ...]
    others: tuple[LinkButton, ...]


def arrange_links(paper: Paper) -> Links:
    """Arrange the links of a paper, also to the pages that its DOI and its arXiv id lead to."""
    found = [LinkButton(label, address) for label, address in list_links(paper)]
    pdf = next((one for one in found if one.label == LINKS["pdf"]), None)
    others = sorted((one for one in found if one is not pdf), key=_is_further_pdf)
    if "doi" in paper.ids and "page" not in paper.urls:
        others.insert(0, LinkButton(LINKS["page"], build_address("doi", paper.ids["doi"])))
    if "arxiv" in paper.ids and not any(one.label == LABELS["arxiv"] for one in others):
        others.append(LinkButton(LABELS["arxiv"], build_address("arxiv", paper.ids["arxiv"])))
    reading = LinkButton("Read PDF", pdf.address) if pdf else None
    return Links(reading, tuple(others[:MOST_BUTTONS]), tuple(others[MOST_BUTTONS:]))


def _is_further_pdf(link: LinkButton) -> bool:
    return link.label.startswith(LINKS["pdf"])


def write_short_entry(paper: Paper) -> str:
    """Return the BibTeX of a paper; empty if it is too long to be shown."""
    entry = write_bibtex(paper, read_key_pattern())
    return entry if len(entry) <= LONGEST_ENTRY else ""


def date_citations(paper: Paper, records: Sequence[Paper] = ()) -> str:
    """Return the date of the dump that counted a paper's citations; empty if it is unknown.

    Args:
        paper: The work.
        records: The records that it is merged from.
    """
    supplier = paper.origins.get("citations", paper.id)
    counted = next((one for one in records if one.id == supplier), paper)
    return max(_list_dates(counted), default="")


def _list_dates(paper: Paper) -> Iterator[str]:
    for show in paper.appearances:
        if show.source and show.source.date:
            yield show.source.date
