"""Read the authors of BibTeX: ``Last, First and {An Organisation, Inc.} and others``."""

import re
from collections.abc import Iterator

from index.formats.bibtex_braces import drop_braces, unwrap
from index.names.author_lists import split_names
from index.names.parser import find_suffix
from index.records import RawAuthor

_AND = re.compile(r"\\.|[{}]|\s+and(?=\s)", re.IGNORECASE | re.DOTALL)
_COMMA = re.compile(r"\\.|[{},]", re.DOTALL)
_OTHERS = frozenset(("others", "et al.", "et al", "and", ""))
_LABELLED = re.compile(
    r"\s*(family|given|prefix|suffix|useprefix|[a-z]+-i)\s*=\s*\"?([^\"]*)\"?\s*"
)
_MATH_ACCENT = re.compile(r"\$\\(acute|grave|check|hat|tilde|ddot|bar|breve)\{\\?([A-Za-z])\}\$")
_ACCENTS = {"acute": "'", "grave": "`", "check": "v", "hat": "^", "tilde": "~", "ddot": '"',
            "bar": "=", "breve": "u"}  # fmt: skip
_PAIR = 2
"""Parts of ``Last, First``."""


def convert_authors(text: str) -> tuple[RawAuthor, ...]:
    """Return the authors of a field of names.

    Names in braces are those of organisations, in which a comma separates nothing. Lists without
    ``and`` are read too, as are the labelled parts of BibLaTeX (``family=Roe, given=Jane``).
    """
    if "$\\" in text:  # Mili$\acute{c}$
        text = _MATH_ACCENT.sub(lambda sign: rf"{{\{_ACCENTS[sign[1]]}{{{sign[2]}}}}}", text)
    pieces = [piece.strip(" ,;\n\t") for piece in _split(_AND, f" {text} ")]
    names = [piece for piece in pieces if piece.lower() not in _OTHERS]
    if len(names) == 1:
        names = _split_list(names[0])
    return tuple(map(_convert_author, names))


def _split(separator: re.Pattern[str], text: str) -> Iterator[str]:
    r"""Split a text at a separator outside braces; an escaped sign (``\'E``) is none."""
    start = depth = 0
    for found in separator.finditer(text):
        if found[0] in "{}":
            depth = max(0, depth + (1 if found[0] == "{" else -1))
        elif not depth and found[0][0] != "\\":
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def _split_list(text: str) -> list[str]:
    """Split authors that no ``and`` outside braces separates, unless they are one name."""
    if inside := unwrap(text):
        people = [name.strip() for name in _split(_AND, f" {inside} ")]
        pairs = all(len(list(_split(_COMMA, name))) == _PAIR for name in people)
        return people if pairs and len(people) > 1 else [text]
    parts = [part.strip() for part in _split(_COMMA, text)]
    one = len(parts) <= _PAIR or any(map(find_suffix, parts[1:3])) or "=" in text
    if ";" not in text and (one or any(part.startswith("{") for part in parts)):
        return [text]
    return split_names(drop_braces(text)) or [text]


def _convert_author(name: str) -> RawAuthor:
    if body := unwrap(name):
        return RawAuthor(name=drop_braces(body), body=True)
    parts = [part.strip() for part in _split(_COMMA, name)]
    if labels := _read_labels(parts):
        return labels
    family, *rest = map(drop_braces, parts)
    if len(rest) == _PAIR:  # Last, Jr., First
        suffix, given = rest if find_suffix(rest[0]) or not find_suffix(rest[1]) else rest[::-1]
        return RawAuthor(family=family, suffix=suffix, given=given)
    return RawAuthor(name=drop_braces(name))


def _read_labels(parts: list[str]) -> RawAuthor | None:
    """Return the author of labelled parts, or None if they are not labelled."""
    found = [_LABELLED.fullmatch(unwrap(part) or part) for part in parts]
    labels = {label[1]: drop_braces(label[2]) for label in found if label}
    if len(labels) < len(parts) or not labels.get("family", labels.get("given")):
        return None
    family = f"{labels.get('prefix', '')} {labels.get('family', '')}".strip()
    return RawAuthor(family=family, given=labels.get("given", ""), suffix=labels.get("suffix", ""))
