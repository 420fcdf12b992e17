"""Describe the parameters of the JSON answers: what each means and which values it takes.

The limits are those that `search.request` checks, so that none is stated twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from search.authors.followed import MAX_FOLLOWED_VALUE, MAX_NEWS
from search.graph.elements import NodeKind
from search.graph.scope import LONGEST_KEY, MOST_OPENED
from search.request.facets import FACETS
from search.request.search_request import (
    CHOICES,
    MAX_HITS,
    MAX_PER_PAGE,
    MAX_QUERY,
    SORTS,
    SWITCHES,
)
from search.suggest.completions import MAX_LIMIT


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address.

    Attributes:
        name: Its name.
        description: What it means.
        schema: The JSON Schema of its value.
        place: ``query`` or ``path``.
        required: Whether the answer needs it.
    """

    name: str
    description: str
    schema: Mapping[str, Any]
    place: str = "query"
    required: bool = False


def _make_text(name: str, description: str, **limits: object) -> Parameter:
    return Parameter(name, description, {"type": "string", "maxLength": MAX_QUERY, **limits})


def _make_choice(name: str, description: str, values: list[str]) -> Parameter:
    return Parameter(name, description, {"type": "string", "enum": values})


def _make_number(name: str, description: str, low: int, high: int, usual: int) -> Parameter:
    limits = {"type": "integer", "minimum": low, "maximum": high, "default": usual}
    return Parameter(name, description, limits)


def _make_facet(name: str, numeric: bool) -> Parameter:  # noqa: FBT001 - a property of facets
    what = (
        "Only this year or range of years, such as `2019..2022`" if numeric else "Only this value"
    )
    pattern = r"^-?[0-9]{4}$|^([0-9]{4})?\.\.([0-9]{4})?$"
    item: dict[str, Any] = {"type": "string", "maxLength": 200}
    if numeric:
        item = {"type": "string", "pattern": pattern}
    schema = {"type": "array", "items": item, "maxItems": 8}
    return Parameter(name, f"{what}; repeat it for alternatives; `-VALUE` excludes.", schema)


QUERY = _make_text("q", "The query, in the query language.")
INDEX_NAME = Parameter(
    "index",
    "Only this index of several; repeat it for alternatives.",
    {"type": "array", "items": {"type": "string", "maxLength": 40}},
)
FIELDS = _make_text("fields", "Keys of each paper to return, joined by commas; all without it.")
FACET_FILTERS = tuple(_make_facet(name, facet.numeric) for name, facet in FACETS.items())
HIDDEN = _make_choice(
    "hidden", "Include withdrawn, rejected and retracted papers.", [SWITCHES["hidden"]]
)
RECORDS = _make_choice("records", "Single records instead of the works merged from them.", ["1"])
SINCE = _make_text("since", "Only papers that the index first had since this day, `YYYY-MM-DD`.")

FILTERS = (*FACET_FILTERS, HIDDEN, RECORDS, SINCE)
"""What restricts a search besides its query."""

PAGE = _make_number("page", "The page, from 1.", 1, MAX_HITS, 1)
PAGE_SIZE = _make_number("per_page", "Hits on a page.", 1, MAX_PER_PAGE, 10)

RANKING = (
    _make_choice("sort", "The order of the hits.", list(SORTS)),
    _make_choice(
        "expand", "Rank by the words that the first hits share, too.", [SWITCHES["expand"]]
    ),
    *(
        _make_choice(name, f"When hits are ranked by {what}.", [one.value for one in CHOICES[name]])
        for name, what in (("prior", "citations"), ("meaning", "meaning too"))
    ),
)

SEARCH = (
    QUERY,
    *FILTERS,
    *RANKING,
    PAGE,
    PAGE_SIZE,
    _make_text("cursor", "`*` begins a list of all hits, else the `meta.next` of the page before."),
    _make_text("facets", "The facets to count, joined by commas: " + ", ".join(FACETS) + "."),
    _make_choice("explain", "Add what the score of each hit is made of.", ["1"]),
    FIELDS,
)

