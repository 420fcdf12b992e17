"""Serve the page that finds a name."""

from flask import Response, render_template, request

from web.people.author_page import show_author
from web.people.blueprint import people


@people.get("/authors")
def authors() -> Response | str:
    """Show how to find a name; with the parameter ``name``, its page."""
    if "name" in request.args:
        return show_author("")
    return render_template("authors.html")
