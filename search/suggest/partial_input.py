"""Answers: which part of a text that is still being typed could be completed?

Only what stands last: the words of a field (``author:lev``, ``author:"sergey lev``), or else the
plain words at the end. What stands before them stays as it was typed.
"""

import re
from dataclasses import dataclass

from index.text.analyser import find_spans
from search.language.fields import BY_NAME

MOST_WORDS = 12
"""Plain words at the end that are looked at; nobody types more of a title."""

_CHUNK = re.compile(r"\S+")
_PLAIN = re.compile(r"[^\s\"():*?~^\[\]{}<>=+-][^\s\"():*?~^\[\]{}<>=]*")
_FIELDED = re.compile(r"([-+(]*)([A-Za-z_]{1,40}):\^?(\S*)")
_QUOTED = re.compile(r"(?:(?<!\S)([-+(]*)([A-Za-z_]{1,40}):)?\^?\"([^\"]*)$")
_OPERATORS = {"AND", "OR", "NOT"}


@dataclass(frozen=True, slots=True)
class Beginning:
    """Folded words, the last of which goes on unless it is whole; and as they are typed."""

    words: tuple[str, ...]
    whole: bool
    typed: str = ""

    @property
    def text(self) -> str:
        """Return what a value must begin with."""
        return " ".join(self.words) + (" " if self.whole else "")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The part of a text that is still being typed.

    Attributes:
        before: What stands before it.
        field: The field it is in, or empty.
        text: The part itself, without field and quotation mark.
        typed: Its words; the last is whole if a space follows.
        starts: Where in `text` each word begins that could begin a name or a value.
    """

    before: str
    field: str
    text: str
    typed: Beginning
    starts: tuple[int | None, ...]

    def last(self, count: int) -> tuple[str, Beginning] | None:
        """Part the last words from what stands before them; None if they begin inside a word.

        Returns:
            What stays as typed, and the words.
        """
        if not count:
            return self.before, Beginning((), whole=False)
        start = self.starts[-count]
        if start is None:
            return None
        words = Beginning(self.typed.words[-count:], self.typed.whole, self.text[start:])
        return self.before + self.text[:start], words


def unfinished(text: str) -> Unfinished:
    """Find the part of a text that is still being typed.

    Args:
        text: Anything; it ends where the reader is typing.
    """
    if text.count('"') % 2 and (quoted := _QUOTED.search(text)):
        field = _named(quoted[2])
        before = text[: quoted.start()] + (quoted[1] or "")
        return _part(before, field, quoted[3])
    start, found = len(text), list(_CHUNK.finditer(text))
    for chunk in reversed(found[-MOST_WORDS:]):
        fielded = _FIELDED.fullmatch(chunk[0])
        if chunk is found[-1] and fielded and _named(fielded[2]) and text.endswith(chunk[0]):
            return _part(text[: chunk.start()] + fielded[1], _named(fielded[2]), fielded[3])
        if chunk[0] in _OPERATORS or not _PLAIN.fullmatch(chunk[0]):
            break
        start = chunk.start()
    return _part(text[:start], "", text[start:])


def _named(name: str | None) -> str:
    field = BY_NAME.get((name or "").lower())
    return field.name if field else ""


def _part(before: str, field: str, text: str) -> Unfinished:
    found = list(find_spans(text))
    starts = tuple(at if at == 0 or text[at - 1].isspace() else None for at, _, _ in found)
    words = tuple(word for _, _, word in found)
    return Unfinished(before, field, text, Beginning(words, text[-1:].isspace(), text), starts)
