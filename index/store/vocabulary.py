"""Store the words of a generation, to find those similar to a misspelt word.

The file ``words`` has one group of words per line: ``text`` or ``name``, the length, the first
letters (``al*``) or the last letters (``*on``), a tab, and the words. Every word is in two groups.
A look-up needs few groups, so only those lines are split into words.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from index.store.integrity import VERIFY

WORDS = "words"
"""The file's name in a generation's folder."""

SHORTEST = 3
"""Least length in letters; shorter words have too many similar ones."""

LONGEST = 40
"""Most letters of a word; longer tokens are ignored."""

FEW = 20_000
"""If there are more words of texts than this, those of a single text are left out. These are more
than half, and mostly misspelt: 95,218 papers have 95,000 words, 53,000 of them in one paper."""

MOST = 1_000_000
"""Most words of a field, about 120 MB while they are written; the rarest are left out. Chosen."""

ListTokens = Callable[[str, int], Iterable[tuple[str, int]]]
"""Returns the tokens of a field with their document counts, at most as many as given; see
`index.engines.engine.Reader.list_tokens`."""


class WordKind(StrEnum):
    """Where a word comes from: titles and abstracts, or the names of authors."""

    TEXT = "text"
    NAME = "name"


_FIELDS = {WordKind.TEXT: ("title_exact", "abstract_exact"), WordKind.NAME: ("author",)}


def select_words(kind: WordKind, list_tokens: ListTokens, most: int = MOST) -> list[str]:
    """Return the words of a kind that are worth suggesting, in alphabetical order.

    Args:
        kind: Words of texts or of names.
        list_tokens: Returns the tokens of the engine.
        most: Number of tokens to request of each field.
    """
    texts: Counter[str] = Counter()
    for field in _FIELDS[kind]:
        for word, count in list_tokens(field, most):
            if SHORTEST <= len(word) <= LONGEST and word.isalpha():
                texts[word] += count
    if kind is WordKind.TEXT and len(texts) > FEW:
        return sorted(word for word, count in texts.items() if count > 1)
    return sorted(texts)


def write_words(folder: Path, list_tokens: ListTokens) -> None:
    """Write the file of words into the folder of a generation.

    Args:
        folder: The folder of the generation.
        list_tokens: Returns the tokens of its engine.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for kind in WordKind:
        for word in select_words(kind, list_tokens):
            for name in _name_groups(kind, len(word), word):
                groups[name].append(word)
    lines = (f"{name}\t{' '.join(words)}\n" for name, words in sorted(groups.items()))
    (folder / WORDS).write_text("".join(lines), "utf-8")


class Vocabulary:
    """The words of a generation, read on first use."""

    def __init__(self, folder: Path) -> None:
        """Remember the file without reading it.

        Args:
            folder: The folder of the generation; without the file there are no words.
        """
        self._path = folder / WORDS
        self._lines: dict[str, str] | None = None
        self._split: dict[str, list[str]] = {}

    def find_similar(self, kind: WordKind, word: str, distance: int) -> Iterator[list[str]]:
        """Yield groups of words that may be similar to a word, by its first and last letters.

        Args:
            kind: Words of texts or of names.
            word: A folded word of at least one letter.
            distance: Number of letters by which the lengths may differ.

        Yields:
            The words of each group; a word may be in two groups.
        """
        if self._lines is None:
            self._lines = _read(self._path)
        for length in range(len(word) - distance, len(word) + distance + 1):
            for name in _name_groups(kind, length, word):
                # Cached, since splitting takes as long as comparing.
                if name not in self._split:
                    self._split[name] = self._lines.get(name, "").split()
                yield self._split[name]


def _name_groups(kind: WordKind, length: int, word: str) -> tuple[str, str]:
    # One edit leaves the first two or the last two letters unchanged, except for a transposition
    # in the middle of four letters.
    same = 1 if length <= 4 else 2  # noqa: PLR2004 - see above
    return f"{kind} {length} {word[:same]}*", f"{kind} {length} *{word[-same:]}"


def _read(path: Path) -> dict[str, str]:
    """Return the words by group; none if the file cannot be read, so that the search continues."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        message = "Searching without spelling suggestions: %s is damaged (%s). %s"
        logging.getLogger(__name__).warning(message, path.name, error, VERIFY)
        return {}
    return {name: words for name, _, words in (line.partition("\t") for line in lines)}
