r"""Read a record of a reference manager that was pasted as a query.

``@article{moor14, title={Reeds}, ...}``, ``TY  - JOUR`` and ``%0 Journal Article`` mean the paper
with that title, those authors, that year and that identifier. Everything else in a record, and
every sign that has a meaning in the query language, is replaced by spaces, so that each word keeps
its place in the text. A full stop ends each value.
"""

import re
from collections.abc import Iterator

from index.text.latex import convert_latex

NOTICE = "Read as a record of a reference manager: searched for its title, authors, year and ids"
"""The notice about a query that is such a record."""

_BIBTEX = re.compile(r"\s*@[A-Za-z]{3,20}\s*[{(][^,={}\"]{0,80},")
_RIS = re.compile(r"\s*(?:TY {1,2}- |PMID ?- ?\d)")
_ENDNOTE = re.compile(r"\s*%0 \w")
_BIBITEM = re.compile(r"\s*\\bibitem\b")

_JSON = re.compile(r"\s*\[?\s*\{\s*\"[A-Za-z-]+\"\s*:")
_JSON_TEXT = re.compile(
    r"\"(title|family|given|literal|DOI|PMID|PMCID|ISBN)\"\s*:\s*\"((?:[^\"\\]|\\.)*)\""
)
_JSON_YEAR = re.compile(r"\"(issued|year)\"\s*:[^}]{0,60}?(\d{4})(?!\d)")

_BIBTEX_FIELD = re.compile(r"(?<![\w-])([A-Za-z][A-Za-z_-]{1,20})\s*=\s*(?=[{\"\w])")
_RIS_TAG = re.compile(r"(?:^|(?<=\s))([A-Z][A-Z0-9]{1,3}) {0,2}- ", re.MULTILINE)
_ENDNOTE_TAG = re.compile(r"^%([A-Z0-9@]) ", re.MULTILINE)
"""A tag at the beginning of a line, so that no query in one line becomes a record when printed."""

_BIBITEM_COMMAND = re.compile(
    r"\\bibitem(?:\[[^\]]*\])?\{[^}]*\}|\\(?:newblock|em|it|textit|emph)\b"
)

_TEXTS = frozenset("title author ti t1 au a1 t a family given literal".split())
_YEARS = frozenset("year date py y1 dp d issued".split())
_IDS = frozenset("doi eprint pmid pmcid isbn do lid r sn".split())
_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
_SIGNS = re.compile(r"[\"():^~*?\[\]{}<>=+|&!$\\_#;]|(?<!\S)-+")
_OPERATOR = re.compile(r"\b(?:AND|OR|NOT)\b")
_CHUNK = re.compile(r"\S*[\\{}]\S*")


def mask_record(text: str) -> str:
    """Return a text of the same length that keeps only what identifies the paper of a record.

    Args:
        text: A query.

    Returns:
        The text itself if it is no record.
    """
    if _BIBITEM.match(text):
        plain = _BIBITEM_COMMAND.sub(lambda found: "." + " " * (len(found[0]) - 1), text)
        return _mask_signs(plain)
    values = list(_find_values(text))
    if not values:
        return text
    masked = [" "] * len(text)
    for start, end, value in values:
        masked[start:end] = value
        if end < len(text):
            masked[end] = "."
    return "".join(masked)


def _find_values(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where the values that matter begin and end in a record, and what is left of them."""
    if _BIBTEX.match(text):
        found = _find_bibtex_values(text)
    elif _RIS.match(text):
        found = _find_tagged_values(text, _RIS_TAG)
    elif _ENDNOTE.match(text):
        found = _find_tagged_values(text, _ENDNOTE_TAG)
    elif '"title"' in text and _JSON.match(text):
        found = _find_json_values(text)
    else:
        return
    for name, start, end in found:
        value = text[start:end]
        if name in _TEXTS:
            yield start, end, _mask_signs(value)
        elif name in _YEARS and (year := _YEAR.search(value)):
            yield start + year.start(), start + year.end(), year[0]
        elif name in _IDS:
            yield start, end, re.sub(r"[{}\"]|\[\w+\]\s*$", " ", value).ljust(end - start)


def _find_bibtex_values(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the name of each field of BibTeX entries, and where its value begins and ends."""
    at = 0
    while found := _BIBTEX_FIELD.search(text, at):
        start = found.end()
        at = _find_bibtex_end(text, start)
        quoted = text[start] in '{"'
        yield found[1].lower(), start + quoted, max(start + quoted, at - quoted)


def _find_json_values(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the name of each value in CSL-JSON that matters, and where it begins and ends."""
    found = (*_JSON_TEXT.finditer(text), *_JSON_YEAR.finditer(text))
    for value in sorted(found, key=re.Match.start):
        yield value[1].lower(), *value.span(2)


def _find_bibtex_end(text: str, start: int) -> int:
    """Return where a value ends: behind its closing brace or quote, or before a comma."""
    depth = 0
    for at in range(start, len(text)):
        sign = text[at]
        depth += (sign == "{") - (sign == "}")
        if text[start] == "{" and depth == 0:
            return at + 1
        if text[start] == '"' and sign == '"' and depth == 0 and at > start:
            return at + 1
        if text[start] not in '{"' and (sign in ",\n" or depth < 0):
            return at
    return len(text)


def _find_tagged_values(text: str, tag: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
    """Yield each tag of a record in lines, and where its value begins and ends."""
    tags = list(tag.finditer(text))
    ends = [*(found.start() for found in tags[1:]), len(text)]
    for found, end in zip(tags, ends, strict=True):
        value = text[found.end() : end].rstrip()
        yield found[1].lower(), found.end(), found.end() + len(value)


def _mask_signs(value: str) -> str:
    """Replace signs of the query language by spaces; braces and accents of LaTeX vanish."""
    plain = _CHUNK.sub(_convert_chunk, value)
    plain = _OPERATOR.sub(lambda found: found[0].lower(), plain)
    return _SIGNS.sub(lambda found: " " * len(found[0]), plain)


def _convert_chunk(found: re.Match[str]) -> str:
    text = found[0]
    plain = re.sub(r"[{}]", "", convert_latex(text) if "\\" in text else text)
    return plain.ljust(len(text)) if len(plain) <= len(text) else text
