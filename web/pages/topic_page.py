"""Serve the page of a topic, and its twins."""

from flask import Response, request

from web.pages.blueprint import pages
from web.pages.collection import answer_collection


@pages.get("/topic")
@pages.get("/topic/<path:name>")
def topic(name: str = "") -> Response | str:
    """Show a topic; a name that is unsafe in a path comes as the parameter ``name``."""
    return answer_collection("topic", name or request.args.get("name", ""), None, "")


@pages.get("/topic.json")
@pages.get("/topic/<path:name>.json")
def topic_json(name: str = "") -> Response | str:
    """Return what the page of a topic shows as JSON."""
    return answer_collection("topic", name or request.args.get("name", ""), None, ".json")


@pages.get("/topic.atom")
@pages.get("/topic/<path:name>.atom")
def topic_atom(name: str = "") -> Response | str:
    """Return the papers of a topic that the index had last as an Atom feed."""
    return answer_collection("topic", name or request.args.get("name", ""), None, ".atom")
