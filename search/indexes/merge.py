"""Merge the hits of several indexes into one list by their ranks.

Scores of different corpora cannot be compared: each depends on how rare the words are in its own
index. So the ranks are. A paper in several indexes is one hit, and its parts add up.

Source: Cormack, Clarke and Büttcher, Reciprocal Rank Fusion, SIGIR 2009.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.records import Paper
from index.text.analyser import tokenise
from index.works.features import collect_identifiers, make_signatures, normalise_title
from search.answers.results import Hit

DAMPING = 60
"""What is added to each rank. The source's value, which it found to be best on four sets of runs;
of hits in one index each, any value gives the same order."""


@dataclass(frozen=True, slots=True)
class Place:
    """A paper as one index has it.

    Attributes:
        index: The name of the index.
        hit: The hit; its rank is that in the index.
    """

    index: str
    hit: Hit


@dataclass(slots=True)
class MergedHit:
    """A paper that one or more indexes found.

    Attributes:
        places: Where it was found, the best rank first; of equal ranks, the index named first.
        score: The sum of the reciprocals of its ranks.
    """

    places: list[Place] = field(default_factory=list)
    score: float = 0.0

    @property
    def best(self) -> Place:
        """The place whose record is shown."""
        return self.places[0]

    def has(self, index: str) -> bool:
        """Return whether an index found the paper."""
        return any(place.index == index for place in self.places)


def merge_hits(found: Mapping[str, Sequence[Hit]]) -> list[MergedHit]:
    """Merge the hits of several indexes.

    Two hits of one index stay two, whatever they have in common: the index keeps them apart.

    Args:
        found: The hits by the name of the index, the best first.

    Returns:
        Each paper once, the best first; ties in the order of the indexes.
    """
    merged: list[MergedHit] = []
    known: dict[str, MergedHit] = {}
    for place in _interleave(found):
        keys = list(list_keys(place.hit.paper))
        same = (known[key] for key in keys if key in known and not known[key].has(place.index))
        one = next(same, None)
        if one is None:
            one = MergedHit()
            merged.append(one)
        one.places.append(place)
        one.score += 1 / (DAMPING + place.hit.rank)
        for key in keys:
            known.setdefault(key, one)
    return sorted(merged, key=lambda one: -one.score)


def list_keys(paper: Paper) -> Iterator[str]:
    """Yield what two records of a paper in different indexes have in common.

    That is a DOI or an arXiv id, or else the title, the year and an author.
    """
    yield from sorted(collect_identifiers(paper))
    title = normalise_title(tokenise(paper.title))
    if title:
        for author in sorted(make_signatures(paper.authors[:1])) or [""]:
            yield f"title:{title}|{paper.shown.year}|{author}"


def _interleave(found: Mapping[str, Sequence[Hit]]) -> Iterator[Place]:
    """Yield the first hits of all indexes, then the second ones, and so on."""
    depth = max(map(len, found.values()), default=0)
    for at in range(depth):
        yield from (Place(name, hits[at]) for name, hits in found.items() if at < len(hits))
