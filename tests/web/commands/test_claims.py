"""Test `papers claims`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from index.people.curation import CURATION
from tests.support.accounts import ADA
from web.accounts.claims import ClaimDraft, Proof, add_claim
from web.accounts.database import Database, open_database
from web.accounts.people import sign_in_orcid
from web.api.claims import ClaimDocument, ClaimsDocument

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

NOW = 1_800_000_000


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Return the database that the commands use, with one claim."""
    monkeypatch.setenv("PAPERS_DATABASE", str(tmp_path / "a.db"))
    database = open_database(tmp_path / "a.db")
    with database.write() as connection:
        ada = sign_in_orcid(connection, ADA, "Ada \x1b[31mL", NOW)
        draft = ClaimDraft("Ada Lovelace", "s2:1", Proof.ORCID, "It is\nme \x1b[2J.")
        add_claim(connection, ada, draft, NOW)
    return database


@pytest.mark.usefixtures("database")
def test_claims_are_listed(papers: Callable[..., Result]) -> None:
    """The list says who claims what, what proves it and where to look, and controls no terminal."""
    done = papers("claims", "list")
    assert done.exit_code == 0
    assert done.stdout.startswith("1  waits  2027-01-15  Ada ")
    for part in (
        ADA,
        "s2:1",
        "proven: the sources name this",
        "It is me",
        "/authors/Ada%20Lovelace",
    ):
        assert part in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.usefixtures("database")
def test_claims_as_json(papers: Callable[..., Result]) -> None:
    """The JSON has everything that is kept of a claim."""
    found = msgspec.json.decode(papers("claims", "list", "--json").stdout, type=ClaimsDocument)
    [claim] = found.claims
    assert isinstance(claim, ClaimDocument)
    assert (claim.number, claim.state, claim.orcid, claim.proof) == (1, "pending", ADA, "orcid")
    assert claim.note.startswith("It is\nme")
    assert (claim.created, claim.decided) == ("2027-01-15T08:00:00+00:00", "")
    assert claim.page == "/authors/Ada%20Lovelace?identity=s2%3A1"


@pytest.mark.usefixtures("database")
def test_claims_are_decided(papers: Callable[..., Result], tmp_path: Path) -> None:
    """A claim is accepted once into the file, can be rejected later, and then none waits."""
    index = tmp_path / "index"
    index.mkdir()
    for said in ("written to authors.toml", "already in authors.toml"):
        done = papers("claims", "accept", "1", "--as", "Countess", index=index)
        assert (done.exit_code, said in " ".join(done.stdout.split())) == (0, True), done.output
    assert 'name = "Countess"' in (index / CURATION).read_text("utf-8")
    assert papers("claims", "list").exit_code == 1
    for stays in (True, False):
        done = papers("claims", "reject", "1", "--reason", "It was another Ada.", index=index)
        sentence = "The entry on line 1 of authors.toml stays until you remove it."
        assert (sentence in " ".join(done.stdout.split())) is stays
    assert "rejected: It was another Ada." in papers("claims", "list").stdout
    assert papers("claims", "accept", "7").exit_code == 1


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    "arguments",
    [
        ["accept"], ["reject", "--reason", "x"], ["reject", "1"], ["list", "1"],
        ["list", "--as", "x"], ["list", "--reason", "x"], ["accept", "1", "--json"],
        ["accept", "0"], ["accept", "x"], ["delete"], [],
    ],
)  # fmt: skip
def test_wrong_usage_is_refused(papers: Callable[..., Result], arguments: list[str]) -> None:
    """Arguments and options that do not belong together are a usage error."""
    done = papers("claims", *arguments)
    assert done.exit_code == 2
    assert "Error: " in done.stderr


def test_the_database_must_be_named(
    papers: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without a database, or with one that cannot be used, one sentence says what to set."""
    monkeypatch.delenv("PAPERS_DATABASE", raising=False)
    for sentence in ("PAPERS_DATABASE is not set.", "PAPERS_DATABASE names a missing file"):
        done = papers("claims", "list")
        assert (done.exit_code, sentence in " ".join(done.stderr.split())) == (1, True)
        monkeypatch.setenv("PAPERS_DATABASE", str(tmp_path / "a.db"))
    assert list(tmp_path.iterdir()) == []


def test_an_empty_queue_is_said(
    papers: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without claims the list says so, and nothing was found."""
    monkeypatch.setenv("PAPERS_DATABASE", str(tmp_path / "a.db"))
    open_database(tmp_path / "a.db")
    done = papers("claims", "list")
    assert (done.exit_code, done.stdout) == (1, "There are no claims.\n")
