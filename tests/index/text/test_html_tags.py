"""Check that the tags of HTML and JATS are removed, and nothing that only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.cleaning import clean_abstract, clean_name, clean_title
from index.text.html_tags import KNOWN, find_tag_edits, strip_tags
from index.text.notation import apply_edits
from tests.support.cost import Work, grows_linearly

TEXTS = [
    ("<i>E. coli</i> and <b>bold</b>", "E. coli and bold"),
    ("H<sub>2</sub>O, 10<sup>-5</sup>, 1<sup>st</sup>", "H₂O, 10⁻⁵, 1st"),
    ("x<jats:sup>2</jats:sup>", "x²"),
    ("one<br/>two", "one two"),
    ('of <emph type="ital">Walks</emph> in Bern', "of Walks in Bern"),
    ("<p>One.</p><p>Two.</p>", "\n\nOne.\n\n\n\nTwo.\n\n"),
    ("<title>Abstract</title>We show.", "We show."),
    ('<a href="https://x.org">this</a>', "this"),
    ("a < b and p<0.05", "a < b and p<0.05"),
    ("<subject, relation> and </s>", "<subject, relation> and </s>"),
    ("<i never closed", "<i never closed"),
    ("<I>E. coli</I> and x<SUP>2</SUP>", "E. coli and x²"),
    ("the <i,j> entry, <10 km>, x<y and y>z", "the <i,j> entry, <10 km>, x<y and y>z"),
    ("a ratio <m:n> of <year> and <name>", "a ratio <m:n> of <year> and <name>"),
    ("tokens <s> and </s> and <mask>", "tokens <s> and </s> and <mask>"),
    ("the moss <it>B. alba</it>, a <tex>$\\mu$</tex>-test", "the moss B. alba, a $\\mu$-test"),
    ("in <year>1999</year> and <fpage>7</fpage>", "in 1999 and 7"),
    ('see <graphic href="a>b"/> here<break/>', "see  here"),
    ("<ext-link href=\"x>y\" rel='<'>this</ext-link>", "this"),
    ("<table><tr><td>1</td><td>2</td></tr></table>", "   1  2   "),
    ("On Moss<subtitle>A Study</subtitle>", "On Moss: A Study "),
    ("Why?<subtitle>A Study</subtitle>", "Why? A Study "),
    ("<jats:unheard-of a='1'>x</jats:unheard-of>", "x"),
    ('<ce:italic>x</ce:italic><o:i></o:i><br clear="all">', "x "),
]


@pytest.mark.parametrize(("text", "stripped"), TEXTS)
def test_tags(text: str, stripped: str) -> None:
    """Known tags go, blocks become paragraphs, and numbers stay raised or lowered."""
    assert strip_tags(text) == stripped


@pytest.mark.parametrize(
    "text", [text for text, _ in TEXTS if "<p>" not in text and "title" not in text]
)
def test_edits_remove_the_same_tags(text: str) -> None:
    """Repeated edits of one line remove what `strip_tags` does."""
    edited = text
    while edits := find_tag_edits(edited):
        edited = apply_edits(edited, edits)
    assert edited == strip_tags(text)


ESCAPED = [
    ("Moss &lt;subtitle&gt;A Study&lt;/subtitle&gt;", "Moss: A Study"),
    ("Moss &amp;lt;i&amp;gt;in vivo&amp;lt;/i&amp;gt;", "Moss in vivo"),
    ("&lt;jats:related-object id=&quot;a&quot;&gt;Moss&lt;/jats:related-object&gt;", "Moss"),
    ("if p &lt; 5 and q &gt; 3", "if p < 5 and q > 3"),
]


@pytest.mark.parametrize(("written", "read"), ESCAPED)
def test_escaped_tags(written: str, read: str) -> None:
    """A tag that was escaped, once or twice, is removed from titles, abstracts and names."""
    assert clean_title(written) == clean_abstract(written) == clean_name(written) == read


NAMES = st.text("abcdefijnpxy", min_size=2, max_size=6).filter(
    lambda name: strip_tags(f"<{name}>") == f"<{name}>" and name not in KNOWN
)
PIECES = (
    "<",
    ">",
    "</",
    "/>",
    " < ",
    "=",
    '"',
    "'",
    "a<w",
    "<1",
    "<v, w>",
    "<k>",
    "<qed x='1'>",
    ":",
)
PROSE = st.lists(st.sampled_from(PIECES) | st.text(" kvwz.,0-", max_size=6), max_size=12)


@given(NAMES, st.text(max_size=20))
def test_tags_of_no_known_name_are_kept(name: str, inside: str) -> None:
    """A text whose tags have names that are not known keeps every character."""
    text = f"<{name}>{inside.replace('<', '')}</{name} >"
    assert strip_tags(text) == text


@given(PROSE.map("".join))
def test_texts_without_known_names_are_kept(text: str) -> None:
    """Signs, numbers and names between angle brackets are kept; none of these is a tag's name."""
    assert strip_tags(text) == text


@pytest.mark.parametrize("sign", ["<", '<i a="', "<i a=", "<p ", "</", "<i a=''", "<jats:", "<x>"])
def test_many_signs_take_linear_time(sign: str) -> None:
    """Twice as many beginnings of tags take about twice the time."""

    def make(size: int) -> Work:
        text = sign * size
        return lambda: strip_tags(text)

    assert grows_linearly(make, 2_000)
