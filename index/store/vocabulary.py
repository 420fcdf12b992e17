"""Answers: which words does a generation know, so that a misspelt one can be told from them?

The file ``words`` holds one group of words a line: ``text`` or ``name``, the length, the first
(``al*``) or the last letters (``*on``), a tab, and the words. Every word stands in two groups. Who
looks for words like a misspelt one needs few of them, so the rest is never cut into words.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path

WORDS = "words"
"""The file's name in a generation's folder."""

SHORTEST = 3
"""Letters; shorter words have too many neighbours to be told apart."""

LONGEST = 40
"""Letters; what is longer is no word."""

FEW = 20_000
"""Words of texts; if there are more, those that stand in one text are left out: more than half,
and mostly misspelt themselves. Source: at 95,218 papers 95,000 words, 53,000 of one paper."""

MOST = 1_000_000
"""Words of a field, about 120 MB while they are written; rarer ones are passed over. Chosen."""

ListTokens = Callable[[str, int], Iterable[tuple[str, int]]]
"""Gives the tokens of a field, so many at most, and in how many of its texts each stands; see
`index.engines.Reader.words`."""


class WordKind(StrEnum):
    """Where a word stands: in titles and abstracts, or in authors' names."""

    TEXT = "text"
    NAME = "name"


_FIELDS = {WordKind.TEXT: ("title_exact", "abstract_exact"), WordKind.NAME: ("author",)}


def select_words(kind: WordKind, counted: ListTokens, most: int = MOST) -> list[str]:
    """List the words of a kind that are worth suggesting, by the alphabet.

    Args:
        kind: Words of texts or of names.
        counted: Gives an engine's tokens.
        most: Words of a field that are looked at.
    """
    texts: Counter[str] = Counter()
    for field in _FIELDS[kind]:
        for word, count in counted(field, most):
            if SHORTEST <= len(word) <= LONGEST and word.isalpha():
                texts[word] += count
    if kind is WordKind.TEXT and len(texts) > FEW:
        return sorted(word for word, count in texts.items() if count > 1)
    return sorted(texts)


def write_words(folder: Path, counted: ListTokens) -> None:
    """Write the file into a generation's folder.

    Args:
        folder: The generation's.
        counted: Gives the tokens of its engine.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for kind in WordKind:
        for word in select_words(kind, counted):
            for name in _groups(kind, len(word), word):
                groups[name].append(word)
    lines = (f"{name}\t{' '.join(words)}\n" for name, words in sorted(groups.items()))
    (folder / WORDS).write_text("".join(lines), "utf-8")


class Vocabulary:
    """The words of a generation; read when they are first asked for."""

    def __init__(self, folder: Path) -> None:
        """Remember where they are.

        Args:
            folder: The generation's; without the file there are no words.
        """
        self._path = folder / WORDS
        self._lines: dict[str, str] | None = None
        self._split: dict[str, list[str]] = {}

    def find_similar(self, kind: WordKind, word: str, distance: int) -> Iterator[list[str]]:
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


def _groups(kind: WordKind, length: int, word: str) -> tuple[str, str]:
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
