r"""Convert formulas in MathML to readable text.

If a formula contains its TeX, that is taken as ``$TeX$``; otherwise its symbols are written in a
row: ``x₂``, ``√(a+b)``, ``∑_{i=1}^n``. MathML is not parsed as XML, since dumps have it truncated,
half decoded (``<mo><</mo>``) or without its namespace.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from index.text.characters import decode_entities
from index.text.latex import format_script

MAX_DEPTH = 100
"""Levels of nesting that are parsed; deeper elements are read as a row."""

_PREFIX = r"(?:[A-Za-z]{1,10}:)?"
_FORMULA = re.compile(rf"<(/?){_PREFIX}(math|tex-math)((?:\s[^<>]{{0,5000}})?)>")
_TAG = re.compile(
    rf"<(/?){_PREFIX}(m[a-z]{{1,15}}|semantics|annotation(?:-xml)?|none)"
    r"((?:\s[^<>]{0,2000}?)?)\s?(/?)>"
)
_ATTRIBUTE = re.compile(r"""\b(alttext|encoding|open|close)\s?=\s?(?:"([^"]*)"|'([^']*)')""")
_BETWEEN = re.compile(rf"(?:\s|</?{_PREFIX}(?:inline-)?graphic[^<>]{{0,500}}>)*")
_DOCUMENT = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_TEX_SIGN = re.compile(r"[\\^_{]")
_NUMBER = re.compile(r"[+\-−]?\d+[+\-−]?")
_RELATION = re.compile(r" ([=<>≤≥≠≈∼≃≅≡∈→±]) ")
_RELATIONS = frozenset("=<>≤≥≠≈∼≃≅≡∝→←↔⇒⇔⊂⊆∈∉±")
_INVISIBLE = dict.fromkeys(map(ord, "\u2061\u2062\u2064\u200b"), None) | {0x2063: ","}
_ACCENTS = {
    "¯": "\u0304", "‾": "\u0304", "_": "\u0304", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303",
    "˜": "\u0303", "∼": "\u0303", "˙": "\u0307", ".": "\u0307", "¨": "\u0308", "→": "", "⃗": "",
}  # fmt: skip
_SCRIPTED = re.compile(r"[_^][^\W_]+\Z")
_PRIMES = ("′", "″", "'", "°")


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
        parts = [part for part in self.parts if isinstance(part, _Element) or part.strip()]
        texts = [part.strip() if isinstance(part, str) else part.to_text() for part in parts]
        if self.name in _FORMS and len(texts) == _COUNTS[self.name]:
            return _FORMS[self.name](*texts)
        inside = _ROWS.get(self.name, _join_row)([one for one in texts if one])
        if self.name == "mfenced":
            return self.attributes.get("open", "(") + inside + self.attributes.get("close", ")")
        return _take_root(inside) if self.name == "msqrt" else inside

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
                one = _format(part.to_text(), raised=not low)
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


def _join_row(parts: list[str]) -> str:
    """Join symbols; separate words from letters by a space, as in ``sin x``."""
    row = before = ""
    for part in filter(None, parts):
        row += f" {part}" if before and _needs_space(before, part) else part
        before = part
    return row


def _needs_space(before: str, part: str) -> bool:
    """Return whether two adjacent symbols need a space between them."""
    if _SCRIPTED.search(before):
        return part[0].isalnum()
    if before[-1].isdecimal() and part[0].isdecimal():
        return True
    word = (len(before) > 1 and before[-2:].isalpha()) or (len(part) > 1 and part[:2].isalpha())
    return word and before[-1].isalpha() and part[0].isalpha()


def _format(content: str, *, raised: bool) -> str:
    content = _RELATION.sub(r"\1", content.strip())
    if not content or _NUMBER.fullmatch(content):
        return format_script(content, raised=raised)
    if raised and content.startswith(_PRIMES):
        return content
    return ("^" if raised else "_") + (content if content.isalnum() else f"{{{content}}}")


def _add_below(base: str, content: str) -> str:
    return base + _format(content, raised=False)


def _add_above(base: str, content: str) -> str:
    sign = content.strip()
    if sign in _ACCENTS and len(base) == 1:
        return base + _ACCENTS[sign]
    return base if sign in _ACCENTS else base + _format(content, raised=True)


def _add_raised(base: str, content: str) -> str:
    return base + _format(content, raised=True)


def _add_both(base: str, low: str, high: str) -> str:
    return _add_raised(_add_below(base, low), high)


def _parenthesise(content: str) -> str:
    return content if content.isalnum() else f"({content})"


def _divide(over: str, under: str) -> str:
    return f"{_parenthesise(over)}/{_parenthesise(under)}"


def _take_root(content: str) -> str:
    if len(content) > 1:
        content = f"({content})"
    return f"√{content}" if content else ""


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
    "msub": _add_below,
    "munder": _add_below,
    "msup": _add_raised,
    "mover": _add_above,
    "msubsup": _add_both,
    "munderover": _add_both,
    "mfrac": _divide,
    "mroot": lambda content, degree: f"{_format(degree, raised=True)}{_take_root(content)}",
}
_COUNTS = {name: 3 if name in {"msubsup", "munderover"} else 2 for name in _FORMS}
