"""Say in words what puts a paper with others, and what holds an identity together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from search.authors.comparisons import Comparisons
from search.authors.person_ids import SCHEMES

MOST_NAMED = 3
"""Co-authors or institutions that are named; the others are counted. Chosen."""

Ids = Sequence[Mapping[str, str]]
"""The identifiers of each mention by scheme."""


class GroupReasons:
    """What the mentions of one group share."""

    def __init__(self, found: Comparisons, ids: Ids, members: Sequence[int]) -> None:
        """Count what the mentions share.

        Args:
            found: The mentions of the name.
            ids: Their identifiers.
            members: The places of the mentions of the group.
        """
        self._found, self._ids, self._members = found, ids, members
        traits = [found.traits[at] for at in members]
        self._coauthors = Counter(key for one in traits for key in one.coauthors)
        self._institutions = Counter(key for one in traits for key in one.institutions)
        self._values = Counter(pair for at in members for pair in ids[at].items())
        self._near = Counter(key for one in traits for key in one.paper_institutions)
        self._venues = Counter(one.venue for one in traits if one.venue)
        self._names = {key: name for one in traits for key, name in one.coauthors.items()}
        self._places = {key: name for one in traits for key, name in one.institutions.items()}

    def explain_member(self, at: int) -> tuple[str, ...]:
        """Return why a mention is in the group, the strongest reason first."""
        one = self._found.traits[at]
        alike = {one: self._values[one, value] - 1 for one, value in self._ids[at].items()}
        reasons = [
            f"same {label} as {_count(alike[scheme], 'other paper')}"
            for scheme, label in SCHEMES.items()
            if alike.get(scheme)
        ]
        if shared := _pick_shared(one.coauthors, self._coauthors):
            count = "shared co-author" if len(shared) == 1 else f"{len(shared):,} shared co-authors"
            reasons.append(f"{count}: {self._name(shared)}")
        if places := _pick_shared(one.institutions, self._institutions):
            named = [self._places[key] for key in places[:MOST_NAMED]]
            reasons.append(f"same institution: {_join(named)}")
        if not (shared or places):
            reasons += self._explain_indirectly(at, 1)
        return tuple(reasons)

    def explain_possible(self, at: int) -> tuple[str, ...]:
        """Return what a mention outside the group shares with it."""
        return tuple(self._explain_indirectly(at, 0))

    def describe_group(self) -> tuple[str, ...]:
        """Return what holds the group together, the strongest evidence first."""
        papers = len(self._members)
        evidence = [
            f"{label}{_show_value(scheme, values)} on {_count_of(count, papers)}"
            for scheme, label in SCHEMES.items()
            if (count := sum(scheme in self._ids[at] for at in self._members))
            for values in [sorted(value for other, value in self._values if other == scheme)]
        ]
        if papers == 1:
            return tuple(evidence)
        for what, names, counts in (
            ("co-authors", self._names, self._coauthors),
            ("institutions", self._places, self._institutions),
        ):
            if shared := _pick_shared(counts, counts):
                listed = [f"{names[key]} ({counts[key]})" for key in shared[:MOST_NAMED]]
                more = len(shared) - len(listed)
                evidence.append(f"shared {what}: {_join([*listed, *_more(more)])}")
        return tuple(evidence)

    def list_doubts(self) -> tuple[str, ...]:
        """Return what speaks against the group: papers that only an identifier puts with others.

        Single papers on something else are common, so that only several count.
        """
        if not self._values:
            return ()
        links: dict[int, set[str]] = {
            at: {*self._found.traits[at].coauthors, *self._found.traits[at].paper_institutions}
            for at in self._members
        }
        if _count_apart(links):
            for (one, other), shared in self._found.pairs.items():
                if shared.joint and one in links and other in links:
                    links[one].add(f"{one} {other}")
                    links[other].add(f"{one} {other}")
        apart = _count_apart(links)
        words = f"{apart:,} of {len(links):,} papers share nothing else with the others"
        return (f"{words}; only an identifier joins them",) if apart else ()

    def _explain_indirectly(self, at: int, own: int) -> list[str]:
        """Return weaker reasons: colleagues of a co-author, an institution of one.

        Args:
            at: The place of a mention.
            own: 1 if it is in the group and was counted itself, else 0.
        """
        pairs, one = self._found.pairs, self._found.traits[at]
        near = (pairs.get((min(at, other), max(at, other))) for other in self._members)
        reasons = []
        if any(shared is not None and shared.joint for shared in near):
            reasons.append("co-authors who wrote together elsewhere")
        if any(self._near[key] > own for key in one.paper_institutions):
            reasons.append("an institution of the co-authors in common")
        if reasons and self._venues[one.venue] > own:
            reasons.append(f"same venue: {one.venue}")
        return reasons

    def _name(self, keys: Sequence[str]) -> str:
        return _join(
            [*(self._names[key] for key in keys[:MOST_NAMED]), *_more(len(keys) - MOST_NAMED)]
        )


def _count_apart(links: Mapping[int, set[str]]) -> int:
    """Count the papers in connected sets of two or more, without the largest set."""
    sets: list[tuple[int, set[str]]] = []
    for keys in links.values():
        joined = [one for one in sets if not keys.isdisjoint(one[1])]
        sets = [one for one in sets if keys.isdisjoint(one[1])]
        papers = 1 + sum(papers for papers, _ in joined)
        sets.append((papers, keys.union(*(others for _, others in joined))))
    sizes = [papers for papers, _ in sets if papers > 1]
    return sum(sizes) - max(sizes, default=0)


def _pick_shared(keys: Iterable[str], counts: Counter[str]) -> list[str]:
    """Return the keys that several mentions have, the most frequent first."""
    return sorted((key for key in keys if counts[key] > 1), key=lambda key: (-counts[key], key))


def _show_value(scheme: str, values: Sequence[str]) -> str:
    """Return the identifiers to show; those of dblp are numbers that tell a reader nothing."""
    return "" if scheme.startswith("dblp") else f" {_join(list(values))}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _count_of(number: int, papers: int) -> str:
    if number == papers:
        return "the paper" if papers == 1 else f"all {papers:,} papers"
    return f"{number:,} of {papers:,} papers"


def _more(number: int) -> list[str]:
    return [f"{number:,} more"] if number > 0 else []


def _join(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
