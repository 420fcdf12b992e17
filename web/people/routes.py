"""List the modules of the pages about people; importing them adds their addresses."""

from web.people import author_page, authors_index
from web.people.blueprint import people

MODULES = (author_page, authors_index)
"""Every module that serves addresses."""

__all__ = ["MODULES", "people"]
