"""Word the labels of a drawing so that they are short, and estimate how wide they are."""

import re
import unicodedata
from textwrap import wrap

from search.graph.elements import Node, NodeKind

LINE = 19
"""Characters of a line of a label. Chosen: two lines of it have the first four words of a title."""

LINES = 2
"""Lines of a label; chosen."""

FONT = 12.0
"""Pixels of the letters of a label; the style sheet has the same."""

LEADING = 14.0
"""Pixels from one line of a label to the next; chosen."""

_NARROW, _WIDE = "fijlrtI1.,:;'|()[] -", "mwMW@%—"
_WIDTHS = {"narrow": 0.32, "capital": 0.68, "wide": 0.88, "full": 1.0, "other": 0.56}
"""Widths of letters in ems, about the mean of each class in Inter at weight 400."""

_SHORT = (
    (re.compile(r"\bUniversity\b"), "Univ."),
    (re.compile(r"\bDepartment\b"), "Dept."),
    (re.compile(r"\bInstitute\b"), "Inst."),
    (re.compile(r"\bLaborator(?:y|ies)\b"), "Lab."),
)


def word_label(node: Node) -> tuple[str, ...]:
    """Return the lines of a node's label."""
    text = " ".join(node.label.split())
    if node.kind is NodeKind.PAPER:
        text = text.replace("$", "").replace("\\", "")
    if node.kind is NodeKind.INSTITUTION:
        for pattern, short in _SHORT:
            text = pattern.sub(short, text)
    if node.kind is NodeKind.PERSON and len(text) > LINE:
        text = _abbreviate_name(text)
    return tuple(wrap(text, LINE, max_lines=LINES, placeholder=" …")) or ("?",)


def _abbreviate_name(name: str) -> str:
    """Write all words of a name but the last as initials."""
    *given, last = name[:200].split(" ")
    return " ".join([*(f"{word[0]}." for word in given[:3]), last])


def measure_width(text: str, font: float = FONT) -> float:
    """Estimate the width of a line in pixels."""
    return sum(map(_measure_letter, text)) * font


def _measure_letter(letter: str) -> float:
    if letter in _NARROW:
        return _WIDTHS["narrow"]
    if letter in _WIDE:
        return _WIDTHS["wide"]
    if unicodedata.east_asian_width(letter) in "FW":
        return _WIDTHS["full"]
    return _WIDTHS["capital" if letter.isupper() else "other"]
