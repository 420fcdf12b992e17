r"""Convert formulas in MathML to readable text.

If a formula contains its TeX, that is taken as ``$TeX$``; otherwise its symbols are written in a
row: ``x₂``, ``√(a+b)``, ``∑_{i=1}^n``. MathML is not parsed as XML, since dumps have it truncated,
half decoded (``<mo><</mo>``) or without its namespace.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from index.text.characters import decode_entities
from index.text.content_mathml import CONTENT, format_content
from index.text.formula_rows import (
    add_above,
    add_below,
    add_both,
    add_raised,
    divide,
    format_index,
    join_row,
    take_root,
)

MAX_DEPTH = 100
"""Levels of nesting that are parsed; deeper elements are read as a row."""

_PREFIX = r"(?:[A-Za-z]{1,10}:)?"
_VALUES = r"""\s(?:[^<>"']++|"[^"]{0,5000}+"|'[^']{0,5000}+')*+(?=/?>)"""
"""Attributes whose values may hold ``<`` and ``>``, as the brackets of ``mfenced`` do."""

_FORMULA = re.compile(rf"<(/?){_PREFIX}(math|tex-math)((?:{_VALUES}|\s[^<>]{{0,5000}})?)>")
_TAG = re.compile(
    rf"<(/?){_PREFIX}(m[a-z]{{1,15}}|semantics|annotation(?:-xml)?|none"
    rf"|(?:{'|'.join(sorted(CONTENT, reverse=True))})(?=[\s/>]))"
    rf"((?:{_VALUES}|\s[^<>]{{0,2000}}?)?)\s?(/?)>"
)
_ATTRIBUTE = re.compile(r"""\b(alttext|encoding|open|close|type)\s?=\s?(?:"([^"]*)"|'([^']*)')""")
_BETWEEN = re.compile(rf"(?:\s|</?{_PREFIX}(?:inline-)?graphic[^<>]{{0,500}}>)*")
_DOCUMENT = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_TEX_SIGN = re.compile(r"[\\^_{]")
_RELATIONS = frozenset("=<>≤≥≠≈∼≃≅≡∝→←↔⇒⇔⊂⊆∈∉±")
_SEPARATORS = {"e-notation": "e", "rational": "/"}
_INVISIBLE = dict.fromkeys(map(ord, "\u2061\u2062\u2064\u200b"), None) | {0x2063: ","}


def convert_mathml(text: str) -> str:
    """Convert the formulas of a text to TeX or to rows of symbols; keep unclosed ones.

    Args:
        text: Text with elements ``math`` or ``tex-math``, with any prefix.

    Returns:
        The text; if a formula is given as TeX and as MathML side by side, only the TeX.
    """
    out: list[str] = []
    end, before = 0, ""
    for start, stop, kind, formula in _convert_formulas(text):
        between = text[end:start]
        same = before and kind != before and _BETWEEN.fullmatch(between)
        if same and kind == "tex-math":
            out[-1] = formula
        elif not same:
            out += between, formula
        end, before = stop, "" if same else kind
    return "".join([*out, text[end:]])


def _convert_formulas(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, stop, name of the element, converted formula)."""
    opened: re.Match[str] | None = None
    for tag in _FORMULA.finditer(text):
        if not tag[1]:
            opened = tag
        elif opened and opened[2] == tag[2]:
            content = text[opened.end() : tag.start()]
            formula = _to_tex(content) if tag[2] == "tex-math" else _convert(opened[3], content)
            yield opened.start(), tag.end(), tag[2], formula
            opened = None


def _to_tex(content: str) -> str:
    """Return TeX between dollar signs, without a LaTeX document around it."""
    found = _DOCUMENT.search(content)
    bare = " ".join((found[1] if found else content).split()).strip("$ ")
    return f"${bare}$" if bare else ""


def _convert(attributes: str, content: str) -> str:
    alternative = _parse_attributes(attributes).get("alttext", "")
    if _TEX_SIGN.search(alternative):
        return _to_tex(alternative)
    root = _parse(content)
    return _to_tex(root.tex) if root.tex else " ".join(root.to_text().split())


def _parse_attributes(written: str) -> dict[str, str]:
    return {name: decode_entities(one or two) for name, one, two in _ATTRIBUTE.findall(written)}


@dataclass(slots=True)
class _Element:
    """An element: its name, attributes and content, and the TeX found in the root."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    parts: "list[_Element | str]" = field(default_factory=list)
    tex: str = ""

    def to_text(self) -> str:
        """Return the element as a row of symbols."""
        if self.name in _TOKENS:
            return _TOKENS[self.name]("".join(p for p in self.parts if isinstance(p, str)))
        if self.name == "mmultiscripts":
            return self._format_scripts()
        if self.name in CONTENT:
            return self._format_content()
        parts = [part for part in self.parts if isinstance(part, _Element) or part.strip()]
        texts = [part.strip() if isinstance(part, str) else part.to_text() for part in parts]
        if self.name in _FORMS and len(texts) == _COUNTS[self.name]:
            return _FORMS[self.name](*texts)
        inside = _ROWS.get(self.name, join_row)([one for one in texts if one])
        if self.name == "mfenced":
            return self._fence(inside)
        return take_root(inside) if self.name == "msqrt" else inside

    def _fence(self, inside: str) -> str:
        start, end = self.attributes.get("open", "("), self.attributes.get("close", ")")
        if (start, end) == ("<", ">"):  # <a> would be a tag
            start, end = "⟨", "⟩"
        return start + inside + end

    def _format_content(self) -> str:
        between = _SEPARATORS.get(self.attributes.get("type", ""), " ")  # of <sep/> in a number
        text = "".join(part if isinstance(part, str) else between for part in self.parts)
        inside = [(part.name, part.to_text()) for part in self.parts if isinstance(part, _Element)]
        return format_content(self.name, decode_entities(text), inside)

    def _format_scripts(self) -> str:
        """Format scripts before and after a symbol, such as the ¹⁴ of ¹⁴C."""
        before, after, base = "", "", ""
        behind, low = True, True
        for part in self.parts:
            if isinstance(part, str):
                continue
            if part.name == "mprescripts":
                behind, low = False, True
            elif not base:
                base = part.to_text()
            else:
                one = format_index(part.to_text(), raised=not low)
                before, after = (before, after + one) if behind else (before + one, after)
                low = not low
        return before + base + after


def _parse(content: str) -> _Element:
    """Parse tags and text; ignore an end tag without a start tag."""
    root = _Element("math")
    open_ones = [root]
    end = 0
    for tag in _TAG.finditer(content):
        open_ones[-1].parts.append(content[end : tag.start()])
        end = tag.end()
        closing, name, attributes, empty = tag.groups()
        if closing:
            _close(open_ones, name, root)
            continue
        element = _Element(name, _parse_attributes(attributes))
        open_ones[-1].parts.append(element)
        if not empty and len(open_ones) < MAX_DEPTH:
            open_ones.append(element)
    open_ones[-1].parts.append(content[end:])
    return root


def _close(open_ones: list[_Element], name: str, root: _Element) -> None:
    names = [element.name for element in open_ones]
    if name not in names[1:]:
        return
    while len(open_ones) > 1:
        element = open_ones.pop()
        if element.name == "annotation" and "tex" in element.attributes.get("encoding", "").lower():
            root.tex = "".join(part for part in element.parts if isinstance(part, str))
        if element.name == name:
            return


def _format_operator(text: str) -> str:
    sign = decode_entities(text).translate(_INVISIBLE).strip()
    if sign in _RELATIONS:
        return f" {sign} "
    return ", " if sign == "," else sign


_TOKENS: dict[str, Callable[[str], str]] = {
    "mi": lambda text: decode_entities(text).translate(_INVISIBLE).strip(),
    "mn": lambda text: decode_entities(text).strip(),
    "mo": _format_operator,
    "mtext": lambda text: " ".join(decode_entities(text).split()) if text.strip() else " ",
    "ms": decode_entities,
    "mspace": lambda _: " ",
    "annotation": lambda _: "",
    "annotation-xml": lambda _: "",
    "mphantom": lambda _: "",
    "none": lambda _: "",
}
_ROWS: dict[str, Callable[[list[str]], str]] = {
    "mfenced": ", ".join,
    "mtr": ", ".join,
    "mtable": "; ".join,
}
_FORMS: dict[str, Callable[..., str]] = {
    "msub": add_below,
    "munder": add_below,
    "msup": add_raised,
    "mover": add_above,
    "msubsup": add_both,
    "munderover": add_both,
    "mfrac": divide,
    "mroot": lambda content, degree: f"{format_index(degree, raised=True)}{take_root(content)}",
}
_COUNTS = {name: 3 if name in {"msubsup", "munderover"} else 2 for name in _FORMS}
