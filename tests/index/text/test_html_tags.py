"""Check that the tags of HTML and JATS are removed, and nothing that only looks like one."""

import pytest

from index.text.html_tags import find_tag_edits, strip_tags
from index.text.notation import apply_edits

TEXTS = [
    ("<i>E. coli</i> and <b>bold</b>", "E. coli and bold"),
    ("H<sub>2</sub>O, 10<sup>-5</sup>, 1<sup>st</sup>", "H₂O, 10⁻⁵, 1st"),
    ("x<jats:sup>2</jats:sup>", "x²"),
    ("one<br/>two", "one two"),
    ("<p>One.</p><p>Two.</p>", "\n\nOne.\n\n\n\nTwo.\n\n"),
    ("<title>Abstract</title>We show.", "We show."),
    ('<a href="https://x.org">this</a>', "this"),
    ("a < b and p<0.05", "a < b and p<0.05"),
    ("<subject, relation> and </s>", "<subject, relation> and </s>"),
    ("<i never closed", "<i never closed"),
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
