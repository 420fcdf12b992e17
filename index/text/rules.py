"""Answers: which repairs of text are there, and what tells that one could be needed?

Each is a small named rule. What a rule does stands in the module of its subject: characters,
tags, MathML, LaTeX, formulas, web addresses, prose.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import normalize

from index.text.characters import (
    ACCENT,
    CONTROLS,
    DOUBLED,
    ESCAPED,
    GAP,
    GLYPH,
    HALVED,
    LIGATURE,
    MISREAD,
    POINTED,
    SOFT_HYPHEN,
    SPACED,
    UNCOMPOSED,
    UNPRINTABLE,
    decoded,
    named_glyphs,
    over_letters,
    printable,
    reread,
    without_ieee_codes,
    without_ligatures,
)
from index.text.emails import prose_without_mail
from index.text.formulas import dollar_formulas, join_formula_numbers, plain_type, shielded
from index.text.html_tags import untagged
from index.text.latex import delatex
from index.text.mathml import readable_math
from index.text.prose import (
    close_abbreviations,
    close_up,
    is_loose,
    is_spaced,
    join_numbers,
    join_words,
    one_line,
    paragraphs,
    plain_markdown,
    tex_dashes,
    tex_quotes,
    untie,
)
from index.text.urls import bare_address, has_links, join_addresses, plain_links


@dataclass(frozen=True, eq=False)
class Rule:
    """One repair.

    Attributes:
        name: What is repaired, in one word.
        clause: What it does, for a person: "writes ligatures as letters".
        repair: The change; a text without the damage comes back as it is.
        marks: Signs of which a text with the damage has at least one: codes of ASCII, or those
            of `index.text.characters`. Empty if any text could have it.
        test: A further cheap test; where it gives nothing, `repair` would change nothing.
        shielded: Formulas are left alone, so that one of the marks stands outside of them.
        joins: Its change to a text without signs of `UNEVEN` is that line breaks become spaces.
    """

    name: str
    clause: str
    repair: Callable[[str], str]
    marks: frozenset[int] = frozenset()
    test: Callable[[str], object] | None = None
    shielded: bool = False
    joins: bool = False


class Rules(tuple[Rule, ...]):
    """Rules in the order in which they are tried; hashed as one, for they are looked up often."""

    __slots__ = ()
    __eq__ = object.__eq__
    __hash__ = object.__hash__


_UNPRINTABLE = frozenset({UNPRINTABLE, *CONTROLS})
UNEVEN = _UNPRINTABLE | {GAP, ESCAPED}
"""Signs of more than hard wraps: other spaces, blank lines, ``\\n``."""


def _marks(text: str, *others: int) -> frozenset[int]:
    return frozenset((*text.encode("ascii"), *others))


def _prose(
    name: str,
    clause: str,
    repair: Callable[[str], str],
    marks: str | frozenset[int],
    test: Callable[[str], object] | None = None,
) -> Rule:
    """Make a rule for running text, which leaves formulas and addresses alone."""
    if isinstance(marks, str):
        return Rule(name, clause, shielded(repair, marks), _marks(marks), test, shielded=True)
    return Rule(name, clause, shielded(repair), marks, test, shielded=True)


def _found(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern).search  # fast if the pattern starts with one sign that is rare


def _any_of(*marks: str) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        for mark in marks:  # noqa: SIM110 - any() costs twice as much, in every text
            if mark in text:
                return True
        return False

    return test


_JOIN_NUMBERS = shielded(join_numbers)


def _numbers(text: str) -> str:
    return join_formula_numbers(_JOIN_NUMBERS(text))


_MAIL = Rule("mail", "takes e-mail addresses out of abstracts", prose_without_mail, _marks("@"))
_ENTITIES = Rule(
    "entities", "writes entities as signs, however often encoded", decoded, _marks("&")
)
_PRINTABLE = Rule(
    "characters",
    "leaves control and invisible signs out, makes every space a plain one",
    printable,
    _UNPRINTABLE,
)
_CHARACTERS = (
    _ENTITIES,
    Rule(
        "mojibake",
        "reads text again that was read in the wrong encoding",
        reread,
        _marks("", MISREAD),
    ),
    Rule(
        "glyphs",
        "reads what PDF readers write for nameless glyphs",
        named_glyphs,
        _marks("", GLYPH, SOFT_HYPHEN),
        _any_of("(cid:", "\xad"),
    ),
    _PRINTABLE,
    Rule(
        "composition",
        "joins a letter and the accent after it",
        lambda text: normalize("NFC", text),
        _marks("", UNCOMPOSED),
    ),
    Rule("ligatures", "writes ligatures as letters", without_ligatures, _marks("", LIGATURE)),
    Rule(
        "accents",
        "puts an accent over the letter after it",
        over_letters,
        _marks("", ACCENT),
    ),
    Rule(
        "mathml",
        "writes MathML as TeX if it has it, else as a row of signs",
        readable_math,
        _marks("<"),
        _any_of("math"),
    ),
    Rule(
        "tags",
        "takes tags of HTML and JATS off, keeps numbers raised",
        shielded(untagged, "<", addresses=False),
        _marks("<"),
        _found("<(?=/?[A-Za-z])"),
    ),
)
_LINES = Rule("lines", "makes a title or a name one line", one_line, test=is_loose, joins=True)
_FLOWS = Rule(
    "paragraphs", "undoes hard wraps, keeps blank lines", paragraphs, test=is_loose, joins=True
)
_MARKUP = (
    Rule(
        "ieee",
        "reads the codes of old IEEE records",
        without_ieee_codes,
        _marks("/"),
        _found(r"/(?=s(?:pl|up|ub) )"),
    ),
    Rule(
        "formulas",
        "opens formulas with dollars",
        dollar_formulas,
        _marks("", DOUBLED),
        _found(r"\\(?=[(\[])"),
    ),
    Rule(
        "type",
        "takes dollars off words that stand in them for bold or italics",
        plain_type,
        _marks("\\"),
        _found(r"\$(?=\s?\\(?:text|emph|bf|it))"),
    ),
    Rule(
        "links",
        "writes links of Markdown and LaTeX as words and address",
        plain_links,
        _marks("{", DOUBLED),
        has_links,
    ),
    _prose("latex", "writes accents, symbols and commands as plain text", delatex, "\\{"),
    _prose(
        "quotes",
        "makes quotes typed for LaTeX or doubled by CSV plain ones",
        tex_quotes,
        _marks("`", DOUBLED),
        _any_of("`", "''", '""'),
    ),
    _prose(
        "dashes", "makes `--` and `---` dashes", tex_dashes, _marks("", HALVED), _found("-(?=-)")
    ),
    _prose("ties", "makes the ties of LaTeX spaces", untie, "~"),
)
_PROSE = (
    _prose(
        "words",
        "joins words broken at a line's end",
        join_words,
        _marks("", HALVED),
        _found("-(?= )"),
    ),
    Rule(
        "numbers",
        "closes split decimals up",
        _numbers,
        _marks("", POINTED),
        _found(r"\.(?= \d)(?<=\d\.)"),
    ),
    _prose(
        "abbreviations",
        "closes split abbreviations up",
        close_abbreviations,
        _marks("", POINTED),
        _found(r"\.(?= (?:[gedrtka]\.|,))"),
    ),
    Rule("addresses", "closes web addresses up", join_addresses, _marks("/", DOUBLED)),
    _prose("markdown", "takes the marks of bold, emphasis and code off", plain_markdown, "*_`"),
    _prose(
        "spaces",
        "takes the space before , . ) and after ( away",
        close_up,
        _marks("", SPACED, HALVED),
        is_spaced,
    ),
)

ABSTRACT_RULES = Rules((_MAIL, *_CHARACTERS, _FLOWS, *_MARKUP, *_PROSE))
TITLE_RULES = Rules((*_CHARACTERS, _LINES, *_MARKUP, *_PROSE))
NAME_RULES = Rules(
    (
        *_CHARACTERS,
        Rule(
            "markup",
            "takes LaTeX out of names",
            lambda text: untie(delatex(text)),
            _marks("\\{~"),
        ),
        _LINES,
    )
)
URL_RULES = Rules(
    (
        _ENTITIES,
        _PRINTABLE,
        Rule("address", "takes spaces and wrapping off a link", bare_address),
    )
)
RULES = tuple(dict.fromkeys(ABSTRACT_RULES + TITLE_RULES + NAME_RULES + URL_RULES))
"""Every rule there is, once."""
