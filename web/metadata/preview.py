"""Describe a paper for search engines and for previews of its link (OpenGraph)."""

from index.records import Paper
from web.versions import list_versions
from web.wording import shorten_text

LONGEST_DESCRIPTION = 200
"""Characters of a description. Chosen: about as much as search engines and previews show."""

MOST_NAMES = 3
"""Authors named in the description of a paper without an abstract; chosen."""


def write_description(paper: Paper) -> str:
    """Return the beginning of the abstract, or else the authors and the venue, as one line."""
    if paper.abstract:
        return shorten_text(" ".join(paper.abstract.split()), LONGEST_DESCRIPTION)
    names = ", ".join(author.name for author in paper.authors[:MOST_NAMES])
    where = next((version.label for version in list_versions(paper)), "")
    return shorten_text(". ".join(part for part in (names, where) if part), LONGEST_DESCRIPTION)


def list_preview_tags(paper: Paper, address: str) -> list[tuple[str, str]]:
    """List the properties and contents of the OpenGraph tags of a paper.

    Args:
        paper: The paper.
        address: The absolute address of its page.
    """
    found = [
        ("og:type", "article"),
        ("og:title", shorten_text(paper.title, LONGEST_DESCRIPTION)),
        ("og:description", write_description(paper)),
        ("og:url", address),
        ("og:site_name", "Papersearch"),
        ("article:published_time", paper.shown.when),
    ]
    return [(name, content) for name, content in found if content]
