"""Check how dblp's records of people and volumes are read, which are not papers."""

from io import BytesIO

import pytest

from index.dumps.streams import Stream
from index.formats import dblp
from index.normalise.paper import normalise
from index.records import RawRecord, Reject


def make_record(tag: str, key: str, of: str = "", **fields: str) -> str:
    """Return a record with a few fields, and attributes `of` its element."""
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in fields.items())
    return f'<{tag} mdate="2020-01-02" key="{key}"{of}>{inner}</{tag}>'


def read(*records: str) -> list[RawRecord | Reject]:
    """Read a dump of these records."""
    return [*dblp.FORMAT.read(Stream("d", "d", BytesIO(f"<dblp>{''.join(records)}".encode())))]


NAMED = "</author><author>".join
SKIPPED = [
    make_record("www", "homepages/w/WeiWang1", author="Wei Wang", title="Home Page"),
    make_record("person", "homepages/1/1", author="Wei Wang"),
    make_record("www", "homepages/w/Ann", crossref="homepages/l/AnnLee"),
    make_record(
        "www", "homepages/w/Ann", author=NAMED(["Ann Lee", "A. Lee"]), crossref="homepages/l/A"
    ),
    make_record(
        "www", "homepages/w/W", ' publtype="disambiguation"', author=NAMED(["W. W.", "Wei W."])
    ),
    make_record("www", "homepages/w/W", author=NAMED(["Wei Wang 0001", "Wei Wang 0001"])),
    make_record("proceedings", "conf/nips/2003", title="Advances in ..."),
]


@pytest.mark.parametrize("written", SKIPPED)
def test_skipped_records(written: str) -> None:
    """Volumes are skipped, and home pages that moved, have one name or are of several people."""
    (found,) = read(written)
    assert isinstance(found, RawRecord)
    assert (found.deleted, found.part, found.updated) == (True, "", "2020-01-02")


HOME_PAGE = """<www mdate="2021-03-04" key="homepages/123/45">
<author>Wei Wang 0001</author><author>Wei K. Wang</author><author>W&euml;i Wang</author>
<title>Home Page</title>
<url>https://orcid.org/0000-0001-2345-007X</url><url>https://example.org/~wang</url>
<note type="affiliation">UCLA, USA, w@planted.org</note><note type="award">A Prize</note>
<note type="affiliation" label="former">MIT</note></www>"""


def test_the_names_of_a_person() -> None:
    """A home page with several names yields them as a part, not a paper, the current one first."""
    (found,) = read(HOME_PAGE)
    assert isinstance(found, RawRecord)
    assert (found.id, found.title) == ("dblp:homepages/123/45", "")
    assert (found.part, found.deleted, found.updated) == (dblp.PERSON, False, "2021-03-04")
    first, *others = found.authors
    assert [one.name for one in others] == ["Wei K. Wang", "Wëi Wang"]
    assert first.name == "Wei Wang 0001"
    assert first.ids == {"dblp": "123/45", "orcid": "0000-0001-2345-007X"}
    assert first.affiliations == ("UCLA, USA", "MIT")


def test_volumes_do_not_name_the_venue() -> None:
    """The venue comes from the paper's ``booktitle``; its volume (``crossref``) is not needed."""
    volume = make_record("proceedings", "conf/nips/2003", title="Advances in Neural ...")
    child = make_record("inproceedings", "conf/nips/Y1", title="A Title.", booktitle="NIPS",
                   crossref="conf/nips/2003")  # fmt: skip
    found = [one for one in read(child, volume) if isinstance(one, RawRecord)]
    assert [one.deleted for one in found] == [False, True]
    assert normalise(found[0]).shown.venue == "NeurIPS"
