"""Answers: which repairs of text are there, and what tells that one could be needed?

Each is a small named rule. What a rule does stands in the module of its subject: characters,
tags, MathML, LaTeX, formulas, web addresses, prose.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import is_normalized, normalize

from index.addresses import bare_address, is_torn, join_addresses, plain_links
from index.characters import (
    LIGATURES,
    SPACING_ACCENTS,
    decoded,
    misread,
    named_glyphs,
    over_letters,
    printable,
    reread,
    unprintable,
    without_ieee_codes,
    without_ligatures,
)
from index.formats.prose_mail import prose_without_mail
from index.formulas import dollar_formulas, join_formula_numbers, plain_type, shielded
from index.latex import delatex
from index.mathml import readable_math
from index.prose import (
    close_abbreviations,
    close_up,
    join_numbers,
    join_words,
    plain_markdown,
    tex_dashes,
    tex_quotes,
    untie,
)
from index.tags import untagged


def _always(_: str) -> bool:
    return True


@dataclass(frozen=True, eq=False)
class Rule:
    """One repair.

    Attributes:
        name: What is repaired, in one word.
        clause: What it does, for a person: "writes ligatures as letters".
        repair: The change; a text without the damage comes back as it is.
        marks: Signs of which a text with the damage has at least one: codes of ASCII, or
            `FOREIGN`. Empty if any text could have it.
        test: A further cheap test; where it gives nothing, `repair` would change nothing.
    """

    name: str
    clause: str
    repair: Callable[[str], str]
    marks: frozenset[int] = frozenset()
    test: Callable[[str], object] = _always


FOREIGN = 0x80
"""Stands among signs for whatever is not ASCII."""

_RARE = b"&<\\{`~*_[\"'/@"
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\n"))
_COMMON = bytes(set(range(0x100)) - {*_RARE, *_CONTROLS})
"""Bytes that are no rule's mark; without them most texts are empty."""


def signs_of(text: str) -> frozenset[int]:
    """Give the signs of a text that some rule is about: one look instead of one for each rule."""
    rare = text.encode("utf-8", "surrogatepass").translate(None, _COMMON)
    return frozenset(rare) if text.isascii() else frozenset((*rare, FOREIGN))


def _marks(text: str) -> frozenset[int]:
    return frozenset(text.encode("ascii"))


def _prose(
    name: str,
    clause: str,
    repair: Callable[[str], str],
    marks: str = "",
    test: Callable[[str], object] = _always,
) -> Rule:
    """Make a rule for running text, which leaves formulas and addresses alone."""
    return Rule(name, clause, shielded(repair, marks), _marks(marks), test)


def _found(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern).search  # fast if the pattern starts with one sign that is rare


def _any_of(*marks: str) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        for mark in marks:  # noqa: SIM110 - any() costs twice as much, in every text
            if mark in text:
                return True
        return False

    return test


def _loose(text: str) -> bool:
    broken = "\n" in text or "  " in text or text is not text.strip()
    return broken or ("\\" in text and "\\n" in text)


def _unnamed(text: str) -> object:
    return "\xad" in text or _GLYPH(text)


_SPACED = re.compile(r" [,;.:?!)]").search
_GLYPH = re.compile(r"\((?=cid:)").search
_OPENED = re.compile(r"\((?= )").search


def _spaced(text: str) -> object:
    return _OPENED(text) or _SPACED(text)


_ESCAPED_BREAK = re.compile(r"\\(?<=[.!?:]\\)(?:r\\)?n(?=[A-Z0-9])")
_BLANK_LINES = re.compile(r"\n\s*\n")


def _one_line(text: str) -> str:
    flat = text.strip().replace("\n", " ")
    if "  " not in flat and flat.isprintable():  # half the work, for most
        return flat
    return " ".join(flat.split())


def _paragraphs(text: str) -> str:
    """Undo hard wraps; a blank line is the only break that stays."""
    if "\\" in text:
        text = _ESCAPED_BREAK.sub("\n", text)
    if not _BLANK_LINES.search(text):
        return _one_line(text)
    flows = (_one_line(part) for part in _BLANK_LINES.split(text))
    return "\n\n".join(flow for flow in flows if flow)


