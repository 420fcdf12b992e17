"""Answers: what can a user do with an index that others own?

Root may do everything, so where the tests run as root they go on as nobody.
"""

import os
import shutil
import tempfile
from pathlib import Path

import msgspec
import pytest

from index.build import build
from index.errors import IndexUnwritable
from index.generations import GENERATIONS
from index.settings import BuildSettings
from search.request import SearchRequest
from search.searcher import Searcher

NOBODY = 65_534


def test_a_read_only_index() -> None:
    """Without permission to write the index is still read, and a build says what is wrong."""
    user, folder = os.geteuid(), Path(tempfile.mkdtemp())
    index, dump = folder / "index", folder / "d.jsonl"
    dump.write_bytes(msgspec.json.encode({"id": "p", "title": "Common paper"}))
    build(index, (str(dump),), BuildSettings())
    assert Searcher(index).search(SearchRequest("common")).total == 1
    barred = (index, index / GENERATIONS)
    try:
        if user == 0:
            for owned in (folder, *folder.rglob("*")):
                os.chown(owned, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        for place in barred:
            place.chmod(0o500)
        with pytest.raises(IndexUnwritable, match="fix its permissions"):
            build(index, (str(dump),), BuildSettings())
        assert Searcher(index).search(SearchRequest("common")).total == 1
    finally:
        os.seteuid(user)
        for place in barred:
            place.chmod(0o700)
        shutil.rmtree(folder)
