"""Test that a kind of document is one word, whatever dump it comes from."""

import pytest

from index.normalise.work_types import find_type, find_type_of_listing, find_venue_kind

WORDS: list[tuple[tuple[str, ...], str]] = [
    (("journal-article",), "journal article"),  # Crossref
    (("JournalArticle",), "journal article"),  # Semantic Scholar
    (("article-journal",), "journal article"),  # CSL
    (("JOUR",), "journal article"),  # RIS
    (("journalArticle",), "journal article"),  # Zotero
    (("proceedings-article",), "conference paper"),
    (("inproceedings",), "conference paper"),  # BibTeX
    (("conferenceObject",), "conference paper"),  # OpenAIRE
    (("cp",), "conference paper"),  # Scopus
    (("re",), "review"),
    (("ar",), "journal article"),
    (("Article", "Proceedings Paper"), "conference paper"),  # Web of Science
    (("JournalArticle", "Conference"), "conference paper"),
    (("Journal Article", "Review"), "review"),  # PubMed
    (("JournalArticle", "Review"), "review"),
    (("Review", "Early Access"), "review"),
    (("LettersAndComments",), "letter"),
    (("Letter",), "letter"),
    (("Editorial Material",), "editorial"),
    (("editorial",), "editorial"),
    (("Published Erratum",), "erratum"),
    (("Correction",), "erratum"),
    (("Journal Article", "Retraction of Publication"), "retraction"),
    (("book_review",), "book review"),
    (("phdthesis",), "thesis"),
    (("dissertation",), "thesis"),
    (("incollection",), "book chapter"),
    (("entry-encyclopedia",), "reference entry"),
    (("posted-content",), "preprint"),
    (("techreport",), "report"),
    (("blogPost",), ""),
    (("", "other"), ""),
    ((), ""),
]


@pytest.mark.parametrize(("words", "expected"), WORDS)
def test_words(words: tuple[str, ...], expected: str) -> None:
    """A word means the same however it is written; of several, the most specific one counts."""
    assert find_type(*words) == expected
    assert find_type(*reversed(words)) == expected


KINDS = [("review", "journal"), ("letter", "journal"), ("book chapter", "book"),
         ("conference paper", "conference"), ("preprint", "repository"),
         ("thesis", ""), ("", "")]  # fmt: skip


@pytest.mark.parametrize(("paper_type", "kind"), KINDS)
def test_kinds(paper_type: str, kind: str) -> None:
    """Reviews, letters and editorials appear in journals, as articles do."""
    assert find_venue_kind(paper_type) == kind


LISTINGS = [
    ("ASME Journals", "journal article"), ("Harbour & Sons Magazines", "journal article"),
    ("ASME Early Access Articles", "journal article"), ("GMW Conferences", "conference paper"),
    ("Some University Press eBook Chapters", "book chapter"), ("Tide eBooks", "book"),
    ("ASME Standards", "standard"), ("ASME Courses", "course"), ("Journals", ""),
    ("Conferences of Tides", ""), ("Tide Stories", ""), ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), LISTINGS)
def test_listings(words: str, expected: str) -> None:
    """A kind that names its publisher is read whoever that is."""
    assert find_type_of_listing(words) == expected
