"""Say what BibTeX, RIS and CSL-JSON call each kind of document."""

from typing import NamedTuple


class EntryType(NamedTuple):
    """The names of one kind of document.

    Attributes:
        bibtex: The entry type of classic BibTeX, without ``@``.
        ris: The value of ``TY``.
        csl: The type of CSL 1.0.2.
        label: What BibTeX's ``howpublished`` and RIS's ``M3`` say where the type is too general;
            empty where it is not.
    """

    bibtex: str
    ris: str
    csl: str
    label: str = ""


CONFERENCE = EntryType("inproceedings", "CONF", "paper-conference")
ARTICLE = EntryType("article", "JOUR", "article-journal")
CHAPTER = EntryType("incollection", "CHAP", "chapter")
PREPRINT = EntryType("misc", "UNPB", "article", "Preprint")
SUBMISSION = EntryType("unpublished", "UNPB", "manuscript", "Submission")
OTHER = EntryType("misc", "GEN", "document")

TYPES: dict[str, EntryType] = {
    "conference paper": CONFERENCE,
    "workshop paper": CONFERENCE,
    "journal article": ARTICLE,
    "review": EntryType("article", "JOUR", "article-journal", "Review"),
    "letter": EntryType("article", "JOUR", "article-journal", "Letter"),
    "editorial": EntryType("article", "JOUR", "article-journal", "Editorial"),
    "erratum": EntryType("article", "JOUR", "article-journal", "Erratum"),
    "retraction": EntryType("article", "JOUR", "article-journal", "Retraction"),
    "data paper": EntryType("article", "JOUR", "article-journal", "Data Paper"),
    "book review": EntryType("article", "JOUR", "review-book", "Book Review"),
    "news": EntryType("article", "NEWS", "article-newspaper", "News"),
    "book": EntryType("book", "BOOK", "book"),
    "proceedings": EntryType("proceedings", "CONF", "book", "Proceedings"),
    "book chapter": CHAPTER,
    "reference entry": EntryType("incollection", "ENCYC", "entry-encyclopedia"),
    "thesis": EntryType("phdthesis", "THES", "thesis"),
    "report": EntryType("techreport", "RPRT", "report"),
    "preprint": PREPRINT,
    "submission": SUBMISSION,
    "dataset": EntryType("misc", "DATA", "dataset", "Dataset"),
    "software": EntryType("misc", "COMP", "software", "Software"),
    "standard": EntryType("misc", "STAND", "standard", "Standard"),
    "patent": EntryType("misc", "PAT", "patent", "Patent"),
    "course": EntryType("misc", "GEN", "document", "Course"),
}
"""By the types of `index.normalise.work_types`; a type that is not listed is `OTHER`."""

BY_VENUE = {
    "conference": CONFERENCE,
    "workshop": CONFERENCE,
    "journal": ARTICLE,
    "book": CHAPTER,
    "repository": PREPRINT,
}
"""What a paper of unknown type is, by the kind of its venue."""


def find_entry_type(paper_type: str, venue_kind: str) -> EntryType:
    """Return the names of a type, or else of what usually appears at a kind of venue."""
    return TYPES.get(paper_type) or BY_VENUE.get(venue_kind, OTHER)
