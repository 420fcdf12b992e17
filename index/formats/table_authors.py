"""Read the cell of a table that lists the authors of a paper.

Databases separate names by ``;``, ``|``, commas or line ends, SpringerLink by nothing at all, and
programs write lists: of names, of their parts, or of mappings as APIs return them.
"""

import re
from collections.abc import Mapping

from index.names.author_lists import invert_names, split_names
from index.normalise.identifiers import parse_orcid
from index.normalise.list_cells import Value, list_names, parse_list
from index.normalise.raw_values import drop_empty, is_placeholder, is_placeholder_text
from index.records import RawAuthor

_NUMBERED = re.compile(r"(.*?)\s*\((\d{8,12})\)")
_PREFIXED = re.compile(
    r"(?:^|[\s'\u2019-])(?:Ma?c|De[lr]?|D[aiu]|La|Le|Lo|O|Van|Von|Fitz|Ben|Bar|El|Al|St|Ter)$"
)
"""What precedes a capital within one name: ``McDonald``, ``DeVries``."""

_LONGEST_PREFIX = 6
"""Characters of the longest of these, with what precedes it."""

_LONGEST_GLUED = 1 << 17
"""Characters that are split; 5,000 authors have no more. Chosen."""

_END = re.compile(
    r"\s*(?:\(?\b(?i:eds?|editors?)\b\.?\)?|\u2026|\.\.\.|(?<=[A-Z]{2})\.)\s*$",
)
"""What follows the last name: ``(Eds.)``, the dots of a list cut short, PubMed's full stop."""

_LAST = re.compile(r"(?:[)\u2026SsRrDd\u017f]|(?:[SsRrDd\u017f.]|[A-Z]{2})\.)\Z")
"""The last characters of all of these: a cheap test, since most cells end in a name."""

_LONGEST_END = 20
"""Characters at the end of a cell among which that is sought."""

_FAMILY = ("family", "last_name", "lastName", "lastname", "last", "surname", "family_name")
_GIVEN = ("given", "first_name", "firstName", "firstname", "first", "forename", "given_name")
_PLACES = ("affiliations", "affiliation", "institutions", "institution", "raw_affiliation_strings")
_PARTS = 4
"""The most parts of a name in a list: family, given names, suffix, as arXiv lists them."""


def convert_authors(cell: str, *, certain: bool = False, glued: bool = False) -> list[RawAuthor]:
    """Convert a cell to authors.

    Args:
        cell: The names, in any of the forms above.
        certain: Whether the table is that of a database that writes ``Lee A.``.
        glued: Whether nothing separates the names.
    """
    end = cell[-_LONGEST_END:].rstrip()
    if _LAST.search(end[-3:]):
        cell = cell[:-_LONGEST_END] + _END.sub("", cell[-_LONGEST_END:])
    if is_placeholder_text(cell) or cell.startswith("[No author") or not cell.strip("-?"):
        return []
    found = parse_list(cell)
    if found is not None:
        return _convert_list(found, certain=certain)
    if cell in ("None", "null"):
        return []
    names = _split_glued(cell) if glued and ";" not in cell else split_names(_unify(cell))
    return _convert_names(names, certain=certain)


def _unify(cell: str) -> str:
    """Return a list of names whose separator, if not a comma or ``and``, is a semicolon."""
    if cell[:1] == "[" and cell[-1:] == "]":
        cell = cell[1:-1]  # [Ann Lee, Bo Li], a list without quotes
    if ";" in cell:
        return cell
    if "|" in cell:
        return cell.replace("|", ";")
    lines = [line.strip() for line in cell.splitlines()]
    return " ".join(lines) if len(lines) < 2 or "," in [x[-1:] for x in lines] else ";".join(lines)  # noqa: PLR2004


def _convert_names(names: list[str], *, certain: bool) -> list[RawAuthor]:
    return [*invert_names(names, certain=certain)] or [*map(_convert_name, names)]


def _convert_name(name: str) -> RawAuthor:
    numbered = (
        _NUMBERED.fullmatch(name) if name.endswith(")") else None
    )  # Scopus: Vaswani, Ashish (57216694711)
    if numbered:
        return RawAuthor(name=numbered[1], ids={"scopus": numbered[2]})
    return RawAuthor(name=name)


def _convert_list(found: list[Value] | dict[str, Value], *, certain: bool) -> list[RawAuthor]:
    if isinstance(found, dict):
        return [author for author in [_convert_person(found)] if author]
    names = [item.strip() for item in found if isinstance(item, str) and not is_placeholder(item)]
    if len(names) == 1 and (";" in names[0] or names[0].count(",") > 1):
        names = split_names(names[0])  # ["Ann Lee; Bo Li"]
    others = [_convert_item(item) for item in found if not isinstance(item, str)]
    return [*_convert_names(names, certain=certain), *filter(None, others)]


def _convert_item(item: Value) -> RawAuthor | None:
    if isinstance(item, dict):
        return _convert_person(item)
    parts = [part for part in item if isinstance(part, str)][:_PARTS]
    if len(parts) < 3:  # noqa: PLR2004 - no list of parts, but a name and something else
        return RawAuthor(name=parts[0]) if parts and parts[0] else None
    return RawAuthor(family=parts[0], given=parts[1], suffix=parts[2]) if parts[0] else None


def _convert_person(person: Mapping[str, Value]) -> RawAuthor | None:
    """Convert what an API says of an author."""
    family, given = _find_text(person, _FAMILY), _find_text(person, _GIVEN)
    name = "" if family else next(iter(list_names(dict(person))), given)
    if not (family or name):
        return None
    inner = person.get("author")
    known = {**inner, **person} if isinstance(inner, dict) else person
    orcid = next(iter(list_names(known.get("orcid", known.get("ORCID", "")))), "")
    numbers = {"s2": _find_text(known, ("authorId",)), "orcid": parse_orcid(orcid)}
    places = next((names for key in _PLACES if (names := list_names(known.get(key, "")))), [])
    return RawAuthor(
        name=name,
        family=family,
        given=given if family else "",
        suffix=_find_text(person, ("suffix",)),
        ids=drop_empty(numbers),
        affiliations=tuple(places),
        body=not family and ("literal" in person or "sequence" in person),
    )


def _find_text(person: Mapping[str, Value], keys: tuple[str, ...]) -> str:
    values = (person.get(key) for key in keys)
    return next((value.strip() for value in values if isinstance(value, str) and value), "")


def _split_glued(text: str) -> list[str]:
    """Split names between which nothing is written: ``Ann LeeBo Li``.

    A split is made only where two names of several words result.
    """
    names: list[str] = []
    start, last = 0, text.rfind(" ")
    for at in range(1, min(last, _LONGEST_GLUED)):
        if text[at].isupper() and (text[at - 1].islower() or text[at - 1] in ".)"):
            name = text[start:at]
            if " " in name.strip() and not _PREFIXED.search(name[-_LONGEST_PREFIX:]):
                names.append(name)
                start = at
    return [name.strip() for name in [*names, text[start:]]]
