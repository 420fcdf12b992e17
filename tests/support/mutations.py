"""Damage single values of records as no dump should, and as dumps do.

Each function takes a record and a seeded generator and returns the record with one to three values
removed, repeated or replaced by an odd one: of another type, of absurd size, in a list or out of
it. The frame of a record, by which its beginning and end are found, stays.
"""

import re
from collections.abc import Callable
from random import Random
from typing import Any

LARGE = "9" * 40
"""A number beyond 64 bits."""

LONG = 60_000
"""Characters of a value of absurd size; some are ten times as long."""

TEXTS = (
    "", " ", "-", "NA", "0", "-1", "1.5", "1e400", "NaN", "\u0000", "\u0007\u001b[31m", "\ufeff",
    "\u202e",
    "\ud7ff\U0010ffff", LARGE, "x" * LONG, "{" * 500, "}" * 500, "[" * 500, "$" * 301, "\\",
    "\\\\{", "%",
    "<" * 500, "&" * 500, "&#x110000;", "&lt;b&gt;", "<b>bold", "]]>", "a, b and c", "; ; ;",
    ",,,", "a\nb",
    "\t\t", "https://", "http://[::1/", "10.1/", "10.", "2020-13-45", "99999", "0000-00-00",
    "Jul-Aug 2019",
    "['a', 'b']", '{"a": 1}', "None", "null", "true", "=HYPERLINK()", "'" * 99, "Ω" * 9_000,
    "ב" * 50,
)  # fmt: skip
"""Odd values of a text; control characters are planted by other tests where a format forbids "
"them."""

JSON_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 1e308, int(LARGE), -int(LARGE), 2**63, 2**64, [], {}, [[]],
    [None],
    [{}], {"a": 1}, {"name": None}, {"name": ["a"]}, [1, "a", None, {"b": []}], [[["a"]]], {"": ""},
    {"value": {"value": "a"}}, ["a"] * 3_000, {str(n): n for n in range(500)}, *TEXTS,
)  # fmt: skip


def nest(depth: int) -> Any:  # noqa: ANN401 - nested lists
    """Return an empty list inside lists."""
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


def mutate_json(record: dict[str, Any], chance: Random) -> dict[str, Any]:
    """Damage one to three values at any depth."""
    changed: dict[str, Any] = _copy(record)
    for _ in range(chance.randint(1, 3)):
        holder, key = _choose_place(changed, chance)
        value = holder[key]
        action = chance.randrange(8)
        if action == 0:
            del holder[key]
        elif action == 1:
            holder[key] = [value]
        elif action == 2:
            holder[key] = value[0] if isinstance(value, list) and value else {"a": value}
        elif action == 3:
            holder[key] = [value] * chance.choice((2, 300))
        elif action == 4:
            holder[key] = nest(chance.choice((3, 90)))
        else:
            holder[key] = _copy(chance.choice(JSON_VALUES))
    return changed


def _copy(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {key: _copy(one) for key, one in value.items()}
    return [*map(_copy, value)] if isinstance(value, list) else value


def _choose_place(record: dict[str, Any], chance: Random) -> tuple[Any, Any]:
    """Choose a value at random; return what holds it and its key or position."""
    holder: Any = record
    while True:
        key = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        below = holder[key]
        if not (isinstance(below, dict | list) and below) or chance.random() < 0.3:
            return holder, key
        holder = below


_LEAF = re.compile(r"<([\w:.-]+)((?:\s[^<>]*)?)>([^<>]*)</\1>")
_ATTRIBUTE = re.compile(r'\s[\w:-]+="[^"<>]*"')


def mutate_xml(record: str, chance: Random) -> str:
    """Damage one to three elements without children; the record's own element stays."""
    for _ in range(chance.randint(1, 3)):
        leaves = [*_LEAF.finditer(record)]
        if not leaves:
            return record
        leaf = chance.choice(leaves)
        name, attributes, text = leaf.groups()
        whole = leaf[0]
        odd = _escape(chance.choice(TEXTS))
        record = record[: leaf.start()] + chance.choice((
            "", whole * 2, whole * 300, f"<{name}/>", f"<{name}{attributes}>{odd}</{name}>",
            f"<{name}{attributes}>{odd}</{name}>", f"<odd>{whole}</odd>", f"<!-- {name} -->{whole}",
            f"<{name}><odd>{text}</odd><odd>{odd}</odd></{name}>",
            f"<{name}><![CDATA[{text}]]></{name}>",
            f"<{name}>{_ATTRIBUTE.sub('', attributes)}</{name}>", f"{odd}{whole}{odd}",
            f"<{name} odd=\"{odd.replace(chr(34), '')}\">{text}</{name}>",
            f"<{name}>" + "<i>" * 40 + text + "</i>" * 40 + f"</{name}>",
        )) + record[leaf.end() :]  # fmt: skip
    return record


def _escape(text: str) -> str:
    text = re.sub(r"[\x00-\x08\x0b-\x1f]", "", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mutate_lines(record: str, chance: Random, line: re.Pattern[str]) -> str:
    """Damage one to three lines that match; `line` has the groups label, value and end."""
    for _ in range(chance.randint(1, 3)):
        lines = record.split("\n")
        inner = range(1, len(lines) - 1)  # the first and last line are the record's frame
        chosen = [at for at in inner if line.fullmatch(lines[at])]
        if not chosen:
            return record
        at = chance.choice(chosen)
        found = line.fullmatch(lines[at])
        assert found is not None
        label, value, end = found.groups()
        odd = chance.choice(TEXTS).replace("\n", " ").replace("\r", " ")
        other = lines[chance.choice(chosen)]
        lines[at : at + 1] = chance.choice((
            [], [lines[at]] * 2, [lines[at]] * 300, [label + odd + end], [label + odd + end],
            [label + value + odd + end], [other, lines[at]], [label + (value + " ") * 2_000 + end],
            [label + end], [label.replace(label.strip()[:2], "Q9", 1) + value + end, lines[at]],
        ))  # fmt: skip
        record = "\n".join(lines)
    return record


def mutate_cells(cells: list[str], chance: Random) -> list[str]:
    """Damage one to three cells of a row."""
    changed = list(cells)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(changed))
        value = changed[at]
        changed[at] = chance.choice(
            (
                chance.choice(TEXTS),
                chance.choice(TEXTS),
                value[:1_000] * 300,
                f"['{value}']",
                f"{value}; {value}",
                "",
            )
        )
    return changed


Mutate = Callable[[Random], bytes]
"""Returns a record with damaged values."""
