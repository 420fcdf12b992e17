"""Check that blocks of BibTeX are parsed, and what is repaired in damaged ones."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.scanners.bibtex_blocks import Block, parse_blocks
from tests.support.cost import grows_linearly


def parse(text: str) -> Block:
    """Return the only block of a text."""
    (block,) = parse_blocks(text, {})
    return block


REPAIRED = [
    ('@misc{k, note = "A "quoted" word", year = 2001}', "note", 'A "quoted" word'),
    ('@misc{k, note = "M\\"uller and \\"{O}z", year = 2001}', "note", 'M\\"uller and \\"{O}z'),
    ('@misc{k, note = "ends in \\", year = 2001}', "note", "ends in \\"),
    ("@misc{k, note = {if \\{ x}, year = 2001}", "note", "if \\{ x"),
    ("@misc{k, note = {C:\\dir\\}, year = 2001}", "note", "C:\\dir\\"),
    ("@misc{k, note = {a} b}\n, year = 2001}", "note", "a} b"),
    ("@misc{k,\n note = {a} b},\n year = 2001}", "note", "a} b"),
    ("@misc{k,\n note = {a {b,\n year = 2001\n}", "note", "a {b"),
    ("@misc{k, note = two words year=2001}", "note", "two words"),
    ("@misc{k, note = x=1&y=2, year = 2001}", "note", "x=1&y=2"),
    ("@misc(k, note = {a (b}, year = 2001)", "note", "a (b"),
    ("@misc(k, note = word)", "note", "word"),
    ("@misc{Roe (2001), note = {a}}", "note", "a"),
    ("@misc{k, Unique-ID = {a}, year = 2001}", "unique-id", "a"),
    ("@misc{k, Count (Last 180 days) = {a}, year = 2001}", "count (last 180 days)", "a"),
    ("@misc{roe note = {a}, year = 2001}", "note", "a"),
    ("@misc{k, note\n = \n{a}}", "note", "a"),
    ("@misc{k, % {open\n note = {a}}", "note", "a"),
]


@pytest.mark.parametrize(("text", "name", "value"), REPAIRED)
def test_repaired_values(text: str, name: str, value: str) -> None:
    """A value ends where its writer meant it to end."""
    block = parse(text)
    assert dict(block.fields)[name] == value


KEYS = [
    ("@a{k,}", "k"),
    ("@a{ ISI:0001,\n b = 1}", "ISI:0001"),
    ("@a{doi:10.1000/S0140-6736(03)1, b = 1}", "doi:10.1000/S0140-6736(03)1"),
    ("@a{Roe et al. 2001,}", "Roe et al. 2001"),
    ("@a{k}", "k"),
    ("@a(k)", "k"),
    ("@a{k\n b = 1}", "k"),
    ("@a{,b = 1}", ""),
    ("@a{}", ""),
    ("@a{b = 1}", ""),
]


@pytest.mark.parametrize(("text", "key"), KEYS)
def test_keys(text: str, key: str) -> None:
    """A key may be odd or missing."""
    assert parse(text).key == key


def test_blocks_on_one_line() -> None:
    """Blocks follow each other on one line, and comments between them are skipped."""
    text = "@a{x, b = {1}}@a{y, b = {2}} see c@d{z, b = 1} @comment{@a{no, b = 1}} @a{z, b = s}"
    blocks = list(parse_blocks(text, {"s": "3"}))
    assert [(block.key, block.fields) for block in blocks] == [
        ("x", [("b", "1")]),
        ("y", [("b", "2")]),
        ("z", [("b", "3")]),
    ]


def test_strings_have_no_key() -> None:
    """One block may define several strings."""
    block = parse('@string{a = "x", b = {y}}')
    assert (block.type, block.key, block.fields) == ("string", "", [("a", "x"), ("b", "y")])


WILD = st.text(alphabet='@{}()",=#\\ \nab1%;', max_size=80)


@given(WILD)
def test_any_text_is_parsed(text: str) -> None:
    """No text raises an error, and every value comes from the text."""
    blocks = list(parse_blocks(f"@a{{{text}", {}))
    assert blocks[0].type == "a"
    assert all(value in text or "#" in text for block in blocks for _, value in block.fields)


@pytest.mark.parametrize(
    "line",
    ["a = {\n", 'a = "\n', "a = {x} y, ", "{ ", '" ', "a = {x}}, ", "} ", "a {", "= ", "@a{b, "],
)
def test_damage_takes_linear_time(line: str) -> None:
    """A block of damaged values takes time in proportion to its length."""

    def make(size: int) -> Callable[[], object]:
        text = "@a{k, " + line * size
        return lambda: list(parse_blocks(text, {}))

    assert grows_linearly(make, 20_000)
