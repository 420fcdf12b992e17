"""Find the part of a text that is still being typed and can be completed.

Only the last part can be completed: the words of a field (``author:lev``, ``author:"sergey lev``),
or else the plain words at the end. Everything before it is kept as typed.
"""

import re
from dataclasses import dataclass

from index.text.analyser import find_spans
from search.language.fields import BY_NAME

MOST_WORDS = 12
"""Plain words at the end that are considered; nobody types more of a title."""

_CHUNK = re.compile(r"\S+")
_PLAIN = re.compile(r"[^\s\"():*?~^\[\]{}<>=+-][^\s\"():*?~^\[\]{}<>=]*")
_FIELDED = re.compile(r"([-+(]*)([A-Za-z_]{1,40}):\^?(\S*)")
_QUOTED = re.compile(r"(?:(?<!\S)([-+(]*)([A-Za-z_]{1,40}):)?\^?\"([^\"]*)$")
_OPERATORS = {"AND", "OR", "NOT"}


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words of which the last one may be incomplete.

    Attributes:
        words: The folded words.
        complete: Whether the last word is complete, since a space follows.
        typed: The words as typed.
    """

    words: tuple[str, ...]
    complete: bool
    typed: str = ""

    @property
    def text(self) -> str:
        """The text with which a value must begin."""
        return " ".join(self.words) + (" " if self.complete else "")


@dataclass(frozen=True, slots=True)
class PartialInput:
    """The part of a text that is still being typed.

    Attributes:
        before: The text before it.
        field: The field to which it belongs, or empty.
        text: The part itself, without field and quotation mark.
        prefix: Its words.
        starts: The offset in `text` of each word at which a name or a value can begin, else None.
    """

    before: str
    field: str
    text: str
    prefix: Prefix
    starts: tuple[int | None, ...]

    def split_last(self, count: int) -> tuple[str, Prefix] | None:
        """Split off the last words.

        Args:
            count: How many words.

        Returns:
            The text before them and the words; None if they begin inside of a word.
        """
        if not count:
            return self.before, Prefix((), complete=False)
        start = self.starts[-count]
        if start is None:
            return None
        words = Prefix(self.prefix.words[-count:], self.prefix.complete, self.text[start:])
        return self.before + self.text[:start], words


def find_partial_input(text: str) -> PartialInput:
    """Find the part of a text that is still being typed.

    Args:
        text: Any text, up to the cursor.
    """
    if text.count('"') % 2 and (quoted := _QUOTED.search(text)):
        field = _find_field(quoted[2])
        before = text[: quoted.start()] + (quoted[1] or "")
        return _split_words(before, field, quoted[3])
    start, found = len(text), list(_CHUNK.finditer(text))
    for chunk in reversed(found[-MOST_WORDS:]):
        fielded = _FIELDED.fullmatch(chunk[0])
        if chunk is found[-1] and fielded and _find_field(fielded[2]) and text.endswith(chunk[0]):
            before = text[: chunk.start()] + fielded[1]
            return _split_words(before, _find_field(fielded[2]), fielded[3])
        if chunk[0] in _OPERATORS or not _PLAIN.fullmatch(chunk[0]):
            break
        start = chunk.start()
    return _split_words(text[:start], "", text[start:])


def _find_field(name: str | None) -> str:
    field = BY_NAME.get((name or "").lower())
    return field.name if field else ""


def _split_words(before: str, field: str, text: str) -> PartialInput:
    found = list(find_spans(text))
    starts = tuple(at if at == 0 or text[at - 1].isspace() else None for at, _, _ in found)
    words = tuple(word for _, _, word in found)
    prefix = Prefix(words, text[-1:].isspace(), text)
    return PartialInput(before, field, text, prefix, starts)
