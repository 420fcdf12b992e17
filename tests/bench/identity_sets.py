"""Collect names that several people have, with the truth, from an index of paperlists.

A profile of OpenReview is a person. No identifier at all is left in what is grouped: an ORCID iD or
a page of dblp comes from the same profile.
"""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256

from msgspec.structs import replace

from index.records import Author, Paper, decode_paper
from search.answers.searcher import Searcher
from search.authors.mentions import Mention
from search.planning.plan import Anything, Plan

AT_ONCE = 2_000
"""Papers read at a time."""

TRUTH = "openreview"
"""The scheme of the identifiers that are the truth."""

FOLDS = 5
"""Parts of the half to tune on; each is scored by a model of the others."""

SAMPLED = 64
"""Of 256 names that one person has, how many are learned from."""

FEWEST = 2
"""People of a name that are to be told apart, or labelled papers of the only one."""


@dataclass(frozen=True, slots=True)
class NameSet:
    """The mentions of one name.

    Attributes:
        key: The key of the name, without dblp's number.
        mentions: The mentions without identifiers.
        truth: The person of each mention; empty if unknown.
    """

    key: str
    mentions: tuple[Mention, ...]
    truth: tuple[str, ...]

    @property
    def is_shared(self) -> bool:
        """Return whether several people have the name."""
        return len({one for one in self.truth if one}) >= FEWEST

    @property
    def is_for_report(self) -> bool:
        """Return whether the name is in the half that nothing was tuned on."""
        return bool(_digest(self.key)[0] & 1)

    @property
    def fold(self) -> int:
        """Return the part of the half to tune on."""
        return _digest(self.key)[1] % FOLDS

    @property
    def is_sampled(self) -> bool:
        """Return whether the name of one person is among those that are learned from."""
        return _digest(self.key)[2] < SAMPLED


def _digest(key: str) -> bytes:
    return sha256(key.encode()).digest()


def collect_sets(searcher: Searcher) -> list[NameSet]:
    """Collect the names of several people, and those of one person with several labelled papers.

    Args:
        searcher: An index of paperlists.
    """
    found: dict[str, list[tuple[Mention, str]]] = defaultdict(list)
    for offset in range(0, searcher.manifest.papers, AT_ONCE):
        hits = searcher.engine.find(Plan(Anything()), None, offset, AT_ONCE).hits
        for paper in (decode_paper(record) for _, record in hits):
            bare = replace(paper, authors=tuple(map(_remove_ids, paper.authors)))
            for at, author in enumerate(paper.authors):
                mention = Mention(bare, at)
                found[mention.key].append((mention, author.ids.get(TRUTH, "")))
    sets = [_make_set(key, pairs) for key, pairs in sorted(found.items())]
    return [one for one in sets if sum(map(bool, one.truth)) >= FEWEST]


def _remove_ids(author: Author) -> Author:
    return replace(author, key=Mention(Paper("", "", authors=(author,)), 0).key, ids={})


def _make_set(key: str, pairs: list[tuple[Mention, str]]) -> NameSet:
    return NameSet(key, tuple(one for one, _ in pairs), tuple(truth for _, truth in pairs))
