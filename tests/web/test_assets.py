"""Test the names, contents and caching of static files."""

import gzip
import re
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from web.app import create_app
from web.assets import GRAPH_SCRIPTS, HASH_LENGTH, KEPT_SECONDS, SCRIPTS, load_assets


def test_pages_link_a_style_sheet_that_is_kept(sample_index: Path) -> None:
    """A page names the style sheet by its hash, and a browser keeps it for a year."""
    client = create_app(sample_index).test_client()
    found = re.search(r'href="(/static/style\.[0-9a-f]+\.css)"', client.get("/").text)
    assert found
    answer = client.get(found[1])
    assert answer.status_code == 200
    assert answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert f"max-age={KEPT_SECONDS}" in answer.headers["Cache-Control"]


def test_plain_names_are_checked(sample_index: Path) -> None:
    """A file under its plain name is not kept unchecked, and not sent twice."""
    client = create_app(sample_index).test_client()
    answer = client.get("/static/icon.svg")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    again = client.get("/static/icon.svg", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", ["none.css", "style.0000000000.css", "css", "base.css"])
def test_other_names_are_missing(sample_index: Path, name: str) -> None:
    """Only the files of the table are served, and no old hash."""
    assert create_app(sample_index).test_client().get(f"/static/{name}").status_code == 404


@pytest.mark.parametrize("name", ["script.js", "graph.js"])
def test_the_script_is_small(name: str) -> None:
    """Each script has 12 kB packed, half of what a page may have, and holds no `eval`."""
    script = load_assets()[name].content
    assert len(gzip.compress(script)) < 12_000
    known = rb"https?://(?!github\.com|d3js\.org)"
    assert not re.search(rb"\beval\(|new Function|innerHTML|" + known, script)


def test_scripts_are_documented() -> None:
    """Every file of the folder is part of a script, and its README names it."""
    folder, parts = ROOT / "web" / "static" / "js", {*SCRIPTS, *GRAPH_SCRIPTS}
    assert {path.stem for path in folder.glob("*.js")} == parts
    listed = (folder / "README.md").read_text("utf-8")
    assert [name for name in sorted(parts) if f"`{name}.js`" not in listed] == []


def test_names_hold_the_hash_of_the_content() -> None:
    """Equal contents have equal names; every name keeps its stem and suffix."""
    first, second = load_assets(), load_assets()
    assert first == second
    for name, asset in first.items():
        stem, _, suffix = name.rpartition(".")
        assert re.fullmatch(
            rf"{re.escape(stem)}\.[0-9a-f]{{{HASH_LENGTH}}}\.{re.escape(suffix)}", asset.name
        )
    assert len({asset.name for asset in first.values()}) == len(first) > 1
