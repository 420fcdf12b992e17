r"""Answers: how does a formula written in MathML become readable text?

What the formula brings along as TeX is taken as ``$TeX$``; otherwise its signs are written in a
row, ``x₂``, ``√(a+b)``, ``∑_{i=1}^n``. Not parsed as XML: dumps have it cut off, half decoded
(``<mo><</mo>``) or without its namespace.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from index.text.characters import decode_entities
from index.text.latex import format_script

MAX_DEPTH = 100
"""Elements inside each other that are told apart; what is deeper is read as a row."""

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
_UNSEEN = dict.fromkeys(map(ord, "\u2061\u2062\u2064\u200b"), None) | {0x2063: ","}
_ACCENTS = {
    "¯": "\u0304", "‾": "\u0304", "_": "\u0304", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303",
    "˜": "\u0303", "∼": "\u0303", "˙": "\u0307", ".": "\u0307", "¨": "\u0308", "→": "", "⃗": "",
}  # fmt: skip
_SCRIPTED = re.compile(r"[_^][^\W_]+\Z")
_PRIMES = ("′", "″", "'", "°")


def convert_mathml(text: str) -> str:
    """Write the formulas of a text as TeX or as rows of signs; one that never ends stays.

    Args:
        text: Text with elements ``math`` or ``tex-math``, under any prefix.

    Returns:
        The text; of a formula that stands in TeX and in MathML side by side only the TeX.
    """
    out: list[str] = []
    end, before = 0, ""
    for start, stop, kind, said in _formulas(text):
        between = text[end:start]
        same = before and kind != before and _BETWEEN.fullmatch(between)
        if same and kind == "tex-math":
            out[-1] = said
        elif not same:
            out += between, said
        end, before = stop, "" if same else kind
    return "".join([*out, text[end:]])


def _formulas(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Give (start, stop, name of the element, the formula readable)."""
    opened: re.Match[str] | None = None
    for tag in _FORMULA.finditer(text):
        if not tag[1]:
            opened = tag
        elif opened and opened[2] == tag[2]:
            content = text[opened.end() : tag.start()]
            said = _tex(content) if tag[2] == "tex-math" else _math(opened[3], content)
            yield opened.start(), tag.end(), tag[2], said
            opened = None


def _tex(content: str) -> str:
    """Give TeX between dollars, without the document that a typesetter put round it."""
    found = _DOCUMENT.search(content)
    bare = " ".join((found[1] if found else content).split()).strip("$ ")
    return f"${bare}$" if bare else ""


def _math(attributes: str, content: str) -> str:
    alternative = _attributes(attributes).get("alttext", "")
    if _TEX_SIGN.search(alternative):
        return _tex(alternative)
    root = _parsed(content)
    return _tex(root.tex) if root.tex else " ".join(root.said().split())


def _attributes(written: str) -> dict[str, str]:
    return {name: decode_entities(one or two) for name, one, two in _ATTRIBUTE.findall(written)}


@dataclass(slots=True)
class _Element:
    """An element: what it is called, what stands in it, and the TeX found on the way."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    parts: "list[_Element | str]" = field(default_factory=list)
    tex: str = ""

    def said(self) -> str:
        """Write the element as a row of signs."""
        if self.name in _TOKENS:
            return _TOKENS[self.name]("".join(p for p in self.parts if isinstance(p, str)))
        if self.name == "mmultiscripts":
            return self._surrounded()
        parts = [part for part in self.parts if isinstance(part, _Element) or part.strip()]
        said = [part.strip() if isinstance(part, str) else part.said() for part in parts]
        if self.name in _FORMS and len(said) == _COUNTS[self.name]:
            return _FORMS[self.name](*said)
        inside = _ROWS.get(self.name, _row)([one for one in said if one])
        if self.name == "mfenced":
            return self.attributes.get("open", "(") + inside + self.attributes.get("close", ")")
        return _root(inside) if self.name == "msqrt" else inside

    def _surrounded(self) -> str:
        """Write scripts before and after a sign: the ¹⁴ of ¹⁴C."""
        before, after, base = "", "", ""
        behind, low = True, True
        for part in self.parts:
            if isinstance(part, str):
                continue
            if part.name == "mprescripts":
                behind, low = False, True
            elif not base:
                base = part.said()
            else:
                one = _script(part.said(), raised=not low)
                before, after = (before, after + one) if behind else (before + one, after)
                low = not low
        return before + base + after


def _parsed(content: str) -> _Element:
    """Read tags and text; an end without a beginning is passed over."""
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
        element = _Element(name, _attributes(attributes))
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


def _sign(text: str) -> str:
    sign = decode_entities(text).translate(_UNSEEN).strip()
    if sign in _RELATIONS:
        return f" {sign} "
    return ", " if sign == "," else sign


def _row(parts: list[str]) -> str:
    """Set signs side by side; a word keeps apart from letters, ``sin x``."""
    row = before = ""
    for part in filter(None, parts):
        row += f" {part}" if before and _apart(before, part) else part
        before = part
    return row


def _apart(before: str, part: str) -> bool:
    """Tell whether two signs side by side would read as one."""
    if _SCRIPTED.search(before):
        return part[0].isalnum()
    if before[-1].isdecimal() and part[0].isdecimal():
        return True
    word = (len(before) > 1 and before[-2:].isalpha()) or (len(part) > 1 and part[:2].isalpha())
    return word and before[-1].isalpha() and part[0].isalpha()


def _script(content: str, *, raised: bool) -> str:
    content = _RELATION.sub(r"\1", content.strip())
    if not content or _NUMBER.fullmatch(content):
        return format_script(content, raised=raised)
    if raised and content.startswith(_PRIMES):
        return content
    return ("^" if raised else "_") + (content if content.isalnum() else f"{{{content}}}")


def _below(base: str, content: str) -> str:
    return base + _script(content, raised=False)


def _above(base: str, content: str) -> str:
    sign = content.strip()
    if sign in _ACCENTS and len(base) == 1:
        return base + _ACCENTS[sign]
    return base if sign in _ACCENTS else base + _script(content, raised=True)


def _raised(base: str, content: str) -> str:
    return base + _script(content, raised=True)


def _both(base: str, low: str, high: str) -> str:
    return _raised(_below(base, low), high)


def _whole(content: str) -> str:
    return content if content.isalnum() else f"({content})"


def _quotient(over: str, under: str) -> str:
    return f"{_whole(over)}/{_whole(under)}"


def _root(content: str) -> str:
    if len(content) > 1:
        content = f"({content})"
    return f"√{content}" if content else ""


_TOKENS: dict[str, Callable[[str], str]] = {
    "mi": lambda text: decode_entities(text).translate(_UNSEEN).strip(),
    "mn": lambda text: decode_entities(text).strip(),
    "mo": _sign,
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
    "msub": _below,
    "munder": _below,
    "msup": _raised,
    "mover": _above,
    "msubsup": _both,
    "munderover": _both,
    "mfrac": _quotient,
    "mroot": lambda content, degree: f"{_script(degree, raised=True)}{_root(content)}",
}
_COUNTS = {name: 3 if name in {"msubsup", "munderover"} else 2 for name in _FORMS}
