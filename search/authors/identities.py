"""Group the papers of a name by the evidence that one person wrote them."""

from collections import defaultdict
from dataclasses import dataclass

from index.names.parser import strip_homonym_number
from search.answers.searcher import Searcher
from search.authors.evidence import EvidenceLevel
from search.authors.mentions import Mention
from search.authors.name_cluster import NameCluster

SCHEMES = ("orcid", "openreview", "s2", "openalex", "dblp")
"""The identifiers of people that sources give, the one that names an identity first."""


@dataclass(frozen=True, slots=True)
class PlacedMention:
    """A paper of an identity.

    Attributes:
        mention: The author of the paper.
        confidence: How sure it is that the paper belongs to the identity, from 0 to 1.
        reasons: Why, in words.
    """

    mention: Mention
    confidence: float
    reasons: tuple[str, ...]


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
        possible: The papers that fit none of them.
    """

    cluster: NameCluster
    identities: tuple[Identity, ...]
    possible: tuple[PlacedMention, ...]

    def find(self, key: str) -> Identity | None:
        """Return the identity of a key, or None."""
        return next((one for one in self.identities if one.key == key), None)


def identify(searcher: Searcher, cluster: NameCluster) -> Identities:  # noqa: ARG001 - for rarity
    """Group the papers of a name by the evidence that one person wrote them.

    Args:
        searcher: The index.
        cluster: The papers of the name.
    """
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in cluster.mentions:
        groups[_read_key(mention)].append(mention)
    alone = groups.pop("", [])
    identities = [_describe(key, mentions) for key, mentions in groups.items()]
    identities.sort(key=lambda one: (-len(one.mentions), one.key))
    possible = tuple(PlacedMention(one, 0.5, ("same name",)) for one in alone)
    return Identities(cluster, tuple(identities), possible)


def _read_key(mention: Mention) -> str:
    """Return the first identifier of an author that a source gives; empty if there is none."""
    author = mention.author
    if author.key != strip_homonym_number(author.key):
        return f"dblp:{author.key}"
    return next((f"{one}:{author.ids[one]}" for one in SCHEMES if one in author.ids), "")


def _describe(key: str, mentions: list[Mention]) -> Identity:
    placed = tuple(PlacedMention(one, 1.0, ("same identifier",)) for one in mentions)
    names = [one.name for one in mentions]
    name = min(names, key=lambda one: (-names.count(one), one))
    return Identity(
        key, name, placed, (f"same {key.partition(':')[0]} id",), EvidenceLevel.ONE_SOURCE
    )
