"""Check a bibliography: what each entry means, what it lacks, and which entries are one work."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from search.answers.searcher import Searcher
from search.bibliography.entries import Entry, read_entries
from search.bibliography.findings import Finding, Kind, list_findings
from search.bibliography.matching import Match, find_match
from search.budget.errors import BudgetSpent

MAX_ENTRIES = 2_000
"""Entries of a bibliography that a server checks; chosen: few theses cite more."""


@dataclass(frozen=True, slots=True)
class CheckedEntry:
    """An entry with what was found.

    Attributes:
        entry: The entry.
        match: What was found for it.
        findings: What its work says that it does not.
        same_as: The keys of the other entries that mean the same work.
    """

    entry: Entry
    match: Match
    findings: tuple[Finding, ...]
    same_as: tuple[str, ...] = ()

    def has(self, kind: Kind) -> bool:
        """Return whether there is a finding of a kind."""
        return any(finding.kind is kind for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Report:
    """What was found out about a bibliography.

    Attributes:
        text: The bibliography.
        entries: Its entries in the order of the file, as far as they were checked.
        left_out: Entries that were not checked, for want of time or because there are too many.
        repeated_keys: Keys that several entries have.
    """

    text: str
    entries: tuple[CheckedEntry, ...]
    left_out: int
    repeated_keys: tuple[str, ...]

    @property
    def duplicates(self) -> tuple[tuple[str, ...], ...]:
        """Return the keys of entries that mean one work, each group once."""
        groups: dict[frozenset[str], tuple[str, ...]] = {}
        for one in self.entries:
            group = (one.entry.written.key, *one.same_as)
            if one.same_as:
                groups.setdefault(frozenset(group), group)
        return tuple(groups.values())

    def count(self, kind: Kind) -> int:
        """Count the entries with a finding of a kind."""
        return sum(one.has(kind) for one in self.entries)

    @property
    def found(self) -> int:
        """Return how many entries were found."""
        return sum(one.match.work is not None for one in self.entries)

    @property
    def has_findings(self) -> bool:
        """Return whether anything has to be looked at besides entries that were not found."""
        return bool(self.duplicates or any(one.findings for one in self.entries))


def check_bibliography(searcher: Searcher, text: str, limit: int = MAX_ENTRIES) -> Report:
    """Check a bibliography; if the time of a request runs out, the last entries are left out.

    Args:
        searcher: The index.
        text: The whole file.
        limit: The most entries to check.
    """
    entries, left_out = read_entries(text, limit)
    matches: list[Match] = []
    for entry in entries:
        try:
            matches.append(find_match(searcher, entry.paper) if entry.paper else Match())
        except BudgetSpent:
            break
    same = _group_by_work(entries, matches)
    checked = tuple(
        CheckedEntry(entry, match, list_findings(entry, match), same.get(at, ()))
        for at, (entry, match) in enumerate(zip(entries, matches, strict=False))
    )
    keys = Counter(entry.written.key for entry in entries if entry.written.key)
    repeated = tuple(key for key, count in keys.items() if count > 1)
    return Report(text, checked, left_out + len(entries) - len(matches), repeated)


def _group_by_work(entries: list[Entry], matches: list[Match]) -> dict[int, tuple[str, ...]]:
    """Return the keys of the other entries of the same work, by the place of an entry."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, match in enumerate(matches):
        if match.work:
            places[match.work.id].append(at)
    return {
        at: tuple(entries[other].written.key for other in group if other != at)
        for group in places.values() if len(group) > 1
        for at in group
    }  # fmt: skip
