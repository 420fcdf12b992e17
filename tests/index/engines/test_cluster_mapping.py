"""Check what a cluster stores of a paper."""

from hypothesis import given
from hypothesis import strategies as st

from index.engines.cluster_mapping import (
    COLUMNS,
    MAX_KEY,
    RECORD,
    TOKENS,
    choose_mapping,
    decode_record,
    encode_record,
    make_key,
    make_source,
)
from index.engines.document import analyse_paper
from index.fields import FIELDS
from index.records import Author, Paper


@given(st.binary(max_size=2_000))
def test_records_survive(record: bytes) -> None:
    """The bytes of a paper are the same after they were kept as text."""
    assert decode_record(encode_record(record)) == record


@given(st.text(st.characters(codec="utf-8"), max_size=300), st.sampled_from(["", "work", "row"]))
def test_keys_are_short_and_differ(paper_id: str, dup: str) -> None:
    """Every id makes a key that a cluster takes; a work has another than its rows."""
    long = paper_id + "题" * 200
    keys = {make_key(one, kind) for one in (paper_id, long) for kind in (dup, "part")}
    assert len(keys) == 4
    assert max(len(key.encode()) for key in keys) <= MAX_KEY


def test_every_field_is_mapped() -> None:
    """The mapping has all fields, the columns of tokens and the record, and allows no others."""
    mapping = choose_mapping()
    columns = {name + TOKENS for name in COLUMNS}
    assert set(mapping["properties"]) == {*FIELDS, *columns, RECORD}
    assert mapping["dynamic"] == "strict"


def test_a_source_holds_the_values_of_a_paper() -> None:
    """Fields of one value hold it, others a list; a column holds each token once."""
    authors = (Author("Ann Lee"), Author("Bo Ek"))
    paper = Paper("p1", "Deep deep nets", "An abstract", authors=authors, citations=5)
    source = make_source(analyse_paper(paper), b"bytes")
    assert source["id"] == "p1"
    assert source["title_exact"] == "deep deep nets"
    assert source["title_exact" + TOKENS] == ["deep", "nets"]
    assert source["cited"] == ["1", "3"]
    assert decode_record(source[RECORD]) == b"bytes"
    assert set(source) <= set(choose_mapping()["properties"])
