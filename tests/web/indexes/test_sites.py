"""Test that indexes that cannot be opened are tried again."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Flask

from index.errors import IndexMissing
from web.errors import IndexLeftOut
from web.indexes.sites import RETRY_SECONDS, Site


def test_an_index_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    """After a failure the next try is made some seconds later, and the log says it once."""
    now, tries, app = [0.0], [], Flask("x")

    def create(name: str, directory: Path) -> Flask:
        tries.append(name)
        if len(tries) < 3:
            raise IndexMissing(str(directory))
        return app

    site = Site("a", Path("nowhere"), create, lambda: now[0])
    with caplog.at_level(logging.WARNING):
        for moment in (0.0, 1.0, RETRY_SECONDS):
            now[0] = moment
            with pytest.raises(IndexLeftOut, match="The index 'a' cannot be used"):
                site.open()
    assert (len(tries), len(caplog.records)) == (2, 1)
    now[0] = 2 * RETRY_SECONDS
    assert site.open() is site.open() is app
    assert (len(tries), site.failure) == (3, None)
