"""Check the reader of arXiv's Atom feeds."""

from pathlib import Path

import pytest

from index.formats import arxiv_atom
from index.normalise.paper import normalise
from index.records import RawRecord, Reject
from index.scanners.head import parse_head
from tests.support.dump_records import read_records

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<title>ArXiv Query: moss</title><id>http://arxiv.org/api/x</id>
"""
TAIL = "</feed>"
ENTRY = """<entry><id>http://arxiv.org/abs/1801.00001v3</id><updated>2019-05-06T07:00:00Z</updated>
<published>2018-01-02T03:00:00Z</published><title>Moss in
  $O(n)$ Fjords</title><summary>  Moss
grows. </summary><author><name>Maja K. Lind</name><arxiv:affiliation>Fjord College
</arxiv:affiliation></author><author><name>Bo Ek for the Moss Group</name></author>
<arxiv:doi>10.5555/Moss.1</arxiv:doi><arxiv:comment>This paper has been withdrawn</arxiv:comment>
<arxiv:journal_ref>J. Moss 7 (2019) 1</arxiv:journal_ref><link href="http://arxiv.org/abs/1801"/>
<arxiv:primary_category term="q-bio.PE"/><category term="cs.LG"/><category term="q-bio.PE"/>
</entry>
"""
LISTED = """<entry><id>oai:arXiv.org:hep-th/9901001v1</id><title>On Rain</title><summary>
arXiv:hep-th/9901001v1 Announce Type: new
Abstract: It rains.</summary><category term="hep-th"/><published>1999-01-01T00:00:00-04:00
</published><dc:creator xmlns:dc="d">Maja K. Lind, Bo Ek</dc:creator></entry>
"""


def read(path: Path, *entries: str) -> list[RawRecord | Reject]:
    """Write a feed and read its records."""
    path.write_text(HEAD + "".join(entries) + TAIL, "utf-8")
    return read_records(path, "arxiv_atom")


def test_an_entry(tmp_path: Path) -> None:
    """Every element is read into its field, with the id of the snapshot."""
    (raw,) = read(tmp_path / "d.xml", ENTRY)
    assert isinstance(raw, RawRecord)
    assert raw.updated == "2019-05-06"
    found = normalise(raw)
    assert (found.id, found.title) == ("arxiv:1801.00001", "Moss in $O(n)$ Fjords")
    assert found.abstract == "Moss grows."
    assert [one.name for one in found.authors] == ["Maja K. Lind", "Bo Ek", "Moss Group"]
    assert found.authors[0].affiliations == ("Fjord College",)
    assert found.ids == {"arxiv": "1801.00001", "doi": "10.5555/moss.1"}
    assert (found.topics, found.status) == (("q-bio.PE", "cs.LG"), "withdrawn")
    show = found.shown
    assert (show.venue, show.type, show.date) == ("arXiv", "preprint", "2018-01-02")
    assert show.venue_name == "J. Moss 7 (2019) 1"
    assert show.source is not None
    assert show.source.licence == "CC0-1.0"


def test_an_entry_of_a_daily_list(tmp_path: Path) -> None:
    """A daily list has the authors as one text and words before the abstract."""
    (raw,) = read(tmp_path / "d.xml", LISTED)
    assert isinstance(raw, RawRecord)
    found = normalise(raw)
    assert (found.id, found.abstract) == ("arxiv:hep-th/9901001", "It rains.")
    assert [one.name for one in found.authors] == ["Maja K. Lind", "Bo Ek"]
    assert found.shown.year == 1999


def test_an_error_of_the_api_is_rejected(tmp_path: Path) -> None:
    """An entry that reports an error is rejected, and other entries are read."""
    error = "<entry><id>http://arxiv.org/api/errors#bad</id><title>Error</title></entry>"
    bad, good = read(tmp_path / "d.xml", error, ENTRY)
    assert isinstance(bad, Reject)
    assert bad.reason == "has no arXiv number: it may be an error of the API"
    assert isinstance(good, RawRecord)


HEADS = [
    (HEAD, True), ("<feed><entry><id>oai:arXiv.org:1801.00001v1", True),
    ("<entry><id>http://arxiv.org/abs/1801.00001v1", True), ("<feed><entry><id>x", False),
    ("<rss>arxiv.org/abs/", False), ('{"feed": "<feed>arxiv.org/abs/"}', False), ("", False),
]  # fmt: skip


@pytest.mark.parametrize(("beginning", "known"), HEADS)
def test_recognised(beginning: str, *, known: bool) -> None:
    """A feed is recognised by its root and an address of arXiv."""
    assert arxiv_atom.FORMAT.recognises(parse_head(beginning.encode())) is known
