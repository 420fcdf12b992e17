"""Split a text that lists authors into names, and turn lists with the family name first."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.names.bodies import is_group, split_body
from index.names.parser import EDGES, PARTICLES, find_suffix, is_collaboration
from index.names.plain_names import CAPITALS
from index.records import RawAuthor

_AND = re.compile(r"(?:^|(?<=[\s,]))(?:and|&)(?=\s|$)")
_ET_AL = re.compile(r"(?:,|\sand)?\s(?:et\.? al\.?|others)$", re.IGNORECASE)
_INITIALS = re.compile(r"[^\W\d_]\.?(?:[ -]?[^\W\d_]\.)*+(?: [^\W\d_])?")

_NOBODY = frozenset((
    "anonymous", "anon", "anon.", "[anonymous]", "et al", "et al.", "others", "[et al.]",
))  # fmt: skip
"""What databases write for authors whom they do not name, in lower case."""

_UPPER = f"[{CAPITALS}\u0391-\u03a9\u0401-\u042f]"
_INITIAL = rf"{_UPPER}(?:[^\W\d_]{{1,2}}(?=\.))?\.?[ -]?"  # J, J., Yu.
_INVERTED = re.compile(
    rf"(?P<family>[^\W\d_][\w'\u2019 -]*?[^\W\d_]) (?P<given>(?:{_INITIAL}){{1,4}}?)"
    r"(?:(?:,? |(?<= ))(?P<suffix>Jr|Sr|II|III|IV|2nd|3rd|4th)\.?)?"
)
"""A family name and initials without a comma between them: ``van der Roe J.-P.``, ``Doe J 3rd``."""

_SUFFIXES = {"2nd": "II", "3rd": "III", "4th": "IV"}
_LONGEST_INVERTED = 100
"""Characters of such a name; chosen, so that no text is searched for one at length."""

_CACHED = 1 << 12
"""Names that are remembered, which take 1 MB; those of a dump recur. Chosen."""

_LEAST_BESIDE, _TIMES_OTHERS = 3, 3
"""Names with initials that a list needs in which other names have none, at least and for each of
those. Chosen: in two tables of Europe PMC one list in twelve has a group among its names."""

_FIRST_INITIAL = re.compile(rf"{_UPPER}(?:\.|\s|$)")
_SURE = re.compile(rf".* (?:{_INITIAL})*{_UPPER}\.[ -]?{_UPPER}\.?")
_SHOUTED = re.compile(rf"{_UPPER}{{2,4}}")
_VOWEL = re.compile(r"[AEIOUY\u00c0-\u00dd]")
_ORGANISATION = re.compile(
    r"\b(?:agency|association|bank|cent(?:er|re)|collaborat|commission|consortium|council"
    r"|department|group|institut|ministry|network|organi[sz]ation|society|universit)",
    re.IGNORECASE,
)


class _Name(NamedTuple):
    """What one name of a list may be.

    Attributes:
        person: Whether it is a person's name, of several words.
        inverted: The person whose family name comes first; None if no initials follow it.
        shouted: Whether those initials may be a family in capitals: ``Bo XU``.
    """

    person: bool
    inverted: RawAuthor | None = None
    shouted: bool = False


_NO_PERSON, _PERSON = _Name(person=False), _Name(person=True)


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
    may_be_others = text[-1:] in "lLs" or text[-2:] in ("l.", "L.")
    return _ET_AL.sub("", text) if may_be_others else text


def drop_nobody(names: Iterable[str]) -> list[str]:
    """Return the names of a list that name somebody, without ``Anonymous`` and ``et al.``."""
    return [name for name in names if name.strip().lower() not in _NOBODY]


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


def invert_names(names: Sequence[str], *, certain: bool = False) -> tuple[RawAuthor, ...]:
    """Turn names that have the family name first without a comma: ``Lee A.``, ``van Roe JP``.

    Databases write all names of a record so, and a single name of this form could be in the usual
    order ("Malcolm X"). So the whole list decides: every name of a person must end in initials,
    and there must be two of them, or one with two initials and a full stop. In a longer list a
    few may be groups (``Dune Study Investigators``) or misprints. Families in capitals
    (``Bo XU; Ming WANG``) are no initials.

    Args:
        names: The names of one record.
        certain: Whether the source is known to write names so; then one name is enough.

    Returns:
        The authors, organisations among them; empty if the names are in another order.
    """
    read = {name: _read_name(name) for name in names}
    people = [name for name in names if read[name].person]
    matches = [found for found in read.values() if found.inverted]
    enough = certain or len(people) > 1 or any(map(_SURE.fullmatch, people))
    others = len(set(people)) - len(matches)
    if not people or not enough or _are_capitals(matches) or not _may_be_others(others, matches):
        return ()
    return tuple(_build_author(name, read[name]) for name in names)


def _build_author(name: str, found: _Name) -> RawAuthor:
    if found.inverted:
        return found.inverted
    return RawAuthor(name=name, body=" " in name and (not found.person or is_group(name)))


def _read_name(name: str) -> _Name:
    if " " not in name:
        return _NO_PERSON
    if len(name) > _LONGEST_INVERTED:
        return _NO_PERSON if _ORGANISATION.search(name) else _PERSON
    return _read_short_name(name)


@lru_cache(_CACHED)
def _read_short_name(name: str) -> _Name:
    if _ORGANISATION.search(name):
        return _NO_PERSON
    found = None if _FIRST_INITIAL.match(name) else _INVERTED.fullmatch(name)
    if not found:
        return _PERSON
    family, end, suffix = found.groups("")
    inverted = RawAuthor(family=family, given=end.strip(" -"), suffix=_SUFFIXES.get(suffix, suffix))
    shouted = _SHOUTED.fullmatch(end) is not None and _VOWEL.search(end) is not None
    return _Name(True, inverted, shouted)


def _may_be_others(others: int, matches: Sequence[_Name]) -> bool:
    """Return whether the names without initials may be groups beside those that have them."""
    sure = sum(not found.shouted for found in matches) if others else 0
    return not others or sure >= max(_LEAST_BESIDE, _TIMES_OTHERS * others)


def _are_capitals(matches: Sequence[_Name]) -> bool:
    """Return whether what looks like initials are families in capitals: ``Bo XU``, ``Al WANG``."""
    ends = [found.inverted.given for found in matches if found.shouted and found.inverted]
    return len(ends) == len(matches) and any(len(end) > len("XU") for end in ends)
