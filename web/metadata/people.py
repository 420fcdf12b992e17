"""Describe the page of a name or of one person as JSON-LD, and for previews of its link.

A page of papers that only a name puts together is described as a collection, not as a person.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from index.normalise.identifiers import build_address
from search.authors.evidence import EvidenceLevel
from search.authors.identifiers import collect_identifiers
from search.authors.identities import Identity
from search.authors.mentions import Mention
from search.authors.profile import Profile
from web.metadata.bounds import LONGEST
from web.metadata.preview import LONGEST_DESCRIPTION
from web.metadata.structured import drop_empty
from web.wording import format_count, shorten_text

MOST_VALUES = 5
"""Institutions, spellings of the name, and addresses of each scheme; chosen."""

_PROFILES = {
    "openreview": "https://openreview.net/profile?id={}",
    "s2": "https://www.semanticscholar.org/author/{}",
    "openalex": "https://openalex.org/{}",
}
"""Where sources have the page of a person, besides that of the ORCID iD."""


def list_person_addresses(mentions: Iterable[Mention]) -> list[str]:
    """List the pages that sources have of the author of some papers.

    Args:
        mentions: The papers of one person.
    """
    found: Mapping[str, tuple[str, ...]] = collect_identifiers(mentions)
    orcids = [build_address("orcid", value) for value in found.get("orcid", ())[:MOST_VALUES]]
    others = (
        address.format(quote(value, safe="~"))
        for scheme, address in _PROFILES.items()
        for value in found.get(scheme, ())[:MOST_VALUES]
    )
    return [*filter(None, orcids), *others]


def describe_name_page(
    name: str, profile: Profile, identity: Identity | None, address: str
) -> dict[str, Any]:
    """Describe the page of a name, or of a person whom a source or the maintainer knows.

    Args:
        name: The name of the page.
        profile: What the papers of the page say.
        identity: The person whose papers these are, or None.
        address: The absolute address of the page.
    """
    page = {"@context": "https://schema.org", "@id": address, "url": address}
    if identity is None or identity.level is EvidenceLevel.NAME_ONLY:
        kind = {"@type": "CollectionPage", "name": f"Papers of the name {name[:LONGEST]}"}
        return drop_empty({**page, **kind})
    mentions = [one.mention for one in identity.mentions]
    spellings = dict.fromkeys(one.name for one in mentions if one.name != identity.name)
    person = {
        "@type": "Person",
        "name": identity.name[:LONGEST],
        "alternateName": list(spellings)[:MOST_VALUES],
        "affiliation": [
            {"@type": "Organization", "name": one.name[:LONGEST]}
            for one in profile.affiliations[:MOST_VALUES]
        ],
        "sameAs": list_person_addresses(mentions),
    }
    kind = {"@type": "ProfilePage", "name": identity.name[:LONGEST]}
    return drop_empty({**page, **kind, "mainEntity": drop_empty(person)})


def summarise_name_page(name: str, profile: Profile) -> str:
    """Return what a page of a name has in one line: how many papers, when and where."""
    years = (profile.first_year, profile.last_year)
    when = "\N{EN DASH}".join(str(year) for year in dict.fromkeys(years) if year is not None)
    parts = (f"{format_count(profile.papers, 'paper')} by {name}", when)
    venues = ", ".join(one.value for one in profile.venues[:3])
    said = ", ".join(filter(None, parts)) + (f": {venues}" if venues else "") + "."
    return shorten_text(said, LONGEST_DESCRIPTION)


def list_name_preview_tags(name: str, profile: Profile, address: str) -> list[tuple[str, str]]:
    """List the properties and contents of the OpenGraph tags of the page of a name.

    Args:
        name: The name of the page.
        profile: What the papers of the page say.
        address: The absolute address of the page.
    """
    return [
        ("og:type", "profile"),
        ("og:title", shorten_text(name, LONGEST_DESCRIPTION)),
        ("og:description", summarise_name_page(name, profile)),
        ("og:url", address),
        ("og:site_name", "Papersearch"),
    ]
