"""Check the reader of EndNote XML with records as EndNote and Zotero write them."""

import re
from pathlib import Path

import pytest

from index.formats import endnote
from index.normalise.paper import normalise
from index.records import Paper, RawRecord, Reject
from index.scanners.head import parse_head
from tests.support.dump_records import read_records

STYLE = '<style face="normal" font="default" size="100%">'
HEAD = '<?xml version="1.0" encoding="UTF-8" ?><xml><records>'
TAIL = "</records></xml>"
RECORD = """<record><database name="a.enl" path="a.enl">a.enl</database><source-app
 name="EndNote" version="20.1">EndNote</source-app><rec-number>7</rec-number><foreign-keys>
<key app="EN" db-id="x">7</key></foreign-keys><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author>{s}Lind, Maja K.</style></author><author>{s}Moss Board,</style>
</author></authors><secondary-authors><author>{s}Ed, Eve</style></author></secondary-authors>
</contributors><auth-address>{s}Lind, MK&#xD;m@moss.example</style></auth-address><titles>
<title>{s}H</style><style face="subscript" font="default" size="100%">2</style>{s}O in </style>
<style face="italic" font="default" size="100%">Moss</style></title><secondary-title>{s}J
 Moss</style></secondary-title></titles><periodical><full-title>{s}Journal of Moss</style>
</full-title><abbr-1>{s}J Moss</style></abbr-1></periodical><pages>{s}11-9</style></pages>
<volume>{s}7</style></volume><number>{s}2</style></number><keywords><keyword>{s}rain&#xD;moss</style>
</keyword></keywords><dates><year>{s}2019</style></year><pub-dates><date>{s}Feb 3</style></date>
</pub-dates></dates><publisher>{s}Sea Press</style></publisher><isbn>{s}0028-0836</style></isbn>
<accession-num>{s}WOS:000123</style></accession-num><abstract>{s}Moss grows.</style></abstract>
<notes>{s}Times Cited: 12&#xD;Cited References Count: 9</style></notes><urls><related-urls><url>
{s}&lt;Go to ISI&gt;://WOS:000123</style></url><url>{s}https://j.example/7</style></url>
</related-urls><pdf-urls><url>internal-pdf://7.pdf</url></pdf-urls></urls><custom2>{s}PMC55</style>
</custom2><electronic-resource-num>{s}https://doi.org/10.5555/Moss.7</style>
</electronic-resource-num><language>{s}English</style></language></record>
""".replace("{s}", STYLE)
PLAIN = re.sub(r"</?style[^>]*>", "", RECORD).replace("H2O", "H&lt;sub&gt;2&lt;/sub&gt;O")


def read_all(path: Path, *records: str) -> list[RawRecord | Reject]:
    """Write a file of some records and read it."""
    path.write_text(HEAD + "".join(records) + TAIL, "utf-8")
    return read_records(path, "endnote")


def read_paper(path: Path, *changes: tuple[str, str]) -> Paper:
    """Read the record with some of its text changed."""
    text = RECORD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (found,) = read_all(path, text)
    assert isinstance(found, RawRecord)
    return normalise(found)


@pytest.mark.parametrize("record", [RECORD, PLAIN], ids=["EndNote", "Zotero"])
def test_a_record(tmp_path: Path, record: str) -> None:
    """Every element is read into its field, with a style around each value or without."""
    (raw,) = read_all(tmp_path / "d.xml", record)
    assert isinstance(raw, RawRecord)
    found = normalise(raw)
    assert (found.id, found.title) == ("doi:10.5555/moss.7", "H₂O in Moss")
    assert [one.name for one in found.authors] == ["Maja K. Lind", "Moss Board"]
    assert (found.abstract, found.topics) == ("Moss grows.", ("rain", "moss"))
    assert found.ids == {"doi": "10.5555/moss.7", "pmc": "PMC55", "wos": "000123"}
    assert found.urls == {"page": "https://j.example/7"}
    assert (found.citations, found.language, found.status) == (12, "en", "")
    assert "example" not in repr(found.authors)
    show = found.shown
    assert (show.venue, show.venue_kind) == ("Journal of Moss", "journal")
    assert (show.type, show.year, show.date) == ("journal article", 2019, "2019-02-03")
    assert (show.volume, show.issue, show.pages) == ("7", "2", "11-19")
    assert show.publisher == "Sea Press"


