"""Read and write a list of what somebody follows, which an address holds as a whole.

A list is the parameters of an address: ``author=Ann Lee&venue=ICML&since=2026-11-28``. A person is
``identity=KEY|NAME``, since a key means something only among the papers of a name; so the order of
parameters never matters. Nothing of a list is kept on the server.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from search.authors.followed import AUTHOR, KINDS, MAX_FOLLOWED_VALUE, Followed
from search.errors import FollowingFull, ParameterInvalid
from search.request.since import parse_since

MOST_ENTRIES = 100
"""Entries of a list. Chosen: the address of a list of 100 names is 4,000 characters long."""

LONGEST_ADDRESS = 16_000
"""Characters of the address of a list. Chosen: the page repeats it seven times."""

_BETWEEN = "|"
_TOKEN = re.compile("[A-Za-z0-9_-]{43}")

PERSON = "identity"
"""The parameter of one person of a name."""

PATH = "/following"


@dataclass(frozen=True, slots=True)
class FollowingList:
    """What somebody follows.

    Attributes:
        entries: The names, people, venues and topics, each once.
        since: The time of the last visit, see `search.request.since`; empty for none.
        token: A secret by which the owner of the list is counted as a follower; empty for none.
    """

    entries: tuple[Followed, ...] = ()
    since: str = ""
    token: str = ""

    def find_path(self, twin: str = "") -> str:
        """Return the address of the page of the list, or of a twin of it."""
        encoded = urlencode(self.list_parameters())
        return f"{PATH}{twin}?{encoded}" if encoded else PATH + twin

    def list_parameters(self) -> list[tuple[str, str]]:
        """Return the list as pairs of name and value, for `parse_list`."""
        pairs = [write_entry(entry) for entry in self.entries]
        pairs += [("since", self.since)] if self.since else []
        return pairs + ([("token", self.token)] if self.token else [])

    def add(self, entries: Iterable[Followed]) -> "FollowingList":
        """Return the list with more entries.

        Raises:
            FollowingFull: It would have too many.
        """
        return replace(self, entries=_check_entries([*self.entries, *entries]))

    def remove(self, entry: Followed) -> "FollowingList":
        """Return the list without an entry."""
        return replace(self, entries=tuple(one for one in self.entries if one != entry))


def write_entry(entry: Followed) -> tuple[str, str]:
    """Return an entry as the name and the value of a parameter."""
    if not entry.identity:
        return entry.kind, entry.value
    # A name is looked up by its letters, so a bar in it does not matter.
    return PERSON, entry.identity + _BETWEEN + entry.value.replace(_BETWEEN, " ")


def parse_list(parameters: Iterable[tuple[str, str]]) -> FollowingList:
    """Parse the parameters of an address; empty values and other names are ignored.

    Args:
        parameters: Pairs of name and value.

    Raises:
        ParameterInvalid: A value is too long, or not of its form.
        FollowingFull: There are too many entries, or too long ones.
    """
    entries: list[Followed] = []
    single: dict[str, str] = {}
    for name, text in parameters:
        value = " ".join(text.split())
        if value and name in {*KINDS, PERSON}:
            entries.append(parse_entry(name, value))
        elif value:
            single[name] = value
    since, token = single.get("since", ""), single.get("token", "")
    parse_since(since)
    if token and not _TOKEN.fullmatch(token):
        raise ParameterInvalid("token", token, "the address of your list as it was given")
    return FollowingList(_check_entries(entries), since, token)


def parse_entry(name: str, value: str) -> Followed:
    """Parse one parameter.

    Raises:
        ParameterInvalid: The value is too long, or names no person of a name.
    """
    key, bar, person = value.rpartition(_BETWEEN) if name == PERSON else ("", "", value)
    if name == PERSON and not (bar and key.strip() and person.strip()):
        raise ParameterInvalid(name, value, "a key and a name, such as 's2:123|Ann Lee'")
    if max(len(key), len(person)) > MAX_FOLLOWED_VALUE:
        raise ParameterInvalid(name, value, f"at most {MAX_FOLLOWED_VALUE} characters")
    return Followed(AUTHOR if key else name, person.strip(), key.strip())


def parse_address(address: str) -> FollowingList:
    """Parse the address of a list that was pasted; other addresses have no entries.

    Raises:
        ParameterInvalid: The address is too long, or a value of it is not valid.
        FollowingFull: There are too many entries, or too long ones.
    """
    if len(address) > 2 * LONGEST_ADDRESS:
        raise ParameterInvalid("list", address, "an address of a list")
    try:
        query = urlsplit(address.strip()).query
    except ValueError:  # such as a damaged IPv6 host
        return FollowingList()
    return parse_list(parse_qsl(query))


def _check_entries(entries: Iterable[Followed]) -> tuple[Followed, ...]:
    found = tuple(dict.fromkeys(entries))
    if len(found) > MOST_ENTRIES:
        raise FollowingFull("entries", len(found), MOST_ENTRIES)
    length = len(urlencode([write_entry(entry) for entry in found]))
    if length > LONGEST_ADDRESS:
        raise FollowingFull("characters in its address", length, LONGEST_ADDRESS)
    return found
