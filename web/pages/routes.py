"""List the modules of the pages; importing them adds their addresses to the blueprint."""

from web.pages import answers, frame, home_page, paper_page, robots, search_document, search_page
from web.pages.blueprint import pages

MODULES = (frame, home_page, search_page, search_document, paper_page, answers, robots)
"""Every module that serves addresses, and the one of what all pages share."""

__all__ = ["MODULES", "pages"]
