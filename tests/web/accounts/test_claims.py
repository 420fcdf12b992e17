"""Test the queue of claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.accounts import ADA, BOB
from web.accounts.claims import (
    LONGEST_NOTE,
    MOST_A_DAY,
    ClaimDraft,
    Proof,
    State,
    add_claim,
    decide_claim,
    find_accepted,
    find_claim,
    find_holder,
    list_claims,
    list_claims_of,
    withdraw_claim,
)
from web.accounts.database import open_database
from web.accounts.people import Person, create_with_key, delete_person, sign_in_orcid
from web.accounts.sessions import DAY
from web.errors import ClaimMissing, ClaimRefused

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

NOW = 1_800_000_000


@pytest.fixture
def base(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to an empty database."""
    with open_database(tmp_path / "a.db").write() as connection:
        yield connection


def _draft(identity: str = "s2:1", note: str = "") -> ClaimDraft:
    return ClaimDraft("Ada Lovelace", identity, Proof.NONE, note)


def _sign_in(base: sqlite3.Connection, orcid: str = ADA) -> Person:
    return sign_in_orcid(base, orcid, "Ada", NOW)


def test_a_claim_waits_and_is_decided(base: sqlite3.Connection) -> None:
    """A claim is pending until the maintainer accepts or rejects it, with a reason."""
    ada = _sign_in(base)
    claim = add_claim(base, ada, _draft(note="x" * 2_000), NOW)
    assert (claim.state, claim.orcid, claim.name, claim.decided) == (State.PENDING, ADA, "Ada", 0)
    assert len(claim.draft.note) == LONGEST_NOTE
    assert find_accepted(base, ada.number) is None
    decide_claim(base, claim.number, State.REJECTED, NOW + 1, "another Ada")
    found = find_claim(base, claim.number)
    assert (found.state, found.decided, found.reason) == (State.REJECTED, NOW + 1, "another Ada")
    decide_claim(base, claim.number, State.ACCEPTED, NOW + 2)
    assert find_accepted(base, ada.number) == find_claim(base, claim.number)


def test_claims_that_wait_come_first(base: sqlite3.Connection) -> None:
    """The maintainer sees what is to be decided first; a person their own claims only."""
    ada, bob = _sign_in(base), _sign_in(base, BOB)
    numbers = [add_claim(base, ada, _draft(f"s2:{n}"), NOW).number for n in range(3)]
    other = add_claim(base, bob, _draft(), NOW).number
    decide_claim(base, numbers[0], State.ACCEPTED, NOW)
    assert [one.number for one in list_claims(base)] == [*numbers[1:], other, numbers[0]]
    assert [one.number for one in list_claims_of(base, bob.number)] == [other]


def test_an_identity_is_claimed_once_by_a_person(base: sqlite3.Connection) -> None:
    """A person cannot claim twice what waits or was accepted; after a rejection they can."""
    ada, bob = _sign_in(base), _sign_in(base, BOB)
    first = add_claim(base, ada, _draft(), NOW)
    with pytest.raises(ClaimRefused, match="already"):
        add_claim(base, ada, _draft(), NOW)
    assert add_claim(base, bob, _draft(), NOW).state is State.PENDING
    decide_claim(base, first.number, State.REJECTED, NOW)
    assert add_claim(base, ada, _draft(), NOW).state is State.PENDING


def test_claims_of_a_day_are_limited(base: sqlite3.Connection) -> None:
    """A person makes at most five claims within 24 hours."""
    ada = _sign_in(base)
    for number in range(MOST_A_DAY):
        add_claim(base, ada, _draft(f"s2:{number}"), NOW + number)
    with pytest.raises(ClaimRefused, match="limit"):
        add_claim(base, ada, _draft("s2:9"), NOW + DAY - 1)
    assert add_claim(base, ada, _draft("s2:9"), NOW + DAY).state is State.PENDING


def test_the_queue_is_bounded(base: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many people together cannot fill the disk; what was decided makes room."""
    monkeypatch.setattr("web.accounts.claims.MOST_WAITING", 2)
    people = [create_with_key(base, str(n), "A", NOW) for n in range(3)]
    first, _ = (add_claim(base, one, _draft(), NOW) for one in people[:2])
    with pytest.raises(ClaimRefused, match="wait for the maintainer already"):
        add_claim(base, people[2], _draft(), NOW)
    decide_claim(base, first.number, State.REJECTED, NOW)
    assert add_claim(base, people[2], _draft(), NOW).state is State.PENDING


def test_only_ones_own_claim_is_withdrawn(base: sqlite3.Connection) -> None:
    """Nobody withdraws the claim of another person, or one that was decided."""
    ada, bob = _sign_in(base), _sign_in(base, BOB)
    claim, decided = (add_claim(base, ada, _draft(f"s2:{n}"), NOW) for n in range(2))
    decide_claim(base, decided.number, State.ACCEPTED, NOW)
    for person, number in ((bob, claim.number), (ada, decided.number), (ada, 0), (ada, 99)):
        with pytest.raises(ClaimRefused):
            withdraw_claim(base, person.number, number)
    withdraw_claim(base, ada.number, claim.number)
    assert [one.number for one in list_claims(base)] == [decided.number]


def test_the_holder_of_an_identity_is_known(base: sqlite3.Connection) -> None:
    """An accepted identity is found by the key it had, and by that of the person's ORCID iD."""
    ada, bob = _sign_in(base), create_with_key(base, "key", "Bob", NOW)
    claims = [add_claim(base, ada, _draft("s2:1"), NOW), add_claim(base, bob, _draft("s2:2"), NOW)]
    assert find_holder(base, "s2:1", "Ada") is None
    for claim in claims:
        decide_claim(base, claim.number, State.ACCEPTED, NOW)
    assert find_holder(base, "s2:1", "") == find_holder(base, f"orcid:{ADA}", "") == ada.number
    assert find_holder(base, "s2:2", "") == bob.number
    assert find_holder(base, "orcid:", "") is None


def test_the_authors_of_a_paper_are_told_apart(base: sqlite3.Connection) -> None:
    """The key of an identity that is known by a paper may be that of each of its authors."""
    ada, bob = _sign_in(base), _sign_in(base, BOB)
    for person, name in ((ada, "Ada M. King"), (bob, "Bob Babbage")):
        draft = ClaimDraft(name, "paper:a", Proof.NONE)
        decide_claim(base, add_claim(base, person, draft, NOW).number, State.ACCEPTED, NOW)
    names = ("Ada King", "Babbage, Bob", "Bo Quist")
    found = [find_holder(base, "paper:a", name) for name in names]
    assert found == [ada.number, bob.number, None]


def test_a_deleted_person_has_no_claims(base: sqlite3.Connection) -> None:
    """The claims of a person go with them, and their numbers are not used again."""
    ada = _sign_in(base)
    claim = add_claim(base, ada, _draft(), NOW)
    delete_person(base, ada.number)
    assert list_claims(base) == []
    with pytest.raises(ClaimMissing, match=str(claim.number)):
        find_claim(base, claim.number)
    with pytest.raises(ClaimMissing):
        decide_claim(base, claim.number, State.ACCEPTED, NOW)
    again = _sign_in(base)
    assert again.number > ada.number
    assert add_claim(base, again, _draft(), NOW).number > claim.number
