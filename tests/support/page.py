"""Read a page strictly, as its elements, and refuse what no page may have."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple


class Element(NamedTuple):
    """One element of a page: its tag, attributes and texts, and the elements around it."""

    tag: str
    attributes: dict[str, str]
    texts: list[str]
    inside: tuple["Element", ...]

    @property
    def text(self) -> str:
        """Return its text, with white space collapsed."""
        return " ".join("".join(self.texts).split())

    def get(self, name: str, missing: str = "") -> str:
        """Return an attribute."""
        return self.attributes.get(name, missing)


_VOID = {"meta", "link", "input", "br", "img", "hr"}
_BLOCKS = {"p", "ul", "ol", "div", "table", "section", "article", "form", "fieldset", "details"}
_BLOCKS |= {"h1", "h2", "h3", "nav", "aside", "main"}
_NEVER_NESTED = {"a", "label", "form", "button", "p", "main"}
_FORBIDDEN = {"style", "iframe", "object", "embed", "base"}
MATHML = {
    "math", "semantics", "annotation", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mroot",
    "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr",
    "munder", "munderover",
}  # fmt: skip
"""The elements of formulas; none has an attribute that loads, runs, links or styles anything."""
_MATHML_ATTRIBUTES = {
    "accent", "accentunder", "depth", "displaystyle", "encoding", "fence", "form", "height",
    "largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits",
    "scriptlevel", "separator", "stretchy", "voffset", "width",
}  # fmt: skip
_ADDRESSES = {"href", "src", "action", "formaction"}


class _Page(HTMLParser):
    """A strict parser: every element must be allowed where it is, and closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        around = {element.tag for element in self.open}
        if (tag in _NEVER_NESTED and tag in around) or (tag in _BLOCKS and "p" in around):
            self.problems.append(f"<{tag}> may not stand in {sorted(around)}")
        if len(dict(attrs)) < len(attrs):
            self.problems.append(f"<{tag}> has an attribute twice: {attrs}")
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append(Element(tag, attributes, [], tuple(self.open)))
        if tag not in _VOID:
            self.open.append(self.elements[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not any(element.tag == "svg" for element in self.open):
            self.problems.append(f"<{tag}/> closes itself outside a drawing")
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].tag != tag:
            self.problems.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.texts.append(data)


def _find_faults(page: _Page) -> Iterator[str]:
    """Name what no page may have: an id twice, a control without a label, a second heading."""
    found = page.elements
    ids = [element.get("id") for element in found if "id" in element.attributes]
    labels = {element.get("for") for element in found if element.tag == "label"}
    yield from (f"the id {one} is used twice" for one in set(ids) if ids.count(one) > 1)
    yield from (f"a label is for {one}, which is not there" for one in labels - {"", *ids})
    for tag in ("html", "title", "main", "h1"):
        if sum(element.tag == tag and "svg" not in _outer_tags(element) for element in found) != 1:
            yield f"there is not exactly one <{tag}>"
    for element in found:
        yield from (f"<{element.tag} {element.attributes}> {why}" for why in _find_misuse(element))
        if element.get("form", ids[0]) not in ids:
            yield f"<{element.tag} {element.attributes}> belongs to no form"
        if element.tag in {"input", "select"} and element.get("type") != "hidden":
            labelled = "label" in _outer_tags(element) or "aria-label" in element.attributes
            if not labelled and element.get("id") not in labels:
                yield f"<{element.tag} {element.attributes}> has no label"


def _find_misuse(element: Element) -> Iterator[str]:
    attributes = element.attributes
    if element.tag in _FORBIDDEN or "style" in attributes or any(a[:2] == "on" for a in attributes):
        yield "is or holds script or style"
    if element.get("type") == "application/ld+json":
        json.loads(element.text)  # a block of data, which no browser runs
    elif element.tag == "script" and (element.text or not re.match("/static/", element.get("src"))):
        yield "is a script that is not a file of this server"
    in_formula = element.tag == "math" or "math" in _outer_tags(element)
    if in_formula != (element.tag in MATHML):
        yield "is in a formula, or a part of one outside"
    elif in_formula and not attributes.keys() <= _MATHML_ATTRIBUTES:
        yield "is a part of a formula with other attributes than sizes"
    links = [element.get(name) for name in _ADDRESSES]
    if any(":" in one[:12] and "http" not in one[:4] and one[:1] != "/" for one in links):
        yield "links to something other than a page"
    submitted = "form" in attributes or "form" in _outer_tags(element)
    if element.tag in {"input", "select"} and submitted and "name" not in attributes:
        yield "is submitted without a name"
    if element.tag in {"a", "button"} and not (element.text or "aria-label" in attributes):
        yield "has no text"


def _outer_tags(element: Element) -> set[str]:
    return {outer.tag for outer in element.inside}


def read_page(text: str) -> list[Element]:
    """Parse a page into its elements.

    Raises:
        AssertionError: An element is not closed, is misplaced, misused or unlabelled.
    """
    page = _Page()
    page.feed(text)
    page.close()
    unclosed = [f"<{element.tag}> is not closed" for element in page.open]
    problems = [*page.problems, *unclosed, *_find_faults(page)]
    assert not problems, "\n".join(problems)
    assert text.startswith("<!doctype html>")
    return page.elements
