"""Describe people for assistants: who has a name, by what evidence, and what they wrote."""

from collections.abc import Iterable
from typing import Any

from search.answers.searcher import Searcher
from search.authors.affiliations import list_affiliations
from search.authors.identities import Identities, Identity, PlacedMention, identify
from search.authors.mentions import find_years
from search.authors.name_cluster import NameCluster, find_cluster
from search.authors.placed_papers import choose_papers, leave_hidden_out, list_shown
from search.authors.profile import Profile, describe_profile
from search.authors.similar_names import find_nearby_names
from web.mcp.documents import describe_short
from web.wording import shorten_text

MOST_PEOPLE, MOST_VALUES, MOST_EVIDENCE = 10, 8, 4
"""Identities, values of a list, and sentences of evidence; chosen: together about 1,000 tokens."""

LONGEST_VALUE = 200
"""Characters of a name, an institution or a sentence; chosen."""

NOTE = "A name is not a person. Give a key as `identity` to see the papers of one of its people."


def describe_people(
    searcher: Searcher, name: str, identity: str, window: tuple[int, int]
) -> dict[str, Any]:
    """Return who has a name and a page of the papers, the most cited first.

    Args:
        searcher: The index.
        name: The name in any spelling.
        identity: The key of an identity; empty for all papers of the name.
        window: The first and the last paper of the page, from 0, the last one excluded.

    Raises:
        AuthorMissing: No paper names the author.
        IdentityMissing: The name has no such identity.
    """
    found = identify(searcher, find_cluster(searcher, name))
    placed = choose_papers(found, identity)
    shown = list(list_shown(placed))
    shown.sort(key=lambda one: -(one.mention.paper.citations or 0))
    profile = describe_profile(searcher, [one.mention for one in shown])
    about = (
        {"identity": identity} if identity else _describe_cluster(searcher, leave_hidden_out(found))
    )
    return {
        "name": shorten_text(found.cluster.name, LONGEST_VALUE),
        **about,
        **_describe_profile(profile, bool(identity) or len(found.identities) <= 1),
        "total": len(shown),
        "hidden": len(placed) - len(shown),
        "hits": [_describe_paper(one, bool(identity)) for one in shown[slice(*window)]],
    }


def _describe_cluster(searcher: Searcher, found: Identities) -> dict[str, Any]:
    cluster, people = found.cluster, found.identities
    nearby = find_nearby_names(searcher, cluster)
    described = {
        "note": NOTE if len(people) + bool(found.possible) > 1 else "",
        "also_written": _list_spellings(cluster),
        "other_names_of_them": _shorten(one.name for one in nearby.others),
        "similar_names": _shorten(one.name for one in nearby.similar),
        "may_mean": _shorten(one.name for one in cluster.others),
        "identities": [_describe_identity(one) for one in people[:MOST_PEOPLE]],
        "identities_left_out": max(0, len(people) - MOST_PEOPLE),
        "papers_of_no_identity": len(found.possible),
    }
    return {name: value for name, value in described.items() if value}


def _list_spellings(cluster: NameCluster) -> list[str]:
    others = (one for one in cluster.variants if one.name != cluster.name)
    return _shorten(f"{one.name} ({one.papers})" for one in others)


def _describe_identity(identity: Identity) -> dict[str, Any]:
    mentions = [one.mention for one in identity.mentions]
    described = {
        "key": identity.key,
        "name": shorten_text(identity.name, LONGEST_VALUE),
        "papers": len(mentions),
        "years": "-".join(map(str, find_years(mentions) or ())),
        "institutions": _shorten(one.name for one in list_affiliations(mentions)[:2]),
        "how_sure": identity.level.label,
        "evidence": _shorten(identity.evidence[:MOST_EVIDENCE]),
    }
    return {name: value for name, value in described.items() if value}


def _describe_profile(profile: Profile, one_person: bool) -> dict[str, Any]:  # noqa: FBT001 - of a profile
    """Return what papers say; the h-index only if they may be of one person."""
    described = {
        "years": f"{profile.first_year}-{profile.last_year}" if profile.years else "",
        "institutions": _shorten(one.name for one in profile.affiliations),
        "topics": _shorten(f"{one.text} ({one.papers})" for one in profile.topics),
        "venues": _shorten(f"{one.value} ({one.papers})" for one in profile.venues),
        "coauthors": _shorten(f"{one.name} ({one.papers})" for one in profile.coauthors),
        "citations": profile.citations.total,
        "h_index_in_this_index": profile.citations.h_index if one_person else None,
    }
    return {name: value for name, value in described.items() if value not in ("", [], None)}


def _describe_paper(placed: PlacedMention, certain: bool) -> dict[str, Any]:  # noqa: FBT001 - of one kind of list
    """Return a paper; in the list of an identity, with how sure it is that it belongs there."""
    sure = {"confidence": round(placed.confidence, 2)} if certain else {}
    return describe_short(placed.mention.paper) | sure


def _shorten(texts: Iterable[str]) -> list[str]:
    return [shorten_text(text, LONGEST_VALUE) for text in list(texts)[:MOST_VALUES]]
