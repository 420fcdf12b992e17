"""Test that an accepted claim becomes an entry of the maintainer's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.errors import IndexUnwritable
from index.people.curation import CURATION, Person
from index.people.curation_parser import read_curation
from index.people.curation_writer import format_person
from index.people.errors import CurationUnusable
from tests.support.accounts import ADA, BOB
from web.accounts import review
from web.accounts.claims import ClaimDraft, Proof, State, add_claim, find_claim
from web.accounts.database import Database, open_database
from web.accounts.people import create_with_key, sign_in_orcid
from web.accounts.review import accept_claim, reject_claim
from web.errors import ClaimMissing, ClaimRefused

if TYPE_CHECKING:
    from pathlib import Path

NOW = 1_800_000_000


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """Return an empty database; the folder of the index is beside it."""
    (tmp_path / "index").mkdir()
    return open_database(tmp_path / "a.db")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Return the folder of the index."""
    return tmp_path / "index"


def _claim(
    database: Database, identity: str, orcid: str = ADA, author: str = "Ada Lovelace"
) -> int:
    with database.write() as connection:
        person = (
            sign_in_orcid(connection, orcid, "Ada L.", NOW)
            if orcid
            else create_with_key(connection, identity, "Ada L.", NOW)
        )
        draft = ClaimDraft(author, identity, Proof.NONE, "a private note")
        return add_claim(connection, person, draft, NOW).number


@pytest.mark.parametrize(
    ("identity", "orcid", "expected"),
    [
        ("s2:1", ADA, Person("Ada Lovelace", f"orcid:{ADA}", ("s2:1",), note="claim 1")),
        (f"orcid:{ADA}", ADA, Person("Ada Lovelace", f"orcid:{ADA}", note="claim 1")),
        ("s2:1", "", Person("Ada Lovelace", "s2:1", note="claim 1")),
        ("paper:a", ADA, Person("Ada Lovelace", f"orcid:{ADA}", papers=("a",), note="claim 1")),
        ("paper:a", "", Person("Ada Lovelace", papers=("a",), note="claim 1")),
    ],
)  # fmt: skip
def test_an_accepted_claim_is_an_entry(
    database: Database, index: Path, identity: str, orcid: str, expected: Person
) -> None:
    """The entry names the person by ORCID iD where there is one, and never holds the note."""
    claim, is_new = accept_claim(database, index, _claim(database, identity, orcid), NOW + 1)
    assert (claim.state, claim.decided, is_new) == (State.ACCEPTED, NOW + 1, True)
    assert read_curation(index / CURATION).people == (expected,)
    assert "a private note" not in (index / CURATION).read_text("utf-8")


def test_what_the_file_says_stays(database: Database, index: Path) -> None:
    """Comments and other entries stay as they are, and another name can be shown."""
    before = '# by hand\n[[person]]\nname = "Bo"  # a friend\nid = "s2:9"\n'
    (index / CURATION).write_text(before, "utf-8")
    accept_claim(database, index, _claim(database, "s2:1"), NOW, "Countess Ada")
    after = (index / CURATION).read_text("utf-8")
    assert after.startswith(before)
    assert 'name = "Countess Ada"' in after


