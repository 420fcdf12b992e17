"""List the modules of the pages; importing them adds their addresses to the blueprint."""

from web.pages import (
    about_page,
    answers,
    api_page,
    bib_page,
    browse_pages,
    changes_page,
    collection,
    export_page,
    facet_page,
    feeds,
    frame,
    health,
    help_page,
    home_page,
    opensearch,
    paper_page,
    saved_search,
    search_document,
    search_page,
    sitemap,
    topic_page,
    venue_page,
    why_not_page,
)
from web.pages.blueprint import pages

MODULES = (
    about_page,
    answers,
    api_page,
    bib_page,
    browse_pages,
    changes_page,
    collection,
    export_page,
    facet_page,
    feeds,
    frame,
    health,
    help_page,
    home_page,
    opensearch,
    paper_page,
    saved_search,
    search_document,
    search_page,
    sitemap,
    topic_page,
    venue_page,
    why_not_page,
)
"""Every module that serves addresses, and the one of what all pages share."""

__all__ = ["MODULES", "pages"]
