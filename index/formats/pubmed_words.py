"""Answers: what do PubMed's own ways of writing titles, journals and kinds of papers mean?"""

import re
from collections.abc import Iterable

from index.normalise import work_types

_TRANSLATED = re.compile(r"\[((?:[^\[\]]++|\[[^\[\]]*+\])*+)\]?\.?")
_BY_AUTHOR = re.compile(r"\s*\(author's transl\)")
_NO_TITLE = ("not available", "in process citation")
_MEETING = re.compile(r"\b(?:conference|symposium|workshop|congress)\b", re.IGNORECASE)
_PARALLEL = re.compile(r" [:=] ")


def plain_title(text: str) -> str:
    """Take off what PubMed adds to a title: brackets round a translation, a full stop.

    Args:
        text: ``[On sleep. (author's transl)].``

    Returns:
        ``On sleep``; empty where PubMed says that it has none.
    """
    text = " ".join(text.split())
    if text.startswith("[") and (translated := _TRANSLATED.fullmatch(text)):
        text = translated[1].strip()
    text = _BY_AUTHOR.sub("", text)
    last = text.rpartition(" ")[2]
    if last.endswith(".") and "." not in last[:-1]:  # but "the U.S." and "..." keep theirs
        text = text[:-1]
    return "" if text.lower() in _NO_TITLE else text


def journal_name(title: str) -> tuple[str, str]:
    """Give a journal's name and kind.

    Args:
        title: As the library catalogue has it: ``Chest : official publication of ...``.

    Returns:
        The name without what follows a colon or the same in another language; ``journal``,
        or empty where the title is that of meetings, whose kind is told from it elsewhere.
    """
    if _MEETING.search(title):
        return title, ""
    return _PARALLEL.split(title, maxsplit=1)[0], "journal" if title else ""


def type_of(kinds: Iterable[str]) -> str:
    """Give the type that the kinds of a publication make it, empty for a plain article."""
    found = work_types.type_of(*kinds)
    return "" if found == "journal article" else found


def status_of(kinds: Iterable[str], corrected: Iterable[str]) -> str:
    """Tell whether a paper was retracted.

    Args:
        kinds: The kinds of publication.
        corrected: The kinds of notices about it (``RetractionIn``).
    """
    retracted = "Retracted Publication" in kinds or "RetractionIn" in corrected
    return "retracted" if retracted else ""
