"""Define the rules that repair text, and the signs of the damage that each repairs.

Each rule is small and has a name. The functions that repair live in the module of their subject:
characters, tags, MathML, LaTeX, formulas, web addresses, prose.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import normalize

from index.text.characters import (
    ACCENT,
    CONTROLS,
    ESCAPED,
    GAP,
    GLYPH,
    HOST,
    HYPHENS,
    LIGATURE,
    LOOSE_SPACE,
    MISREAD,
    OPENED,
    POINT,
    SOFT_HYPHEN,
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
from index.text.latex import convert_latex, convert_name
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
        name: A word for what is repaired.
        summary: What the rule does, for a person: "replaces ligatures by their letters".
        repair: The function that repairs; it returns a text without the damage unchanged.
        signs: Signs of `index.text.characters` of which a damaged text has at least one; empty
            if any text may be damaged.
        test: A further cheap test; if its result is falsy, `repair` would change nothing.
        shielded: Whether `repair` leaves formulas alone, so that a sign must be outside of them.
        joins: Whether `repair` only replaces line breaks by spaces in a text without any of the
            signs `UNEVEN`.
    """

    name: str
    summary: str
    repair: Callable[[str], str]
    signs: frozenset[str] = frozenset()
    test: Callable[[str], object] | None = None
    shielded: bool = False
    joins: bool = False


class Rules(tuple[Rule, ...]):
    """Rules in the order in which they are tried; hashed by identity for fast look-ups."""

    __slots__ = ()
    __eq__ = object.__eq__
    __hash__ = object.__hash__


_UNPRINTABLE = frozenset({UNPRINTABLE, *CONTROLS})
UNEVEN = _UNPRINTABLE | {GAP, ESCAPED}
"""Signs of white space other than single spaces and line breaks."""


def _signs(*signs: str) -> frozenset[str]:
    return frozenset(signs)


def _shield_rule(
    name: str,
    summary: str,
    repair: Callable[[str], str],
    signs: str | frozenset[str],
    test: Callable[[str], object] | None = None,
) -> Rule:
    """Return a rule for running text, which leaves formulas and web addresses alone."""
    if isinstance(signs, str):
        return Rule(name, summary, shield(repair, signs), frozenset(signs), test, shielded=True)
    return Rule(name, summary, shield(repair), signs, test, shielded=True)


def _contains(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern).search  # fast if the pattern begins with a rare character


def _contains_any(*parts: str) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        for part in parts:  # noqa: SIM110 - any() takes twice as long, and this runs on every text
            if part in text:
                return True
        return False

    return test


_JOIN_NUMBERS = shield(join_numbers)


def _join_all_numbers(text: str) -> str:
    return join_formula_numbers(_JOIN_NUMBERS(text))


