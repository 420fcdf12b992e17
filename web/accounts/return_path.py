"""Accept only paths of this site as the place to return to."""

import re
from urllib.parse import unquote, urlencode

LONGEST = 1_000
"""Characters of such a path; chosen: it travels in a cookie, which may have 4,000."""

_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff\\]")


def clean_return_path(text: str, otherwise: str = "/account") -> str:
    r"""Return a path of this site, or another one in place of what leads elsewhere.

    Browsers read a backslash as a slash, drop tabs and line ends, and take ``//host`` for another
    host; a proxy may decode escapes. So none of these may be in it, escaped or not.

    Args:
        text: What an address or a form names.
        otherwise: The path that is returned if it is not safe.
    """
    path = unquote(text.partition("?")[0], errors="replace")
    is_local = text.startswith("/") and not path.startswith("//") and len(text) <= LONGEST
    unsafe = _UNSAFE.search(text) or _UNSAFE.search(path.replace(" ", "")) or ".." in path
    return text if is_local and text.isascii() and not unsafe else otherwise


def sign_in_path(back: str) -> str:
    """Return the path of the sign-in page that leads back to a path of this site."""
    return f"/sign-in?{urlencode({'return': back})}"
