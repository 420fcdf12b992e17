"""Keep the people of the names that were asked for last, until the index or the curation changes.

A reader goes from a name to its people and pages, each of which needs the same grouping.
"""

from flask import current_app

from search.answers.searcher import Searcher
from search.authors.identities import Identities, identify
from search.authors.name_cluster import find_cluster
from web.pages.generation_cache import GenerationCache

KEPT = 8
"""Names that are kept. Chosen: one of 500 papers takes 4 MB, one of 2,000 papers 16 MB."""


def find_people(searcher: Searcher, name: str) -> Identities:
    """Return the papers of a name and the people among them.

    Args:
        searcher: The index.
        name: The name in any spelling.

    Raises:
        AuthorMissing: No paper names the author.
    """
    version = searcher.manifest.name, searcher.people.version
    kept = current_app.extensions.setdefault("people", GenerationCache[Identities](KEPT))
    found: Identities = kept.get(
        version[0], (name, version[1]), lambda: identify(searcher, find_cluster(searcher, name))
    )
    # Another spelling is led to this name, whose page is asked for next.
    usual: Identities = kept.get(version[0], (found.cluster.name, version[1]), lambda: found)
    return usual
