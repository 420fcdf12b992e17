"""Collect the institutions that papers name for an author, with the years of these papers."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from index.text.analyser import tokenise_name
from search.authors.mentions import Mention

_LINKING = frozenset("the of at in and for".split())
"""Words that spellings of one institution leave out or exchange."""

_UNKNOWN = frozenset(
    "unknown institution university affiliation affiliated unaffiliated not specified unspecified "
    "provided available name none n a independent researcher consultant scholar".split()
)
"""Words of what dumps write where they know no institution: `Institution Name Not Provided`.
Chosen from the institutions of 95,099 papers."""

_PARTS = frozenset("department departments division school faculty college".split())
_SUBJECTS = frozenset(
    "computer computing computation computational science sciences engineering information "
    "informatics technology electrical electronic electronics mechanical mathematics mathematical "
    "statistics statistical software automation artificial intelligence biomedical physics "
    "psychology systems applied".split()
)
"""Words of a part of an institution that many have: `School of Computer Science`. Chosen."""


@dataclass(frozen=True, slots=True)
class Affiliation:
    """An institution of an author.

    Attributes:
        name: The institution as most papers write it.
        papers: The number of papers that name it.
        first_year: The year of the earliest of them; None if no year is known.
        last_year: The year of the latest of them; None if no year is known.
    """

    name: str
    papers: int
    first_year: int | None
    last_year: int | None


@lru_cache(1 << 12)  # an entry takes about .2 kB; institutions recur
def key_institution(name: str) -> str:
    """Fold an institution, so that most spellings of it have one key; empty if none is named."""
    words = [word for word in tokenise_name(name) if word not in _LINKING]
    is_part = bool(words) and words[0] in _PARTS and _SUBJECTS.issuperset(words[1:])
    return "" if is_part or _UNKNOWN.issuperset(words) else " ".join(words)


def list_affiliations(mentions: Iterable[Mention]) -> tuple[Affiliation, ...]:
    """List the institutions of an author, the one of most papers first.

    Args:
        mentions: The papers of the author.
    """
    names: dict[str, Counter[str]] = defaultdict(Counter)
    years: dict[str, list[int]] = defaultdict(list)
    for mention in mentions:
        own = {key_institution(name): name for name in mention.author.affiliations}
        for key, name in own.items():
            if not key or key == mention.key:
                continue
            names[key][name] += 1
            if (year := mention.paper.shown.year) is not None:
                years[key].append(year)
    found = (
        Affiliation(
            choose_spelling(spellings),
            spellings.total(),
            min(years[key], default=None),
            max(years[key], default=None),
        )
        for key, spellings in names.items()
    )
    return tuple(sorted(found, key=lambda one: (-one.papers, -(one.last_year or 0), one.name)))


def choose_spelling(spellings: Counter[str]) -> str:
    """Return the most frequent spelling; ties break alphabetically."""
    return min(spellings, key=lambda one: (-spellings[one], one))