NAMED_PAPER = _make_text(
    "id", "An id, a DOI, an arXiv id, the address of the paper's page or its whole title."
)
PAPER_ID = Parameter(
    "paper_id",
    "The paper's id.",
    {"type": "string", "minLength": 1, "maxLength": 200},
    "path",
    True,
)
FACET_NAME = Parameter(
    "name", "The facet.", {"type": "string", "enum": list(FACETS)}, "path", required=True
)
FIND = _make_text("find", "Only values that contain this text.")
ORDER = _make_choice("order", "The most frequent values first, or from A to Z.", ["count", "name"])
LETTER = _make_text("letter", "Only values that begin with this letter.", maxLength=1)
VALUE = _make_text("name", "The name of the venue or topic.", maxLength=200)
VALUE_IN_PATH = Parameter(
    "name",
    "The name of the venue or topic; a year may follow that of a venue, as in `ICML/2017`.",
    {"type": "string", "minLength": 1, "maxLength": 200},
    "path",
    required=True,
)
YEAR = _make_text("year", "Only the papers of this year.", pattern="^[0-9]{4}$", maxLength=4)
AUTHOR_NAME = _make_text("name", "A name of an author in any spelling.", maxLength=300)
AUTHOR_IN_PATH = Parameter(
    "name",
    "A name of an author in any spelling.",
    {"type": "string", "minLength": 1, "maxLength": 300},
    "path",
    required=True,
)
AUTHOR_PAGE = (
    _make_text("identity", "The key of one person of the name; `possible` for no person."),
    _make_choice("sort", "By year, the newest first, or the most cited first.", ["year", "cited"]),
    _make_text("year", "Only papers of a year, or of several: `2019..2022`.", maxLength=10),
    _make_text("type", "Only papers of this type.", maxLength=300),
    _make_text("venue", "Only papers of this venue.", maxLength=300),
    HIDDEN,
    PAGE,
    _make_number("per_page", "Papers on a page.", 1, 100, 100),
    FIELDS,
)
"""What chooses the papers of a name."""

LIMIT = _make_number("limit", "The most completions.", 1, MAX_LIMIT, 10)


def _make_texts(name: str, description: str) -> Parameter:
    items = {"type": "string", "maxLength": MAX_FOLLOWED_VALUE}
    return Parameter(name, description, {"type": "array", "items": items, "maxItems": 8})


FOLLOWING = (
    _make_texts("author", "Papers of this name; repeat it for others."),
    _make_texts("identity", "Papers of one person: a key, a bar and a name, `s2:123|Wei Wang`."),
    _make_texts("venue", "Papers of this venue."),
    _make_texts("topic", "Papers of this topic."),
    SINCE,
    _make_number("limit", "The most papers.", 0, MAX_NEWS, MAX_NEWS),
)


def _make_name(name: str, description: str) -> Parameter:
    return Parameter(name, description, {"type": "string", "maxLength": LONGEST_KEY})


def _make_list(name: str, description: str, most: int, **limits: object) -> Parameter:
    items = {"type": "string", "maxLength": LONGEST_KEY, **limits}
    return Parameter(name, description, {"type": "array", "items": items, "maxItems": most})


_KINDS = [kind.value for kind in NodeKind]
GRAPH = (
    _make_name("author", "The centre: a name. One of these four is needed."),
    _make_name("paper", "The centre: a paper, by its id, a DOI or its title."),
    _make_name("topic", "The centre: a topic."),
    _make_name("institution", "The centre: an institution."),
    _make_name("identity", "With `author`, the key of one person of the name."),
    _make_list(
        "open",
        "A node whose own surroundings are added; repeat it for others.",
        MOST_OPENED,
        pattern=f"^({'|'.join(_KINDS)}):",
    ),
    _make_list("hide", "A kind of nodes that is left out.", len(_KINDS), enum=_KINDS),
    _make_text("from", "The first year of papers.", pattern="^[0-9]{1,4}$"),
    _make_text("to", "The last year of papers.", pattern="^[0-9]{1,4}$"),
    HIDDEN,
)
