"""Remove the HTML and JATS tags of a text."""

import re

from index.text.latex import format_script
from index.text.notation import Edit, keep_apart

_INLINE = (
    "i|b|u|em|strong|sub|sup|inf|tt|span|a|italic|bold|sc|scp|monospace|font|small|xref|code"
    "|ext-link|mml:[a-z]{1,20}|inline-formula|disp-formula|alternatives|tex-math|inline-graphic"
    "|named-content|styled-content|uri|math|semantics|m(?:row|i|n|o|text|sub|sup|frac|sqrt|style)"
)
_BLOCK = "p|div|title|sec|list|list-item|ul|ol|li|h[1-6]|blockquote|abstract|label"
_ATTRIBUTES = r"(?:\s+[\w:-]{1,40}\s*=[^<>]{0,400})?\s?/?>"
_HEADING = re.compile(
    r"<((?:jats:)?(?:title|h[1-6]|b|strong))>\s?(?i:abstract|summary)[:.]?\s?</\1>\s?"
)
_RAISED = re.compile(
    r"<(?<=[\w)\]]<)(?:jats:)?(sup|sub|inf)>([+\-−]?\d{1,20}[+\-−]?)</(?:jats:)?\1>"
)
_INLINE_TAG = re.compile(rf"</?(?:jats:)?(?i:{_INLINE}){_ATTRIBUTES}")
_LINE_TAG = re.compile(r"(?i:<br\s?/?>)")
_BLOCK_START = re.compile(rf"</?(?:jats:)?(?i:{_BLOCK})[\s/>]")
_BLOCK_TAG = re.compile(rf"\s?</?(?:jats:)?(?i:{_BLOCK}){_ATTRIBUTES}\s?")


def strip_tags(text: str) -> str:
    """Remove tags, but keep paragraphs separate and numbers raised or lowered.

    Only known tags are removed: ``a < b`` and ``<subject>`` stay.
    """
    text = _HEADING.sub("", text)
    text = _RAISED.sub(lambda found: format_script(found[2], raised=found[1] == "sup"), text)
    text = _INLINE_TAG.sub("", _LINE_TAG.sub(" ", text))
    return _BLOCK_TAG.sub("\n\n", text) if _BLOCK_START.search(text) else text


def find_tag_edits(text: str) -> list[Edit]:
    """Find edits that remove the tags of one line; to be repeated until there are none.

    Numbers are raised or lowered before other tags are removed.
    """
    raised = [
        Edit(*found.span(), format_script(found[2], raised=found[1] == "sup"))
        for found in _RAISED.finditer(text)
    ]
    inline = [Edit(*found.span()) for found in _INLINE_TAG.finditer(text)]
    breaks = [Edit(*found.span(), " ") for found in _LINE_TAG.finditer(text)]
    blocks = [Edit(*found.span(), " ") for found in _BLOCK_TAG.finditer(text)]
    return raised or keep_apart([*inline, *breaks, *blocks])
