"""Serve what differs between the last two generations, as a page, as JSON and as a feed."""

from collections.abc import Callable

from flask import Response, current_app, render_template, request

from index.errors import GenerationMissing, GenerationOutdated, PapersearchError
from web.api.differences import describe_changes
from web.api.failures import describe_failure
from web.feeds.changes import write_feed
from web.feeds.latest_changes import MOST, ChangesKeeper, LatestChanges
from web.pages.base_address import find_base
from web.pages.blueprint import encode_json, get_searcher, pages, respond_json
from web.pages.feeds import MIMETYPE
from web.wording import CHANGE_HEADINGS

RETRY_SECONDS = 5
"""Seconds after which a comparison that is not done may be asked for again; chosen."""

OTHER_VERSION = "The generation before this one was built by another version of Papersearch."
"""Why the last two generations cannot be compared; the error names commands of the operator."""


@pages.get("/changes")
def changes() -> Response | str | tuple[Response | str, int, dict[str, str]]:
    """Show what differs between the last two generations."""
    return _answer(_render)


@pages.get("/changes.json")
def changes_json() -> Response | str | tuple[Response | str, int, dict[str, str]]:
    """Return what differs as JSON."""
    return _answer(_describe)


@pages.get("/changes.atom")
def changes_atom() -> Response | str | tuple[Response | str, int, dict[str, str]]:
    """Return what differs as an Atom feed."""
    return _answer(_write)


def _answer(
    respond: Callable[[LatestChanges | None, str], Response | str],
) -> Response | str | tuple[Response | str, int, dict[str, str]]:
    keeper: ChangesKeeper = current_app.extensions["changes"]
    try:
        found = keeper.read()
    except GenerationMissing:
        return respond(None, "")
    except GenerationOutdated:
        return respond(None, OTHER_VERSION)
    if found is None:
        message = "The changes are still being counted. Ask again in a few seconds."
        retry = {"Retry-After": str(RETRY_SECONDS)}
        if request.path.endswith(".json"):
            failure = describe_failure(PapersearchError(message), 503)
            return encode_json(failure), 503, retry
        return render_template("error.html", message=message, code=503), 503, retry
    return respond(found, "")


def _render(found: LatestChanges | None, reason: str) -> str:
    return render_template(
        "changes.html",
        found=found,
        reason=reason,
        manifest=get_searcher().manifest,
        headings=CHANGE_HEADINGS,
        most=MOST,
    )


def _describe(found: LatestChanges | None, _reason: str) -> Response:
    links = {
        "page": f"{request.script_root}/changes",
        "feed": f"{request.script_root}/changes.atom",
    }
    if found is None:
        return respond_json(describe_changes(None, get_searcher().manifest, {}, ()), links)
    return respond_json(
        describe_changes(found.old, found.new, found.counts, found.differences), links
    )


def _write(found: LatestChanges | None, _reason: str) -> Response:
    manifest = get_searcher().manifest if found is None else found.new
    differences = () if found is None else found.differences
    base = find_base()
    return Response("".join(write_feed(manifest, differences, base)), mimetype=MIMETYPE)
