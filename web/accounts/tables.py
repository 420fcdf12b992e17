"""Define the tables of the database of accounts, and how older files become newer ones.

- ``people``: everybody who has signed in. ``orcid`` is the ORCID iD; somebody without one has
  ``key``, the digest of a private key. ``signed_in`` is the last time.
- ``sessions``: the digest of the token in a cookie, whose it is, and when it ends.
- ``claims``: who says that the papers of which identity are theirs, and what was decided.

Times are seconds since 1970. What belongs to a person is deleted with the person.
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

MIGRATIONS = (ACCOUNTS,)
"""Scripts in the order in which they are run; a file's ``user_version`` counts those that were. A
script is never changed once it was released: a change is another script at the end."""
