"""Serve the static files under names that hold a hash of their content, so that browsers keep them.

The style sheets and the scripts are many small files in the project and one file each for a
browser. A file is also served under its plain name, but must then be checked on every use.
"""

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from flask import Flask, Response, abort, request

STYLES = (
    "tokens", "base", "home", "results", "paper", "people", "cite", "api", "browse", "bib",
    "graph", "account", "following", "script", "print",
)  # fmt: skip
"""The style sheets in `static/css`, in the order in which they apply."""

SCRIPTS = (
    "combobox-nav", "announcements", "focus", "in_place", "completions", "copying", "keys", "years",
    "following",
)  # fmt: skip
"""The scripts in `static/js`, in the order in which they run; together they are one module."""

GRAPH_SCRIPTS = ("d3-dispatch", "d3-timer", "d3-quadtree", "d3-force", "graph")
"""The scripts of the graph explorer, which no other page loads: `graph.js`, also one module."""

HASH_LENGTH = 10
"""Hexadecimal digits of a hash in a name: 40 bits, enough for a dozen files."""

KEPT_SECONDS = 31_536_000
"""How long a browser keeps a file whose name holds its hash: a year, the most that is customary."""

_ADDRESS_IN_STYLE = re.compile(r'url\("([^"/:]+)"\)')


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file: its bytes, its media type, and its name with the hash."""

    content: bytes
    mimetype: str
    name: str


def load_assets() -> dict[str, Asset]:
    """Read the static files.

    Returns:
        Each file by its plain name, such as ``style.css``.
    """
    folder = files("web").joinpath("static")
    assets = {
        one.name: _make_asset(one.name, one.read_bytes())
        for one in sorted(_list_files(folder), key=lambda one: one.name)
    }
    styles = b"\n".join(folder.joinpath("css", f"{name}.css").read_bytes() for name in STYLES)
    assets["style.css"] = _make_asset("style.css", _link_files(styles.decode(), assets).encode())
    for name, scripts in (("script.js", SCRIPTS), ("graph.js", GRAPH_SCRIPTS)):
        parts = (folder.joinpath("js", f"{one}.js").read_bytes() for one in scripts)
        assets[name] = _make_asset(name, b"\n;".join(parts))
    return assets


def _list_files(folder: Traversable) -> list[Traversable]:
    """List the files that are served as they are: those directly in the folder."""
    return [one for one in folder.iterdir() if one.is_file()]


def _link_files(sheet: str, assets: dict[str, Asset]) -> str:
    """Replace the names of files in a style sheet by those with a hash."""
    return _ADDRESS_IN_STYLE.sub(lambda found: f'url("{assets[found[1]].name}")', sheet)


def _make_asset(name: str, content: bytes) -> Asset:
    stem, _, suffix = name.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:HASH_LENGTH]
    mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(content, mimetype, f"{stem}.{digest}.{suffix}")


def register_assets(app: Flask) -> None:
    """Add the addresses of the static files, and `asset_path` for templates.

    The files are then in ``app.extensions["assets"]``.
    """
    app.extensions["assets"] = assets = load_assets()
    kept = {asset.name: asset for asset in assets.values()}

    def serve(name: str) -> Response:
        asset = kept.get(name) or assets.get(name) or abort(404)
        response = Response(asset.content, mimetype=asset.mimetype)
        response.set_etag(asset.name)
        if name in kept:
            response.cache_control.public = response.cache_control.immutable = True
            response.cache_control.max_age = KEPT_SECONDS
        else:
            response.cache_control.no_cache = True
        response.make_conditional(request)
        return response

    app.add_url_rule("/static/<name>", "asset", serve)
    app.jinja_env.globals["asset_path"] = lambda name: f"/static/{assets[name].name}"
