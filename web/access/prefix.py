"""Make every link lead below the path under which a proxy publishes the server."""

import re

from flask import Flask, Response, request

NOT_MODIFIED = 304

_HTML = re.compile(r'(\s(?:href|action|formaction|src)=")(/(?!/)[^"]*)')
"""An address on this server in an attribute. A text has no such quotes: templates escape them."""

_STYLE = re.compile(r'(url\(")(/(?!/)[^"]*)')
_JSON = re.compile(r'("(?:url|page|feed)":")(/(?!/)[^"]*)')
"""An address in JSON. Inside a text the quotes would be escaped."""

_PATTERNS = {"text/html": _HTML, "text/css": _STYLE, "application/json": _JSON}


def register_prefix(app: Flask) -> None:
    """Put the path before all addresses of pages, style sheets and documents that lack it."""
    app.after_request(_add_prefix)


def _add_prefix(response: Response) -> Response:
    root = request.script_root
    pattern = _PATTERNS.get(response.mimetype or "")
    if root and pattern and not response.is_streamed and response.status_code != NOT_MODIFIED:
        response.direct_passthrough = False
        response.set_data(add_prefix(response.get_data(as_text=True), root, pattern))
    return response


def add_prefix(text: str, root: str, pattern: re.Pattern[str] = _HTML) -> str:
    """Return a text in which all addresses on this server begin with a path.

    Args:
        text: A page, a style sheet or a JSON document.
        root: The path, without a final slash.
        pattern: Finds the addresses.
    """

    def write(found: re.Match[str]) -> str:
        address = found[2]
        has_root = address == root or address.startswith((f"{root}/", f"{root}?"))
        return found[1] + (address if has_root else root + address)

    return pattern.sub(write, text)