_MAIL = Rule("mail", "removes e-mail addresses from abstracts", remove_mail_from_prose, _signs("@"))
_ENTITIES = Rule(
    "entities",
    "replaces entities by their characters, however often encoded",
    decode_entities,
    _signs("&"),
)
_PRINTABLE = Rule(
    "characters",
    "removes control and invisible characters, makes every space a plain one",
    remove_unprintable,
    _UNPRINTABLE,
)
_CHARACTERS = (
    _ENTITIES,
    Rule(
        "mojibake",
        "decodes text again that was decoded in the wrong encoding",
        fix_mojibake,
        _signs(MISREAD),
    ),
    Rule(
        "glyphs",
        "replaces the codes that PDF readers write for nameless glyphs",
        decode_glyphs,
        _signs(GLYPH, SOFT_HYPHEN),
        _contains_any("(cid:", "\xad"),
    ),
    _PRINTABLE,
    Rule(
        "composition",
        "composes a letter and the accent after it",
        lambda text: normalize("NFC", text),
        _signs(UNCOMPOSED),
    ),
    Rule("ligatures", "replaces ligatures by their letters", expand_ligatures, _signs(LIGATURE)),
    Rule("accents", "composes an accent with the letter after it", compose_accents, _signs(ACCENT)),
    Rule(
        "mathml",
        "converts MathML to its TeX if it has any, else to a row of symbols",
        convert_mathml,
        _signs("<"),
        _contains_any("math"),
    ),
    Rule(
        "tags",
        "removes tags of HTML and JATS, keeps numbers raised or lowered",
        shield(strip_tags, "<", addresses=False),
        _signs("<"),
        _contains("<(?=/?[A-Za-z])"),
    ),
)
_LINES = Rule("lines", "makes a title or a name one line", join_lines, test=is_loose, joins=True)
_PARAGRAPHS = Rule(
    "paragraphs",
    "removes hard wraps, keeps blank lines",
    unwrap_paragraphs,
    test=is_loose,
    joins=True,
)
_MARKUP = (
    Rule(
        "ieee",
        "replaces the codes of old IEEE records",
        decode_ieee_codes,
        _signs("/"),
        _contains(r"/(?=s(?:pl|up|ub) )"),
    ),
    Rule(
        "formulas",
        "delimits formulas by dollar signs",
        convert_delimiters,
        _signs("\\"),
        _contains(r"\\(?=[(\[]|ensuremath)"),
    ),
    Rule(
        "type",
        "removes dollar signs around words that are only bold or italic",
        unwrap_words,
        _signs("\\"),
        _contains(r"\$(?=\s?\\(?:text|emph|bf|it))"),
    ),
    Rule(
        "links",
        "writes links of Markdown and LaTeX as words and address",
        convert_links,
        _signs("{", "]"),
        has_links,
    ),
    _shield_rule(
        "latex", "converts accents, symbols and commands to plain text", convert_latex, "\\{"
    ),
    _shield_rule(
        "quotes",
        "converts quotes typed for LaTeX or doubled by CSV",
        convert_quotes,
        _signs("`", "'", '"'),
        _contains_any("`", "''", '""'),
    ),
    _shield_rule(
        "dashes",
        "converts `--` and `---` to dashes",
        convert_dashes,
        _signs(HYPHENS),
        _contains("-(?=-)"),
    ),
    _shield_rule("ties", "replaces the ties of LaTeX by spaces", replace_ties, "~"),
)
_PROSE = (
    _shield_rule(
        "words",
        "joins words broken at the end of a line",
        join_words,
        _signs(HYPHENS),
        _contains("-(?= )"),
    ),
    Rule(
        "numbers",
        "joins split decimals",
        _join_all_numbers,
        _signs(POINT),
        _contains(r"\.(?= \d)(?<=\d\.)"),
    ),
    _shield_rule(
        "abbreviations",
        "joins split abbreviations",
        close_abbreviations,
        _signs(POINT),
        _contains(r"\.(?= (?:[gedrtka]\.|,))"),
    ),
    Rule("addresses", "joins split web addresses", join_addresses, _signs("/", HOST)),
    _shield_rule("markdown", "removes the marks of bold, emphasis and code", strip_markdown, "*_`"),
    _shield_rule(
        "spaces",
        "removes the space before , . ) and after (",
        remove_loose_spaces,
        _signs(LOOSE_SPACE, OPENED),
        has_loose_spaces,
    ),
)

ABSTRACT_RULES = Rules((_MAIL, *_CHARACTERS, _PARAGRAPHS, *_MARKUP, *_PROSE))
TITLE_RULES = Rules((*_CHARACTERS, _LINES, *_MARKUP, *_PROSE))
NAME_RULES = Rules(
    (
        *_CHARACTERS,
        Rule(
            "markup",
            "converts LaTeX in names",
            lambda text: replace_ties(convert_name(text)),
            _signs("\\", "{", "~"),
        ),
        _LINES,
    )
)
URL_RULES = Rules(
    (
        _ENTITIES,
        _PRINTABLE,
        Rule("address", "removes spaces and wrapping from a link", clean_address),
    )
)
RULES = tuple(dict.fromkeys(ABSTRACT_RULES + TITLE_RULES + NAME_RULES + URL_RULES))
"""Every rule, once."""
