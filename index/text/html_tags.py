"""Remove the tags of HTML, JATS and the like from a text.

Dumps hold them plain or escaped (``&lt;i&gt;``), which other rules decode first. A tag is known by
its name. Some names are words that authors put between angle brackets too (``<year>``), so these
are only removed as a pair of a start and an end tag, with attributes in quotes, or if closed
(``<break/>``).
"""

import re
from collections.abc import Iterator

from index.text.latex_commands import format_script
from index.text.notation import Edit, keep_apart

_PREFIX = r"(?:jats|mml|ce|sb|nlm|x?html|ns\d{1,2}):"
"""Prefixes of JATS, MathML, Elsevier's schemas and HTML, which make any name that of a tag."""

_NAMED_PREFIX = r"(?:[A-Za-z]{1,5}:)?"
"""Any other prefix, which only known names may have: ``<o:p>``, but not the ratio ``<m:n>``."""

_INLINE = frozenset((
    "br i b u em strong sub sup inf tt span a italic bold sc scp monospace font small xref code "
    "inline-formula disp-formula alternatives tex-math inline-graphic named-content styled-content "
    "uri math semantics mrow mi mn mo mtext msub msup mfrac msqrt mstyle msubsup mover munder "
    "mfenced mspace mpadded ext-link inter-ref related-article related-object sans-serif nobr wbr "
    "milestone-start milestone-end inline-supplementary-material institution-wrap string-name "
    "given-names private-char chem-struct fixed-case xref-group volume-id pub-id article-title "
    "chapter-title mixed-citation element-citation citation-alternatives person-group issue-title "
    "collab-alternatives fn-group article-id object-id"
).split())  # fmt: skip
_PAIRED = frozenset((
    "abbr abbrev acronym address attrib bdi bdo big blink break cite col colgroup collab country "
    "del dfn email emph fpage graphic img ins institution issue it kbd kwd lpage mark note object "
    "overline publisher-loc publisher-name q rb roman rp rt ruby samp source speaker strike "
    "surname target term tex underline var volume x year"
).split())  # fmt: skip
_PAIRED_BLOCKS = frozenset((
    "ack article body caption center dd def dl dt fig figcaption figure footer head header html "
    "hr meta pre section speech style subtitle table tbody td tfoot th thead tr verse"
).split())  # fmt: skip
_BLOCK = (
    "p|div|title|sec|list|list-item|ul|ol|li|h[1-6]|blockquote|abstract|label|disp-quote|def-list"
    "|def-item|trans-(?:abstract|title|subtitle)|boxed-text|verse-group|verse-line|table-wrap"
    "|kwd-group|alt-title|fig-group|disp-formula-group|supplementary-material"
)
KNOWN = _INLINE | _PAIRED | _PAIRED_BLOCKS
"""Names of tags that do not separate paragraphs; `_BLOCK` matches those that do."""

_QUOTED = r"""(?:\s{1,9}[\w:.-]{1,60}\s?=\s?(?:"[^"]{0,2000}+"|'[^']{0,2000}+'))++\s?(?=/?>)"""
"""Attributes in quotes, whose values may hold ``<`` and ``>``."""

_ATTRIBUTES = rf"(?:{_QUOTED}|\s{{1,9}}[\w:.-]{{1,60}}\s?=[^<>]{{0,400}}|)\s?/?>"
_HEADING = re.compile(
    r"<((?:jats:)?(?:title|h[1-6]|b|strong))>\s?(?i:abstract|summary)[:.]?\s?</\1>\s?"
)
_RAISED = re.compile(
    r"<(?<=[\w)\]]<)(?:jats:)?(sup|sub|inf)>([+\-−]?\d{1,20}[+\-−]?)</(?:jats:)?\1>",
    re.IGNORECASE,
)
_UP = frozenset(("sup", "SUP", "Sup"))
_TAG = re.compile(
    rf"<(?P<end>/?)(?:(?P<prefix>{_PREFIX})|{_NAMED_PREFIX})(?P<name>[A-Za-z][\w-]{{0,40}})"
    rf"(?P<attributes>{_ATTRIBUTES})"
)
_BLOCK_NAME = re.compile(_BLOCK, re.IGNORECASE)
_BLOCK_START = re.compile(rf"</?(?:{_PREFIX}|{_NAMED_PREFIX})(?i:{_BLOCK})[\s/>]")
_BLOCK_TAG = re.compile(rf"\s?</?(?:{_PREFIX}|{_NAMED_PREFIX})(?i:{_BLOCK}){_ATTRIBUTES}\s?")


def strip_tags(text: str) -> str:
    """Remove tags, but keep paragraphs separate and numbers raised or lowered.

    Only known tags are removed: ``a < b`` and ``<subject>`` stay.
    """
    text = _HEADING.sub("", text)
    text = _RAISED.sub(lambda found: format_script(found[2], raised=found[1] in _UP), text)
    parts, end = list[str](), 0
    for edit in _find_known_tags(text):
        parts += text[end : edit.start], edit.text
        end = edit.end
    text = "".join([*parts, text[end:]])
    return _BLOCK_TAG.sub("\n\n", text) if _BLOCK_START.search(text) else text


def find_tag_edits(text: str) -> list[Edit]:
    """Find edits that remove the tags of one line; to be repeated until there are none.

    Numbers are raised or lowered before other tags are removed.
    """
    raised = [
        Edit(*found.span(), format_script(found[2], raised=found[1] in _UP))
        for found in _RAISED.finditer(text)
    ]
    blocks = [Edit(*found.span(), " ") for found in _BLOCK_TAG.finditer(text)]
    return raised or keep_apart([*_find_known_tags(text), *blocks])


def _find_known_tags(text: str) -> Iterator[Edit]:
    """Yield the edits that remove all tags but those of blocks, in order."""
    tags = [(found, found["name"].lower()) for found in _TAG.finditer(text)]
    paired = {name for found, name in tags if found["end"]}
    paired &= {name for found, name in tags if not found["end"]}
    for found, name in tags:
        if _is_tag(found, name, paired) and not _BLOCK_NAME.fullmatch(name):
            yield _edit_tag(text, found, name)


def _is_tag(found: re.Match[str], name: str, paired: set[str]) -> bool:
    if found["prefix"] or name in _INLINE:
        return True
    sure = name in paired or not {*"\"'/"}.isdisjoint(found["attributes"])
    return sure and name in KNOWN


def _edit_tag(text: str, found: re.Match[str], name: str) -> Edit:
    """Return the edit that removes a tag, or puts a space where it separates words."""
    start, end = found.span()
    if name == "subtitle" and not found["end"]:
        start -= text[max(0, start - 1) : start].isspace()
        return Edit(start, end, ": " if text[max(0, start - 1) : start].isalnum() else " ")
    return Edit(start, end, " " if name in _PAIRED_BLOCKS or name == "br" else "")
