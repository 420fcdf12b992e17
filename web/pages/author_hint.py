"""Find the author whose page a reader may want who searches for nothing but a name."""

import re

from index.names.parser import make_author_key, parse_name
from search.engines.engine import Engine
from search.request.search_request import SearchRequest
from search.suggest.authors import find_written_name

LONGEST = 100
"""Characters of a query that may be a name; chosen."""

MOST_WORDS = 6
"""Words of a query that may be a name; chosen."""

_ONLY_AUTHOR = re.compile(r'\s*author:\s*"([^":]+)"\s*')
_NO_NAME = re.compile(r'["*?:()\[\]{}<>^~|&!+/\\0-9]')
"""Signs that no name has, or that have a meaning in a query."""


def find_author(engine: Engine, request: SearchRequest) -> str:
    """Return the name of the author as a paper writes it; empty if no name is searched for.

    Args:
        engine: The engine.
        request: The search: a name, ``author:"name"``, or a filter by one author.
    """
    if key := _find_key(request):
        return find_written_name(engine, key) if engine.count_documents("author_key", key) else ""
    return ""


def _find_key(request: SearchRequest) -> str:
    query, authors = request.query.strip(), request.selections.get("author")
    if not query and authors and len(authors.values) == 1:
        return authors.values[0]
    if not query or request.page > 1 or len(query) > LONGEST:
        return ""
    named = _ONLY_AUTHOR.fullmatch(query)
    name = named[1] if named else query
    if _NO_NAME.search(name) or not 1 < len(name.split()) <= MOST_WORDS:
        return ""
    return make_author_key(parse_name(name))
