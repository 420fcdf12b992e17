"""Write a tiny network in the format ONNX, which looks up one vector for each piece of a text.

Source: the format's definition, onnx.proto; the numbers of its fields are those given there.
"""

from array import array
from typing import TypeAlias

INT32, INT64, FLOAT = 6, 7, 1
"""Types of elements."""

Fields: TypeAlias = list[tuple[int, int | str | bytes]]
"""The fields of a message: pairs of number and value."""


def make_network(
    entries: int, dimension: int = 8, *, elements: int = INT64, component: float = 1.0
) -> bytes:
    """Return a network with one input and an output by token.

    Args:
        entries: The pieces that it knows.
        dimension: The number of components of a vector.
        elements: The type of the numbers of pieces.
        component: What each component of each vector is.
    """
    node: Fields = [(1, "table"), (1, "input_ids"), (2, "vectors"), (4, "Gather")]
    content = array("f", [component]) * (entries * dimension)
    table: Fields = [(1, entries), (1, dimension), (2, FLOAT), (8, "table"), (9, content.tobytes())]
    graph: Fields = [
        (1, _pack(node)),
        (2, "graph"),
        (5, _pack(table)),
        (11, _describe("input_ids", elements, 2)),
        (12, _describe("vectors", FLOAT, 3)),
    ]
    return _pack([(1, 8), (7, _pack(graph)), (8, _pack([(1, ""), (2, 13)]))])


def _describe(name: str, elements: int, dimensions: int) -> bytes:
    """Describe an input or output whose dimensions are known by a name only."""
    shape = _pack([(1, _pack([(2, f"{name}{at}")])) for at in range(dimensions)])
    return _pack([(1, name), (2, _pack([(1, _pack([(1, elements), (2, shape)]))]))])


def _pack(fields: Fields) -> bytes:
    """Pack the fields of a message as Protocol Buffers do."""
    packed = b""
    for number, value in fields:
        if isinstance(value, int):
            packed += _pack_number(number << 3) + _pack_number(value)
        else:
            content = value.encode() if isinstance(value, str) else value
            packed += _pack_number(number << 3 | 2) + _pack_number(len(content)) + content
    return packed


def _pack_number(number: int) -> bytes:
    packed = bytearray()
    while number > 0x7F:
        packed.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*packed, number])
