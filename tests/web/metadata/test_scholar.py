"""Test the tags by the rules with which Google Scholar and Zotero read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from index.records import SUBMISSION, Appearance, Author, Paper
from web.metadata.bounds import LONGEST, MOST_AUTHORS
from web.metadata.coins import write_coins
from web.metadata.preview import write_description
from web.metadata.scholar import list_scholar_tags
from web.metadata.structured import describe_article
from web.metadata.tags import METADATA_FUNCTIONS

if TYPE_CHECKING:
    from flask.testing import FlaskClient

ZOTERO_TYPES = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_inbook_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}
"""The type of an item that Zotero infers from a tag; without one it is an article."""

NEURIPS = "Conference on Neural Information Processing Systems"


def _make(**given: object) -> Paper:
    shown = Appearance(**given)  # type: ignore[arg-type]
    return Paper("x", "A title", authors=(Author("Ada Lovelace"),), appearances=(shown,))


def _infer_type(tags: list[tuple[str, str]]) -> str:
    """Return the type that Zotero infers: that of the last tag that tells one."""
    found = [ZOTERO_TYPES[name] for name, _ in tags if name in ZOTERO_TYPES]
    return found[-1] if found else "journalArticle"


@pytest.mark.parametrize(
    ("given", "type_", "venue"),
    [
        ({"venue": "NeurIPS", "venue_kind": "conference", "type": "conference paper",
          "venue_name": "nips"}, "conferencePaper", NEURIPS),
        ({"venue": "NeurIPS", "venue_kind": "conference"}, "conferencePaper", NEURIPS),
        ({"venue": "Nature", "venue_kind": "journal", "type": "journal article"},
         "journalArticle", "Nature"),
        ({"venue": "Our Journal", "venue_kind": "journal", "type": "review",
          "venue_name": "Our Journal of Things"}, "journalArticle", "Our Journal of Things"),
        ({"venue": "Handbook", "venue_kind": "book", "type": "book chapter"}, "bookSection",
         "Handbook"),
        ({"type": "thesis", "publisher": "MIT"}, "thesis", "MIT"),
        ({"type": "report", "publisher": "Bell Labs", "issue": "TR-7"}, "report", "Bell Labs"),
        ({"venue": "arXiv", "venue_kind": "repository", "type": "preprint"}, "journalArticle", ""),
    ],
)  # fmt: skip
def test_zotero_infers_the_type(given: dict[str, object], type_: str, venue: str) -> None:
    """The tag of the venue gives the right type of item, and the venue by its full name."""
    tags = list_scholar_tags(_make(**given))
    assert _infer_type(tags) == type_
    assert [content for name, content in tags if name in ZOTERO_TYPES] == ([venue] if venue else [])


def test_every_part_has_its_tag() -> None:
    """Volume, issue, pages, identifiers, date and addresses are where programs look for them."""
    shown = Appearance(
        venue="Nature", venue_kind="journal", type="journal article", date="2015-05-28",
        volume="521", issue="7553", pages="436-444", publisher="Springer",
    )  # fmt: skip
    paper = Paper(
        "x", "Deep learning", "An abstract.", (Author("Yann LeCun"), Author("Geoffrey Hinton")),
        (shown,), ("AI", "networks"), {"doi": "10.1038/nature14539", "pmid": "26017442"},
        {"pdf": "https://example.org/a.pdf"}, language="en",
    )  # fmt: skip
    tags = list_scholar_tags(paper, "https://papers.example/paper/x")
    authors = [content for name, content in tags if name == "citation_author"]
    assert authors == ["Yann LeCun", "Geoffrey Hinton"]
    expected = {
        "citation_title": "Deep learning", "citation_publication_date": "2015/05/28",
        "citation_volume": "521", "citation_issue": "7553", "citation_firstpage": "436",
        "citation_lastpage": "444", "citation_publisher": "Springer",
        "citation_doi": "10.1038/nature14539", "citation_pmid": "26017442",
        "citation_keywords": "AI; networks", "citation_abstract": "An abstract.",
        "citation_pdf_url": "https://example.org/a.pdf", "citation_language": "en",
        "citation_abstract_html_url": "https://papers.example/paper/x",
    }  # fmt: skip
    assert expected.items() <= dict(tags).items()


def test_tags_are_bounded() -> None:
    """A paper of thousands of authors and megabytes of text has a head of bounded size."""
    paper = Paper("x", "t" * 10**6, "a" * 10**6, (Author("Ann"),) * 5_000, topics=("k" * 999,) * 99)
    tags = list_scholar_tags(paper)
    assert sum(name == "citation_author" for name, _ in tags) == MOST_AUTHORS
    assert max(len(content) for _, content in tags) == LONGEST


def test_no_venue_is_claimed_for_a_rejected_paper() -> None:
    """A paper that a conference did not accept is not described as one of its papers."""
    given = {"venue": "ICLR", "venue_kind": "conference", "year": 2017, "type": SUBMISSION}
    paper = _make(**given)
    assert not ZOTERO_TYPES.keys() & dict(list_scholar_tags(paper)).keys()
    assert "jtitle" not in write_coins(paper)
    assert "isPartOf" not in describe_article(paper)
    assert "submitted to ICLR 2017 (not accepted)" in write_description(paper)


def test_the_record_that_says_most_is_described() -> None:
    """Volume and pages come from whichever record of the version has them, as in exports."""
    shown = Appearance("Nature", "", "journal", 2015, type="journal article")
    fuller = replace(shown, volume="521", pages="436-444", publisher="Springer")
    paper = Paper("x", "Deep learning", appearances=(shown, fuller))
    assert ("citation_volume", "521") in list_scholar_tags(paper)
    assert "rft.spage=436" in write_coins(paper)
    assert describe_article(paper)["pagination"] == "436-444"


def test_pages_of_papers_have_them(client: FlaskClient) -> None:
    """The page of a paper has each kind of metadata, with an absolute canonical address."""
    page = client.get("/paper/kingma-2015-adam").text
    assert '<link rel="canonical" href="http://localhost/paper/kingma-2015-adam">' in page
    for part in (
        'name="citation_title"',
        'property="og:title"',
        "application/ld+json",
        'class="Z3988"',
    ):
        assert part in page
    assert {"write_coins", "write_json_ld"} <= set(METADATA_FUNCTIONS)
