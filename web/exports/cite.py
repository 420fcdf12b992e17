"""Render the reference to a paper as publications print it, in common citation styles."""

import warnings
from importlib.resources import as_file, files
from typing import Any, NamedTuple

from markupsafe import Markup

from index.records import Paper
from web.exports.csl import describe_item


class Style(NamedTuple):
    """A citation style.

    Attributes:
        label: What people call it.
        file: Its file in the folder ``styles``.
    """

    label: str
    file: str


STYLES = (Style("APA", "apa.csl"), Style("IEEE", "ieee.csl"))

_SIGNS = {"&": "\ue000", "<": "\ue001", ">": "\ue002"}
_HIDE = str.maketrans(_SIGNS | dict.fromkeys(_SIGNS.values()))
_SHOW = str.maketrans({"\ue000": "&amp;", "\ue001": "&lt;", "\ue002": "&gt;"})
"""Characters for private use stand for the signs of HTML in a paper's own text, since the processor
takes them for markup."""

MOST_NAMES = 50
"""Names that a style is given, the last one among them. APA prints 20 of a longer list, IEEE one;
5,000 would take seconds."""

_NOT_PRINTED = frozenset(
    ("abstract", "keyword", "language", "PMID", "PMCID", "archive", "archive_location")
)


def render_reference(paper: Paper, style: Style) -> Markup:
    """Return a paper's reference in a style, as HTML with italics."""
    from citeproc import (  # parsing XML schemas, it takes .4 s to import
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON

    item = describe_item(paper)
    shown: dict[str, Any] = {
        name: _hide_signs(part) for name, part in item.items() if name not in _NOT_PRINTED
    }
    if len(names := shown.get("author", [])) > MOST_NAMES:
        shown["author"] = [*names[: MOST_NAMES - 1], names[-1]]
    with warnings.catch_warnings(), as_file(files("web.exports") / "styles" / style.file) as path:
        warnings.simplefilter("ignore")  # of fields that the processor does not know
        rules = CitationStylesStyle(str(path), validate=False)
        bibliography = CitationStylesBibliography(rules, CiteProcJSON([shown]), formatter.html)
        bibliography.register(Citation([CitationItem(item["id"].lower())]))
        (written,) = map(str, bibliography.bibliography())
    written = written.replace("(ArXiv:", "(arXiv:")  # APA begins a number with a capital
    return Markup(written.removeprefix("[1]").strip().translate(_SHOW))  # noqa: S704 - escaped above


def _hide_signs(part: object) -> object:
    """Return a part of an item in which no sign of HTML is left."""
    match part:
        case str():
            return part.translate(_HIDE)
        case list():
            return [_hide_signs(one) for one in part]
        case dict():
            return {name: _hide_signs(one) for name, one in part.items()}
        case _:
            return part
