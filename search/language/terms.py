"""Turn one token of a query into leaves of the tree, depending on its field.

A chunk of letters may be one word or several, a wildcard pattern, a fuzzy word or a number. The
syntax of other query languages is reported.
"""

import re
from typing import NamedTuple

from index.normalise.identifier_search import ADDRESS, match_identifier
from index.text.notation import remove_articles
from index.text.scripts import MARKS, SIGNS, UNSPACED
from search.language.bibliographies import parse_bibliography
from search.language.fields import FieldKind, SearchField
from search.language.foreign_fields import find_field_before
from search.language.foreign_words import report_foreign_words, spell_out_regex
from search.language.formulas import has_power
from search.language.lexer import STRAY_CARET, read_identifier
from search.language.phrases import read_phrase
from search.language.presence import ask_for_any, is_any_value, parse_presence
from search.language.ranges import RANGES, Asked, parse_range
from search.language.tokens import Report, Token, TokenKind
from search.language.tree import (
    Everything,
    Fuzzy,
    Leaf,
    Phrase,
    Span,
    Value,
    Wildcard,
    Word,
)
from search.language.typed_text import clean_query, has_markup

SHORTEST_FUZZY = 3
"""Letters of a fuzzy word. Most words that are shorter are within one edit of each other."""

STRAY_STAR = (
    '"*" ignored: in quotes it is a word between two others, or the end of one word ("deep learn*")'
)
"""The notice about a ``*`` in a phrase that has no meaning in its place."""

_FULL_STOP = re.compile(r"(?<=\d)\.$")
"""The end of a sentence behind a number; ``2019..`` is a range."""

_JOINED_NAME = re.compile(r"[^\W_][^\s\"()]*_[^\s\"()]*[^\W_]")
"""A name as arXiv and dblp write it: ``stone_a``, ``Ada_Stone:``."""

_INDEX = ("_", "$_")
"""What begins an index without a base, which it would find in the word before it when printed."""

_FUZZY = re.compile(r"(?P<word>[^~]+)~(?P<distance>[1-9]?|0?\.\d{1,3})$")
_PLAIN = r"[^\s\"():^~*?\[\]{}<>=]"
_INNER = r"[^\s\"():~*?\[\]{}<>=]"
_PIECE = re.compile(rf"{_PLAIN}+(?:\((?:{_INNER}|\({_INNER}*\))*\))?")
"""A word, with the brackets that belong to it."""

_PATTERN = re.compile(rf"[\w{MARKS}{SIGNS}*?]+")
_NAMED_STAR = re.compile(r"[A-Z]\*")
_NO_PATTERN = re.compile(r"[\[\]{}+#\\|$%@<>=]")
_APOSTROPHE = re.compile("['`’‘‛ʻʼʽʾʿʹ´′]")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_OPERATOR = re.compile(
    r"(?:AND|OR|NOT)(?=\(|$)|(?:ANDNOT|(?:NEAR|ONEAR|W|PRE)/\d{1,2}|ADJ\d{1,2})$"
)
"""What would be read as an operator elsewhere in a query."""

_EDGE = ".,;!/&'’\\|-“”„«»$_"


class _Place(NamedTuple):
    """The place of a token.

    Attributes:
        field: The field it is searched in, or None for any field.
        at: Its span in the query.
        report: The function that takes notices.
    """

    field: SearchField | None
    at: Span
    report: Report

    @property
    def name(self) -> str:
        return self.field.name if self.field else ""

    @property
    def takes_name(self) -> bool:
        return self.field is not None and self.field.kind is FieldKind.NAME

    def warn(self, message: str) -> None:
        self.report(message, self.at)


