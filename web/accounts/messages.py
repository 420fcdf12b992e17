"""Keep conversations between two people, and what each of them has written.

A conversation belongs to both: whoever deletes it deletes it for the other one too, so that nothing
that was deleted is left.
"""

import secrets
import sqlite3
from dataclasses import dataclass

from web.accounts.doors import check_door, check_writer, has_blocked
from web.accounts.message_limits import check_new, check_unanswered, note_message
from web.errors import FieldInvalid, MessageRefused, ThreadMissing
from web.unprintable import replace_unprintable

LONGEST_SUBJECT = 200
LONGEST_TEXT = 5_000
"""Characters of a subject and of a message; chosen: about 800 words."""

MOST_THREADS = 200
"""Conversations that are listed, those with the newest messages; chosen."""

REPEATED = 60
"""Seconds in which the same message of a person, sent twice, is one; chosen."""

_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a conversation.

    Attributes:
        own: Whether the reader has written it.
        name: Who has written it.
        text: What they wrote.
        created: When, in seconds since 1970.
        seen: When the other one first opened it; 0 before.
    """

    own: bool
    name: str
    text: str
    created: int
    seen: int


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation, as one of its two people sees it.

    Attributes:
        number: The key in the database, which is never shown.
        id: The random key in addresses.
        subject: What it is about.
        other: The number of the other person.
        name: The name of the other person.
        ended: Whether it takes no more messages.
        began: Whether the reader has begun it.
        latest: When the newest message was written.
        unseen: Messages that the reader has not opened.
    """

    number: int
    id: str
    subject: str
    other: int
    name: str
    ended: bool
    began: bool
    latest: int
    unseen: int


_SELECT = """
SELECT threads.*, people.number AS other, people.name,
    (SELECT max(created) FROM messages WHERE thread = threads.number) AS latest,
    (SELECT count(*) FROM messages
        WHERE thread = threads.number AND writer != :person AND NOT seen) AS unseen
FROM threads JOIN people ON people.number = iif(sender = :person, receiver, sender)
WHERE (sender = :person OR receiver = :person)
"""


def clean_subject(text: str) -> str:
    """Return a subject in one line.

    Raises:
        FieldInvalid: It is empty or too long.
    """
    subject = " ".join(replace_unprintable(text[: 2 * LONGEST_SUBJECT]).split())
    if not 0 < len(subject) <= LONGEST_SUBJECT:
        raise FieldInvalid("subject", f"1 to {LONGEST_SUBJECT} characters")
    return subject


