"""Carry out what the maintainer decides about claims.

An accepted claim becomes an entry of ``authors.toml``, which is what the pages follow; the
database only remembers that it was accepted, and by whom it was made.
"""

from pathlib import Path

from index.people.curation import CURATION, Curation, Person
from index.people.curation_parser import read_curation
from index.people.curation_writer import append_person
from web.accounts.claims import Claim, State, decide_claim, find_claim, find_holder
from web.accounts.database import Database
from web.errors import ClaimRefused


def accept_claim(
    database: Database, directory: Path, number: int, now: int, name: str = ""
) -> tuple[Claim, bool]:
    """Accept a claim: write the entry, then note it.

    It can be repeated: an entry that is there, because the program was killed between the two or
    the maintainer wrote it by hand, is not written again.

    Args:
        database: The database of accounts.
        directory: The index, whose ``authors.toml`` gets the entry.
        number: The claim.
        now: The time, in seconds since 1970.
        name: The name to show; empty for that of the page on which the claim was made.

    Returns:
        The claim, and whether an entry was written.

    Raises:
        ClaimMissing: There is no such claim.
        ClaimRefused: The identity is somebody else's, or the person has another entry.
        CurationUnusable: The file is wrong, or the entry would contradict it.
        IndexUnwritable: The file cannot be written.
    """
    path = directory / CURATION
    with database.write() as connection:
        claim = find_claim(connection, number)
        holder = find_holder(connection, claim.draft.identity)
        if holder not in {None, claim.person}:
            raise ClaimRefused(
                f"The identity of claim {number} belongs to another person, whose claim was "
                "accepted",
                "Reject that one first, with `papers claims reject`",
            )
        person = make_entry(claim, name)
        is_new = not _is_written(read_curation(path), person, number)
        if is_new:
            append_person(path, person)
        decide_claim(connection, number, State.ACCEPTED, now)
        return find_claim(connection, number), is_new


def reject_claim(database: Database, number: int, now: int, reason: str) -> Claim:
    """Reject a claim, also one that was accepted; its entry in ``authors.toml`` stays.

    Raises:
        ClaimMissing: There is no such claim.
    """
    with database.write() as connection:
        decide_claim(connection, number, State.REJECTED, now, reason)
        return find_claim(connection, number)


def make_entry(claim: Claim, name: str = "") -> Person:
    """Return the entry that a claim becomes."""
    identity = claim.draft.identity
    own = f"orcid:{claim.orcid}" if claim.orcid else identity
    return Person(
        name=name or claim.draft.author,
        id=own,
        same=() if own == identity else (identity,),
        note=f"claim {claim.number}",
    )


def _is_written(curation: Curation, person: Person, number: int) -> bool:
    """Return whether the file says already what a claim says.

    Raises:
        ClaimRefused: It says something about the same keys, but not that.
    """
    entries = {one for key in person.keys if (one := curation.find_person(key))}
    if any(set(person.keys) <= set(one.keys) for one in entries):
        return True
    for entry in entries:
        raise ClaimRefused(
            f"{CURATION} has an entry for '{entry.name}' on line {entry.line}, which has some of "
            f"the keys of claim {number}",
            f"If it is the same person, add to its `same` {', '.join(person.keys)}, and accept "
            "the claim again",
        )
    return False
