"""Find the address of the site as its visitors see it, for links that must be absolute."""

from urllib.parse import urlsplit

from flask import request

from web.api.addresses import paper_path


def find_base() -> str:
    """Return scheme, host and prefix without a final slash; empty if the host is not valid."""
    try:
        return request.url_root.rstrip("/")
    except (ValueError, UnicodeError):
        return ""


def absolute_path(path: str) -> str:
    """Return the absolute address of a path of this site, or the path if the host is not valid."""
    return find_base() + path


def absolute_paper_path(paper_id: str) -> str:
    """Return the absolute address of the page of a paper."""
    return absolute_path(paper_path(paper_id))


def is_own_origin(origin: str) -> bool:
    """Return whether the value of a header ``Origin`` names this site."""
    try:
        return urlsplit(origin).netloc == request.host
    except ValueError:  # a bracket that is not closed
        return False