def clean_text(text: str) -> str:
    """Return a message as plain text with its lines.

    Raises:
        FieldInvalid: It is empty or too long.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cleaned = "\n".join(map(replace_unprintable, lines)).strip()
    if not 0 < len(cleaned) <= LONGEST_TEXT:
        raise FieldInvalid("message", f"1 to {LONGEST_TEXT:,} characters")
    return cleaned


def start_thread(
    connection: sqlite3.Connection, people: tuple[int, int], subject: str, text: str, now: int
) -> str:
    """Begin a conversation.

    Args:
        connection: A transaction.
        people: Who writes, and to whom.
        subject: What it is about, see `clean_subject`.
        text: The first message, see `clean_text`.
        now: The time.

    Returns:
        The key of the conversation in addresses.

    Raises:
        MessageRefused: They may not write, not to this person, or not so much.
    """
    check_door(connection, *people)
    check_new(connection, people[0], now)
    check_unanswered(connection, *people, now)
    key = secrets.token_urlsafe(_ID_BYTES)
    number = connection.execute(
        "INSERT INTO threads (id, subject, sender, receiver, created) VALUES (?, ?, ?, ?, ?)"
        " RETURNING number",
        (key, clean_subject(subject), *people, now),
    ).fetchone()["number"]
    _insert(connection, number, people[0], clean_text(text), now)
    note_message(connection, people, now, begins=True)
    return key


def find_repeated(
    connection: sqlite3.Connection, people: tuple[int, int], said: tuple[str, str], now: int
) -> str:
    """Return the key of a conversation whose last message has just been sent; empty for none.

    A form that is sent twice, by a second click or a reload, is one message.

    Args:
        connection: A transaction.
        people: Who writes, and to whom.
        said: The subject and the text.
        now: The time.

    Raises:
        FieldInvalid: The subject or the text is empty or too long.
    """
    row = connection.execute(
        "SELECT id FROM messages JOIN threads ON threads.number = thread"
        " WHERE writer = ?1 AND iif(sender = ?1, receiver, sender) = ?2 AND NOT ended"
        " AND subject = ?3 AND text = ?4 AND messages.created > ?5 AND messages.number ="
        " (SELECT max(number) FROM messages WHERE thread = threads.number)"
        " ORDER BY messages.number DESC LIMIT 1",
        (*people, clean_subject(said[0]), clean_text(said[1]), now - REPEATED),
    ).fetchone()
    return row["id"] if row else ""


def reply(connection: sqlite3.Connection, thread: Thread, writer: int, text: str, now: int) -> None:
    """Write another message in a conversation.

    Raises:
        MessageRefused: The conversation has ended, or the writer may not write.
    """
    check_writer(connection, writer)
    if thread.ended or has_blocked(connection, thread.other, writer):
        raise MessageRefused("This conversation has ended", "Read it or delete it")
    if has_blocked(connection, writer, thread.other):
        raise MessageRefused("You have blocked this person", "Accept their messages again first")
    check_unanswered(connection, writer, thread.other, now)
    _insert(connection, thread.number, writer, clean_text(text), now)
    note_message(connection, (writer, thread.other), now)


def _insert(connection: sqlite3.Connection, thread: int, writer: int, text: str, now: int) -> None:
    connection.execute(
        "INSERT INTO messages (thread, writer, text, created) VALUES (?, ?, ?, ?)",
        (thread, writer, text, now),
    )


def list_threads(connection: sqlite3.Connection, person: int) -> list[Thread]:
    """Return the conversations of a person, the one with the newest message first."""
    rows = connection.execute(
        f"{_SELECT} ORDER BY latest DESC, threads.number DESC LIMIT {MOST_THREADS}",
        {"person": person},
    )
    return [_read_thread(row, person) for row in rows]


def find_thread(connection: sqlite3.Connection, person: int, key: str) -> Thread:
    """Return a conversation of a person.

    Raises:
        ThreadMissing: There is none, or it is between others.
    """
    row = connection.execute(
        f"{_SELECT} AND id = :id", {"person": person, "id": key[:100]}
    ).fetchone()
    if row is None:
        raise ThreadMissing
    return _read_thread(row, person)


def list_messages(connection: sqlite3.Connection, thread: Thread) -> list[Message]:
    """Return the messages of a conversation, the oldest first."""
    rows = connection.execute(
        "SELECT messages.*, name FROM messages JOIN people ON people.number = writer"
        " WHERE thread = ? ORDER BY messages.number",
        (thread.number,),
    )
    return [
        Message(
            row["writer"] != thread.other, row["name"], row["text"], row["created"], row["seen"]
        )
        for row in rows
    ]


def mark_seen(connection: sqlite3.Connection, thread: Thread, now: int) -> None:
    """Note that the reader has opened a conversation."""
    connection.execute(
        "UPDATE messages SET seen = ? WHERE thread = ? AND writer = ? AND NOT seen",
        (now, thread.number, thread.other),
    )


def end_thread(connection: sqlite3.Connection, thread: Thread, now: int) -> None:
    """Let nobody write in a conversation any more."""
    connection.execute("UPDATE threads SET ended = ? WHERE number = ?", (now, thread.number))


def delete_thread(connection: sqlite3.Connection, thread: Thread) -> None:
    """Delete a conversation with all its messages, for both."""
    connection.execute("DELETE FROM threads WHERE number = ?", (thread.number,))


def count_unseen(connection: sqlite3.Connection, person: int) -> int:
    """Return the number of messages that a person has not opened."""
    count: int = connection.execute(
        "SELECT count(*) FROM messages JOIN threads ON threads.number = thread"
        " WHERE (sender = ?1 OR receiver = ?1) AND writer != ?1 AND NOT seen",
        (person,),
    ).fetchone()[0]
    return count


def _read_thread(row: sqlite3.Row, person: int) -> Thread:
    return Thread(
        number=row["number"],
        id=row["id"],
        subject=row["subject"],
        other=row["other"],
        name=row["name"],
        ended=bool(row["ended"]),
        began=row["sender"] == person,
        latest=row["latest"] or row["created"],
        unseen=row["unseen"],
    )
