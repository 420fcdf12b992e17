"""Decode a JSON record some of whose values are not of the types that its format states.

msgspec's typed decoder, which `index.scanners.json_lines` tries first, rejects a whole record for
one odd value. `decode_leniently` decodes such a record value by value, driven by the annotations
of the same struct. What can be used is used: a list of one text is that text, a text where a list
is stated is a list of one, ``"12"`` is a number. What cannot be used costs itself alone, unless the
struct has no default for it: then the object that it belongs to is dropped, and in the end the
record.
"""

import json
import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, inspect

from index.records import NUMBER_LIMIT
from index.scanners.json_texts import MAX_DEPTH, NAMES, find_text, find_texts

T = TypeVar("T")

JOIN = "join"
"""The key of ``Meta(extra={JOIN: "; "})``: what joins the texts of a list into one text. Of other
lists the first text is taken."""

Paragraphs = Annotated[str | None, Meta(extra={JOIN: "\n\n"})]
Keywords = Annotated[str | None, Meta(extra={JOIN: "; "})]
"""Texts that some dumps write as lists."""

_LONG = 400
"""Digits of a number that is read exactly; a longer one is infinite, as a float beyond 1e308 is."""

_NUMBER = re.compile(r"\s*([+-]?\d{1,18})(?:\.0*)?\s*")
_INFINITE = re.compile(r"\d(?:[eE]\+?\d{3}|\d{300})|NaN|Infinity")
"""In a text without this every number is finite; msgspec takes others for numbers."""

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|(?P<lone>u[dD][89a-fA-F]\w\w)|.)", re.DOTALL
)
_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}

_CLASSES: dict[type[inspect.Type], type] = {
    inspect.NoneType: type(None),
    inspect.StrType: str,
    inspect.BoolType: bool,
    inspect.VarTupleType: list,
    inspect.ListType: list,
    inspect.StructType: dict,
    inspect.DictType: dict,
}
"""What the values of a type are in Python; those of other types may be anything."""

_UNUSABLE: Any = object()
"""The result for a value that cannot be used."""


def decode_leniently(raw: bytes, kind: type[T]) -> tuple[T, tuple[str, ...]]:
    """Decode a record, and drop the values that cannot be used.

    Beyond JSON's standard, numbers may be ``NaN`` or of any size, texts may hold control characters
    and halves of surrogate pairs, and bytes that are not UTF-8 are replaced.

    Args:
        raw: The record.
        kind: The struct that describes it.

    Returns:
        The record, and the paths of the fields that held an odd value: ``author.given``.

    Raises:
        ValidationError: A value that has no default is missing or unusable.
        JSONDecodeError: The record is no JSON.
    """
    text = raw.decode("utf-8", "replace")
    fitter = _Fitter(finite=not _INFINITE.search(text))
    value = parse_leniently(text)
    described = _describe(kind)  # type: ignore[arg-type] # mypy doubts that a type can be hashed
    fitted = fitter.fit(value, described, "", 0)
    whole = msgspec.convert(value if fitted is _UNUSABLE else fitted, kind)
    return whole, tuple(fitter.odd)


def parse_leniently(text: str) -> object:
    """Parse JSON as Python's parser does, but with numbers of any size and without surrogates.

    Raises:
        JSONDecodeError: The text is no JSON.
    """
    if _SURROGATE.search(text):
        text = _ESCAPE.sub(lambda found: r"\ufffd" if found["lone"] else found[0], text)
    return json.loads(text, strict=False, parse_int=parse_integer)


def parse_integer(digits: str) -> int | float:
    """Return a number in JSON of any size; Python parses no more than 4,300 digits."""
    return int(digits) if len(digits) <= _LONG else math.inf


@lru_cache
def _describe(kind: type) -> inspect.Type:
    return inspect.type_info(kind)


@lru_cache
def _list_annotations(kind: type) -> dict[str, Any]:
    return {field.encode_name: field.type for field in msgspec.structs.fields(kind)}


def _is_whole(kind: type, name: str, value: object) -> bool:
    """Return whether a list or object in a field is as its type wants it, with all inside it.

    With this the odd values of a record are found without a look at each of the others. Tried on
    works of OpenAlex with one odd value each: 620 records/s without it, 1,140 with it.
    """
    if not isinstance(value, list | dict):
        return False
    try:
        msgspec.convert(value, _list_annotations(kind)[name])
    except (msgspec.ValidationError, TypeError, RecursionError):
        return False
    return True


def _accepts(kind: inspect.Type, value: object) -> bool:
    """Return whether a value is of a type, without regard to the values inside it."""
    match kind:
        case inspect.Metadata() | inspect.UnionType():
            return any(_accepts(one, value) for one, _ in _list_members(kind))
        case inspect.IntType():
            return _is_integer(value)
        case inspect.FloatType():
            return _is_integer(value) or (isinstance(value, float) and math.isfinite(value))
        case _:
            return isinstance(value, _CLASSES.get(type(kind), object))


def _is_integer(value: object) -> bool:
    return type(value) is int and -NUMBER_LIMIT <= value < NUMBER_LIMIT


