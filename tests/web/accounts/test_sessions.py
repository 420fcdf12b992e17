"""Test who is signed in, for how long, and what the database keeps of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.accounts import ADA, BOB
from web.accounts.database import Database, open_database
from web.accounts.people import (
    LONGEST_NAME,
    create_with_key,
    find_person,
    sign_in_orcid,
    sign_in_with_key,
)
from web.accounts.sessions import (
    DAY,
    LIFETIME,
    MOST_SESSIONS,
    end_all_sessions,
    end_session,
    extend_session,
    find_session,
    replace_session,
    start_session,
)
from web.accounts.tokens import digest_token, make_token

if TYPE_CHECKING:
    from pathlib import Path

NOW = 1_800_000_000


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """Return an empty database."""
    return open_database(tmp_path / "a.db")


def test_tokens_cannot_be_guessed_or_read(database: Database, tmp_path: Path) -> None:
    """A token has 256 random bits, and is not in the database."""
    with database.write() as connection:
        person = sign_in_orcid(connection, ADA, "Ada", NOW)
        token = start_session(connection, person.number, NOW)
    assert len(token) == 43
    assert make_token() != make_token()
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert digest_token(token) in content
    assert token.encode() not in content


def test_a_session_slides_and_ends(database: Database) -> None:
    """A session lasts 30 days after its last use, and is extended at most once a day."""
    with database.write() as connection:
        ada = sign_in_orcid(connection, ADA, "Ada", NOW)
        token = start_session(connection, ada.number, NOW)
        assert find_session(connection, token, NOW) == (ada, False)
        assert find_session(connection, token, NOW + DAY + 1) == (ada, True)
        extend_session(connection, token, NOW + DAY + 1)
        assert find_session(connection, token, NOW + DAY + 2) == (ada, False)
        assert find_session(connection, token, NOW + DAY + LIFETIME) == (ada, True)
        assert find_session(connection, token, NOW + DAY + 1 + LIFETIME) == (None, False)
        start_session(connection, ada.number, NOW + 2 * LIFETIME)
        assert connection.execute("SELECT count(*) FROM sessions").fetchone()[0] == 1


@pytest.mark.parametrize("token", ["", "x", "x" * 10_000, "\ud800", "ä"])
def test_wrong_tokens_are_nobody(database: Database, token: str) -> None:
    """Whatever a cookie holds, it is compared and not believed."""
    with database.write() as connection:
        person = sign_in_orcid(connection, ADA, "Ada", NOW)
        start_session(connection, person.number, NOW)
        assert find_session(connection, token, NOW) == (None, False)


def test_signing_in_replaces_the_token(database: Database) -> None:
    """The token that a browser had before a sign-in is worth nothing after it."""
    with database.write() as connection:
        ada = sign_in_orcid(connection, ADA, "Ada", NOW)
        bob = sign_in_orcid(connection, BOB, "Bob", NOW)
        planted = start_session(connection, bob.number, NOW)
        token = replace_session(connection, planted, ada.number, NOW)
        assert find_session(connection, planted, NOW) == (None, False)
        assert find_session(connection, token, NOW) == (ada, False)


def test_signing_out_ends_one_session_or_all(database: Database) -> None:
    """Other sessions stay, unless all of the person are ended; those of others always stay."""
    with database.write() as connection:
        ada = sign_in_orcid(connection, ADA, "Ada", NOW)
        bob = sign_in_orcid(connection, BOB, "Bob", NOW)
        first, second = (start_session(connection, ada.number, NOW) for _ in range(2))
        other = start_session(connection, bob.number, NOW)
        end_session(connection, first)
        assert find_session(connection, first, NOW)[0] is None
        assert find_session(connection, second, NOW)[0] == ada
        end_all_sessions(connection, ada.number)
        assert find_session(connection, second, NOW)[0] is None
        assert find_session(connection, other, NOW)[0] == bob


def test_a_person_has_few_sessions(database: Database) -> None:
    """Signing in again and again does not fill the database."""
    with database.write() as connection:
        ada = sign_in_orcid(connection, ADA, "Ada", NOW)
        tokens = [start_session(connection, ada.number, NOW + n) for n in range(MOST_SESSIONS + 5)]
        assert connection.execute("SELECT count(*) FROM sessions").fetchone()[0] == MOST_SESSIONS
        assert find_session(connection, tokens[0], NOW)[0] is None
        assert find_session(connection, tokens[-1], NOW)[0] == ada


def test_people_are_known_by_their_orcid(database: Database) -> None:
    """Who signs in again is the same person, with the name of today; names are cleaned."""
    with database.write() as connection:
        ada = sign_in_orcid(connection, ADA, "Ada\n\u202e Lovelace", NOW)
        assert ada.name == "Ada \ufffd Lovelace"
        again = sign_in_orcid(connection, ADA, "x" * 999, NOW + 5)
        assert (again.number, again.created, again.signed_in) == (ada.number, NOW, NOW + 5)
        assert len(again.name) == LONGEST_NAME
        assert sign_in_orcid(connection, BOB, " ", NOW).name == BOB
        assert find_person(connection, ada.number) == again
        assert again.address == f"https://orcid.org/{ADA}"


def test_a_private_key_is_a_person(database: Database) -> None:
    """Who has the key is the person; nobody has a wrong one or an empty one."""
    key = make_token()
    with database.write() as connection:
        ada = create_with_key(connection, key, "Ada", NOW)
        sign_in_orcid(connection, BOB, "Bob", NOW)
        assert (ada.orcid, ada.address) == ("", "")
        found = sign_in_with_key(connection, key, NOW + 1)
        assert found is not None
        assert (found.number, found.signed_in) == (ada.number, NOW + 1)
        assert sign_in_with_key(connection, make_token(), NOW) is None
        assert sign_in_with_key(connection, "", NOW) is None
