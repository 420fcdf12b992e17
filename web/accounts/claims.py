"""Keep claims: who says that the papers of an identity are theirs, and what was decided."""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from index.people.curation import PAPER
from search.authors.core_names import may_be_same, reduce_name
from web.accounts.people import Person
from web.accounts.sessions import DAY
from web.errors import ClaimMissing, ClaimRefused

MOST_A_DAY = 5
"""Claims of one person within 24 hours; chosen: nobody publishes under more names than that."""

MOST_WAITING = 1_000
"""Claims of all people that may wait at a time; chosen: more than a maintainer reads, and so few
that a flood of them does not fill the disk."""

LONGEST_NOTE = 1_000
"""Characters of what a person says to the maintainer; chosen."""

_SELECT = (
    "SELECT claims.*, coalesce(people.orcid, '') AS orcid, people.name FROM claims"
    " JOIN people ON people.number = claims.person"
)


class Proof(StrEnum):
    """What the sources say about an identity and the ORCID iD of the person who claims it.

    They name that iD (``ORCID``), another one (``OTHER``), or none.
    """

    ORCID = "orcid"
    OTHER = "other"
    NONE = "none"


class State(StrEnum):
    """What became of a claim."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """What a person claims.

    Attributes:
        author: The name of the cluster of papers.
        identity: The key of the identity in it, such as ``openreview:~Wei_Wang1``.
        proof: What shows that it is theirs.
        note: What they say to the maintainer.
    """

    author: str
    identity: str
    proof: Proof
    note: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as it is kept.

    Attributes:
        number: The key, by which the maintainer decides.
        person: The number of the person.
        orcid: Their ORCID iD; empty without one.
        name: Their name.
        draft: What they claim.
        created: When, in seconds since 1970.
        state: What became of it.
        decided: When it was decided; 0 before.
        reason: Why it was rejected.
    """

    number: int
    person: int
    orcid: str
    name: str
    draft: ClaimDraft
    created: int
    state: State
    decided: int
    reason: str

    @property
    def accepted_key(self) -> str:
        """The key that the identity has once the claim is accepted."""
        return f"orcid:{self.orcid}" if self.orcid else self.draft.identity


def add_claim(connection: sqlite3.Connection, person: Person, draft: ClaimDraft, now: int) -> Claim:
    """Put a claim into the queue.

    Raises:
        ClaimRefused: The person has claimed the identity already or too much today, or too many
            claims wait.
    """
    rows = connection.execute(
        "SELECT identity, state, created FROM claims WHERE person = ?", (person.number,)
    ).fetchall()
    open_states = {State.PENDING, State.ACCEPTED}
    if any(row["identity"] == draft.identity and row["state"] in open_states for row in rows):
        raise ClaimRefused(
            "You have claimed this identity already", "Your account lists your claims"
        )
    if sum(row["created"] > now - DAY for row in rows) >= MOST_A_DAY:
        raise ClaimRefused(
            f"You have made {MOST_A_DAY} claims in a day, which is the limit", "Try again tomorrow"
        )
    waiting = connection.execute("SELECT count(*) FROM claims WHERE state = 'pending'").fetchone()
    if waiting[0] >= MOST_WAITING:
        raise ClaimRefused(
            f"{MOST_WAITING:,} claims wait for the maintainer already", "Try again in some days"
        )
    number = connection.execute(
        "INSERT INTO claims (person, author, identity, proof, note, created, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING number",
        (
            person.number, draft.author, draft.identity, draft.proof, draft.note[:LONGEST_NOTE],
            now, State.PENDING,
        ),
    ).fetchone()["number"]  # fmt: skip
    return find_claim(connection, number)


def find_claim(connection: sqlite3.Connection, number: int) -> Claim:
    """Return a claim by number.

    Raises:
        ClaimMissing: There is none.
    """
    row = connection.execute(f"{_SELECT} WHERE claims.number = ?", (number,)).fetchone()
    if row is None:
        raise ClaimMissing(number)
    return _read_claim(row)


def list_claims(connection: sqlite3.Connection) -> list[Claim]:
    """Return all claims: those to decide first, in each group the oldest first."""
    rows = connection.execute(f"{_SELECT} ORDER BY state != 'pending', claims.number").fetchall()
    return [_read_claim(row) for row in rows]


def list_claims_of(connection: sqlite3.Connection, person: int) -> list[Claim]:
    """Return the claims of a person, newest first."""
    rows = connection.execute(
        f"{_SELECT} WHERE claims.person = ? ORDER BY claims.number DESC", (person,)
    ).fetchall()
    return [_read_claim(row) for row in rows]


def decide_claim(
    connection: sqlite3.Connection, number: int, state: State, now: int, reason: str = ""
) -> None:
    """Write down what the maintainer decided, who may also change their mind.

    Raises:
        ClaimMissing: There is no such claim.
    """
    done = connection.execute(
        "UPDATE claims SET state = ?, decided = ?, reason = ? WHERE number = ?",
        (state, now, reason[:LONGEST_NOTE], number),
    )
    if not done.rowcount:
        raise ClaimMissing(number)


def withdraw_claim(connection: sqlite3.Connection, person: int, number: int) -> None:
    """Take back a claim of a person that was not decided yet.

    Raises:
        ClaimRefused: The person has no such claim, or it was decided.
    """
    done = connection.execute(
        "DELETE FROM claims WHERE number = ? AND person = ? AND state = 'pending'", (number, person)
    )
    if not done.rowcount:
        raise ClaimRefused(
            "You have no such claim that waits", "Your account lists your claims and their state"
        )


def find_accepted(connection: sqlite3.Connection, person: int) -> Claim | None:
    """Return the newest accepted claim of a person; None without one."""
    row = connection.execute(
        f"{_SELECT} WHERE claims.person = ? AND state = 'accepted'"
        " ORDER BY decided DESC, claims.number DESC LIMIT 1",
        (person,),
    ).fetchone()
    return _read_claim(row) if row else None


def find_holder(connection: sqlite3.Connection, identity: str, author: str) -> int | None:
    """Return the person whose claim of an identity was accepted; None if there is none.

    Once accepted, an identity with an ORCID iD has the key ``orcid:...``, whichever it had before.

    Args:
        connection: The database.
        identity: The key of the identity.
        author: The name on whose page it is, since all authors of a paper may have its key.
    """
    rows = connection.execute(
        "SELECT person, author FROM claims JOIN people ON people.number = person"
        " WHERE state = 'accepted' AND (identity = ? OR 'orcid:' || orcid = ?)"
        " ORDER BY claims.number",
        (identity, identity),
    )
    is_shared, core = identity.startswith(f"{PAPER}:"), reduce_name(author)
    return next(
        (
            int(row["person"])
            for row in rows
            if not is_shared or may_be_same(reduce_name(row["author"]), core)
        ),
        None,
    )


def _read_claim(row: sqlite3.Row) -> Claim:
    draft = ClaimDraft(row["author"], row["identity"], Proof(row["proof"]), row["note"])
    return Claim(
        number=row["number"],
        person=row["person"],
        orcid=row["orcid"],
        name=row["name"],
        draft=draft,
        created=row["created"],
        state=State(row["state"]),
        decided=row["decided"] or 0,
        reason=row["reason"],
    )
