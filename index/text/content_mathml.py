"""Write the content elements of MathML as a row of symbols.

Content MathML says what a formula means, not how it looks: ``<apply><in/><ci>x</ci><ci>S</ci>
</apply>`` is ``x ∈ S``. An operator comes before its arguments; one without a symbol is written
like a function, ``f(x, y)``.
"""

from collections.abc import Callable, Sequence

from index.text.formula_rows import (
    add_below,
    add_both,
    add_raised,
    divide,
    format_index,
    join_row,
    parenthesise,
    take_root,
)

Part = tuple[str, str]
"""The name of an element inside another, and its text as a row of symbols."""

_BETWEEN = {
    "plus": "+", "minus": "-", "eq": "=", "neq": "≠", "lt": "<", "gt": ">", "leq": "≤", "geq": "≥",
    "approx": "≈", "equivalent": "≡", "in": "∈", "notin": "∉", "subset": "⊆", "prsubset": "⊂",
    "notsubset": "⊈", "notprsubset": "⊄", "union": "∪", "intersect": "∩", "setdiff": "∖",
    "cartesianproduct": "×", "vectorproduct": "×", "scalarproduct": "·", "outerproduct": "⊗",
    "and": "∧", "or": "∨", "xor": "⊕", "implies": "⇒", "tendsto": "→", "compose": "∘", "rem": "mod",
    "factorof": "|", "approximately-equals": "≈", "similar-to": "∼", "proportional-to": "∝",
    "plus-or-minus": "±", "minus-or-plus": "∓", "direct-sum": "⊕", "tensor-product": "⊗",
    "maps-to": "↦", "much-less-than": "≪", "much-greater-than": "≫", "less-than-or-equals": "≤",
    "greater-than-or-equals": "≥", "less-than-or-similar-to": "≲",
    "greater-than-or-similar-to": "≳", "similar-to-or-equals": "≃", "colon": ":",
}  # fmt: skip
"""Operators written between their arguments; those in words are symbols that LaTeXML names."""

_CONSTANTS = {
    "complexes": "ℂ", "reals": "ℝ", "integers": "ℤ", "naturalnumbers": "ℕ", "rationals": "ℚ",
    "primes": "ℙ", "pi": "π", "exponentiale": "e", "imaginaryi": "i", "imaginaryunit": "i",
    "infinity": "∞", "emptyset": "∅", "eulergamma": "γ", "notanumber": "NaN", "true": "true",
    "false": "false", "ident": "id", "absent": "",
}  # fmt: skip
_BEFORE = {
    "not": "¬", "sum": "∑", "product": "∏", "int": "∫", "diff": "d", "partialdiff": "∂",
    "forall": "∀", "exists": "∃", "limit": "lim", "determinant": "det", "divergence": "div",
    "laplacian": "∇²", "real": "Re", "imaginary": "Im", "inverse": "inv", "quotient": "quotient",
}  # fmt: skip
_FUNCTIONS = frozenset((
    "sin cos tan sec csc cot sinh cosh tanh sech csch coth arcsin arccos arctan arcsinh arccosh "
    "arctanh arccot arcsec arccsc exp ln log arg max min gcd lcm mean median mode sdev variance "
    "moment grad curl domain codomain image selector transpose conjugate factorial abs floor "
    "ceiling card power root times divide norm"
).split())  # fmt: skip
_AROUND = {
    "abs": ("|", "|"), "card": ("|", "|"), "floor": ("⌊", "⌋"), "ceiling": ("⌈", "⌉"),
    "norm": ("‖", "‖"), "mean": ("⟨", "⟩"), "absolute-value": ("|", "|"), "set": ("{", "}"),
    "list": ("(", ")"), "vector": ("(", ")"), "interval": ("[", "]"), "open-interval": ("(", ")"),
    "closed-interval": ("[", "]"), "expectation": ("⟨", "⟩"), "delimited-[]": ("[", "]"),
    "delimited-⟨⟩": ("⟨", "⟩"), "conditional-set": ("{", "}"),
}  # fmt: skip
_AFTER = {"factorial": "!", "transpose": "^T", "conjugate": "*", "inverse": "⁻¹"}
_SCRIPTS: dict[str, Callable[[str, str], str]] = {
    "power": add_raised,
    "superscript": add_raised,
    "subscript": add_below,
    "divide": divide,
}
_QUALIFIERS = frozenset((
    "bvar", "lowlimit", "uplimit", "degree", "logbase", "condition", "domainofapplication",
    "momentabout",
))  # fmt: skip
_ROWS = {"matrix": "; ", "matrixrow": ", ", "piecewise": "; ", "piece": " if "}
_HOLDERS = frozenset(
    "apply reln bind fn cn ci csymbol cs cbytes cerror share lambda declare sep otherwise".split()
)
CONTENT = frozenset(
    name
    for names in (_BETWEEN, _CONSTANTS, _BEFORE, _FUNCTIONS, _AROUND, _ROWS, _QUALIFIERS, _HOLDERS)
    for name in names
    if name.isalpha()
)
"""The names of the elements that this module knows; other names here are those of symbols."""

