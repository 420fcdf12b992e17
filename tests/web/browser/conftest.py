"""Fixtures of the browser tests: one browser for a module, windows that are watched for a test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import CHROMIUM, FLAGS, Windows


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Yield one browser for the tests of a module."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def windows(browser: Browser, serving: str) -> Iterator[Windows]:
    """Yield what opens pages over the sample; a page must not break any rule of all pages."""
    opened = Windows(browser, serving)
    yield opened
    opened.close()
    assert opened.faults == []
