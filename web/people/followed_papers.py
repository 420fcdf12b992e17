"""Keep which papers are of a name or a person until the index or the curation changes."""

from collections.abc import Callable

from flask import current_app

from search.authors.followed import Members
from web.pages.blueprint import get_searcher
from web.pages.generation_cache import GenerationCache

KEPT = 1_000
"""Names and people whose papers are kept. Chosen: the ids of 20 papers each are about 2 MB."""


def keep_members(name: tuple[str, str], compute: Callable[[], Members]) -> Members:
    """Return the papers of a name or a person, see `search.authors.followed.Keep`."""
    kept = current_app.extensions.setdefault("followed", GenerationCache[Members](KEPT))
    searcher = get_searcher()
    found: Members = kept.get(searcher.manifest.name, (*name, searcher.people.version), compute)
    return found
