"""Provide what the frame of every page and the parts that pages share need."""

from index import __version__
from index.errors import PapersearchError
from index.records import SUBMISSION, Paper
from search.request.facets import HIDDEN_STATUSES
from web.api.contents import ContentsDocument, describe_contents
from web.pages.blueprint import get_searcher, pages

MOST_DUMPS = 3
"""Dumps that the foot of a page names; it counts more. Chosen: that fits on a line."""

HONOURS = {"oral", "award", "outstanding", "best"}
"""Words of a status that few papers of a venue have; chosen."""


@pages.app_context_processor
def provide_frame() -> dict[str, object]:
    """Provide the names that `base.html` uses."""
    return {"read_contents": read_contents, "version": __version__, "MOST_DUMPS": MOST_DUMPS}


def read_contents() -> ContentsDocument | None:
    """Return what the index holds; None if it cannot be read, which a page of an error says."""
    try:
        return describe_contents(get_searcher().manifest)
    except PapersearchError:
        return None


@pages.app_template_test("submission")
def is_submission(paper: Paper) -> bool:
    """Return whether a paper was only submitted to the venue that is shown."""
    turned_down = paper.status in HIDDEN_STATUSES and paper.status != "retracted"
    return bool(paper.shown.venue) and (turned_down or paper.shown.type == SUBMISSION)


@pages.app_template_filter("standing")
def classify_status(status: str) -> str:
    """Return the class of a status: ``bad`` if it hides a paper, ``good`` if few have it."""
    if status in HIDDEN_STATUSES:
        return "bad"
    return "good" if HONOURS.intersection(status.split()) else ""