TYPE = '<ref-type name="Journal Article">17</ref-type>'
YEAR, DATE = f"{STYLE}2019</style>", f"{STYLE}Feb 3</style>"
FULL = f"<full-title>{STYLE}Journal of Moss</style>\n</full-title>"
AUTHORS = RECORD[RECORD.index("<authors>") : RECORD.index("<secondary-authors>")]
ACCESSION = f"{STYLE}WOS:000123</style>"
PUBMED = "<remote-database-name>PubMed</remote-database-name><custom2>"
QUIRKS: list[tuple[list[tuple[str, str]], str, object]] = [
    ([(TYPE, '<ref-type name="Conference Paper">47</ref-type>')], "type", "conference paper"),
    ([(TYPE, '<ref-type name="Report">10</ref-type>')], "type", "report"),
    ([(TYPE, "<ref-type>32</ref-type>")], "type", "thesis"),
    ([(TYPE, '<ref-type name="Thesis">32</ref-type>')], "venue", ""),
    ([(TYPE, '<ref-type name="Electronic Book Section">60</ref-type>')], "type", "book chapter"),
    ([(TYPE, '<ref-type name="Encyclopedia">48</ref-type>')], "type", "reference entry"),
    ([(TYPE, "")], "venue", "Journal of Moss"),
    ([(FULL, "")], "venue", "J Moss"),
    ([(YEAR, "2019/05/07"), (DATE, "")], "date", "2019-05-07"),
    ([(DATE, "2019-05")], "date", "2019-05"),
    ([(DATE, "Feb 3, 2018")], "date", ""),
    ([(YEAR, "in press")], "year", None),
    ([(f"{STYLE}11-9</style>", ""), ("<custom2>", "<custom7>e77</custom7><custom2>")], "pages",
     "e77"),
    ([(f"{STYLE}0028-0836</style>", "978-3-16-148410-0")], "isbn", "9783161484100"),
    ([(ACCESSION, "301"), ("<custom2>", PUBMED)], "pmid", "301"),
    ([(ACCESSION, "301")], "pmid", None),
    ([(f"{STYLE}https://doi.org/10.5555/Moss.7</style>", "none"),
      ("https://j.example/7", "https://doi.org/10.5555/link")], "doi", "10.5555/link"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "field", "expected"), QUIRKS)
def test_quirks(
    tmp_path: Path, changes: list[tuple[str, str]], field: str, expected: object
) -> None:
    """Types by name or number, dates, venues and identifiers are read in all their places."""
    found = read_paper(tmp_path / "d.xml", *changes)
    known = found.ids.get(field) if field in ("isbn", "pmid", "doi") else None
    assert getattr(found.shown, field, known) == expected


NAMES = [
    ((AUTHORS, ""), ["Eve Ed"]),
    ((f"{STYLE}Moss Board,</style>\n", ""), ["Maja K. Lind"]),
    ((f"<author>{STYLE}Moss Board,</style>\n", '<author corp-name="Moss, Inc.">'),
     ["Maja K. Lind", "Moss Inc."]),
    ((f"<author>{STYLE}Moss Board,</style>\n", '<author first-name="Bo" last-name="Ek">'),
     ["Maja K. Lind", "Bo Ek"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "names"), NAMES)
def test_names(tmp_path: Path, change: tuple[str, str], names: list[str]) -> None:
    """Editors count where there are no authors; names may be in attributes."""
    found = read_paper(tmp_path / "d.xml", change)
    assert [one.name for one in found.authors] == names


def test_a_damaged_record_is_rejected_alone(tmp_path: Path) -> None:
    """A record without its end has one reject, and the next one is read."""
    bad, good = read_all(tmp_path / "d.xml", RECORD.removesuffix("</record>\n"), RECORD)
    assert isinstance(bad, Reject)
    assert isinstance(good, RawRecord)


HEADS = [
    (HEAD + RECORD, True), ("<records><record><titles><title>", True),
    ("<xml><records><record><rec-number>1", True), ("<xml><a>", False),
    ("<record><header/><metadata><crossref><titles>", False), ("<records><record><header>", False),
    ("<OAI-PMH><record><contributors>", False),
    ('{"xml": "<records><record><titles>"}', False), ("", False),
]  # fmt: skip


@pytest.mark.parametrize(("beginning", "known"), HEADS)
def test_recognised(beginning: str, *, known: bool) -> None:
    """A file is recognised by its root and by elements that only EndNote has."""
    assert endnote.FORMAT.recognises(parse_head(beginning.encode())) is known
