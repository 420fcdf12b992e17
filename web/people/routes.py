"""List the modules of the pages about people; importing them adds their addresses."""

from web.people import (
    author_feed,
    author_page,
    authors_index,
    evidence_words,
    followers_page,
    following_page,
    graph_page,
)
from web.people.blueprint import people

MODULES = (
    author_feed,
    author_page,
    authors_index,
    evidence_words,
    followers_page,
    following_page,
    graph_page,
)
"""Every module that serves addresses or adds filters of the templates."""

__all__ = ["MODULES", "people"]
