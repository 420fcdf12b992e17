"""Answers: which index, which application and which server do the tests share?

Everything here is real: an index built from the shipped sample, Flask's own client, click's
runner, and a ``papers serve`` process on a free port. What reads a page checks it as well.
"""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from index.build.operations import build
from index.settings import BuildSettings
from search.answers.searcher import Searcher
from tests.support.paths import ROOT, SAMPLE
from web.app import create_app
from web.cli import main

PATIENCE_S = 30
"""Seconds a process of ours may take to start or to stop."""


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers of this project."""
    config.addinivalue_line("markers", "slow: takes seconds; `-m 'not slow'` leaves it out")


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an index of the shipped sample, built once; tests only read it."""
    directory = tmp_path_factory.mktemp("sample") / "index"
    build(directory, (str(SAMPLE),), BuildSettings())
    return directory


@pytest.fixture(scope="session")
def sample_searcher(sample_index: Path) -> Searcher:
    """Give a searcher over the sample."""
    return Searcher(sample_index)


@pytest.fixture
def client(sample_index: Path) -> FlaskClient:
    """Give a browser without cookies or memory, over the sample."""
    return create_app(sample_index).test_client()


@pytest.fixture(scope="session")
def index_of(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., Path]:
    """Give a function that builds an index of its own from records as plain dicts.

    With ``directory`` it builds a further generation there.
    """

    def make(*records: dict[str, object], directory: Path | None = None) -> Path:
        folder = tmp_path_factory.mktemp("made")
        dump = folder / "papers.jsonl"
        dump.write_bytes(b"\n".join(msgspec.json.encode(record) for record in records) + b"\n")
        directory = directory or folder / "index"
        build(directory, (str(dump),), BuildSettings())
        return directory

    return make


@pytest.fixture(scope="session")
def papers(sample_index: Path) -> Callable[..., Result]:
    """Give a function that runs ``papers``, over the sample unless ``index`` names another."""

    def run(*arguments: str, stdin: str | bytes = "", index: Path = sample_index) -> Result:
        return CliRunner().invoke(
            main, arguments, input=stdin, env={"PAPERS_INDEX": str(index)}, prog_name="papers"
        )

    return run


@contextmanager
def _served(directory: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "web.cli", "serve", "--index", str(directory), "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            said = process.stdout.readline()
            address = re.search(r"http://[0-9.]+:[0-9]+", said)
            assert address is not None, said + process.stderr.read()
            yield address.group()
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE_S)


@pytest.fixture(scope="session")
def served() -> Callable[[Path], AbstractContextManager[str]]:
    """Give a context that runs ``papers serve`` over an index and yields its address."""
    return _served


@pytest.fixture(scope="session")
def serving(sample_index: Path) -> Iterator[str]:
    """Give the address of a ``papers serve`` over the sample, without a slash at its end."""
    with _served(sample_index) as address:
        yield address


class Element(NamedTuple):
    """One element of a page: its tag, its attributes, what it says, and what it stands in."""

    tag: str
    attributes: dict[str, str]
    texts: list[str]
    inside: tuple["Element", ...]

    @property
    def text(self) -> str:
        """Return what it says, spaces joined."""
        return " ".join("".join(self.texts).split())

    def get(self, name: str, missing: str = "") -> str:
        """Return an attribute."""
        return self.attributes.get(name, missing)


_VOID = {"meta", "link", "input", "br", "img", "hr"}
_BLOCKS = {"p", "ul", "ol", "div", "table", "section", "article", "form", "fieldset", "details"}
_BLOCKS |= {"h1", "h2", "h3", "nav", "aside", "main"}
_NEVER_NESTED = {"a", "label", "form", "button", "p", "main"}
_FORBIDDEN = {"script", "style", "iframe", "object", "embed", "base"}
_ADDRESSES = {"href", "src", "action", "formaction"}


class _Page(HTMLParser):
    """Reads a page strictly: every element must be closed, in order, where it may stand."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        around = {element.tag for element in self.open}
        if (tag in _NEVER_NESTED and tag in around) or (tag in _BLOCKS and "p" in around):
            self.problems.append(f"<{tag}> may not stand in {sorted(around)}")
        if len(dict(attrs)) < len(attrs):
            self.problems.append(f"<{tag}> has an attribute twice: {attrs}")
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append(Element(tag, attributes, [], tuple(self.open)))
        if tag not in _VOID:
            self.open.append(self.elements[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not any(element.tag == "svg" for element in self.open):
            self.problems.append(f"<{tag}/> closes itself outside a drawing")
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].tag != tag:
            self.problems.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.texts.append(data)


def _wrong(page: _Page) -> Iterator[str]:
    """Name what a page may not have: an id twice, a control without a label, a second heading."""
    found = page.elements
    ids = [element.get("id") for element in found if "id" in element.attributes]
    labels = {element.get("for") for element in found if element.tag == "label"}
    yield from (f"the id {one} is used twice" for one in set(ids) if ids.count(one) > 1)
    yield from (f"a label is for {one}, which is not there" for one in labels - {"", *ids})
    for tag in ("html", "title", "main", "h1"):
        if sum(element.tag == tag and "svg" not in _tags(element) for element in found) != 1:
            yield f"there is not exactly one <{tag}>"
    for element in found:
        yield from (f"<{element.tag} {element.attributes}> {why}" for why in _misused(element))
        if element.get("form", ids[0]) not in ids:
            yield f"<{element.tag} {element.attributes}> is of no form"
        if element.tag in {"input", "select"} and element.get("type") != "hidden":
            labelled = "label" in _tags(element) or "aria-label" in element.attributes
            if not labelled and element.get("id") not in labels:
                yield f"<{element.tag} {element.attributes}> has no label"


def _misused(element: Element) -> Iterator[str]:
    attributes = element.attributes
    if element.tag in _FORBIDDEN or "style" in attributes or any(a[:2] == "on" for a in attributes):
        yield "is or holds script or style"
    led = [element.get(name) for name in _ADDRESSES]
    if any(":" in one[:12] and "http" not in one[:4] and one[:1] != "/" for one in led):
        yield "leads to something else than a page"
    sent = "form" in attributes or "form" in _tags(element)
    if element.tag in {"input", "select"} and sent and "name" not in attributes:
        yield "is sent without a name"
    if element.tag in {"a", "button"} and not (element.text or "aria-label" in attributes):
        yield "says nothing"


def _tags(element: Element) -> set[str]:
    return {outer.tag for outer in element.inside}


@pytest.fixture(scope="session")
def read() -> Callable[[str], list[Element]]:
    """Give a function that reads a page into its elements and fails if anything is wrong."""

    def elements(text: str) -> list[Element]:
        page = _Page()
        page.feed(text)
        page.close()
        unclosed = [f"<{element.tag}> is not closed" for element in page.open]
        problems = [*page.problems, *unclosed, *_wrong(page)]
        assert not problems, "\n".join(problems)
        assert text.startswith("<!doctype html>")
        return page.elements

    return elements
