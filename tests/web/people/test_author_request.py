"""Check that addresses of pages of names are read and written alike."""

from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from web.people.author_request import LONGEST_VALUE, PER_PAGE, AuthorRequest, parse_author_request

VALUES = st.text(max_size=LONGEST_VALUE)
REQUESTS = st.builds(
    AuthorRequest,
    name=st.just("A//B Reed"),
    identity=VALUES,
    sort=st.sampled_from(["year", "cited"]),
    page=st.integers(1, 999_999),
    per_page=st.integers(1, PER_PAGE),
    year=st.sampled_from(["", "2020"]),
    type=VALUES,
    venue=VALUES,
    hidden=st.booleans(),
)


@given(REQUESTS)
def test_addresses_round_trip(asked: AuthorRequest) -> None:
    """The address of a request is read as that request."""
    address = asked.find_path(page=asked.page)
    assert parse_author_request("", dict(parse_qsl(urlsplit(address).query))) == asked


def test_other_values_lead_to_the_first_page() -> None:
    """A link to another order or filter begins with page 1."""
    asked = AuthorRequest("Ada Reed", page=3, sort="cited")
    assert asked.find_path(year="2020") == "/authors/Ada%20Reed?sort=cited&year=2020"
    assert asked.find_path(".json", sort="year") == "/authors/Ada%20Reed.json"
    assert AuthorRequest("Ada Reed", identity="x:1").find_path(hidden=True) == (
        "/authors/Ada%20Reed?identity=x%3A1&hidden=show"
    )
