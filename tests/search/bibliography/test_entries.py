"""Check that the entries of a bibliography are read as papers."""

import pytest

from search.bibliography.entries import decode_bibliography, read_entries

FILE = """@proceedings{vol, title = {Proc. ICML}, year = 2012}

@string{j = {Journal of Tides}}
@article{one, title = {Tides}, journal = j, author = {Lee, Ann}}
@inproceedings{two, title = {Shores}, crossref = {vol}}
@article{three, author = {Lee, Ann}}
@article{four, title = {Never closed
@misc{five, title = {Seas}, crossref = {five}}
"""


def test_entries_are_papers() -> None:
    """Strings and volumes count, lines are numbered, and what cannot be read says why."""
    entries, left_out = read_entries(FILE, 9)
    papers = {one.written.key: one.paper for one in entries if one.paper}
    assert {key: (p.title, p.shown.venue, p.shown.year) for key, p in papers.items()} == {
        "one": ("Tides", "Journal of Tides", None),
        "two": ("Shores", "ICML", 2012),
        "five": ("Seas", "", None),
    }
    assert [(one.written.key, one.line) for one in entries] == [
        ("one", 4), ("two", 5), ("three", 6), ("four", 7), ("five", 8)]  # fmt: skip
    assert {one.written.key: one.problem for one in entries if one.problem} == {
        "three": "has no title",
        "four": "is not well-formed BibTeX",
    }
    assert left_out == 0


def test_entries_beyond_the_limit_are_counted() -> None:
    """A volume is no entry that is counted."""
    entries, left_out = read_entries(FILE, 2)
    assert ([one.written.key for one in entries], left_out) == (["one", "two"], 3)


@pytest.mark.parametrize(
    "raw", [b"\xef\xbb\xbf@a{b}", "é".encode(), "é".encode("latin-1"), b"\xff"]
)
def test_a_file_can_be_made_again(raw: bytes) -> None:
    """Whatever its bytes are, the text and the encoding give them back."""
    text, encoding = decode_bibliography(raw)
    assert text.encode(encoding) == raw
