"""Split a text that lists authors into names."""

import re

from index.names.bodies import split_body
from index.names.parser import EDGES, PARTICLES, find_suffix, is_collaboration

_AND = re.compile(r"(?:^|(?<=[\s,]))(?:and|&)(?=\s|$)")
_ET_AL = re.compile(r"(?:,|\sand)?\s(?:et\.? al\.?|others)$", re.IGNORECASE)
_INITIALS = re.compile(r"[^\W\d_]\.?(?:[ -]?[^\W\d_]\.)*+(?: [^\W\d_])?")


def split_names(text: str) -> list[str]:
    """Split a list of authors into names.

    The separators are semicolons, else BibTeX's ``and``, else commas unless the text can be
    ``Last, First``. A list that repeats itself, as in half of a robotics dump, is halved.

    Args:
        text: ``A; B``, ``A and B``, ``A, B and C`` or ``A, B, C``.

    Returns:
        The names in order and as written; ``et al.`` and empty parts are dropped.
    """
    text = remove_others(text.strip())
    pieces = text.split(";") if ";" in text else _split_lists(_split_at_and(text))
    names = [name for piece in pieces if (name := piece.strip(EDGES))]
    half = len(names) // 2
    return names[:half] if half and names[:half] == names[half:] else names


def remove_others(text: str) -> str:
    """Return names without ``et al.`` at their end."""
    return _ET_AL.sub("", text) if text[-1:] in "l.Ls" else text


def _split_at_and(text: str) -> list[str]:
    pieces = [piece.strip(EDGES) for piece in _AND.split(text)]
    one = is_collaboration(text) and "," not in text  # Science and Technology Group
    persons, group = split_body(text) if one else (text, "")
    if group:  # A and B for the C Group
        return [*_split_at_and(persons), group]
    return pieces if not one or all(map(is_collaboration, pieces)) else [text]


def _split_lists(pieces: list[str]) -> list[str]:
    parts = [part.strip() for piece in pieces for part in piece.split(",")]
    if "," in pieces[0] and "," not in pieces[-1] and not any(" " in part for part in parts):
        return parts  # A, B and C
    return [name for piece in pieces for name in (_split_list(piece) if "," in piece else [piece])]


def _split_list(text: str) -> list[str]:
    """Split ``A, B, C`` if the parts are whole names; keep ``Last, First`` together."""
    names: list[str] = []
    for part in filter(None, map(str.strip, text.split(","))):
        if names and " " in names[-1] and find_suffix(part):  # Guy L. Steele, Jr.
            names[-1] += f" {part}"
        else:
            names.append(part)
    lasts, firsts = names[::2], names[1::2]
    if len(lasts) == len(firsts) and all(map(_INITIALS.fullmatch, firsts)):  # Last, F., Last, F.
        return [f"{last}, {first}" for last, first in zip(lasts, firsts, strict=True)]
    if len(firsts) == len(lasts) == 1 and names[0].split()[0] in PARTICLES:
        return [text]
    whole = sum(" " in name for name in names)
    return names if whole * 2 > len(names) else [text]
