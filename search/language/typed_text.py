r"""Clean a typed query before it is split into tokens, and keep the positions of its characters.

What is pasted may contain signs that nobody sees, such as soft hyphens and zero-width spaces. They
are removed, as from records. Formulas are written as plain words, since their braces and
carets have another meaning here: ``$\mathrm{CO}_2$`` becomes ``$CO2$``. Tags and entities of HTML
become what they show. A thin or no-break space between the digits of a number becomes a comma, so
that the number stays one word.
"""

import re
from dataclasses import dataclass

from index.text.characters import decode_entities
from index.text.html_tags import find_tag_edits
from index.text.latex import convert_latex
from index.text.notation import Edit, Place, apply_edits, apply_to_places, find_formula_edits
from search.language.tree import Span

_INVISIBLE = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
    "|(?<![\u0600-\u0dff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u0dff])"
)
"""Invisible signs. The joiners of Persian and of the scripts of India stay: the analyser knows what
they mean."""

_GROUPED = re.compile(r"[\xa0\u066c\u2007-\u2009\u202f](?<=\d.)(?=\d{3}(?!\d))")
_GERSHAYIM = re.compile('"(?<=[א-ת]")(?=[א-ת](?![א-ת]))')
"""The quotation mark in a Hebrew acronym, before its last letter. Before longer words it may open a
phrase after a prefix."""

_MARKUP = re.compile(r"[\\$]|[_^]\{|<[/A-Za-z]|&[#A-Za-z]\w+;|\*[*,.;:]")
"""What a formula, a tag, an entity or emphasis contains that is not typed otherwise; ``L^2`` is
left to the lexer."""

_ENTITY = re.compile(r"&(?:amp;)*(?:#\w{1,8}|[A-Za-z]\w{1,30});")

_ACCENT = re.compile(
    r"\{?\\(?:[\"'`^~=.](?:\{\\?[A-Za-z]\}|\\?[A-Za-z])"
    r"|[uvHcdbrk](?:\{[A-Za-z]\}| [A-Za-z](?=\}))"
    r"|(?:ss|o|O|l|L|ae|AE|oe|OE|aa|AA|i|j)(?![A-Za-z])(?:\{\})?)\}?"
)
"""A letter with an accent in LaTeX: ``{\\"u}``, ``\\'e``, ``\\c{c}``, ``{\\o}``."""

_BRACES = re.compile("[{}]")
_EMPHASIS = re.compile(
    r"(?<![\w*\"])(?:(?P<strong>\*{2,3})(?=[^\s*])(?=[^*\n\w]{0,300}\w)[^*\n]{1,300}(?<=\S)"
    r"(?P=strong)"
    r"|\*(?=\w)[^*\s]+(?:\s+[^*\s]+){3,40}\*(?=[,.;:]))(?![\w*\"])"
)
"""Words that Markdown emphasises: ``**two words**``, or four or more between single stars before
punctuation. No interpreted query contains either, so that it is read as it was."""

_OTHERS = re.compile("(?<=[\u4e00-\u9fff])等人?(?=[\\s,\uff0c(\uff08]*(?:19|20)\\d\\d)")
"""What replaces further authors in Chinese: ``王等 2017``."""

_MOST_PASSES = 3
"""Passes over the formulas of a query, so that a query that is printed and read again is the same;
chosen. Only formulas in formulas need a second one."""


@dataclass(frozen=True, slots=True)
class TypedText:
    """A cleaned query.

    Attributes:
        text: The query to read.
        places: The span in the typed query of each character; empty if each is where it was.
    """

    text: str
    places: tuple[Place, ...] = ()

    def restore(self, at: Span) -> Span:
        """Return the span in the typed query of a span in the cleaned one.

        A part of what replaces something has the span of all of it.
        """
        return (self.places[at[0]][0], self.places[at[1] - 1][1]) if self.places else at


def clean_query(text: str) -> TypedText:
    """Remove invisible signs from a query and write its formulas and brackets plainly.

    Args:
        text: The query as typed.
    """
    if text.isascii() and not has_markup(text):
        return TypedText(text)
    places: list[Place] = []
    # Brackets as they are typed on Chinese and Japanese keyboards.
    cleaned = text.replace("\uff08", "(").replace("\uff09", ")")
    for find in (
        _find_signs,
        _find_entities,
        _find_accents,
        *[_find_formulas] * _MOST_PASSES,
        _find_emphasis,
    ):
        if edits := find(cleaned):
            places = apply_to_places(places or [(at, at + 1) for at in range(len(text))], edits)
            cleaned = apply_edits(cleaned, edits)
    return TypedText(cleaned, tuple(places))


def has_markup(text: str) -> bool:
    """Return whether a query may have formulas, which are written as words."""
    return _MARKUP.search(text) is not None


def remove_invisible(text: str) -> str:
    """Remove the invisible signs from a text of which no positions are needed."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def _find_signs(text: str) -> list[Edit]:
    if text.isascii():
        return []
    found = [Edit(*sign.span()) for sign in _INVISIBLE.finditer(text)]
    found += [Edit(*space.span(), ",") for space in _GROUPED.finditer(text)]
    if '"' in text:
        found += [Edit(*mark.span(), "״") for mark in _GERSHAYIM.finditer(text)]
    return sorted(found + [Edit(*others.span(), " ") for others in _OTHERS.finditer(text)])


def _find_entities(text: str) -> list[Edit]:
    """Find entities of HTML, however often they were encoded; one with a space is a space."""
    if "&" not in text:
        return []
    entities = ((found, decode_entities(found[0])) for found in _ENTITY.finditer(text))
    return [Edit(*found.span(), meant) for found, meant in entities if meant != found[0]]


def _find_accents(text: str) -> list[Edit]:
    if "\\" not in text:
        return []
    accents = _ACCENT.finditer(text)
    return [Edit(*one.span(), _BRACES.sub("", convert_latex(one[0]))) for one in accents]


def _find_emphasis(text: str) -> list[Edit]:
    if "*" not in text:
        return []
    edits: list[Edit] = []
    for found in _EMPHASIS.finditer(text):
        size = len(found["strong"] or "*")
        start, end = found.span()
        edits += [Edit(start, start + size), Edit(end - size, end)]
    return edits


def _find_formulas(text: str) -> list[Edit]:
    if not has_markup(text):
        return []
    tags = find_tag_edits(text) if "<" in text else []
    return tags or find_formula_edits(text)
