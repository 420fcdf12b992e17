"""Describe a paper and its authors as JSON-LD in the vocabulary of schema.org."""

import json
from typing import Any

from markupsafe import Markup

from index.normalise.identifiers import build_address
from index.records import Author, Paper
from web.exports.reference import Reference, make_reference
from web.metadata.bounds import LONGEST, MOST_AUTHORS, MOST_KEYWORDS

_TYPES = {
    "thesis": "Thesis",
    "report": "Report",
    "book": "Book",
    "book chapter": "Chapter",
    "dataset": "Dataset",
    "software": "SoftwareSourceCode",
    "review": "ScholarlyArticle",
}
"""The type of a document by ours; all others are articles."""

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
"""Characters that could end the element around the data."""


def describe_article(paper: Paper, address: str = "") -> dict[str, Any]:
    """Describe a paper as a ``ScholarlyArticle`` or a closer type.

    Args:
        paper: The paper.
        address: The absolute address of its page, or empty.
    """
    shown, reference = paper.shown, make_reference(paper)
    found = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(shown.type, "ScholarlyArticle"),
        "@id": address,
        "url": address,
        "name": paper.title[:LONGEST],
        "headline": paper.title[:110],
        "author": [describe_person(author) for author in paper.authors[:MOST_AUTHORS]],
        "datePublished": shown.when,
        "isPartOf": _describe_container(reference, shown.venue, shown.venue_kind),
        "pagination": reference.pages,
        "publisher": _describe_organisation(reference.publisher),
        "abstract": paper.abstract[:LONGEST],
        "inLanguage": paper.language,
        "keywords": list(paper.topics[:MOST_KEYWORDS]),
        "creativeWorkStatus": reference.note,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": scheme, "value": paper.ids[scheme]}
            for scheme in ("doi", "arxiv", "pmid")
            if scheme in paper.ids
        ],
        "sameAs": _list_addresses(paper),
        "encoding": _describe_pdf(paper.urls.get("pdf", "")),
    }
    return drop_empty(found)


def describe_person(author: Author) -> dict[str, Any]:
    """Describe an author as a ``Person``."""
    return drop_empty(
        {
            "@type": "Person",
            "name": author.name,
            "affiliation": [_describe_organisation(name) for name in author.affiliations[:5]],
            "sameAs": build_address("orcid", author.ids.get("orcid", "")),
        }
    )


def write_json_ld(document: dict[str, Any]) -> Markup:
    """Write JSON-LD so that it can stand in a page: no character of it can end its element."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return Markup(text)  # noqa: S704 - escaped above


def _describe_organisation(name: str) -> dict[str, str] | str:
    return {"@type": "Organization", "name": name} if name else ""


def _describe_container(reference: Reference, venue: str, venue_kind: str) -> dict[str, Any] | str:
    name = reference.container
    if not name or venue_kind == "repository":
        return ""
    kind = "Periodical" if venue_kind == "journal" else "PublicationVolume"
    container = drop_empty(
        {
            "@type": kind,
            "name": name,
            "alternateName": venue if venue != name else "",
            "volumeNumber": reference.volume if kind == "PublicationVolume" else "",
        }
    )
    if kind == "Periodical" and reference.volume:
        container = {
            "@type": "PublicationVolume", "volumeNumber": reference.volume, "isPartOf": container,
        }  # fmt: skip
    if kind == "Periodical" and reference.issue:
        container = {
            "@type": "PublicationIssue", "issueNumber": reference.issue, "isPartOf": container,
        }  # fmt: skip
    return container


def _list_addresses(paper: Paper) -> list[str]:
    schemes = ("doi", "arxiv", "acl", "openreview")
    return [url for one in schemes if (url := build_address(one, paper.ids.get(one, "")))]


def _describe_pdf(address: str) -> dict[str, str] | str:
    if not address:
        return ""
    return {"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": address}


def drop_empty(found: dict[str, Any]) -> dict[str, Any]:
    """Return an object without the keys that have no value."""
    return {name: value for name, value in found.items() if value not in ("", [], {})}