class _Fitter:
    """Fits the values of one record to their types.

    Attributes:
        odd: The paths of the fields that held an odd value, in order.
    """

    def __init__(self, *, finite: bool) -> None:
        self.odd: dict[str, None] = {}
        self._finite = finite
        self._members: dict[int, list[tuple[inspect.Type, str]]] = {}

    def fit(self, value: object, kind: inspect.Type, path: str, depth: int) -> Any:  # noqa: ANN401 - any type
        """Return a value as its type wants it, or `_UNUSABLE`; what is empty is never odd."""
        if depth > MAX_DEPTH:
            self.odd[path] = None
            return _UNUSABLE
        members = self._members.get(id(kind)) or list(_list_members(kind))
        self._members[id(kind)] = members
        for member, _ in members:
            if _accepts(member, value):
                return self._fit_accepted(value, member, path, depth)
        if value is None or value in ("", [], {}):
            return _UNUSABLE
        self.odd[path] = None
        found = (self._fit_other(value, one, joint, path, depth) for one, joint in members)
        return next((one for one in found if one is not _UNUSABLE), _UNUSABLE)

    def _fit_accepted(self, value: Any, kind: inspect.Type, path: str, depth: int) -> Any:  # noqa: ANN401 - any type
        match kind:
            case inspect.StructType():
                return self._fit_struct(value, kind, path, depth)
            case inspect.DictType():
                fitted = (
                    (name, self.fit(one, kind.value_type, path, depth + 1))
                    for name, one in value.items()
                )
                return {name: one for name, one in fitted if one is not _UNUSABLE}
            case inspect.VarTupleType() | inspect.ListType():
                return self._fit_list(value, kind.item_type, path, depth)
            case inspect.RawType():
                return msgspec.Raw(msgspec.json.encode(value))
            case _:
                return value

    def _fit_struct(
        self, value: dict[str, object], kind: inspect.StructType, path: str, depth: int
    ) -> Any:  # noqa: ANN401 - an object or _UNUSABLE
        fitted = {}
        for field in kind.fields:
            name = field.encode_name
            if name not in value and not field.required:
                continue
            if self._finite and _is_whole(kind.cls, name, value.get(name)):
                fitted[name] = value[name]
                continue
            inner = f"{path}.{name}" if path else name
            one = self.fit(value.get(name), field.type, inner, depth + 1)
            if one is not _UNUSABLE and name in value:
                fitted[name] = one
            elif field.required and path:  # the whole record is left to msgspec's message
                if value:
                    self.odd[inner] = None
                return _UNUSABLE
        return fitted

    def _fit_list(
        self, values: Sequence[object], kind: inspect.Type, path: str, depth: int
    ) -> list[Any]:
        fitted: list[Any] = []
        for value in values:
            if isinstance(value, list) and not _accepts(kind, value) and depth < MAX_DEPTH:
                self.odd[path] = None
                fitted += self._fit_list(value, kind, path, depth + 1)
            elif (one := self.fit(value, kind, path, depth + 1)) is not _UNUSABLE:
                fitted.append(one)
        return fitted

    def _fit_other(
        self, value: object, kind: inspect.Type, joint: str, path: str, depth: int
    ) -> Any:  # noqa: ANN401 - any type
        """Return a value of another type as the type wants it, or `_UNUSABLE`."""
        match kind:
            case inspect.VarTupleType() | inspect.ListType():
                return self._fit_list(_list_items(value), kind.item_type, path, depth) or _UNUSABLE
            case inspect.StructType() if isinstance(value, str):
                names = [field.encode_name for field in kind.fields]
                known = next((name for name in NAMES if name in names), None)
                return self._fit_struct({known: value}, kind, path, depth) if known else _UNUSABLE
            case inspect.StructType() | inspect.DictType() if isinstance(value, list):
                found = (self.fit(one, kind, path, depth + 1) for one in value)
                return next((one for one in found if one is not _UNUSABLE), _UNUSABLE)
            case inspect.StrType():
                return (joint.join(find_texts(value)) if joint else find_text(value)) or _UNUSABLE
            case inspect.IntType() | inspect.FloatType() | inspect.BoolType():
                return _read_number(value, kind)
            case _:
                return _UNUSABLE


def _list_members(kind: inspect.Type, joint: str = "") -> Iterator[tuple[inspect.Type, str]]:
    """Yield the types that a type allows, and what joins texts where it says so."""
    match kind:
        case inspect.Metadata():
            yield from _list_members(kind.type, (kind.extra or {}).get(JOIN, joint))
        case inspect.UnionType():
            for one in kind.types:
                yield from _list_members(one, joint)
        case _:
            yield kind, joint


def _list_items(value: object) -> list[object]:
    """Return the items of what should be a list: PHP writes one as ``{"0": ..., "1": ...}``."""
    if isinstance(value, dict) and value and all(map(str.isdecimal, value)):
        return list(value.values())
    return [value]


def _read_number(value: object, kind: inspect.Type) -> Any:  # noqa: ANN401 - a number or _UNUSABLE
    """Return the number or truth value that a text, a list of one or another number stands for."""
    while isinstance(value, list | dict) and len(value) == 1:
        (key,) = value if isinstance(value, dict) else (0,)
        if not str(key).startswith(("$", "value", "0")):  # MongoDB writes {"$numberInt": "12"}
            return _UNUSABLE
        value = value[key]
    if isinstance(kind, inspect.BoolType):
        known = isinstance(value, str | int) and str(value).strip().lower()
        return _TRUTHS.get(known, _UNUSABLE) if known else _UNUSABLE
    if isinstance(value, str):
        found = _NUMBER.fullmatch(value)
        value = int(found[1]) if found else _parse_float(value)
    if isinstance(kind, inspect.IntType) and isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not _accepts(kind, value):
        return _UNUSABLE
    return value


def _parse_float(text: str) -> float:
    try:
        return float(text) if len(text) < _LONG else math.nan
    except ValueError:
        return math.nan