def parse_leaves(token: Token, field: SearchField | None, report: Report) -> list[Leaf]:
    """Parse a CHUNK, PHRASE, RANGE or IDENTIFIER token.

    Args:
        token: The token.
        field: The field it is searched in, or None for any field.
        report: Called with each notice about what does not fit the field.

    Returns:
        The leaves, all of which must match; empty if there is nothing to search for.
    """
    place = _Place(field, token.at, report)
    if token.kind is TokenKind.IDENTIFIER and token.field is not None:
        return [Value(token.field.name, token.text, token.at)]
    if bibliography := parse_bibliography(token, field):
        return [*bibliography]
    if token.kind is TokenKind.RANGE and token.field is not None:
        field = token.field
        place = place._replace(field=field)
    if field is not None and (found := _parse_in_field(token, field, place)) is not None:
        return found
    if token.kind is TokenKind.PHRASE:
        return _parse_phrase(token, place)
    report_foreign_words(token, field, report)
    ranged = token.kind is TokenKind.RANGE  # its TO is no acronym
    return _parse_words(token.text.lower() if ranged else spell_out_regex(token.text), place)


def _parse_in_field(token: Token, field: SearchField, place: _Place) -> list[Leaf] | None:
    """Parse the value of a field that takes other values than words; None in other fields."""
    is_phrase = token.kind is TokenKind.PHRASE
    asked = Asked(
        _FULL_STOP.sub("", token.text.strip().rstrip(",;")), field.name, place.at, place.warn
    )
    if is_any_value(token.text) and (not is_phrase or field.kind in RANGES):
        found: Leaf | None = ask_for_any(asked)
    elif field.kind in RANGES:
        found = parse_range(asked, field.kind)
    elif field.kind is FieldKind.PRESENCE:
        found = parse_presence(asked)
    elif is_phrase or field.kind is not FieldKind.VALUE:
        return None
    else:
        return _parse_value(token, place)
    if found:
        return [found]
    # A phrase has no powers and no groups.
    text = re.sub(r"[()^]", " ", token.text) if is_phrase else token.text
    return _parse_words(text.lower(), place._replace(field=None))


def parse_plain_word(text: str, at: Span) -> Word | Value | None:
    """Parse a word of prose, in which no sign has a meaning.

    Args:
        text: Letters and signs without spaces.
        at: Its span.

    Returns:
        A word or an identifier; None if there is nothing to search for.
    """
    return _make_word(_strip_signs(text), _Place(None, at, _ignore), first=False)


def _ignore(message: str, at: Span) -> None:
    """Take a notice and do nothing."""


def _parse_value(token: Token, place: _Place) -> list[Leaf]:
    text = token.text.strip()
    if "*" in text:
        place.warn(f'"{place.name}" takes a whole value: "*" is matched literally')
    return [Value(place.name, text, place.at)] if _has_word(text) else []


def _parse_phrase(token: Token, place: _Place) -> list[Leaf]:
    text = " ".join(token.text.split())
    if not _has_word(text):
        place.warn("No word between the quotation marks: ignored")
        return []
    if place.field is not None and place.field.kind is FieldKind.VALUE:
        return [Value(place.name, text, place.at)]
    if token.first and not place.takes_name:
        place.warn(STRAY_CARET)
    if "*" in text and not place.takes_name and read_phrase(text).ignored:
        place.warn(STRAY_STAR)
    return [Phrase(text, place.name, token.slop, token.first and place.takes_name, place.at)]


def _parse_words(text: str, place: _Place) -> list[Leaf]:
    if text.strip("*:") == "" and "*" in text:
        return [Everything()]
    if has_power(text) and (place.takes_name or text.lstrip("^-+").startswith(_INDEX)):
        text = text[0] + text[1:].replace("^", " ")  # names have no exponents
    if has_power(text):
        text = text.lstrip("^-+").rstrip(_EDGE + "^")
    if has_power(text):
        whole = _make_word(text, place, first=False)
        return [whole] if whole else []
    fuzzy = _FUZZY.match(text)
    patterned = "*" in text or "?" in text.strip("?")
    first = text.startswith("^")
    if first and (fuzzy or patterned or not place.takes_name):
        place.warn(STRAY_CARET)
        first = False
    piece = _PIECE.search(fuzzy["word"]) if fuzzy else None
    if fuzzy and piece and (word := piece[0].strip(_EDGE + "+")):
        return _parse_fuzzy(word, fuzzy["distance"] or "1", place)
    if "~" in text:
        place.warn(
            '"~" ignored: it follows a word (word~) or, with a number, a phrase ("two words"~2)'
        )
    if patterned:
        return _parse_patterns(text, place)
    return [
        leaf for piece in _PIECE.findall(text) if (leaf := _parse_word(piece, place, first=first))
    ]


