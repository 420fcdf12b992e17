"""Write a text, or some parts of it, with marks around the places that a query matched."""

from collections.abc import Callable, Iterator

from markupsafe import Markup, escape

Span = tuple[int, int]
"""The offsets of a place in a text: its start and its end."""

MARK_HTML = "<mark>{}</mark>".format
"""Marks what is written as HTML already."""


def write_html(text: str, marks: list[Span], write: Callable[[str], Markup] = escape) -> Markup:
    """Return a text as HTML with ``<mark>`` around some places.

    Args:
        text: The text.
        marks: The places, in order and without overlaps.
        write: Writes a part of the text as HTML; a part without ``$``, the sign of formulas, like
            `escape`. It gets whole formulas, since a mark covers formulas as a whole.
    """
    plain = write is escape or "$" not in text
    if plain and len(escape(text)) == len(text):  # no sign has to be escaped
        return Markup(write_marked(text, marks, MARK_HTML))  # noqa: S704
    return Markup(write_marked(text, marks, MARK_HTML, write))  # noqa: S704


def write_marked(
    text: str,
    marks: list[Span],
    mark: Callable[[str], str],
    write: Callable[[str], str] = str,
) -> str:
    """Return a text with `write` applied to its parts, and `mark` to what is written of places."""
    if not marks:
        return str(write(text))
    # Joined as a plain string, since an escaped part would escape what is added to it.
    return "".join(map(str, _split_at_marks(text, marks, mark, write)))


def _split_at_marks(
    text: str, marks: list[Span], mark: Callable[[str], str], write: Callable[[str], str]
) -> Iterator[str]:
    at = 0
    for start, end in marks:
        yield write(text[at:start])
        yield mark(write(text[start:end]))
        at = end
    yield write(text[at:])


def clip_marks(marks: list[Span], part: Span) -> list[Span]:
    """Return the marks of a part of a text, by their offsets in the part."""
    start, end = part
    return [
        (max(first, start) - start, min(last, end) - start)
        for first, last in marks
        if first < end and last > start
    ]
