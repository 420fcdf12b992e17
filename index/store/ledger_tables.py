"""Define the tables of the ledger, which `index.store.ledger` describes."""

from typing import NamedTuple

PART = "\t"
"""Separates the id of a paper from the name of a part; no id contains it."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS records (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, content INTEGER NOT NULL,
    work INTEGER NOT NULL, kind TEXT NOT NULL, added INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS records_content ON records (content);
CREATE TABLE IF NOT EXISTS works (number INTEGER PRIMARY KEY, lead INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS bonds (one INTEGER, other INTEGER, PRIMARY KEY (one, other))
    WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS bonds_other ON bonds (other);
CREATE TABLE IF NOT EXISTS gone (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL, content INTEGER NOT NULL,
    work INTEGER NOT NULL, kind TEXT NOT NULL, added INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS gone_key ON gone (key);
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
"""
"""The statements that create the tables and their indexes where they are missing."""


class LedgerRow(NamedTuple):
    """A row of the table ``records``."""

    number: int
    key: str
    content: int
    work: int
    format: str
    added: int = 0
