"""Parse PubMed's conventions for titles, journals and publication types."""

import re
from collections.abc import Iterable

from index.normalise import work_types

_TRANSLATED = re.compile(r"\[((?:[^\[\]]++|\[[^\[\]]*+\])*+)\]?\.?")
_BY_AUTHOR = re.compile(r"\s*\(author's transl\)")
_NO_TITLE = ("not available", "in process citation")
_COMMON_TYPES = re.compile(
    r"(?:Journal Article|English Abstract|Retract|Research Support|Preprint)", re.IGNORECASE
)
"""Publication types that add nothing to a paper's topics."""

_NUMBER = re.compile(r"[a-z]?\d+(?:\.\d+)+\.", re.IGNORECASE)
_MEETING = re.compile(r"\b(?:conference|symposium|workshop|congress)\b", re.IGNORECASE)
_PARALLEL = re.compile(r" [:=] ")


def clean_title(text: str) -> str:
    """Strip what PubMed adds to a title: brackets around a translation and a full stop.

    Args:
        text: ``[On sleep. (author's transl)].``

    Returns:
        ``On sleep``; empty if PubMed says that the paper has no title.
    """
    text = " ".join(text.split())
    if text.startswith("[") and (translated := _TRANSLATED.fullmatch(text)):
        text = translated[1].strip()
    text = _BY_AUTHOR.sub("", text)
    last = text.rpartition(" ")[2]
    # "the U.S." and "..." keep their full stops, "2.0." does not.
    if last.endswith(".") and ("." not in last[:-1] or _NUMBER.fullmatch(last)):
        text = text[:-1]
    return "" if text.lower() in _NO_TITLE else text


def parse_journal(title: str) -> tuple[str, str]:
    """Return a journal's name and its kind of venue.

    Args:
        title: The title in the library catalogue: ``Chest : official publication of ...``.

    Returns:
        The name, without a subtitle after a colon or a parallel title in another language; and
        ``journal``, or an empty kind for the proceedings of meetings, whose kind the normaliser
        recognises by their name.
    """
    if _MEETING.search(title):
        return title, ""
    return _PARALLEL.split(title, maxsplit=1)[0], "journal" if title else ""


def find_type(types: Iterable[str]) -> str:
    """Return the paper's type by its publication types; empty for a plain article."""
    found = work_types.find_type(*types)
    return "" if found == "journal article" else found


def describe_journal(title: str, types: Iterable[str]) -> tuple[str, str, str, str]:
    """Return how a paper in a journal appeared.

    Args:
        title: The journal's title in the library catalogue.
        types: The publication types.

    Returns:
        The venue, its full name if that says more, the kind of venue and the type of the paper.
    """
    full = " ".join(title.split())
    name, kind = parse_journal(full)
    stated = find_type(types)
    if stated == "preprint":
        kind = "repository"
    elif not stated and kind == "journal":
        stated = "journal article"
    return name, full if full != name else "", kind, stated


def list_type_topics(types: Iterable[str]) -> list[str]:
    """Return the publication types that say what a paper is about: ``Clinical Trial``."""
    return [word for word in types if not _COMMON_TYPES.match(word)]


def find_status(types: Iterable[str], corrections: Iterable[str]) -> str:
    """Return ``retracted`` if a paper was retracted, or an empty string.

    Args:
        types: The publication types.
        corrections: The types of the notices about it (``RetractionIn``).
    """
    retracted = "Retracted Publication" in types or "RetractionIn" in corrections
    return "retracted" if retracted else ""
