"""Check the records and the names of their identifiers."""

import msgspec
import pytest

from index.records import (
    RECORD,
    Appearance,
    Author,
    Paper,
    Source,
    decode_paper,
    list_record_ids,
    parse_scheme,
)

PAPER = Paper(
    id="arxiv:2006.04779",
    title="Conservative Q-Learning",
    authors=(Author("Aviral Kumar", "aviral kumar", {"orcid": "0"}, ("UC Berkeley",)),),
    appearances=(Appearance("NeurIPS", year=2020, source=Source("a.tar", "b.json", 3, 81920)),),
    citations=0,
)


def test_a_paper_survives_encoding() -> None:
    """A paper is the same after MessagePack and JSON; defaults are not written."""
    packed = msgspec.msgpack.encode(PAPER)
    assert decode_paper(packed) == PAPER
    assert msgspec.json.decode(msgspec.json.encode(PAPER), type=Paper) == PAPER
    assert msgspec.json.decode(msgspec.json.encode(Paper("1", "T"))) == {"id": "1", "title": "T"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("doi", "doi"),
        ("doi 2", "doi"),
        ("record 13", "record"),
        ("open review", "open review"),
        ("2", "2"),
        ("", ""),
    ],
)
def test_scheme_of_an_identifier(name: str, expected: str) -> None:
    """A number after the scheme is removed, and nothing else."""
    assert parse_scheme(name) == expected


def test_records_of_a_work() -> None:
    """The id of the work comes first, then those of its other records."""
    ids = {"doi": "10.1/a", RECORD: "b", "doi 2": "10.1/b", f"{RECORD} 2": "c"}
    assert list_record_ids(Paper("a", "T", ids=ids)) == ("a", "b", "c")
    assert list_record_ids(PAPER) == (PAPER.id,)


def test_the_appearance_shown() -> None:
    """It is the first one, or an empty one if there is none."""
    assert PAPER.shown == PAPER.appearances[0]
    assert Paper("1", "T").shown == Appearance()
