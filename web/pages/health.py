"""Tell monitors and load balancers whether the server can answer."""

from flask import Response

from index.errors import PapersearchError
from web.api.health import HealthDocument
from web.pages.blueprint import encode_json, get_searcher, pages


@pages.get("/healthz")
def healthz() -> Response:
    """Return the generation in use; the status is 503 if it cannot be read.

    A wrong file of the maintainer is named, but what was read of it before is served.
    """
    searcher = get_searcher()
    try:
        manifest, problem = searcher.manifest, searcher.people.problem
    except PapersearchError as error:
        response = encode_json(HealthDocument("failing", "", 0, str(error)), 503)
    else:
        response = encode_json(HealthDocument("ok", manifest.name, manifest.papers, problem))
    response.cache_control.no_store = True
    return response
