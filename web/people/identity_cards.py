"""Describe the identities of a name in a few lines each, so that a reader can tell them apart."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from search.authors.affiliations import list_affiliations
from search.authors.coauthors import list_coauthors
from search.authors.identities import Identities, Identity
from search.authors.mentions import Mention, find_years
from web.people.author_request import AuthorRequest

AT_ONCE = 6
"""Identities that are shown at once; the others open with a click. Chosen: a screen."""

MOST_CARDS = 300
"""Identities of a name that are listed, those with the most papers. Chosen: the most frequent names
of 95,099 papers have about 200."""

NAMED = 3
"""Institutions, venues and co-authors that a card names; chosen."""


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """What tells one identity of a name from the others.

    Attributes:
        identity: The identity.
        address: The address of its own page.
        papers: The number of its papers that the page lists.
        years: The years of its papers, ``2015-2023``; empty if none is known.
        affiliations: Where most of its papers were written.
        venues: Where most of its papers appeared.
        coauthors: With whom most of its papers were written.
    """

    identity: Identity
    address: str
    papers: int
    years: str
    affiliations: tuple[str, ...]
    venues: tuple[str, ...]
    coauthors: tuple[str, ...]

    @property
    def title(self) -> str:
        """Return what the identity is called beside others of its name."""
        return ", ".join((self.identity.name, *self.affiliations[:1]))


def list_cards(asked: AuthorRequest, found: Identities) -> tuple[IdentityCard, ...]:
    """Describe the identities of a name, those with the most papers first.

    Args:
        asked: The page that lists them.
        found: The identities of the name, with the papers that the page lists.
    """
    return tuple(_describe(asked, one) for one in found.identities[:MOST_CARDS])


def _describe(asked: AuthorRequest, identity: Identity) -> IdentityCard:
    mentions = [one.mention for one in identity.mentions]
    return IdentityCard(
        identity,
        AuthorRequest(asked.name, identity.key, hidden=asked.hidden).find_path(),
        len(mentions),
        describe_years(mentions),
        tuple(one.name for one in list_affiliations(mentions)[:NAMED]),
        _list_venues(mentions),
        tuple(one.name for one in list_coauthors(mentions, NAMED)),
    )


def describe_years(mentions: Iterable[Mention]) -> str:
    """Return the first and the last year of some papers; empty if none is known."""
    years = find_years(mentions) or ()
    return "\N{EN DASH}".join(map(str, dict.fromkeys(years)))


def _list_venues(mentions: Iterable[Mention]) -> tuple[str, ...]:
    counts = Counter(venue for one in mentions if (venue := one.paper.shown.venue))
    return tuple(sorted(counts, key=lambda venue: (-counts[venue], venue))[:NAMED])
