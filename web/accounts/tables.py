"""Define the tables of the database of accounts, and how older files become newer ones.

- ``people``: everybody who has signed in. ``orcid`` is the ORCID iD; somebody without one has
  ``key``, the digest of a private key. ``signed_in`` is the last time.
- ``sessions``: the digest of the token in a cookie, whose it is, and when it ends.
- ``claims``: who says that the papers of which identity are theirs, and what was decided.
- ``doors``: who is open to collaborate, and so can be written to.
- ``threads``: who began to write to whom about what. ``id`` is in addresses, and random. A thread
  that is ``ended`` takes no more messages.
- ``messages``: what was written in a thread; ``seen`` once the other one has opened it.
- ``blocks``: whose messages a person refuses.
- ``sent``: who has written to whom lately and when, without any text, so that deleting messages
  does not lift the limits.
- ``reports``: what the maintainer should look at, with a copy of the messages. One that is
  ``upheld`` has no copy any more.
- ``bans``: who may not write since a report was upheld, by its number and a digest of the ORCID iD
  or the private key. They belong to nobody, so that they outlast the accounts of both people.
- ``mail_addresses``: where somebody wants to hear of messages; ``code`` until they have shown that
  it is theirs.
- ``outbox``: mail that waits to be sent; ``thread`` is the conversation that it announces, with
  which it goes.
- ``followers``: the digests of secrets in lists of readers who want to be counted as followers of a
  person, and a keyed digest of the network that they came from.

Times are seconds since 1970. What belongs to a person is deleted with the person. ``digest_text``
is `web.accounts.tokens.digest_text`.
"""

ACCOUNTS = """
CREATE TABLE people (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    orcid TEXT UNIQUE,
    key BLOB UNIQUE,
    name TEXT NOT NULL,
    created INTEGER NOT NULL,
    signed_in INTEGER NOT NULL,
    CHECK (orcid IS NOT NULL OR key IS NOT NULL)
);
CREATE TABLE sessions (
    token BLOB PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    expires INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_by_person ON sessions (person);
CREATE TABLE claims (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    author TEXT NOT NULL,
    identity TEXT NOT NULL,
    proof TEXT NOT NULL CHECK (proof IN ('orcid', 'other', 'none')),
    note TEXT NOT NULL,
    created INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'rejected')),
    decided INTEGER,
    reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX claims_by_person ON claims (person);
CREATE INDEX claims_by_identity ON claims (identity, state);
"""

MESSAGES = """
CREATE TABLE doors (
    person INTEGER PRIMARY KEY REFERENCES people ON DELETE CASCADE,
    opened INTEGER NOT NULL
);
CREATE TABLE threads (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL,
    sender INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    receiver INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    created INTEGER NOT NULL,
    ended INTEGER NOT NULL DEFAULT 0,
    CHECK (sender != receiver)
);
CREATE INDEX threads_by_sender ON threads (sender);
CREATE INDEX threads_by_receiver ON threads (receiver);
CREATE TABLE messages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    thread INTEGER NOT NULL REFERENCES threads ON DELETE CASCADE,
    writer INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    text TEXT NOT NULL,
    created INTEGER NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX messages_by_thread ON messages (thread);
CREATE INDEX messages_by_writer ON messages (writer);
CREATE TABLE sent (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    writer INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    receiver INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    begins INTEGER NOT NULL,
    created INTEGER NOT NULL
);
CREATE INDEX sent_by_writer ON sent (writer);
CREATE INDEX sent_by_receiver ON sent (receiver);
CREATE TABLE blocks (
    person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    blocked INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    PRIMARY KEY (person, blocked)
) WITHOUT ROWID;
CREATE INDEX blocks_by_blocked ON blocks (blocked);
CREATE TABLE reports (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    reporter INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    reported INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    reason TEXT NOT NULL,
    copy TEXT NOT NULL,
    created INTEGER NOT NULL,
    upheld INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX reports_by_reporter ON reports (reporter);
CREATE INDEX reports_by_reported ON reports (reported);
CREATE TABLE mail_addresses (
    person INTEGER PRIMARY KEY REFERENCES people ON DELETE CASCADE,
    address TEXT NOT NULL,
    site TEXT NOT NULL DEFAULT '',
    code BLOB,
    asked INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE outbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    address TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL
);
CREATE INDEX outbox_by_person ON outbox (person);
CREATE TABLE followers (
    person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    token BLOB NOT NULL,
    network BLOB NOT NULL,
    seen INTEGER NOT NULL,
    PRIMARY KEY (person, token)
) WITHOUT ROWID;
CREATE INDEX followers_by_token ON followers (token);
"""

BANS = """
CREATE TABLE bans (
    number INTEGER PRIMARY KEY,
    subject BLOB NOT NULL,
    upheld INTEGER NOT NULL
);
CREATE INDEX bans_by_subject ON bans (subject);
INSERT INTO bans SELECT reports.number, coalesce(digest_text(orcid), key), upheld
    FROM reports JOIN people ON people.number = reported WHERE upheld;
ALTER TABLE outbox ADD COLUMN thread INTEGER REFERENCES threads ON DELETE CASCADE;
CREATE INDEX outbox_by_thread ON outbox (thread);
"""

MIGRATIONS = (ACCOUNTS, MESSAGES, BANS)
"""Scripts in the order in which they are run; a file's ``user_version`` counts those that were. A
script is never changed once it was released: a change is another script at the end."""
