"""Join web addresses that contain spaces, and write links as text."""

import re

_SCHEME = re.compile(r"(http(?<=\bhttp)s?)\s?:\s?/\s?/\s?(?=[\w.])")
_TOP = "com|org|net|edu|gov|io|ai|ac|uk|de|fr|ch|cn|jp|kr|eu|ca|au|nl|se|tw|hk|sg|cc|dev|info|app"
_SPLIT = re.compile(r"https?+(?:(?::/?/?)?\s|://[\w.-]{0,800}+(?<=\.)\s)")
_SPLIT_HOST = re.compile(r"www\.[\w.-]{0,800}+(?<=\.)\s")
_SPLIT_PATH = re.compile(r"github\.com/[\w./-]{0,80}+(?<=/) ")
_HOST = re.compile(
    r"(?:https?://|www\.(?<=\bwww\.)) ?(?:[\w-]{1,60}\.){0,5}[\w-]{1,60}"
    rf"(?:\. ?[a-z0-9-]{{1,60}}){{0,4}}\. ?(?:{_TOP})(?![\w-])"
)
# Sites often named without https://; others stay split, as in "as shown. com/x".
_BARE_HOST = re.compile(r"\.(?<=\b(?:github|gitlab|google)\.) (?=(?:com|io)/)")
_COMPLETE = re.compile(rf"\.(?:{_TOP})\Z")
_LAST_STEP = re.compile(r"(github\.com/(?:[\w.-]{1,60}/)?) (?=[\w/-]*[-_\dA-Z][\w/-]*[.\"')]*\Z)")

_ESCAPED = re.compile(r"\\([_~%#&])")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(\s?(https?://[^\s()]{1,500})\s?\)")
_HREF = re.compile(
    r"(?:\\|(?<![A-Za-z]))(?:href|hyperlink)\s?\{([^{}\s]{1,500})\}\s?"
    r"\{(\\?(?:url|nolinkurl)\{)?([^{}\n]{1,300})(?(2)\})\}"
)


def join_addresses(text: str) -> str:
    """Join a split address such as ``https: //x. github. io/y`` up to its top-level domain."""
    if not _is_split(text):  # takes a tenth of the time
        return text
    text = _SCHEME.sub(r"\1://", text)
    text = _LAST_STEP.sub(r"\1", _HOST.sub(_join_host, text))
    return _BARE_HOST.sub(".", text)


def _is_split(text: str) -> bool:
    """Return whether a web address in a text may contain spaces."""
    paths = "/" in text
    if paths and "http" in text and (_SPLIT.search(text) or _SPLIT_PATH.search(text)):
        return True
    if "www." in text and (_SPLIT_HOST.search(text) or (paths and _SPLIT_PATH.search(text))):
        return True
    bare = paths and (". com/" in text or ". io/" in text)
    return bare and _BARE_HOST.search(text) is not None


def _join_host(found: re.Match[str]) -> str:
    complete = _COMPLETE.search(found[0].split(". ")[0])
    return found[0] if complete else found[0].replace(" ", "")


def clean_address(text: str) -> str:
    """Remove spaces, braces, angle brackets and escapes from one address."""
    bare = "".join(text.split()).removeprefix("\\url").strip("{}<>")
    return _ESCAPED.sub(r"\1", bare)


def has_links(text: str) -> bool:
    """Return whether a text may contain links of Markdown or LaTeX."""
    return ("[" in text and "](" in text) or "href" in text or "hyperlink" in text


def convert_links(text: str) -> str:
    r"""Replace Markdown's ``[text](address)`` and LaTeX's ``\href`` by ``text (address)``."""
    text = _LINK.sub(lambda found: _format_link(found[1], found[2]), text)
    return _HREF.sub(lambda found: _format_link(found[3], found[1]), text)


def _format_link(words: str, address: str) -> str:
    return address if words.strip() in address else f"{words.strip()} ({address})"
