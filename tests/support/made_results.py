"""Make search requests and results without an index, for tests of what a page makes of them."""

from urllib.parse import parse_qsl, urlsplit

from hypothesis import strategies as st

from search.answers.highlight import Highlighter
from search.answers.index_views import choose_view
from search.answers.results import Results
from search.language.parser import parse
from search.planning.plan import Anything, Plan
from search.request.facets import FACETS, FacetValue, Selection
from search.request.parameters import parse_parameters
from search.request.search_request import CHOICES, SORTS, SWITCHES, SearchRequest, View


def make_results(total: int = 0, request: SearchRequest | None = None, **facets: int) -> Results:
    """Return results with the given total and number of values per facet."""
    request = request or SearchRequest()
    parsed = parse(request.query)
    return Results(
        request=request,
        parsed=parsed,
        view=choose_view(request, parsed),
        sort=request.sort,
        hits=(),
        total=total,
        facets={
            name: tuple(FacetValue(f"v{n}", 1000 - n) for n in range(count))
            for name, count in facets.items()
        },
        cut_facets=(),
        took_ms=1.0,
        suggestion=None,
        relaxed=None,
        concealed=0,
        generation="g",
        highlighter=Highlighter(parsed.query),
        plan=Plan(Anything()),
    )


WORDS = st.text(min_size=1, max_size=20).map(str.strip).filter(bool)
SELECTIONS = st.tuples(st.lists(WORDS, max_size=6, unique=True), st.integers(0, 3)).map(
    lambda drawn: Selection(tuple(drawn[0][: drawn[1]]), tuple(drawn[0][drawn[1] :]))
)
YEARS = st.builds(
    Selection,
    values=st.lists(st.integers(0, 9999).map(str), max_size=3, unique=True).map(tuple),
    low=st.none() | st.integers(0, 2000),
    high=st.none() | st.integers(2000, 9999),
)
NAMED = [name for name, facet in FACETS.items() if not facet.numeric]
REQUESTS = st.builds(
    SearchRequest,
    query=st.text(max_size=40).map(str.strip),
    selections=st.dictionaries(st.sampled_from(NAMED), SELECTIONS.filter(bool), max_size=3)
    | st.fixed_dictionaries({"year": YEARS.filter(bool)}),
    sort=st.sampled_from(list(SORTS)),
    page=st.integers(1, 1000),
    per_page=st.integers(1, 100),
    **{name: st.booleans() for name in SWITCHES},
    **{name: st.sampled_from(kind) for name, kind in CHOICES.items()},
    view=st.sampled_from(View),
    facets=st.lists(st.sampled_from(list(FACETS)), min_size=1, unique=True).map(tuple),
)


def parse_address(address: str) -> SearchRequest:
    """Parse the address of a search."""
    parts = urlsplit(address)
    assert parts.path == "/search"
    return parse_parameters(parse_qsl(parts.query, keep_blank_values=True))
