"""Check the reader of RIS and Web of Science's records against what exporters write."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build.operations import build
from index.dumps.streams import open_dump
from index.errors import RecordError
from index.formats import ris
from index.formats.registry import list_formats
from index.normalise.paper import normalise
from index.records import RawRecord, Reject
from index.scanners.head import parse_head
from index.settings import BuildSettings
from index.store.generations import find_current_folder
from index.store.rejects import read_rejects
from tests.bench.data import DATA
from tests.support.dump_records import normalise_all
from tests.support.ris_records import JOURNAL, TAGGED, make_record, read, read_paper


def test_a_record() -> None:
    """Every tag is read into its field, and the source is the record's first line."""
    found = read_paper(JOURNAL)
    assert found.title == "Tides of the Inner Sea: a First Look"
    assert found.abstract == "Water comes. Water goes."
    assert [author.name for author in found.authors] == ["Ann Lee", "Jörg Müller"]
    assert found.topics == ("tides", "inner seas", "harbours")
    assert found.ids == {"doi": "10.1000/tides.1"}
    assert found.urls == {
        "page": "https://example.org/tides;v=2",
        "pdf": "https://example.org/tides.pdf",
    }
    assert (found.citations, found.language, found.sources) == (7, "en", ("ris",))
    show = found.shown
    assert (show.venue, show.venue_kind, show.year) == ("Annals of Tides", "journal", 2011)
    assert show.type == "journal article"
    assert show.source is not None
    assert (show.source.record, show.source.offset) == (1, JOURNAL.index("TY  -"))


def test_web_of_science() -> None:
    """A field-tagged record has full names, both lists of keywords and its own id."""
    found = read_paper(TAGGED)
    assert (found.id, found.title) == ("wos:000123", "Tides of the inner sea")
    assert [author.name for author in found.authors] == ["Ann Lee", "Jorg Muller"]
    assert found.topics == ("tides", "inner seas", "harbour")
    assert found.ids == {"doi": "10.1000/tides.1", "pmid": "12345", "wos": "000123"}
    assert (found.citations, found.language) == (5, "en")
    assert (found.shown.year, found.shown.type) == (2011, "conference paper")


def test_web_of_science_with_empty_fields() -> None:
    """A tag without text is an empty field and does not continue the field before it."""
    found = read_paper("PT J\nAU Lee, A\nTI Tides\nDE\nID HARBOUR;\n   SEA\nSO\nPY 2011\nER\n")
    assert (found.title, found.topics, found.shown.year) == ("Tides", ("harbour", "sea"), 2011)


def test_latin_1_and_utf_16() -> None:
    """Old exports in Windows-1252 or UTF-16 are read."""
    for encoding in ("cp1252", "utf-16"):
        (found,) = read(JOURNAL.encode(encoding))
        assert isinstance(found, RawRecord)
        assert normalise(found).authors[1].name == "Jörg Müller"


DAMAGED = [
    ("TX  - JOUR\nTI  - Lost\nER  - \n", "does not begin with TY or PT"),
    ("TI  - Lost\nAU  - Lee, ann.lee@planted.org\nER  - \n", "does not begin with TY or PT"),
]


@pytest.mark.parametrize(("written", "reason"), DAMAGED)
def test_a_damaged_record_affects_no_other(written: str, reason: str) -> None:
    """A record without its first line is rejected, and those around it are read."""
    before, found, after = read(make_record() + written + make_record())
    assert isinstance(before, RawRecord)
    assert isinstance(after, RawRecord)
    assert isinstance(found, Reject)
    assert (found.reason, found.source.record) == (reason, 2)
    assert "planted" not in found.excerpt


def test_lines_between_records_are_no_record() -> None:
    """What a database writes between ER and TY costs nothing: numbers, links, a tag of its own."""
    between = "NL  - Ann. Tides\n\nLink to the text: https://example.org/x\n\n<2.>\n"
    found = read(f"<1.>\n{make_record()}{between}{make_record('A1  - Lee, Ann')}{between}")
    assert [isinstance(one, RawRecord) for one in found] == [True, True]
    assert read_paper(make_record() + "A1  - Lee, Ann\nA1  - Li, Bo\n").authors == ()


def test_a_record_without_er() -> None:
    """If ER is missing, the next TY ends a record."""
    titles = [one.title for one in read("TY  - JOUR\nTI  - One\n\nTY  - JOUR\nTI  - Two\n")
              if isinstance(one, RawRecord)]  # fmt: skip
    assert titles == ["One", "Two"]


def test_planted_records(tmp_path: Path) -> None:
    """Bad records are rejected or repaired one by one, and every record is counted once."""
    good = [f"TY  - JOUR\nTI  - Good {n}\nER  - \n" for n in range(30)]
    bad = [
        "TY  - JOUR\nAU  - Lee, Ann\nER  - \n",
        f"TY  - JOUR\nTI  - {'x' * 10_000}\nER  - \n",
        "TY  - JOUR\nTI  - Nul \0 title\nPY  - 99999\nER  - \n",
        "TI  - No beginning\nER  - \n",
        good[3],
    ]
    path = tmp_path / "d.ris"
    utf8 = "TY  - JOUR\nTI  - B\u00e9 X title\nER  - \n".encode().replace(b"X", b"\xff")
    path.write_bytes("\n".join(good + bad).encode() + utf8 + b"TY  - JOUR\nTI  - Cut sho")
    index = tmp_path / "index"
    report = build(index, (str(path),), BuildSettings(processes=0, max_rejects=0.2))[1]
    assert (report.read, report.indexed, report.merged, report.rejected) == (37, 33, 1, 3)
    rejects = sorted(read_rejects(find_current_folder(index)), key=lambda one: one.source.record)
    reasons = [one.reason[:11] for one in rejects]
    assert reasons == ["has no titl", "has a title", "does not be"]


@pytest.mark.parametrize(
    ("name", "titles"),
    [("basic", 1), ("full", 2), ("starting_newlines", 1), ("urls", 4), ("wos", 2)],
)
def test_real_files(name: str, titles: int) -> None:
    """Only this format recognises real exports, and every record of them is a paper."""
    path = DATA / "dumps" / f"ris-example_{name}.ris"
    if not path.exists():
        pytest.skip("the sample dumps are not here: set PAPERS_DATA")
    ((takers, found),) = [
        ([form.short_name for form in list_formats() if form.recognises(parse_head(one.head()))],
         list(ris.FORMAT.read(one)))
        for one in open_dump(str(path))
    ]  # fmt: skip
    assert takers == ["ris"]
    papers = normalise_all(found)
    assert len(papers) == len(found) == titles
    assert all(one.authors and one.shown.year and one.shown.venue for one in papers)


WILD = st.text(alphabet="TYERPAUIKW  -\n1é;\t\0", max_size=80)


@given(WILD)
def test_no_text_stops_a_build(text: str) -> None:
    """Any text in a record is read or rejected, and the record after it is read."""
    found = read(f"TY  - JOUR\n{text}\n{make_record()}")
    for one in found:
        if isinstance(one, RawRecord):
            try:
                assert normalise(one).id
            except RecordError:
                continue
    last = found[-1]
    assert isinstance(last, RawRecord)
    assert last.title == "A Title"
