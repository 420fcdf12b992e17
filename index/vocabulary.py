"""Answers: which words does a generation know, so that a misspelt one can be told from them?

The file ``words`` holds one group of words a line: ``text`` or ``name``, the length, the first
(``al*``) or the last letters (``*on``), a tab, and the words. Every word stands in two groups. Who
looks for words like a misspelt one needs few of them, so the rest is never cut into words.
"""

from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from itertools import filterfalse
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from index.entries import Entry

WORDS = "words"
"""The file's name in a generation's folder."""

SEEN = "words-seen"
"""The name of the file that an update goes on from. Four lines: how many papers were read, the
words of names, of two papers or more, and of one."""

SHORTEST = 3
"""Letters; shorter words have too many neighbours to be told apart."""

LONGEST = 40
"""Letters; what is longer is no word."""

FEW = 20_000
"""Words of texts; if there are more, those of a single paper are left out: more than half, and
mostly misspelt themselves. Source: at 95,218 papers 95,000 words, 53,000 of one paper."""

MOST = 1_000_000
"""Words of a kind in memory while building, about 80 MB; later ones are passed over. Chosen."""

ALL_READ = 20_000
"""Papers whose abstracts are all read; later few words are new."""

EVERY = 3
"""Of later papers every third abstract is read: of words in ten abstracts one in ten is then
missed, of words in thirty none. Source: reading all costs 3.1 s of a build of 40 s, this 1.6 s."""


class Kind(StrEnum):
    """Where a word stands: in titles and abstracts, or in authors' names."""

    TEXT = "text"
    NAME = "name"


class Vocabulary:
    """Collects the words of papers while they are indexed.

    A paper that is read twice may make its words count as those of two.
    """

    def __init__(self, most: int = MOST) -> None:
        """Start empty.

        Args:
            most: Words of a kind that are kept at all.
        """
        self._most = most
        self._papers = 0
        self._names: set[str] = set()
        self._once: set[str] = set()
        self._again: set[str] = set()

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Go on with the words that a generation's folder has, if it has any."""
        found = cls()
        if (folder / SEEN).exists():
            papers, names, again, once = (folder / SEEN).read_text("utf-8").split("\n")[:4]
            found._papers = int(papers)
            found._names = set(names.split())
            found._again = set(again.split())
            found._once = set(once.split()) | found._again
        return found

    def add(self, entry: "Entry") -> None:
        """Take the words of a paper."""
        fields = dict(entry.texts)
        text = fields.get("title_exact", "")
        if self._papers < ALL_READ or not self._papers % EVERY:
            text = f"{text} {fields.get('abstract_exact', '')}"
        self._papers += 1
        # Nearly all words of a paper are known already, and only the others cost more.
        rare = set(filterfalse(self._again.__contains__, text.split()))
        if len(self._again) < self._most:
            self._again |= self._once & rare
        if len(self._once) < self._most:
            self._once |= rare
        if len(self._names) < self._most:
            self._names.update(fields.get("author", "").split())

    def words(self, kind: Kind) -> list[str]:
        """List the words of a kind that are worth suggesting, by the alphabet."""
        if kind is Kind.NAME:
            kept = self._names
        else:
            kept = self._again if len(self._once) > FEW else self._once
        return sorted(word for word in kept if SHORTEST <= len(word) <= LONGEST and word.isalpha())

    def write(self, folder: Path) -> None:
        """Write the files into a generation's folder."""
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for kind in Kind:
            for word in self.words(kind):
                for name in _groups(kind, len(word), word):
                    groups[name].append(word)
        lines = (f"{name}\t{' '.join(words)}\n" for name, words in sorted(groups.items()))
        (folder / WORDS).write_text("".join(lines), "utf-8")
        seen = (self._names, self._again, self._once - self._again)
        text = "\n".join([str(self._papers), *(" ".join(sorted(words)) for words in seen)])
        (folder / SEEN).write_text(text + "\n", "utf-8")


class Words:
    """The words of a generation; read when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        """Remember where they are.

        Args:
            folder: The generation's; without the file there are no words.
        """
        self._path = folder / WORDS
        self._lines: dict[str, str] | None = None
        self._split: dict[str, list[str]] = {}

    def like(self, kind: Kind, word: str, distance: int) -> Iterator[list[str]]:
        """Give groups of words that may be near one: of its length, its first or last letters.

        Args:
            kind: Words of texts or of names.
            word: Folded letters, at least one.
            distance: Letters by which the length may differ.

        Yields:
            Words by the group; a word may be in two.
        """
        if self._lines is None:
            self._lines = _read(self._path)
        for length in range(len(word) - distance, len(word) + distance + 1):
            for name in _groups(kind, length, word):
                # Splitting took as long as looking through: what was split once is kept.
                if name not in self._split:
                    self._split[name] = self._lines.get(name, "").split()
                yield self._split[name]


def _groups(kind: Kind, length: int, word: str) -> tuple[str, str]:
    # One edit leaves the first two letters or the last two as they are, but for a swap in the
    # middle of four.
    same = 1 if length <= 4 else 2  # noqa: PLR2004 - see above
    return f"{kind} {length} {word[:same]}*", f"{kind} {length} *{word[-same:]}"


def _read(path: Path) -> dict[str, str]:
    """Read the file's lines; what cannot be read offers no word, and the search goes on."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {name: words for name, _, words in (line.partition("\t") for line in lines)}