_JOIN_NUMBERS = shielded(join_numbers)


def _numbers(text: str) -> str:
    return join_formula_numbers(_JOIN_NUMBERS(text))


_NOT_ASCII = frozenset({FOREIGN})
_MAIL = Rule("mail", "takes e-mail addresses out of abstracts", prose_without_mail, _marks("@"))
_ENTITIES = Rule(
    "entities", "writes entities as signs, however often encoded", decoded, _marks("&")
)
_PRINTABLE = Rule(
    "characters",
    "leaves control and invisible signs out, makes every space a plain one",
    printable,
    frozenset({FOREIGN, *_CONTROLS}),
    unprintable,
)
_CHARACTERS = (
    _ENTITIES,
    Rule(
        "mojibake",
        "reads text again that was read in the wrong encoding",
        reread,
        _NOT_ASCII,
        misread,
    ),
    Rule("glyphs", "reads what PDF readers write for nameless glyphs", named_glyphs, test=_unnamed),
    _PRINTABLE,
    Rule(
        "composition",
        "joins a letter and the accent after it",
        lambda text: normalize("NFC", text),
        _NOT_ASCII,
        lambda text: not is_normalized("NFC", text),
    ),
    Rule(
        "ligatures",
        "writes ligatures as letters",
        without_ligatures,
        _NOT_ASCII,
        _any_of(*LIGATURES),
    ),
    Rule(
        "accents",
        "puts an accent over the letter after it",
        over_letters,
        _NOT_ASCII,
        _any_of(*SPACING_ACCENTS),
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
_LINES = Rule("lines", "makes a title or a name one line", _one_line, test=_loose)
_FLOWS = Rule("paragraphs", "undoes hard wraps, keeps blank lines", _paragraphs, test=_loose)
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
        _marks("\\"),
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
        _marks("[{"),
        _any_of("](", "href", "hyperlink"),
    ),
    _prose("latex", "writes accents, symbols and commands as plain text", delatex, "\\{"),
    _prose(
        "quotes",
        "makes quotes typed for LaTeX or doubled by CSV plain ones",
        tex_quotes,
        "`'\"",
        _any_of("`", "''", '""'),
    ),
    _prose("dashes", "makes `--` and `---` dashes", tex_dashes, test=_found("-(?=-)")),
    _prose("ties", "makes the ties of LaTeX spaces", untie, "~"),
)
_PROSE = (
    _prose("words", "joins words broken at a line's end", join_words, test=_found("-(?= )")),
    Rule("numbers", "closes split decimals up", _numbers, test=_found(r"\.(?= \d)(?<=\d\.)")),
    _prose(
        "abbreviations",
        "closes split abbreviations up",
        close_abbreviations,
        test=_found(r"\.(?= (?:[gedrtka]\.|,))"),
    ),
    Rule("addresses", "closes web addresses up", join_addresses, test=is_torn),
    _prose("markdown", "takes the marks of bold, emphasis and code off", plain_markdown, "*_`"),
    _prose("spaces", "takes the space before , . ) and after ( away", close_up, test=_spaced),
)

ABSTRACT_RULES = (_MAIL, *_CHARACTERS, _FLOWS, *_MARKUP, *_PROSE)
TITLE_RULES = (*_CHARACTERS, _LINES, *_MARKUP, *_PROSE)
NAME_RULES = (
    *_CHARACTERS,
    Rule(
        "markup",
        "takes LaTeX out of names",
        lambda text: untie(delatex(text)),
        _marks("\\{~"),
    ),
    _LINES,
)
URL_RULES = (
    _ENTITIES,
    _PRINTABLE,
    Rule("address", "takes spaces and wrapping off a link", bare_address),
)
RULES = tuple(dict.fromkeys(ABSTRACT_RULES + TITLE_RULES + NAME_RULES + URL_RULES))
"""Every rule there is, once."""
