"""Test that a text is written with its marks, escaped and clipped."""

from markupsafe import Markup

from search.answers.marked_text import clip_marks, write_html, write_marked

TEXT = 'a <b> & "c" d'


def test_html_is_escaped_inside_and_outside_of_marks() -> None:
    """What is written is HTML: the text is escaped, the marks are elements."""
    assert write_html("plain text", [(0, 5)]) == "<mark>plain</mark> text"
    marked = write_html(TEXT, [(2, 5), (8, 11)])
    assert marked == "a <mark>&lt;b&gt;</mark> &amp; <mark>&#34;c&#34;</mark> d"
    assert isinstance(write_html(TEXT, []), Markup)
    assert write_html(TEXT, []) == "a &lt;b&gt; &amp; &#34;c&#34; d"


def test_parts_are_written_by_a_function() -> None:
    """A writer of its own gets each part between marks once, and each marked place once."""
    parts: list[str] = []

    def write(part: str) -> Markup:
        parts.append(part)
        return Markup("<i>{}</i>").format(part)

    assert write_html(TEXT, [(2, 5)], write) == (
        "<i>a </i><mark><i>&lt;b&gt;</i></mark><i> &amp; &#34;c&#34; d</i>"
    )
    assert "".join(parts) == TEXT
    assert write_marked(TEXT, [(2, 5)], "[{}]".format) == 'a [<b>] & "c" d'


def test_marks_are_clipped_to_a_part() -> None:
    """Only what lies in the part is marked, by offsets in the part."""
    assert clip_marks([(0, 2), (3, 8), (9, 12)], (4, 10)) == [(0, 4), (5, 6)]
    assert clip_marks([(0, 4), (10, 12)], (4, 10)) == []
