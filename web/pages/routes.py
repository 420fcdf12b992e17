"""List the modules of the pages; importing them adds their addresses to the blueprint."""

from web.pages import (
    answers,
    api_page,
    export_page,
    facet_page,
    frame,
    home_page,
    paper_page,
    search_document,
    search_page,
    sitemap,
    why_not_page,
)
from web.pages.blueprint import pages

MODULES = (
    answers,
    api_page,
    facet_page,
    export_page,
    frame,
    home_page,
    paper_page,
    search_document,
    search_page,
    sitemap,
    why_not_page,
)
"""Every module that serves addresses, and the one of what all pages share."""

__all__ = ["MODULES", "pages"]
