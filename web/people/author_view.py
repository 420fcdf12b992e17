"""Gather what the page of a name shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.answers.searcher import Searcher
from search.authors.identifiers import collect_identifiers
from search.authors.identities import Identities, Identity
from search.authors.mentions import Mention
from search.authors.placed_papers import POSSIBLE, choose_papers, leave_hidden_out, list_shown
from search.authors.profile import Profile, describe_profile
from search.authors.similar_names import NearbyNames, find_nearby_names
from search.budget.optional_steps import OptionalSteps
from search.graph.scope import Scope
from search.graph.slices import slice_person
from web.drawing.panel import Panel, draw_panel
from web.people.author_papers import PaperList, list_papers
from web.people.author_request import AuthorRequest
from web.people.identity_cards import IdentityCard, list_cards
from web.people.profile_panel import ProfilePanel, describe_sources, lay_out_profile

MOST_KEYS = 20
"""Spellings of a name that a search for its papers selects; chosen."""


@dataclass(frozen=True, slots=True)
class NamePapers:
    """The papers of a name or of one identity.

    Attributes:
        asked: What the address asks for, with the canonical name.
        found: The people of the name.
        listed: The same without hidden papers, unless these are asked for.
        identity: The identity that is shown alone, or None.
        papers: The papers that are listed.
        profile: What all papers say, whatever the filters are.
    """

    asked: AuthorRequest
    found: Identities
    listed: Identities
    identity: Identity | None
    papers: PaperList
    profile: Profile

    @property
    def is_possible(self) -> bool:
        """Return whether the papers that fit no identity are listed."""
        return self.asked.identity == POSSIBLE and self.identity is None

    @property
    def sole(self) -> Identity | None:
        """Return the identity that has all papers that can be listed, or None."""
        every = self.listed.identities
        return every[0] if len(every) == 1 and not self.listed.possible else None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the page of a name shows around its papers.

    Attributes:
        cards: The identities to choose from; none if there is no choice.
        panel: The profile as it is drawn.
        graph: The drawing of what surrounds the name; None if it takes too long.
        sources: How many identities the sources give to the name.
        nearby: Other names: of the same people, and such as are spelt alike.
        keys: The spellings that a search for these papers selects; none if that is not possible.
    """

    cards: tuple[IdentityCard, ...]
    panel: ProfilePanel
    graph: Panel | None
    sources: str
    nearby: NearbyNames
    keys: tuple[str, ...]


def gather_papers(searcher: Searcher, asked: AuthorRequest, found: Identities) -> NamePapers:
    """Gather the papers that an address asks for, and what they say.

    Args:
        searcher: The index.
        asked: The page, with the canonical name.
        found: The people of the name.

    Raises:
        IdentityMissing: The name has no such identity.
        PageInvalid: There are fewer pages.
    """
    identity = found.find(asked.identity)
    placed = choose_papers(found, asked.identity)
    mentions = [one.mention for one in (placed if asked.hidden else list_shown(placed))]
    papers = list_papers(asked, placed)
    listed = found if asked.hidden else leave_hidden_out(found)
    return NamePapers(asked, found, listed, identity, papers, describe_profile(searcher, mentions))


def gather_surroundings(searcher: Searcher, shown: NamePapers) -> Surroundings:
    """Gather what the page shows around the papers; the drawing only if it takes little time."""
    asked, found, listed = shown.asked, shown.found, shown.listed
    has_choice = not asked.identity and len(listed.identities) + bool(listed.possible) > 1
    return Surroundings(
        cards=list_cards(asked, listed) if has_choice else (),
        panel=lay_out_profile(asked, shown.profile),
        graph=OptionalSteps().attempt(lambda: _draw_graph(searcher, shown), None),
        sources=describe_sources(collect_identifiers(found.cluster.mentions)),
        nearby=find_nearby_names(searcher, found.cluster),
        keys=() if asked.identity else _list_keys(found.cluster.mentions),
    )


def _draw_graph(searcher: Searcher, shown: NamePapers) -> Panel | None:
    if shown.is_possible or not shown.profile.papers:
        return None
    scope = Scope(hidden=shown.asked.hidden)
    return draw_panel(slice_person(searcher, shown.found.cluster, scope, shown.identity))


def _list_keys(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the keys of a name, with the numbers of dblp; none if they are too many."""
    keys = tuple(dict.fromkeys(one.author.key for one in mentions if one.author.key))
    return keys if len(keys) <= MOST_KEYS else ()
