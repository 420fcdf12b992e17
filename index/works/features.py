"""Extract the features of a paper that decide whether another record is the same work."""

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise

from index.normalise.dois import ARXIV_DOI, is_cut
from index.normalise.identifier_search import find_arxiv_id
from index.records import Author, Paper
from index.text.analyser import tokenise
from index.text.folding import fold
from index.text.memo import Memo
from index.works.doi_families import is_deposit, strip_version
from index.works.places import Place, list_places
from index.works.stages import TURNED_DOWN, Stage, find_stage

WORD = 4
"""Least length of an abstract's word in characters; shorter ones are mostly function words."""

FEW_WORDS = 10
"""An abstract of fewer distinct words ("No abstract available") is ignored."""

_CACHED = 1 << 16
"""Size of the cache for the signatures of names, which recur within a dump."""

_ISBN = "/97"
"""In every DOI that `_VOLUME` matches; checked first, since few DOIs contain it."""

_VOLUME = re.compile(r".*/97[89][-\d]{10,14}")
"""The DOI of a whole book, which ends in its ISBN; it does not identify a paper in the book."""

_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
BARE = re.compile(
    r"\d+|ii|iii|iv|vi|vii|viii|ix|xi|xii"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|single|multi|multiple|dual"
)
"""Numbers, Roman numerals from II on, and words for quantities."""

_RANKS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth january february april june "
    "july august september october november december spring summer autumn winter north south east "
    "west northern southern eastern western".split()
)
"""Words that tell the members of a series apart if each title has another one."""

SERIES_PARTS = frozenset("annex appendix chapter paper part phase section series volume".split())
"""A single letter after one of these words is a number: ``Part B``."""

_KIND = re.compile(
    r" (?:(?:extended|student|short|full) (?:abstract|paper|version)|poster abstract"
    r"|video (?:contribution|abstract))$"
)
"""An ending of a title that describes the publication, not the work."""

_KIND_ENDS = ("abstract", "paper", "version", "contribution")
"""The last words of `_KIND`; checked first, since the pattern would try every space."""


class Features:
    """The features of a paper by which works are recognised; costly ones are computed on demand."""

    def __init__(self, paper: Paper) -> None:
        """Extract the features that every comparison needs.

        Args:
            paper: A normalised paper, or a work that was merged already.
        """
        self._paper = paper
        self.id = paper.id
        self.text = paper.abstract
        self.title = normalise_title(tokenise(paper.title))
        self.words = self.title.split()
        self.names = make_signatures(paper.authors)
        self.identifiers = collect_identifiers(paper)
        self.arxiv = {name for name in self.identifiers if name.startswith("arxiv:")}

    @cached_property
    def dois(self) -> set[str]:
        """Return the DOIs by which it was registered, without their versions; arXiv's left out."""
        return {
            strip_version(name.removeprefix("doi:"))
            for name in self.identifiers
            if name.startswith("doi:")
        }

    @cached_property
    def publisher_dois(self) -> set[str]:
        """Return those DOIs that no repository has registered."""
        return {doi for doi in self.dois if not is_deposit(doi)}

    @cached_property
    def stage(self) -> Stage:
        """Return the most final stage that the record has reached."""
        if self._paper.status in TURNED_DOWN:
            return Stage.SUBMITTED
        stage = min(map(find_stage, self._paper.appearances), default=Stage.UNKNOWN)
        registered = stage is Stage.UNKNOWN and self.publisher_dois
        return Stage.PUBLISHED if registered else stage

    @cached_property
    def types(self) -> set[str]:
        """Return the types of all appearances."""
        return {show.type for show in self._paper.appearances if show.type}

    @cached_property
    def venues(self) -> set[str]:
        """Return the names of all venues that are known."""
        return {show.venue for show in self._paper.appearances if show.venue}

    @cached_property
    def journals(self) -> set[str]:
        """Return the names of the venues that are journals."""
        shows = self._paper.appearances
        return {show.venue for show in shows if show.venue and show.venue_kind == "journal"}

    @cached_property
    def places(self) -> list[Place]:
        """Return the volumes, issues and pages in which the record was published."""
        turned_down = self._paper.status in TURNED_DOWN
        return [] if turned_down else list_places(self._paper.appearances)

    @cached_property
    def years(self) -> set[int]:
        """Return the years of all appearances."""
        return {show.year for show in self._paper.appearances if show.year is not None}

    @cached_property
    def abstract(self) -> frozenset[str]:
        """Return the distinct words of the abstract; for scripts like Chinese, pairs of tokens."""
        found = tokenise(self.text)
        words = frozenset([word for word in set(found) if len(word) >= WORD])
        if len(words) < FEW_WORDS:
            words = frozenset(map("".join, pairwise(found)))
        return words if len(words) >= FEW_WORDS else frozenset()

    @cached_property
    def numbers(self) -> Counter[str]:
        """Return the words of the title that are numbers or ranks, or contain a digit."""
        found = Counter([word for word in self.words if _is_number(word)])
        found.update(
            f"{part} {letter}"
            for part, letter in pairwise(self.words)
            if len(letter) == 1 and letter.isalpha() and part in SERIES_PARTS
        )
        return found


def _is_number(word: str) -> bool:
    return word in _RANKS or bool(BARE.fullmatch(word)) or any(map(str.isdigit, word))


def normalise_title(words: list[str]) -> str:
    """Return a title in the form that is compared, without an ending such as "extended abstract".

    Args:
        words: As `tokenise` gives them.
    """
    title = " ".join(words)
    return _KIND.sub("", title) if title.endswith(_KIND_ENDS) else title


def collect_identifiers(paper: Paper) -> set[str]:
    """Return a paper's DOIs and arXiv ids: ``doi:10.1/x``; an arXiv DOI becomes an arXiv id."""
    found = set()
    for scheme, value in paper.ids.items():
        kind = scheme.partition(" ")[0]
        if kind not in {"doi", "arxiv"}:
            continue
        if kind == "doi" and value.startswith(ARXIV_DOI) and (preprint := find_arxiv_id(value)):
            found.add(f"arxiv:{preprint}")
        elif not (_ISBN in value and _VOLUME.fullmatch(value)) and not is_cut(value):
            found.add(f"{kind}:{value}")
    return found


def make_signatures(authors: tuple[Author, ...]) -> dict[str, tuple[str, ...]]:
    """Return first names by family name and initial, so that ``A. Kumar`` matches as well.

    Returns:
        ``{"kumar a": ("aviral",)}``; several first names if authors share the initial.
    """
    found: dict[str, tuple[str, ...]] = {}
    for author in authors:
        name, first = _SIGNATURES[author.key or author.name]
        if name:
            found[name] = (*found[name], first) if name in found else (first,)
    return found


def make_signature(name: str) -> tuple[str, str]:
    """Return the family name with the first initial, and the first name; empty without letters."""
    words = [word for word in fold(name).split() if not word.isdecimal()]
    if len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return (f"{words[-1]} {words[0][0]}", words[0]) if words else ("", "")


_SIGNATURES = Memo(make_signature, _CACHED)