def _parse_fuzzy(word: str, typed: str, place: _Place) -> list[Leaf]:
    if not _has_word(word):
        return []
    if "." in typed:  # Lucene's similarity
        place.warn(f'"~{typed}" is read as ~1: write ~1 or ~2')
    distance = 1 if "." in typed else int(typed)
    if _has_no_neighbours(word):
        place.warn(
            f'"{word}" is searched as typed: numbers, ids and short words have no spelling variants'
        )
        leaf = _parse_word(word, place, first=False)
        return [leaf] if leaf else []
    if distance > 2:  # noqa: PLR2004 - the most that engines support
        place.warn("At most 2 edits are possible: searched as ~2")
    return [Fuzzy(word, min(distance, 2), place.name, place.at)]


def _has_no_neighbours(word: str) -> bool:
    """Return whether words that differ in a letter would be other things, not misspellings."""
    if len(word) < SHORTEST_FUZZY or any(c.isdecimal() for c in word) or _UNSPACED.search(word):
        return True
    return match_identifier(word, 0) is not None


def _parse_patterns(text: str, place: _Place) -> list[Leaf]:
    """Parse a chunk with ``*`` or ``?``; other characters between letters separate words."""
    if _NO_PATTERN.search(text):
        place.warn("Only letters, digits, * and ? form a pattern: other characters separate words")
    found: list[Leaf | None] = []
    for part in _PATTERN.findall(remove_articles(_APOSTROPHE.sub("'", text))):
        if ("*" in part or "?" in part.strip("?")) and _UNSPACED.search(part):
            place.warn(
                "Words of scripts without spaces are found by any part: * and ? are not needed"
            )
            found += [_parse_word(piece, place, first=False) for piece in re.split(r"[*?]+", part)]
        else:
            found.append(_parse_pattern(part, place))
    return [leaf for leaf in found if leaf]


def _parse_pattern(part: str, place: _Place) -> Leaf | None:
    kept = re.sub(r"\*+", "*", part) if "*" in part else part.strip("?")
    if _NAMED_STAR.fullmatch(kept):  # A* search, C*-algebras
        place.warn(f'"{kept}" is read as a name: for a pattern write {kept.lower()}')
        return _parse_word(kept[0], place, first=False)
    if ("*" in kept or "?" in kept) and _has_word(kept):
        return Wildcard(kept, place.name, place.at)
    return _parse_word(kept, place, first=False)


def _parse_word(piece: str, place: _Place, *, first: bool) -> Leaf | None:
    text = _strip_signs(piece)
    if place.takes_name and _JOINED_NAME.fullmatch(text):
        name = " ".join(text.replace("_", " ").split())
        place.warn(f'"{text}" is read as the name "{name}"')
        return Phrase(name, place.name, first=first, at=place.at)
    return _make_word(text, place, first=first)


def _strip_signs(piece: str) -> str:
    return piece.lstrip(_EDGE + "+").rstrip(_EDGE)


def _make_word(text: str, place: _Place, *, first: bool) -> Word | Value | None:
    if not _has_word(text):
        return None
    if has_markup(text):
        text = clean_query(text).text  # the signs before it may have hidden a formula
    # Without the signs before it, an identifier or an operator would be read as such.
    found = not text.isalpha() and match_identifier(text, 0)
    if found and not (place.name and found.scheme == ADDRESS):
        known, value = read_identifier(found)
        return Value(known.name, value, place.at)
    return Word(_lower_operator(text), place.name, first, place.at)


def _lower_operator(text: str) -> str:
    """Write an operator, or a field of another search engine, that begins a word small."""
    if ("(" in text or "=" in text) and find_field_before(text, 0):
        return text.capitalize()  # [TITLE(x)
    found = _OPERATOR.match(text)
    return text[: found.end()].lower() + text[found.end() :] if found else text


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)
