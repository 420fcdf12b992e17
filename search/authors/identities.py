"""Group the papers of a name by the evidence that one person wrote them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.people.curation import PAPER, Person
from search.answers.searcher import Searcher
from search.authors.comparisons import Comparisons, compare_mentions
from search.authors.curated_groups import Placement, place_mentions
from search.authors.evidence import EvidenceLevel, choose_level
from search.authors.features import MOST_AUTHORS
from search.authors.grouping import group_mentions
from search.authors.mentions import Mention
from search.authors.name_cluster import NameCluster
from search.authors.pair_model import compute_probability, read_model
from search.authors.person_ids import SCHEMES, choose_key, read_person_ids
from search.authors.reasons import GroupReasons, Ids

ID_CONFIDENCE = 0.99
"""Confidence of a paper with an identifier. Of 3,556 OpenReview profiles with an ORCID iD at 95,099
papers, 13 have two, which cannot both be right. Nothing else makes a paper more certain."""

NAME_ONLY = "nothing but the name"
MANY_AUTHORS = "a paper of so many authors that they tell little about one of them"


@dataclass(frozen=True, slots=True)
class PlacedMention:
    """A paper of an identity.

    Attributes:
        mention: The author of the paper.
        confidence: How sure it is that the paper belongs to the identity, from 0 to 1.
        reasons: Why, in words.
        nearest: For a paper that fits no identity, the key of the one that it fits best; empty if
            it shares nothing with any.
    """

    mention: Mention
    confidence: float
    reasons: tuple[str, ...]
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """The papers of a name that evidence puts together.

    Attributes:
        key: A lasting name: the identifier of the person with its scheme, such as
            ``orcid:0000-0002-1825-0097``, else ``paper:`` and the least id of its papers.
        name: The name as most of its papers write it.
        mentions: Its papers, the newest first.
        evidence: What puts them together, in words.
        level: How sure that is.
    """

    key: str
    name: str
    mentions: tuple[PlacedMention, ...]
    evidence: tuple[str, ...]
    level: EvidenceLevel


@dataclass(frozen=True, slots=True)
class Identities:
    """The people of a name.

    Attributes:
        cluster: The papers of the name.
        identities: The identities, the one with the most papers first.
        possible: The papers that fit none of them; the confidence is for the nearest.
    """

    cluster: NameCluster
    identities: tuple[Identity, ...]
    possible: tuple[PlacedMention, ...]

    def find(self, key: str) -> Identity | None:
        """Return the identity of a key, or None.

        A key that was given by an earlier generation or before a curation means the identity that
        has most of the papers with its identifier, so that addresses last.
        """
        exact = next((one for one in self.identities if one.key == key), None)
        if exact is not None:
            return exact
        scheme, _, value = key.partition(":")
        shares = {
            one.key: sum(_has_id(placed.mention, scheme, value) for placed in one.mentions)
            for one in self.identities
        }
        best = max(self.identities, key=lambda one: shares[one.key], default=None)
        return best if best is not None and shares[best.key] else None


def _has_id(mention: Mention, scheme: str, value: str) -> bool:
    if scheme == PAPER:
        return mention.paper.id == value
    return read_person_ids(mention).get(scheme) == value


def identify(searcher: Searcher, cluster: NameCluster) -> Identities:
    """Group the papers of a name by the evidence that one person wrote them.

    Nothing but the papers of the index and the word of its maintainer matters: the same papers in
    another order are grouped the same way.

    Args:
        searcher: The index.
        cluster: The papers of the name.
    """
    papers = searcher.manifest.papers
    found = compare_mentions(searcher.engine, papers, cluster.name, cluster.mentions)
    ids = [read_person_ids(mention) for mention in found.mentions]
    placements = place_mentions(searcher.people.curation, found.mentions)
    return _Describer(cluster, found, ids, placements).describe()


class _Describer:
    """Describes the groups of the papers of one name."""

    def __init__(
        self,
        cluster: NameCluster,
        found: Comparisons,
        ids: Ids,
        placements: Sequence[Placement],
    ) -> None:
        self._cluster, self._found, self._ids, self._placements = cluster, found, ids, placements
        self._grouper = group_mentions(found, ids, placements)
        self._ranks = {one.paper.id: rank for rank, one in enumerate(cluster.mentions)}

    def describe(self) -> Identities:
        """Return the identities, and the papers that fit none of them.

        A paper that nothing but the name puts with another is no identity, unless a source or the
        maintainer identifies its author, or it is the only one.
        """
        groups = self._grouper.groups
        alone = {
            group
            for group, members in groups.items()
            if len(groups) > 1 and len(members) == 1 and not self._is_identified(members[0])
        }
        kept = sorted(groups.keys() - alone, key=lambda one: (-len(groups[one]), one))
        reasons = {one: GroupReasons(self._found, self._ids, groups[one]) for one in kept}
        keys = self._choose_keys(kept)
        identities = (self._describe_group(one, keys[one], reasons[one]) for one in kept)
        possible = (self._describe_possible(one, keys, reasons) for one in alone)
        return Identities(
            self._cluster,
            tuple(sorted(identities, key=lambda one: (-len(one.mentions), one.key))),
            tuple(sorted(possible, key=self._rank)),
        )

    def _is_identified(self, at: int) -> bool:
        return bool(self._ids[at] or self._placements[at].person)

    def _rank(self, placed: PlacedMention) -> int:
        return self._ranks[placed.mention.paper.id]

    def _choose_keys(self, groups: Sequence[int]) -> dict[int, str]:
        """Return the key of each group; no two share one, whatever the maintainer says."""
        keys: dict[int, str] = {}
        for group in groups:
            members = self._grouper.groups[group]
            papers = {self._found.mentions[at].paper.id for at in members}
            person = self._find_person(members)
            wanted = [person.key] if person else []
            wanted.append(choose_key([self._ids[at] for at in members], papers))
            wanted += (f"{PAPER}:{paper}" for paper in sorted(papers))
            keys[group] = next(one for one in wanted if one and one not in keys.values())
        return keys

    def _find_person(self, members: Sequence[int]) -> Person | None:
        people = (self._placements[at].person for at in members)
        return next((person for person in people if person), None)

    def _describe_group(self, group: int, key: str, reasons: GroupReasons) -> Identity:
        members = self._grouper.groups[group]
        person = self._find_person(members)
        placed = (self._place(at, members, reasons) for at in members)
        names = Counter(self._found.mentions[at].name for at in members)
        name = person.name if person else min(names, key=lambda one: (-names[one], one))
        curated = ("the maintainer of this index has checked it",) if person else ()
        return Identity(
            key,
            name,
            tuple(sorted(placed, key=self._rank)),
            (*curated, *reasons.describe_group(), *(() if person else reasons.list_doubts())),
            choose_level(
                [self._ids[at] for at in members],
                [self._found.mentions[at].paper.sources for at in members],
                curated=person is not None,
            ),
        )

    def _place(self, at: int, members: Sequence[int], reasons: GroupReasons) -> PlacedMention:
        """Describe one paper of an identity."""
        words = reasons.explain_member(at)
        mention = self._found.mentions[at]
        if said := self._placements[at].reason:
            return PlacedMention(mention, 1.0, (said, *words))
        if self._ids[at]:
            return PlacedMention(mention, ID_CONFIDENCE, words or (self._name_ids(at),))
        if len(members) == 1:
            return PlacedMention(mention, 1.0, ("the only paper of this name",))
        score = max(self._grouper.rate(at), read_model().threshold)  # from which it was joined
        confidence = min(compute_probability(score), ID_CONFIDENCE)
        return PlacedMention(mention, confidence, words or _excuse(mention))

    def _name_ids(self, at: int) -> str:
        return (
            f"{next(SCHEMES[one] for one in SCHEMES if one in self._ids[at])} on this paper alone"
        )

    def _describe_possible(
        self, group: int, keys: Mapping[int, str], reasons: Mapping[int, GroupReasons]
    ) -> PlacedMention:
        """Describe a paper that fits no identity, and name the one that it fits best."""
        at = self._grouper.groups[group][0]
        nearest, score = self._grouper.find_nearest(group, keys)
        words = reasons[nearest].explain_possible(at) if nearest is not None else ()
        key = keys[nearest] if nearest is not None else ""
        mention = self._found.mentions[at]
        return PlacedMention(mention, compute_probability(score), words or _excuse(mention), key)


def _excuse(mention: Mention) -> tuple[str, ...]:
    """Return why a paper shares nothing with others."""
    return (NAME_ONLY if len(mention.paper.authors) <= MOST_AUTHORS else MANY_AUTHORS,)
