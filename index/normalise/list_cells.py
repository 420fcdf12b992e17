r"""Read lists and mappings that a program wrote into one text, such as the cell of a table.

Python, pandas, numpy and JSON each write a list of authors in their own way. This grammar covers
them all; a comma may be missing, as numpy leaves it out::

    value   = list | mapping | string | word
    list    = ("[" | "(" | "{" | call "(") {value [","]} ("]" | ")" | "}")
    mapping = "{" {string ":" value [","]} "}"
    string  = '...' | "...", with the escapes of Python and JSON
    word    = a number, or None, null, nan, True, False

Nothing is evaluated. The time is proportional to the length, and nesting is limited.
"""

import re
from ast import literal_eval
from collections.abc import Iterator
from typing import TypeAlias

import msgspec

MAX_CELL = 1 << 20
"""Characters; a longer text is not read as a list. 10,000 authors with an id each take 600,000."""

MAX_DEPTH = 12
"""Lists in lists; a text with more is not read. The authors of an OpenAlex work have five."""

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
"""What was read: of None and null an empty string, of a number its digits."""

NAMING = (
    "name", "display_name", "displayName", "full_name", "fullName", "fullname", "literal", "author",
    "category", "source", "title", "term", "keyword", "value", "text", "label", "url", "created",
)  # fmt: skip
"""Keys of what a mapping names, in APIs whose answers people turn into tables; the best first."""

_TOKEN = re.compile(
    r"""\s*+(?:
    (?P<string>[bru]?(?:'(?:[^'\\]|\\.)*+'|"(?:[^"\\]|\\.)*+"))
    |(?P<open>(?:[A-Za-z_][\w.]*+)?\(|[\[{])
    |(?P<close>[\])}])
    |(?P<comma>,)
    |(?P<colon>:)
    |(?P<word>-?\d[\w.+-]*+|None|null|NULL|nan|NaN|NA|<NA>|True|true|False|false
        |\.\.\.|dtype=[\w'<]+)
    )\s*+""",
    re.VERBOSE | re.DOTALL,
)
_BEGINNING = re.compile(
    r"(?:(?:array|list|tuple|set|frozenset)\()?[\[({]\s*+(?:[^\s\w]|[\dbNnur]|[\w.]+\()"
)
_NO_VALUES = frozenset(("None", "null", "NULL", "nan", "NaN", "NA", "<NA>", "..."))
_ENDS = {"[": "]", "(": ")", "{": "}"}
_BRACKET = re.compile(r"[\[\]{}]")
_BETWEEN = re.compile(r"""['"]\s*[,;]\s*['"]""")


def parse_list(text: str) -> list[Value] | dict[str, Value] | None:
    """Read a list, set, tuple or mapping.

    Args:
        text: ``['A', 'B']``, ``["A", null]``, ``['A' 'B']``, ``[{"name": "A"}]``. A list whose
            strings contain unescaped quotes is split between them.

    Returns:
        What it contains, or None if the text is something else, such as a title in brackets.
    """
    text = text.strip()
    if text[-1:] not in ("]", ")", "}") or len(text) > MAX_CELL or not _BEGINNING.match(text):
        return None
    tokens = _split_tokens(text)
    try:
        value = _read_container(tokens, next(tokens)["open"] or "", MAX_DEPTH)
        if isinstance(value, list | dict) and next(tokens, None) is None:
            return value
    except (ValueError, StopIteration):
        pass
    inner = text[2:-2]
    if text[:2] in ("['", '["') and text[-2:] in ("']", '"]') and not _BRACKET.search(inner):
        return [*_BETWEEN.split(inner)]
    return None


def list_names(value: Value) -> list[str]:
    """Return the strings of a value in order, and of each mapping in it what it names.

    Args:
        value: ``["A", {"id": "T1", "display_name": "B"}, {"date-parts": [["2019", "5"]]}]`` has
            the strings ``A``, ``B`` and ``2019-5``.
    """
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, list):
        return [text for item in value for text in list_names(item)]
    if parts := value.get("date-parts"):
        return ["-".join(list_names(parts))]
    return next((names for key in NAMING if (names := list_names(value.get(key, "")))), [])


def _split_tokens(text: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise ValueError(text[at : at + 20])
        yield token
        at = token.end()


def _read_container(tokens: Iterator[re.Match[str]], opened: str, depth: int) -> Value:
    """Read up to the closing bracket of a container; of a call with one value, return that.

    Raises:
        ValueError: The text is no list, or is nested too deeply.
    """
    if not opened or not depth:
        raise ValueError(opened)
    items: list[Value] = []
    mapping: dict[str, Value] = {}
    key: Value | None = None
    for token in tokens:
        if token["close"]:
            break
        if token["colon"]:
            key = items.pop() if opened == "{" and items else None
            if not isinstance(key, str):
                raise ValueError(opened)
        elif isinstance(key, str):
            mapping[key], key = _read_value(token, tokens, depth), None
        elif not (token["comma"] or (token["word"] or "").startswith("dtype")):
            items.append(_read_value(token, tokens, depth))
    else:
        raise ValueError(opened)
    if token["close"] != _ENDS[opened[-1]] or (items and mapping):
        raise ValueError(opened)
    if len(opened) > 1 and len(items) == 1:
        return items[0]
    return mapping if mapping or (opened == "{" and not items) else items


def _read_value(token: re.Match[str], tokens: Iterator[re.Match[str]], depth: int) -> Value:
    """Return the value that begins with a token."""
    if token["open"]:
        return _read_container(tokens, token["open"], depth - 1)
    if token["string"]:
        return _decode_string(token["string"])
    if not token["word"]:
        raise ValueError(token[0])
    return "" if token["word"] in _NO_VALUES else token["word"]


def _decode_string(written: str) -> str:
    """Return what a quoted string of JSON or Python stands for."""
    if "\\" not in written:
        return written.lstrip("bru")[1:-1]
    try:
        if written[0] == '"':
            return msgspec.json.decode(written, type=str)
    except msgspec.DecodeError:
        pass
    try:
        text = literal_eval(written.replace("\r", "\\r").replace("\n", "\\n"))
    except (ValueError, SyntaxError):
        return written.lstrip("bru")[1:-1].replace("\\", "")
    return text if isinstance(text, str) else text.decode("utf-8", "replace")
