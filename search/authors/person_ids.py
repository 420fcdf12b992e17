"""Read the identifiers that sources give to people, and name identities after them."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations, pairwise
from types import MappingProxyType

from index.names.parser import strip_homonym_number
from index.people.curation import PAPER
from search.authors.evidence import DBLP_PAGE
from search.authors.features import Pair
from search.authors.mentions import Mention

SCHEMES: Mapping[str, str] = MappingProxyType({
    "orcid": "ORCID iD",
    "openreview": "OpenReview profile",
    "s2": "Semantic Scholar author",
    "openalex": "OpenAlex author",
    "dblp": "dblp entry",
    DBLP_PAGE: "dblp page",
})  # fmt: skip
"""The identifiers of people, the one that names an identity first, and what they identify."""

_DBLP_PAGE = re.compile(r"(?:.*/pid/)?(?P<page>\w+/[\w-]+?)(?:\.html)?/?")


def read_person_ids(mention: Mention) -> dict[str, str]:
    """Return the identifiers of an author by their schemes.

    dblp tells homonyms apart by a number after the name, which is the scheme ``dblp``, and by the
    address of a page, ``dblp person``.
    """
    author = mention.author
    ids = {one: author.ids[one] for one in SCHEMES if author.ids.get(one)}
    page = _DBLP_PAGE.fullmatch(ids.pop("dblp", ""))
    if page:
        ids[DBLP_PAGE] = page["page"]
    if author.key != strip_homonym_number(author.key):
        ids["dblp"] = author.key
    return ids


def pair_up_ids(ids: Sequence[Mapping[str, str]], apart: Collection[Pair]) -> list[Pair]:
    """Return pairs of mentions that join all mentions of each identifier.

    Args:
        ids: The identifiers of each mention by scheme.
        apart: Pairs of mentions that may not be joined, whatever their identifiers.
    """
    having: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(ids):
        for scheme, value in one.items():
            having[scheme, value].append(place)
    bound = {place for pair in apart for place in pair}
    found: set[Pair] = set()
    for places in having.values():
        free = [place for place in places if place not in bound]
        found.update(pairwise(free))
        others = [place for place in places if place in bound]
        found.update(combinations(sorted([*others, *free[:1]]), 2))
    return sorted(found.difference(apart))


def choose_key(ids: Sequence[Mapping[str, str]], papers: Collection[str]) -> str:
    """Return the lasting key of an identity.

    Args:
        ids: The identifiers of each of its mentions.
        papers: The ids of its papers.

    Returns:
        The most frequent identifier of the first scheme that any has, else that of a paper.
    """
    for scheme in SCHEMES:
        if counts := Counter(one[scheme] for one in ids if scheme in one):
            value = min(counts, key=lambda one: (-counts[one], one))
            return f"{scheme.partition(' ')[0]}:{value}"
    return f"{PAPER}:{min(papers)}"
