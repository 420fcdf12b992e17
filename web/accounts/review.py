"""Carry out what the maintainer decides about claims.

An accepted claim becomes an entry of ``authors.toml``, which is what the pages follow; the
database only remembers that it was accepted, and by whom it was made.
"""

from contextlib import suppress
from pathlib import Path

from index.people.curation import CURATION, PAPER, Curation, Person
from index.people.curation_parser import read_curation
from index.people.curation_writer import append_person, extend_person
from index.people.errors import CurationUnusable
from search.authors.core_names import may_be_same, reduce_name
from web.accounts.claims import Claim, State, decide_claim, find_claim, find_holder
from web.accounts.database import Database
from web.errors import ClaimRefused

_ORCID = "orcid:"
"""The beginning of the key of an identity with an ORCID iD."""


def accept_claim(
    database: Database, directory: Path, number: int, now: int, name: str = ""
) -> tuple[Claim, bool]:
    """Accept a claim: write the entry, then note it.

    A person who has an entry gets the identity added to it. Accepting can be repeated: what the
    file says, because the program was killed between the two or the maintainer wrote it by hand,
    is not written again.

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
        ClaimRefused: The identity is somebody else's.
        CurationUnusable: The file is wrong, or the entry would contradict it.
        IndexUnwritable: The file cannot be written.
    """
    path = directory / CURATION
    with database.write() as connection:
        claim = find_claim(connection, number)
        holder = find_holder(connection, claim.draft.identity, claim.draft.author)
        if holder not in {None, claim.person}:
            raise ClaimRefused(
                f"The identity of claim {number} belongs to another person, whose claim was "
                "accepted",
                "Reject that one first, with `papers claims reject`",
            )
        person = make_entry(claim, name)
        is_new = _write_entry(path, claim, person)
        decide_claim(connection, number, State.ACCEPTED, now)
        return find_claim(connection, number), is_new


def reject_claim(
    database: Database, directory: Path, number: int, now: int, reason: str
) -> tuple[Claim, int]:
    """Reject a claim, also one that was accepted; its entry in ``authors.toml`` stays.

    Args:
        database: The database of accounts.
        directory: The index.
        number: The claim.
        now: The time, in seconds since 1970.
        reason: What the person is told.

    Returns:
        The claim, and the line of the entry that stays if it was accepted; 0 for none.

    Raises:
        ClaimMissing: There is no such claim.
    """
    with database.write() as connection:
        was_accepted = find_claim(connection, number).state is State.ACCEPTED
        decide_claim(connection, number, State.REJECTED, now, reason)
        claim = find_claim(connection, number)
    if not was_accepted:
        return claim, 0
    with suppress(CurationUnusable):
        curation = read_curation(directory / CURATION)
        entries = _list_entries(curation, make_entry(claim))
        return claim, min((one.line for one in entries), default=0)
    return claim, 0


def make_entry(claim: Claim, name: str = "") -> Person:
    """Return the entry that a claim becomes.

    An identity that is known by a paper alone is entered as that paper, of which other people are
    authors, too; a key belongs to one person. The name on the paper then has to be in the entry.
    """
    author = claim.draft.author
    is_renamed = name and not may_be_same(reduce_name(name), reduce_name(author))
    scheme, _, value = claim.draft.identity.partition(":")
    identity = "" if scheme == PAPER else claim.draft.identity
    own = f"{_ORCID}{claim.orcid}" if claim.orcid else identity
    return Person(
        name=name or author,
        id=own,
        same=(identity,) if identity not in {"", own} else (),
        papers=(value,) if scheme == PAPER else (),
        alias=(author,) if scheme == PAPER and is_renamed else (),
        note=f"claim {claim.number}",
    )


def _write_entry(path: Path, claim: Claim, person: Person) -> bool:
    """Write what a claim says into the file; return whether it did not say so already.

    Raises:
        ClaimRefused: The file gives some of the keys to somebody else.
    """
    curation = read_curation(path)
    entries = _list_entries(curation, person)
    if not entries:
        append_person(path, person)
        return True
    entry = min(entries, key=lambda one: one.line)
    if set(person.keys) <= set(entry.keys) and set(person.papers) <= _list_papers(entry):
        return False
    if len(entries) > 1 or not _may_be_same(entry, person):
        raise ClaimRefused(
            f"{CURATION} gives keys of claim {claim.number} to '{entry.name}' on line {entry.line}",
            "Correct the entry or reject the claim",
        )
    extend_person(path, entry, person)
    return True


def _list_entries(curation: Curation, person: Person) -> set[Person]:
    """Return the entries that a person has by the keys, or by a paper under the same name."""
    found = {one for key in person.keys if (one := curation.find_person(key))}
    cores = [reduce_name(name) for name in person.names]
    return found | {
        one
        for one in curation.people
        if not _list_papers(one).isdisjoint(person.papers)
        and any(
            may_be_same(reduce_name(name), core)
            for name in (*one.names, *one.hidden)
            for core in cores
        )
    }


def _list_papers(person: Person) -> set[str]:
    """Return the papers that an entry names, in ``papers`` or as a key."""
    keys = (key.partition(":") for key in person.keys)
    return {*person.papers, *(value for scheme, _, value in keys if scheme == PAPER)}


def _may_be_same(entry: Person, person: Person) -> bool:
    """Return whether an entry that shares a key with a person names no other ORCID iD."""
    known = {key for key in entry.keys if key.startswith(_ORCID)}
    return not known or known == {key for key in person.keys if key.startswith(_ORCID)}