def test_accepting_can_be_repeated(
    database: Database, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the program is killed between the entry and the note of it, nothing is written twice."""
    number = _claim(database, "s2:1")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(review, "decide_claim", die)
        with pytest.raises(KeyboardInterrupt):
            accept_claim(database, index, number, NOW)
    written = (index / CURATION).read_text("utf-8")
    with database.read() as connection:
        assert find_claim(connection, number).state is State.PENDING
    for _ in range(2):
        claim, is_new = accept_claim(database, index, number, NOW)
        assert (claim.state, is_new) == (State.ACCEPTED, False)
    assert (index / CURATION).read_text("utf-8") == written


def test_an_entry_of_the_person_is_extended(database: Database, index: Path) -> None:
    """A second identity of a person, and one that the maintainer knows by hand, join the entry."""
    before = "# by hand\n" + format_person(Person("Ada", "s2:1", note="mine"))
    (index / CURATION).write_text(before, "utf-8")
    accept_claim(database, index, _claim(database, "s2:1"), NOW)
    [person] = read_curation(index / CURATION).people
    assert (person.keys, person.name, person.note) == (("s2:1", f"orcid:{ADA}"), "Ada", "mine")
    assert accept_claim(database, index, _claim(database, "s2:2"), NOW)[1] is True
    [person] = read_curation(index / CURATION).people
    assert set(person.keys) == {"s2:1", f"orcid:{ADA}", "s2:2"}
    assert (index / CURATION).read_text("utf-8").startswith("# by hand\n")


def test_two_authors_of_a_paper_are_accepted(database: Database, index: Path) -> None:
    """The papers of both may have the key of the same paper; each gets an entry, once."""
    first = _claim(database, "paper:a", "")
    second = _claim(database, "paper:a", BOB, "Bob Babbage")
    for _ in range(2):
        for number in (first, second):
            accept_claim(database, index, number, NOW)
    assert [(one.name, one.id, one.papers) for one in read_curation(index / CURATION).people] == [
        ("Ada Lovelace", "", ("a",)),
        ("Bob Babbage", f"orcid:{BOB}", ("a",)),
    ]


def test_another_name_is_shown_beside_that_of_the_paper(database: Database, index: Path) -> None:
    """The paper is found by the name that it prints."""
    accept_claim(database, index, _claim(database, "paper:a"), NOW, "Countess King")
    [person] = read_curation(index / CURATION).people
    assert person.names == ("Countess King", "Ada Lovelace")
    assert reject_claim(database, index, 1, NOW, "no")[1] == 1


def test_an_entry_with_the_paper_is_extended(database: Database, index: Path) -> None:
    """What the maintainer entered by hand under another spelling gets the ORCID iD."""
    by_hand = Person("A. Lovelace", papers=("a",))
    (index / CURATION).write_text(format_person(by_hand), "utf-8")
    accept_claim(database, index, _claim(database, "paper:a"), NOW)
    [person] = read_curation(index / CURATION).people
    assert (person.keys, person.papers) == ((f"orcid:{ADA}",), ("a",))


def test_an_entry_of_another_person_is_not_touched(database: Database, index: Path) -> None:
    """An entry with another ORCID iD, or two entries, are for the maintainer to correct."""
    entries = (Person("Bob", f"orcid:{BOB}", ("s2:1",)), Person("Ada", f"orcid:{ADA}"))
    for chosen in (entries, entries[:1]):
        text = "\n".join(map(format_person, chosen))
        (index / CURATION).write_text(text, "utf-8")
        number = _claim(database, "s2:1")
        with pytest.raises(ClaimRefused, match="to 'Bob' on line 1"):
            accept_claim(database, index, number, NOW)
        assert (index / CURATION).read_text("utf-8") == text
        assert reject_claim(database, index, number, NOW, "no")[1] == 0


def test_an_identity_is_given_to_one_person(database: Database, index: Path) -> None:
    """A second claim of an accepted identity is refused until the first is rejected."""
    first, second = _claim(database, "s2:1"), _claim(database, "s2:1", BOB)
    accept_claim(database, index, first, NOW)
    with pytest.raises(ClaimRefused, match="Reject that one first"):
        accept_claim(database, index, second, NOW)
    claim, line = reject_claim(database, index, first, NOW, "no")
    assert (claim.state, line) == (State.REJECTED, 1)
    with pytest.raises(ClaimRefused, match="gives keys of claim 2 to 'Ada Lovelace'"):
        accept_claim(database, index, second, NOW)
    (index / CURATION).unlink()
    assert accept_claim(database, index, second, NOW)[0].state is State.ACCEPTED


def test_a_failure_leaves_the_claim_waiting(database: Database, index: Path) -> None:
    """If the file is wrong or cannot be written, the claim is not marked as accepted."""
    number = _claim(database, "s2:1")
    (index / CURATION).write_text("nonsense", "utf-8")
    with pytest.raises(CurationUnusable):
        accept_claim(database, index, number, NOW)
    with pytest.raises(IndexUnwritable):
        accept_claim(database, index / "none", number, NOW)
    with pytest.raises(ClaimMissing):
        accept_claim(database, index, 99, NOW)
    with database.read() as connection:
        assert find_claim(connection, number).state is State.PENDING