_SIGNS = _BETWEEN | _CONSTANTS | _BEFORE


def format_content(name: str, text: str, parts: Sequence[Part]) -> str:
    """Write one content element.

    Args:
        name: Its name, one of `CONTENT`.
        text: The text directly in it.
        parts: The elements in it, in order.
    """
    if name in ("apply", "reln", "bind") and parts:
        return _apply(parts[0], parts[1:])
    texts = [part for _, part in parts if part]
    if name in _AROUND and texts:
        return _surround(name, texts)
    if name in _ROWS:
        return _ROWS[name].join(texts)
    if texts or text.strip():
        return join_row([" ".join(text.split()), *texts])
    return _SIGNS.get(name, "" if name in _HOLDERS else name)


def _apply(operator: Part, parts: Sequence[Part]) -> str:
    """Write an operator and its arguments; limits and variables are indices of it."""
    name, shown = operator
    if name not in CONTENT or name in _HOLDERS:
        name = shown  # a symbol that is named by its text
    texts = [text for kind, text in parts if kind not in _QUALIFIERS and text]
    low = "=".join(text for kind, text in parts if kind in _QUALIFIERS and kind != "uplimit")
    high = "".join(text for kind, text in parts if kind == "uplimit")
    if not texts:
        return _SIGNS.get(name, shown)
    if len(texts) == 1 and not low:
        return _apply_to_one(name, shown, texts[0])
    if name == "root":
        return format_index(low, raised=True) + take_root(texts[0])
    if row := _join_arguments(name, texts):
        return row
    sign = _SIGNS.get(name, shown)
    sign = add_both(sign, low, high) if high else add_below(sign, low) if low else sign
    return join_row([sign, *texts]) if name in _BEFORE else f"{sign}({', '.join(texts)})"


def _join_arguments(name: str, texts: Sequence[str]) -> str:
    """Write an operator that stands between or around its arguments; empty for any other."""
    if name in _SCRIPTS and len(texts) == 2:  # noqa: PLR2004 - base and index
        return _SCRIPTS[name](*texts)
    if name in _BETWEEN:
        return f" {_BETWEEN[name]} ".join(texts)
    if name == "times":
        return join_row([parenthesise(text) if " " in text else text for text in texts])
    return _surround(name, texts) if name in _AROUND else ""


def _apply_to_one(name: str, shown: str, text: str) -> str:
    if name in _AROUND:
        return _surround(name, [text])
    if name in _AFTER:
        return parenthesise(text) + _AFTER[name]
    if name == "root":
        return take_root(text)
    sign = _SIGNS.get(name, shown)
    if name in _BETWEEN or name in _BEFORE:
        return join_row([sign, text])
    if name in _FUNCTIONS and text.isalnum():
        return f"{sign} {text}"
    return f"{sign}({text})"


def _surround(name: str, texts: Sequence[str]) -> str:
    start, end = _AROUND[name]
    return f"{start}{', '.join(texts)}{end}"
