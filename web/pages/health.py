"""Tell monitors and load balancers whether the server can answer."""

from flask import Response, current_app

from index.errors import PapersearchError
from web.api.health import WORKER, HealthDocument
from web.pages.blueprint import encode_json, get_searcher, pages


@pages.get("/healthz")
def healthz() -> Response:
    """Return the generation in use; the status is 503 if it cannot be read.

    A wrong file of the maintainer is named, but what was read of it before is served.
    """
    searcher, worker = get_searcher(), current_app.config.get(WORKER, 0)
    try:
        manifest, problem = searcher.manifest, searcher.people.problem
    except PapersearchError as error:
        response = encode_json(HealthDocument("failing", "", 0, str(error), worker), 503)
    else:
        response = encode_json(
            HealthDocument("ok", manifest.name, manifest.papers, problem, worker)
        )
    response.cache_control.no_store = True
    return response
