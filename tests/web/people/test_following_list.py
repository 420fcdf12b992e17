"""Check `web.people.following_list`."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.authors.followed import KINDS, MAX_FOLLOWED_VALUE, Followed
from search.errors import FollowingFull, ParameterInvalid, QueryError
from web.people.following_list import (
    LONGEST_ADDRESS,
    MOST_ENTRIES,
    FollowingList,
    parse_address,
    parse_list,
    write_entry,
)

NAMES = st.text("Añ王| &=+%#;\"'<-", min_size=1, max_size=12).map(lambda text: f"N{text}n")
ENTRIES = st.builds(Followed, st.sampled_from(KINDS), NAMES) | st.builds(
    Followed, st.just("author"), NAMES.map(lambda name: name.replace("|", "")), NAMES
)
LISTS = st.builds(
    FollowingList,
    st.lists(ENTRIES, unique=True, max_size=8).map(tuple),
    st.sampled_from(["", "2026-11-28", "2026-11-28T10:15:00Z"]),
    st.sampled_from(["", "x" * 43]),
)


def _squeeze(entry: Followed) -> Followed:
    return Followed(entry.kind, " ".join(entry.value.split()), " ".join(entry.identity.split()))


@given(LISTS)
def test_a_list_comes_back_from_its_address(made: FollowingList) -> None:
    """Whatever names and keys hold, in any order of the parameters."""
    entries = tuple(dict.fromkeys(map(_squeeze, made.entries)))
    found = parse_address("https://papers.example" + made.find_path())
    assert (found.entries, found.since, found.token) == (entries, made.since, made.token)
    turned = parse_list(reversed(parse_qsl(urlsplit(made.find_path()).query)))
    assert set(turned.entries) == set(entries)


@given(st.lists(st.tuples(st.sampled_from([*KINDS, "identity", "since", "token"]), st.text())))
def test_any_parameters_are_read_or_refused(pairs: list[tuple[str, str]]) -> None:
    """No value is the cause of another failure than a refusal."""
    try:
        found = parse_list(pairs)
    except QueryError:
        found = FollowingList()
    assert parse_list(found.list_parameters()) == found


@pytest.mark.parametrize(
    "pair",
    [
        ("identity", "s2:1"), ("identity", "|Ann Lee"), ("identity", "s2:1|"), ("identity", "|"),
        ("author", "x" * (MAX_FOLLOWED_VALUE + 1)),
        ("identity", "x" * (MAX_FOLLOWED_VALUE + 1) + "|Ann"),
        ("since", "soon"), ("token", "short"), ("token", "x" * 44),
    ],
)  # fmt: skip
def test_invalid_values_are_refused(pair: tuple[str, str]) -> None:
    """A person without a name, long values, and times that are none."""
    with pytest.raises(ParameterInvalid):
        parse_list([pair])


def test_a_list_is_bounded() -> None:
    """Entries count once, whether they come with the address or are added."""
    full = parse_list([("author", f"Ann {n}") for n in range(MOST_ENTRIES)] * 2)
    assert len(full.entries) == MOST_ENTRIES
    assert full.add([full.entries[0]]) == full
    with pytest.raises(FollowingFull, match="limit is 100"):
        full.add([Followed("venue", "ICML")])
    with pytest.raises(FollowingFull, match="address"):
        parse_list([("author", f"{n} " + "é" * 200) for n in range(20)])
    with pytest.raises(ParameterInvalid):
        parse_address("https://papers.example/following?author=" + "x" * 2 * LONGEST_ADDRESS)


def test_entries_are_removed() -> None:
    """A name and a person of that name are two entries."""
    lee, person = Followed("author", "Ann Lee"), Followed("author", "Ann Lee", "s2:1")
    both = FollowingList((lee, person), "2026-11-28")
    assert both.remove(lee) == FollowingList((person,), "2026-11-28")
    assert write_entry(person) == ("identity", "s2:1|Ann Lee")


@pytest.mark.parametrize("address", ["", "https://[::1", "/search?q=x", "x", "//evil?q"])
def test_other_addresses_hold_no_list(address: str) -> None:
    """A pasted text that is no address of a list adds nothing."""
    assert parse_address(address) == FollowingList()
