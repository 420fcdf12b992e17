"""Rank what the papers around a node have in common: people, topics and institutions.

The rules, in which every tie breaks by key:

- People by the sum of 1 / (authors of the paper - 1) over the papers that they share with a person
  or an institution, so that a paper of a hundred authors makes nobody close; first the authors of
  a paper that is the centre, then those who wrote at least two papers around it.
- Topics by papers x log(papers of the index / papers of the topic), so that those come first that
  tell the papers apart from the rest of the index.
- Institutions by the papers whose authors name them; first those of the person or of the authors of
  the paper in the centre.

Source: M. E. J. Newman, Scientific collaboration networks II, Physical Review E 64 (2001), for
the weight of people.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import log

from index.names.parser import strip_homonym_number
from index.records import Author, Paper
from search.answers.searcher import Searcher
from search.graph.author_keys import reduce_key
from search.graph.elements import Node, NodeKind, Place
from search.graph.surroundings import Surroundings

MOST_AUTHORS = 100
"""Authors of a paper that are read. Chosen: of more, each counts for less than 1 % of a paper."""

LOOKED_UP = 24
"""Topics whose number of papers is looked up, the most frequent ones. Each takes .03 ms."""

SHARED = 2
"""Papers around a paper that someone wrote who is not its author, to be shown. Chosen: a single
related paper says nothing about its authors."""

Ranked = list[Node]


@dataclass(frozen=True)
class Candidates:
    """Everything that the papers around a node mention.

    Attributes:
        around: The papers around the node.
        searcher: The index, which tells rare topics from common ones.
    """

    around: Surroundings
    searcher: Searcher

    @property
    def centre(self) -> Place:
        """Return the node."""
        return self.around.centre.place

    @cached_property
    def authors(self) -> tuple[tuple[tuple[str, Author], ...], ...]:
        """Return the authors of each paper that are read, each with the key of its node."""
        return tuple(tuple(self._key_authors(paper)) for paper in self.around.papers)

    def _key_authors(self, paper: Paper) -> Iterator[tuple[str, Author]]:
        own = self.centre.key if self.centre.kind is NodeKind.PERSON else None
        for author in paper.authors[:MOST_AUTHORS]:
            key = reduce_key(author.key)
            if own and strip_homonym_number(author.key) in self.around.keys:
                key = own
            if key:
                yield key, author

    @cached_property
    def _people(self) -> tuple[dict[str, float], Counter[str], dict[str, Counter[str]]]:
        """Return the closeness, the papers and the names of everybody but the centre."""
        closeness: dict[str, float] = {}
        papers: Counter[str] = Counter()
        names: dict[str, Counter[str]] = {}
        person = self.centre.key if self.centre.kind is NodeKind.PERSON else None
        inside = self.centre.key if self.centre.kind is NodeKind.INSTITUTION else None
        for authors in self.authors:
            share = 1 / max(1, len(authors) - 1)
            for key, author in dict(authors).items():
                if key != person and (inside is None or inside in author.affiliations):
                    closeness[key] = closeness.get(key, 0) + share
                    papers[key] += 1
                    names.setdefault(key, Counter())[author.name] += 1
        return closeness, papers, names

    def rank_people(self) -> Ranked:
        """Return the people around the node, the closest first."""
        closeness, papers, names = self._people
        first: dict[str, int] = {}
        kept = list(closeness)
        if self.centre.kind is NodeKind.PAPER:
            first = _rank_positions([key for key, _ in self.authors[0]])
            kept = [key for key in closeness if key in first or papers[key] >= SHARED]
        kept.sort(key=lambda key: (first.get(key, MOST_AUTHORS), -closeness[key], key))
        return [
            Node(Place(NodeKind.PERSON, key), _choose_name(names[key]), papers[key]) for key in kept
        ]

    def rank_topics(self) -> Ranked:
        """Return the topics of the papers, the most telling first."""
        counts = Counter(topic for paper in self.around.papers for topic in set(paper.topics))
        counts.pop(self.centre.key if self.centre.kind is NodeKind.TOPIC else "", None)
        frequent = sorted(counts, key=lambda topic: (-counts[topic], topic))
        size, engine = self.searcher.manifest.papers, self.searcher.engine
        scores = {
            topic: counts[topic] * log((size + 1) / max(1, engine.count_documents("topic", topic)))
            for topic in frequent[:LOOKED_UP]
        }
        ranked = sorted(scores, key=lambda topic: (-scores[topic], topic))
        return [
            Node(Place(NodeKind.TOPIC, topic), topic, counts[topic])
            for topic in (*ranked, *frequent[LOOKED_UP:])
        ]

    def rank_institutions(self) -> Ranked:
        """Return the institutions of the authors, those of the centre first."""
        own: Counter[str] = Counter()
        every: Counter[str] = Counter()
        person = self.centre.key if self.centre.kind is NodeKind.PERSON else None
        for number, authors in enumerate(self.authors):
            every.update({name for _, author in authors for name in author.affiliations})
            whole = self.centre.kind is NodeKind.PAPER and not number
            mine = (author for key, author in authors if whole or key == person)
            own.update({name for author in mine for name in author.affiliations})
        every.pop(self.centre.key if self.centre.kind is NodeKind.INSTITUTION else "", None)
        kept = [name for name in every if own[name] or every[name] >= SHARED]
        kept.sort(key=lambda name: (-own[name], -every[name], name))
        return [Node(Place(NodeKind.INSTITUTION, name), name, every[name]) for name in kept]


def _choose_name(names: Counter[str]) -> str:
    """Return the name that most papers write."""
    return min(names, key=lambda name: (-names[name], name))


def _rank_positions(keys: list[str]) -> dict[str, int]:
    """Rank the authors of a paper: the first, the last, then the others in their order."""
    ends = (*keys[:1], *keys[-1:])
    return {key: rank for rank, key in enumerate(dict.fromkeys((*ends, *keys)))}
