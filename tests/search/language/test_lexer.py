"""Check how queries are split into tokens, and that any text is split in linear time."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.language.lexer import MAX_SLOP, STRAY_CARET, lex
from search.language.parser import parse
from search.language.tokens import Token
from search.language.tree import MAX_DEPTH, Query, Span
from search.language.typed_text import remove_invisible
from tests.support.cost import grows_linearly

OPERATORS = "()[]{}\"^~*?:+-<>=.,;!/&|#@$\\' "
PIECES = (
    "a b deep title: author: author:^ year: status: id: foo: 10.1000/x 2006.04779 2019 .. é 日本 "
    'ß C++ C# ^2 ^1.5 ~2 [2019 "a "~2 hep-th/9901001 https://arxiv.org/abs/ http:// \u0661 ² ’ İ'
).split()
JOINTS = [" ", " ", " AND ", " OR ", " NOT ", " TO ", "\u00a0"]
JUMBLE = st.lists(st.sampled_from([*OPERATORS, *PIECES, *JOINTS]), max_size=16).map("".join)

LEXED = [  # query, kinds and texts of its tokens
    ("", ""),
    ("  ", ""),
    ("deep  learning", "CHUNK:deep CHUNK:learning"),
    ("a AND (b OR NOT c)", "CHUNK:a AND:AND OPEN:( CHUNK:b OR:OR NOT:NOT CHUNK:c CLOSE:)"),
    ("and ANDx", "CHUNK:and CHUNK:ANDx"),
    ("-a +b - c--d", "MINUS:- CHUNK:a PLUS:+ CHUNK:b CHUNK:- CHUNK:c--d"),
    ("title:deep", "FIELD:title CHUNK:deep"),
    ("TI:(a)", "FIELD:TI OPEN:( CHUNK:a CLOSE:)"),
    ("foo:bar", "CHUNK:foo CHUNK:bar"),
    ("title:author:a", "FIELD:title FIELD:author CHUNK:a"),
    ("id:arxiv:a", "FIELD:id CHUNK:arxiv:a"),
    ("word^2 bc^x", "CHUNK:word BOOST:2 CHUNK:bc CHUNK:^x"),
    ("(a)^2.5", "OPEN:( CHUNK:a CLOSE:) BOOST:2.5"),
    ("author:^2", "FIELD:author CHUNK:^2"),
    ('"a b"~3', "PHRASE:a b"),
    ("“a b”", "PHRASE:a b"),
    ('^"a b"', "PHRASE:a b"),
    ("year:[2019 TO 2022}", "FIELD:year RANGE:[2019 TO 2022}"),
    ("10.1000/x(1)", "IDENTIFIER:10.1000/x(1)"),
    ("https://arxiv.org/abs/2006.04779v2", "IDENTIFIER:2006.04779"),
    ("neur* levine~2", "CHUNK:neur* CHUNK:levine~2"),
    ("（a）", "OPEN:( CHUNK:a CLOSE:)"),
]


def collect(text: str) -> tuple[list[Token], list[tuple[str, Span]]]:
    """Return the tokens of a text and the notices about it."""
    notices: list[tuple[str, Span]] = []

    def report(message: str, at: Span) -> None:
        notices.append((message, at))

    return list(lex(text, report)), notices


@pytest.mark.parametrize(("text", "expected"), LEXED)
def test_text_is_split_into_tokens(text: str, expected: str) -> None:
    """Each construct of the language becomes the tokens listed here."""
    tokens, _ = collect(text)
    assert " ".join(f"{token.kind.name}:{token.text}" for token in tokens) == expected


def test_phrases_have_slop_and_carets() -> None:
    """A phrase keeps its slop, up to the limit, and its caret."""
    (phrase,), _ = collect('^"a b"~3')
    assert (phrase.first, phrase.slop, phrase.at) == (True, 3, (0, 8))
    (phrase,), _ = collect('"a b"~999')
    assert (phrase.first, phrase.slop) == (False, MAX_SLOP)


@pytest.mark.parametrize(("text", "message", "at"), [
    ('say "deep', "Unmatched quotation mark: ignored", (4, 5)),
    ("'a b'", "Phrases need double quotes: searched as separate words", (0, 5)),
    (
        "author: a",
        'Nothing follows "author:": searched as a word. Write author:x without a space',
        (0, 7),
    ),
    ("a author:", 'Nothing follows "author:": searched as a word', (2, 9)),
    ("a ^", STRAY_CARET, (2, 3)),
    ("titel:a", 'Unknown field "titel": searched as a word. Did you mean title?', (0, 6)),
    ("xyzzy:a", 'Unknown field "xyzzy": searched as a word', (0, 6)),
])  # fmt: skip
def test_what_is_not_understood_is_reported(text: str, message: str, at: Span) -> None:
    """A notice says what is wrong, how it is searched, and where it is."""
    assert collect(text)[1] == [(message, at)]


@given(st.text(max_size=2_000) | JUMBLE)
@example("**\x10**")
@example("**\xad**")
@example("**_**")
@settings(max_examples=600, deadline=None)
def test_tokens_are_in_order_and_skip_only_spaces(text: str) -> None:
    """Spans do not overlap; a character outside all of them is a space or was reported.

    Stars of emphasis around what is no word are the exception.
    """
    tokens, notices = collect(text)
    covered: set[int] = {place for _, (start, end) in notices for place in range(start, end)}
    last = 0
    for start, end in (token.at for token in tokens):
        assert last <= start < end <= len(text)
        covered.update(range(start, end))
        last = end
    skipped = "".join(text[place] for place in sorted(set(range(len(text))) - covered))
    marks = "*" if "**" in text else " "
    assert not remove_invisible(skipped.replace(marks, " ")).strip()


BOMBS = '(|)|-|+|NOT |NOT(|-(|(-|title:|title:(|-title:|title:-|"|a OR |OR |-+|+(|^|aa^2 '.split(
    "|"
)
BOMBS += ["a^2 ", "f(x", "x^", "f(x)^", "a^2^", "f((x)"]


@pytest.mark.parametrize("bomb", BOMBS)
def test_repeated_operators_make_a_shallow_tree(bomb: str) -> None:
    """Five thousand characters of operators parse into a tree of bounded depth that reads back."""
    run = (bomb * 5_000)[:5_000]
    for text in (run, run + "deep", "deep " + run):
        parsed = parse(text)
        assert measure_depth(parsed.query) <= MAX_DEPTH + 3
        assert all(0 <= start < end <= len(text) for start, end in (n.at for n in parsed.notices))
        assert parse(str(parsed.query)).query == parsed.query


RUNS = [
    *OPERATORS,
    *"a 1 é a. a' a- 1. a_ a/ .. ~1 a~ a* a? 10.1000/ 1- - TO [1 {* ^1 日 (a 10.1/(a “ «a "
    "a^ f( a^a (( f(x) x^{ a(b(c)".split(),
    "'a ",
]
FRAMES = ["{}", "x{}y", "doi:{} y", "year:{}x", '"{}"~', "http://{}"]


@pytest.mark.parametrize("unit", RUNS)
def test_no_pattern_backtracks_without_bound(unit: str) -> None:
    """Parsing a run that is twice as long takes about twice the processor time."""

    def make(frame: str, length: int) -> Callable[[], object]:
        return partial(parse, frame.format((unit * length)[:length]))

    assert [frame for frame in FRAMES if not grows_linearly(partial(make, frame), 1_500)] == []


def measure_depth(query: Query) -> int:
    """Count the nodes on the longest path down a tree."""
    children = getattr(query, "children", (getattr(query, "child", None),))
    return 1 + max((measure_depth(child) for child in children if child is not None), default=0)
