"""Ordinary requests of readers and programs, each with a check of its answer.

A question is made for a paper, which may or may not be in the index that answers. Its `read` checks
what must hold whatever the index holds, and returns the judge of the rest.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urlencode

from tests.soak import made_papers as made
from tests.soak.chronicle import Contents, Judge
from tests.soak.client import AnswerFault, Reply
from tests.support.page import read_page

PER_PAGE = 100
"""Hits a page of a walk over all pages: as many as the server allows."""


@dataclass(frozen=True, slots=True)
class Question:
    """A request, and the check of its answer.

    Attributes:
        kind: What it is counted as.
        path: The path, percent-encoded.
        read: Returns the judge of an answer; raises `AnswerFault` if it is wrong in any case.
    """

    kind: str
    path: str
    read: Callable[[Reply], Judge]


def make_questions(chance: Random, number: int, edition: int) -> Iterator[Question]:
    """Yield a question of each kind about a paper that was in the index once."""
    mark, theme = made.make_mark(number, edition), made.theme(number)
    venue, found_id = made.venue(number), made.paper_id(number)
    quoted = f'"{mark}"' if chance.random() < 0.5 else mark
    whole = Selection("theme", lambda one: made.theme(one) == theme)
    part = Selection("filters", lambda one: made.theme(one) == theme and made.venue(one) == venue)
    this = Selection("mark", lambda one: one == number, edition)
    yield this.ask(q=quoted)
    yield whole.ask(q=theme, facets="venue,year,author", sort=chance.choice(_SORTS))
    yield part.ask(q=f"{theme} venue:{venue}" if chance.random() < 0.5 else theme, venue=venue)
    yield Question("page of results", _path("/search", q=mark), _make_page_reader(number, edition))
    yield Question("start page", "/", _read_start)
    yield Question("contents", "/index.json", _read_contents)
    yield Question("page of a paper", f"/paper/{found_id}", _make_paper_reader(number, edition))
    yield Question("paper", f"/paper/{found_id}.json", _make_twin_reader(number))
    yield Question("completions", _path("/suggest.json", q=mark[:7]), _make_completer(number, mark))
    yield Question("related", _path("/similar.json", id=found_id, per_page=20), _read_related)
    path = _path("/why-not.json", q=f"{theme} year:1950", id=found_id)
    yield Question("why not", path, _read_why_not)
    yield Question("style sheet", "/static/style.css", lambda reply: _read_static(reply, 1000))
    yield Question("robots", "/robots.txt", lambda reply: _read_static(reply, 10))


_SORTS = ("relevance", "newest", "oldest", "cited", "title", "author")


def _path(address: str, **parameters: object) -> str:
    return f"{address}?{urlencode(parameters)}"


@dataclass(frozen=True, slots=True)
class Selection:
    """The papers that a search must find, and the check of its answer.

    Attributes:
        kind: What it is counted as.
        holds: Whether a paper is among them.
        edition: The only edition that is found, or None for any.
    """

    kind: str
    holds: Callable[[int], bool]
    edition: int | None = None

    def ask(self, **parameters: object) -> Question:
        """Return the search as a question."""
        path = _path("/search.json", per_page=PER_PAGE, **parameters)
        return Question(f"search by {self.kind}", path, self._read)

    def _read(self, reply: Reply) -> Judge:
        document: Any = reply.read_json()
        hits = list_numbers(document["hits"])
        facets = {name: _count_values(values) for name, values in document["facets"].items()}
        total, hidden = document["total"], document["hidden"]

        def judge(contents: Contents) -> str:
            held = contents.editions.items()
            right = {at for at, of in held if self.holds(at) and self.edition in {None, of}}
            shown = right & contents.shown
            if total != len(shown):
                return f"the total is {total} where {len(shown)} papers match"
            if set(hits) != shown:
                return f"the hits differ from the papers that match: {sorted(set(hits) ^ shown)}"
            if hidden != len(right) - len(shown):
                return f"{hidden} papers are hidden instead of {len(right) - len(shown)}"
            return _find_wrong_counts(facets, shown, venues=self.kind != "filters")

        return judge


def _find_wrong_counts(facets: dict[str, Counter[str]], shown: set[int], *, venues: bool) -> str:
    """Return what is wrong with facets; that of venues ignores its own filter."""
    right = {"year": Counter(str(made.year(number)) for number in shown)}
    if venues:
        right["venue"] = Counter(map(made.venue, shown))
    wrong = [name for name, counts in right.items() if facets.get(name, counts) != counts]
    return f"the counts of {' and '.join(wrong)} differ from the papers" if wrong else ""


def _count_values(values: Iterable[dict[str, Any]]) -> Counter[str]:
    return Counter({value["value"]: value["count"] for value in values if value["count"]})


def list_numbers(hits: Iterable[dict[str, Any]]) -> list[int]:
    """Return the papers that hits are.

    Raises:
        AnswerFault: A paper is there twice.
    """
    numbers = [made.paper_number(hit["id"]) for hit in hits]
    doubled = [number for number, count in Counter(numbers).items() if count > 1]
    if doubled:
        raise AnswerFault(f"papers are found twice: {doubled}")
    return numbers


def _read_html(reply: Reply) -> list[Any]:
    """Return the elements of a page.

    Raises:
        AnswerFault: It is not well formed.
    """
    try:
        return list(read_page(reply.body.decode()))
    except (AssertionError, UnicodeDecodeError) as error:
        raise AnswerFault(f"the page is not well formed ({error})") from error


def _make_page_reader(number: int, edition: int) -> Callable[[Reply], Judge]:
    def read(reply: Reply) -> Judge:
        reply.require_status(200)
        links = [one.get("href") for one in _read_html(reply) if one.inside[-1:]]
        hits = links.count(f"/paper/{made.paper_id(number)}")

        def judge(contents: Contents) -> str:
            right = int(contents.editions.get(number) == edition and number in contents.shown)
            return "" if hits == right else f"a paper is linked {hits} times instead of {right}"

        return judge

    return read


def _read_start(reply: Reply) -> Judge:
    reply.require_status(200)
    (heading,) = (one.text for one in _read_html(reply) if one.tag == "h1")

    def judge(contents: Contents) -> str:
        right = f"{len(contents.editions):,} papers"
        return (
            ""
            if heading.startswith(f"{right}, ")
            else f"the heading is '{heading}' instead of '{right}'"
        )

    return judge


def _read_contents(reply: Reply) -> Judge:
    papers = reply.read_json()["papers"]

    def judge(contents: Contents) -> str:
        right = len(contents.editions)
        return "" if papers == right else f"it counts {papers} papers instead of {right}"

    return judge


def _make_paper_reader(number: int, edition: int) -> Callable[[Reply], Judge]:
    def read(reply: Reply) -> Judge:
        reply.require_status(200, 404)
        headings = {one.text for one in _read_html(reply) if one.tag == "h1"}

        def judge(contents: Contents) -> str:
            right = 200 if number in contents.editions else 404
            if reply.status != right:
                return f"the status is {reply.status} instead of {right}"
            same = contents.editions.get(number) == edition
            shown = made.title(number, edition) in headings
            return "" if shown == same else f"the page shows {headings}"

        return judge

    return read


def _make_twin_reader(number: int) -> Callable[[Reply], Judge]:
    def read(reply: Reply) -> Judge:
        reply.require_status(200, 404)
        title = reply.read_json()["title"] if reply.status == 200 else ""

        def judge(contents: Contents) -> str:
            held = contents.editions.get(number)
            right = "" if held is None else made.title(number, held)
            return "" if title == right else f"the title is '{title}' instead of '{right}'"

        return judge

    return read


def _make_completer(number: int, mark: str) -> Callable[[Reply], Judge]:
    def read(reply: Reply) -> Judge:
        found = [one["text"].lower() for one in reply.read_json()["completions"]]
        complete = any(mark in text for text in found)

        def judge(contents: Contents) -> str:
            edition = contents.editions.get(number, -1)
            right = number in contents.shown and made.make_mark(number, edition) == mark
            return (
                "" if complete == right else f"a title is completed: {complete} instead of {right}"
            )

        return judge

    return read


def _read_related(reply: Reply) -> Judge:
    reply.require_status(200, 404)
    if reply.status == 404:
        return lambda _contents: ""
    document = reply.read_json()
    hits = list_numbers(document["hits"])
    if not hits or made.paper_number(document["id"]) in hits:
        raise AnswerFault("a paper has no related papers, or is one itself")
    return lambda _contents: ""


def _read_why_not(reply: Reply) -> Judge:
    reply.require_status(200, 404)
    if reply.status == 200 and reply.read_json()["found"]:
        raise AnswerFault("a paper is found in a year in which it did not appear")
    return lambda _contents: ""


def _read_static(reply: Reply, least: int) -> Judge:
    reply.require_status(200)
    if len(reply.body) < least:
        raise AnswerFault(f"only {len(reply.body)} bytes arrived")
    return lambda _contents: ""
