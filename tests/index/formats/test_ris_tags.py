"""Check which liberties files of RIS may take with their tags, and how they are recognised."""

import re

import pytest

from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import RawRecord
from tests.support.dump_records import make_stream
from tests.support.ris_records import JOURNAL, TAGGED, read, read_paper

QUIRKS = [
    JOURNAL.replace("\n", "\r\n"),
    JOURNAL.replace("\n", "\r"),
    "\ufeff" + JOURNAL,
    "\n\n" + JOURNAL,
    JOURNAL.replace("ER  -\n", ""),
    JOURNAL.replace("ER  -\n", "ER\n"),
    JOURNAL.replace("  - ", " - "),
    JOURNAL.replace("  - ", "   - "),
    JOURNAL.replace("  - ", "\t- "),
    JOURNAL.replace("  - ", "  \u2013 "),
    JOURNAL.replace("  - ", "- "),
    JOURNAL.replace("TI  - ", "TI  "),
    re.sub(r"^\w\w  -", lambda tag: tag[0].lower(), JOURNAL, flags=re.MULTILINE),
    re.sub(r"^\w\w  -", lambda tag: f"  {tag[0]}", JOURNAL, flags=re.MULTILINE),
    JOURNAL.replace("AB  -", "ab  -"),
    JOURNAL.replace("T2  -", "X9  - unknown\nABC  - unknown\nT2  -"),
    JOURNAL.replace("TI  - Tides of the Inner Sea:\n      a", "T1  - Tides of the Inner Sea: a"),
    JOURNAL.replace("AB  -", "N2  -"),
]


@pytest.mark.parametrize("written", QUIRKS)
def test_quirks(written: str) -> None:
    """Line ends, byte order marks, a missing ER and alternative tags make no difference."""
    found = read_paper(written)
    assert (found.title, found.abstract) == (
        "Tides of the Inner Sea: a First Look",
        "Water comes. Water goes.",
    )
    assert found.ids == {"doi": "10.1000/tides.1"}


def test_records_without_ty() -> None:
    """Records of a file without types are cut at their ends; one without a title is rejected."""
    one = "C1  - 7\nAU  - Lee, Ann\nTI  - Of Tides\nT2  - Annals\nPY  - 2019\nER  - \n\n"
    stream = make_stream(one + one.replace("Tides", "Seas") + "C1  - 9\nPY  - 2018\nER  - \n")
    known = recognise_format(stream)
    assert known is not None
    assert known.short_name == "ris"
    found = [one.title for one in known.read(stream) if isinstance(one, RawRecord)]
    assert found == ["Of Tides", "Of Seas", ""]
    assert recognise_format(make_stream("AU  - Lee, Ann\nPY  - 2019\nER  - \n")) is None


def test_refworks() -> None:
    """RefWorks' tagged format has the tags of RIS without a dash, and a few of its own."""
    one = "RT Journal Article\nSR Electronic(1)\nA1 Lee,Ann\nA1 Li,Bo\nT1 Of\n Tides\nJF Annals\n"
    text = f"{one}YR 2019\nVO 3\nIS 4\nSP 10\nOP 19\nK1 tides\nDO 10.1000/ab\n\n"
    first, second = read(text + "RT Book, Whole\nT1 Seas\nFD 2018/05/06\n")
    assert isinstance(first, RawRecord)
    assert isinstance(second, RawRecord)
    found, show = normalise(first), normalise(first).shown
    assert (found.title, [one.name for one in found.authors]) == ("Of Tides", ["Ann Lee", "Bo Li"])
    assert (show.venue, show.year, show.volume, show.pages) == ("Annals", 2019, "3", "10-19")
    assert (found.ids, found.topics) == ({"doi": "10.1000/ab"}, ("tides",))
    assert (normalise(second).shown.type, normalise(second).shown.date) == ("book", "2018-05-06")


KNOWN = [
    (JOURNAL.encode(), True),
    (TAGGED.encode(), True),
    (b"\xef\xbb\xbfTY - JOUR\r\nTI - T\r\n", True),
    (b"PT J\nAU Lee, A\n", True),
    (b"TY  - JOUR", False),
    (b"TY  - Journal Article\nAU  - Lee, A\n", True),
    (b"TY  - a kind that nobody knows\r\nAU  - Lee, A\r\n", True),
    (b"ty - jour\rau - Lee, A\r", True),
    (b"RT Journal Article\nSR Print(0)\nT1 Tides\n", True),
    (b"RT Journal\tArticle\n1\t2\n", False),
    (b"Title,Note\nTides,TY - x\n", False),
    (b"PT\tAU\tTI\n", False),
    (b'{"id": 1, "title": "T"}', False),
    (b"@article{a, title={T}}", False),
    (b"title,year\nT,2001\n", False),
]


@pytest.mark.parametrize(("content", "known"), KNOWN)
def test_recognised(content: bytes, *, known: bool) -> None:
    """A file is recognised by a record's first line and its end."""
    form = recognise_format(make_stream(content))
    assert (form is not None and form.short_name == "ris") is known
