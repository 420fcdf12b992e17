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
    compose_accents,
    decode_entities,
    decode_glyphs,
    decode_ieee_codes,
    expand_ligatures,
    fix_mojibake,
    remove_unprintable,
)
from index.text.emails import remove_mail_from_prose
from index.text.formulas import convert_delimiters, join_formula_numbers, shield, unwrap_words
from index.text.html_tags import strip_tags
from index.text.latex import convert_latex
from index.text.mathml import convert_mathml
from index.text.prose import (
    close_abbreviations,
    convert_dashes,
    convert_quotes,
    has_loose_spaces,
    is_loose,
    join_lines,
    join_numbers,
    join_words,
    remove_loose_spaces,
    replace_ties,
    strip_markdown,
    unwrap_paragraphs,
)
from index.text.urls import clean_address, convert_links, has_links, join_addresses


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
        return Rule(name, clause, shield(repair, marks), _marks(marks), test, shielded=True)
    return Rule(name, clause, shield(repair), marks, test, shielded=True)


def _found(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern).search  # fast if the pattern starts with one sign that is rare


def _any_of(*marks: str) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        for mark in marks:  # noqa: SIM110 - any() costs twice as much, in every text
            if mark in text:
                return True
        return False

    return test


_JOIN_NUMBERS = shield(join_numbers)


def _numbers(text: str) -> str:
    return join_formula_numbers(_JOIN_NUMBERS(text))


_MAIL = Rule("mail", "takes e-mail addresses out of abstracts", remove_mail_from_prose, _marks("@"))
_ENTITIES = Rule(
    "entities", "writes entities as signs, however often encoded", decode_entities, _marks("&")
)
_PRINTABLE = Rule(
    "characters",
    "leaves control and invisible signs out, makes every space a plain one",
    remove_unprintable,
    _UNPRINTABLE,
)
_CHARACTERS = (
    _ENTITIES,
    Rule(
        "mojibake",
        "reads text again that was read in the wrong encoding",
        fix_mojibake,
        _marks("", MISREAD),
    ),
    Rule(
        "glyphs",
        "reads what PDF readers write for nameless glyphs",
        decode_glyphs,
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
    Rule("ligatures", "writes ligatures as letters", expand_ligatures, _marks("", LIGATURE)),
    Rule(
        "accents",
        "puts an accent over the letter after it",
        compose_accents,
        _marks("", ACCENT),
    ),
    Rule(
        "mathml",
        "writes MathML as TeX if it has it, else as a row of signs",
        convert_mathml,
        _marks("<"),
        _any_of("math"),
    ),
    Rule(
        "tags",
        "takes tags of HTML and JATS off, keeps numbers raised",
        shield(strip_tags, "<", addresses=False),
        _marks("<"),
        _found("<(?=/?[A-Za-z])"),
    ),
)
_LINES = Rule("lines", "makes a title or a name one line", join_lines, test=is_loose, joins=True)
_FLOWS = Rule(
    "paragraphs",
    "undoes hard wraps, keeps blank lines",
    unwrap_paragraphs,
    test=is_loose,
    joins=True,
)
_MARKUP = (
    Rule(
        "ieee",
        "reads the codes of old IEEE records",
        decode_ieee_codes,
        _marks("/"),
        _found(r"/(?=s(?:pl|up|ub) )"),
    ),
    Rule(
        "formulas",
        "opens formulas with dollars",
        convert_delimiters,
        _marks("", DOUBLED),
        _found(r"\\(?=[(\[])"),
    ),
    Rule(
        "type",
        "takes dollars off words that stand in them for bold or italics",
        unwrap_words,
        _marks("\\"),
        _found(r"\$(?=\s?\\(?:text|emph|bf|it))"),
    ),
    Rule(
        "links",
        "writes links of Markdown and LaTeX as words and address",
        convert_links,
        _marks("{", DOUBLED),
        has_links,
    ),
    _prose("latex", "writes accents, symbols and commands as plain text", convert_latex, "\\{"),
    _prose(
        "quotes",
        "makes quotes typed for LaTeX or doubled by CSV plain ones",
        convert_quotes,
        _marks("`", DOUBLED),
        _any_of("`", "''", '""'),
    ),
    _prose(
        "dashes",
        "makes `--` and `---` dashes",
        convert_dashes,
        _marks("", HALVED),
        _found("-(?=-)"),
    ),
    _prose("ties", "makes the ties of LaTeX spaces", replace_ties, "~"),
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
    _prose("markdown", "takes the marks of bold, emphasis and code off", strip_markdown, "*_`"),
    _prose(
        "spaces",
        "takes the space before , . ) and after ( away",
        remove_loose_spaces,
        _marks("", SPACED, HALVED),
        has_loose_spaces,
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
            lambda text: replace_ties(convert_latex(text)),
            _marks("\\{~"),
        ),
        _LINES,
    )
)
URL_RULES = Rules(
    (
        _ENTITIES,
        _PRINTABLE,
        Rule("address", "takes spaces and wrapping off a link", clean_address),
    )
)
RULES = tuple(dict.fromkeys(ABSTRACT_RULES + TITLE_RULES + NAME_RULES + URL_RULES))
"""Every rule there is, once."""
