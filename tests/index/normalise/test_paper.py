"""Test that a raw record becomes a clean paper, or an error that states why not."""

from typing import Any

import pytest

from index.errors import RecordError
from index.normalise.paper import MAX_CITATIONS, MAX_ID, MAX_TOPICS, normalise
from index.normalise.texts import MAX_ABSTRACT
from index.records import Appearance, RawAuthor, RawRecord, Source

SOURCE = Source("dump.jsonl", "", 1, 0)


def raw(**fields: Any) -> RawRecord:  # noqa: ANN401 - any field of a record
    """Make a raw record with a title."""
    return RawRecord(source=SOURCE, format="jsonl", **({"title": "A Title"} | fields))


IDS: list[tuple[dict[str, Any], str]] = [
    ({"id": "arxiv:0704.0001"}, "arxiv:0704.0001"),
    ({"id": " a\u200b b\n\0c "}, "a bc"),
    ({"ids": {"doi": "10.1000/X"}}, "doi:10.1000/x"),
    ({"ids": {"doi": "10.1000/X", "arxiv": "2101.00001"}}, "doi:10.1000/x"),
    ({"ids": {"arxiv": "arXiv:2101.00001v2"}}, "arxiv:2101.00001"),
    ({"id": "own", "ids": {"doi": "10.1000/X"}}, "own"),
]


@pytest.mark.parametrize(("fields", "expected"), IDS)
def test_id(fields: dict[str, Any], expected: str) -> None:
    """The id is the dump's own, else a DOI, else an arXiv id."""
    assert normalise(raw(**fields)).id == expected


def test_an_id_without_identifiers_is_reproducible() -> None:
    """Without identifiers the id is a digest of title, first author, venue and year."""
    author = (RawAuthor(name="Kumar, Aviral"),)
    base: dict[str, Any] = {"authors": author, "venue": "ICML", "year": 2020}
    same = normalise(raw(**base)).id
    assert same.startswith("jsonl:")
    assert normalise(raw(**base, abstract="More", citations=3)).id == same
    assert normalise(raw(**base | {"title": "a  TITLE"})).id == same
    for change in ({"title": "B"}, {"year": 2021}, {"venue": "ICLR"}, {"authors": ()}):
        assert normalise(raw(**base | change)).id != same


DOIS = [
    ("10.1000/ABC", "10.1000/abc"),
    ("https://doi.org/10.1000/abc", "10.1000/abc"),
    ("http://dx.doi.org/10.1000/abc.", "10.1000/abc"),
    ("doi:10.1000/abc;", "10.1000/abc"),
    (" 10.1016/S0140-6736(20)30183-5 ", "10.1016/s0140-6736(20)30183-5"),
    ("10.1000/a 10.1000/b", "10.1000/a"),
    ("10.1/abc", None),
    ("n/a", None),
    ("", None),
]


@pytest.mark.parametrize(("written", "expected"), DOIS)
def test_doi(written: str, expected: str | None) -> None:
    """A DOI is stored bare and in lower case; an invalid value is dropped."""
    assert normalise(raw(id="x", ids={"DOI": written})).ids.get("doi") == expected


ARXIVS = [
    ("2101.00001", "2101.00001"),
    ("0704.0001v3", "0704.0001"),
    ("arXiv:2101.00001v2 [cs.LG]", "2101.00001"),
    ("https://arxiv.org/abs/2101.00001", "2101.00001"),
    ("https://arxiv.org/pdf/2101.00001v1.pdf", "2101.00001"),
    ("hep-th/9901001", "hep-th/9901001"),
    ("math.GT/0309136v1", "math/0309136"),
    ("https://arxiv.org/abs/hep-th/9901001v2", "hep-th/9901001"),
    ("none", None),
    ("", None),
]


@pytest.mark.parametrize(("written", "expected"), ARXIVS)
def test_arxiv(written: str, expected: str | None) -> None:
    """An arXiv id is stored without version, address or class; an invalid value is dropped."""
    assert normalise(raw(id="x", ids={"arxiv": written})).ids.get("arxiv") == expected


YEARS: list[tuple[int | str | None, int | None]] = [
    (2021, 2021),
    ("2021", 2021),
    ("2021/05/03/", 2021),
    ("May 2021", 2021),
    ("c1999.", 1999),
    (1400, 1400),
    (2100, 2100),
    (0, None),
    (-1, None),
    (1399, None),
    (99999, None),
    ("99999", None),
    ("20211", None),
    ("n.d.", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("written", "expected"), YEARS)
def test_year(written: int | str | None, expected: int | None) -> None:
    """An impossible year is dropped, and the paper is kept."""
    assert normalise(raw(year=written)).shown.year == expected


URLS = [
    ("https://a.org/x", True),
    ("HTTP://a.org/x", True),
    ("javascript:alert(1)", False),
    (" java\nscript:alert(1)", False),
    ("\x01javascript:alert(1)//http://a.org", False),
    ("data:text/html,<script>", False),
    ("file:///etc/passwd", False),
    ("", False),
]


@pytest.mark.parametrize(("url", "kept"), URLS)
def test_only_web_addresses_are_kept(url: str, kept: bool) -> None:  # noqa: FBT001 - a table
    """A link that could run code in a browser does not reach the index."""
    assert ("page" in normalise(raw(urls={"page": url})).urls) is kept


CANONICAL: list[tuple[str, str, str]] = [
    ("status", "Reject", "rejected"),
    ("status", "Desk_Reject", "rejected"),
    ("status", "Withdraw", "withdrawn"),
    ("status", " Retract ", "retracted"),
    ("status", "Active", ""),
    ("status", "Oral", "oral"),
    ("language", " EN ", "en"),
    ("language", "fra", "fr"),
    ("language", "Spanish", "es"),
]


@pytest.mark.parametrize(("field", "written", "expected"), CANONICAL)
def test_words_of_dumps_are_unified(field: str, written: str, expected: str) -> None:
    """Words for the same status become one word in lower case; so do languages."""
    assert getattr(normalise(raw(**{field: written})), field) == expected


TYPES = [
    ({"type": "Thesis"}, "thesis"),
    ({"type": "Journal-Article"}, "journal article"),
    ({"type": "proceedings_article"}, "conference paper"),
    ({"venue": "nips"}, "conference paper"),
    ({"venue": "arXiv"}, "preprint"),
    ({"venue": "Unheard Of", "venue_kind": "Journal"}, "journal article"),
    ({"venue": "Unheard Of", "venue_kind": "workshop"}, "workshop paper"),
    ({}, ""),
]


@pytest.mark.parametrize(("fields", "expected"), TYPES)
def test_type(fields: dict[str, Any], expected: str) -> None:
    """The type is the one stated, else follows from the kind of the venue."""
    assert normalise(raw(**fields)).shown.type == expected


def test_topics() -> None:
    """Topics are in lower case and unique; arXiv categories keep their case."""
    given = ("Deep_Learning", "deep learning.", "", " ; ", "cs.LG", "hep-th", "GNNs")
    assert normalise(raw(topics=given)).topics == ("deep learning", "cs.LG", "hep-th", "gnns")
    assert len(normalise(raw(topics=tuple(f"t{n}" for n in range(999)))).topics) == MAX_TOPICS


def test_an_appearance_keeps_its_own_source() -> None:
    """An appearance from another record keeps that source; others get the source of this one."""
    other = Source("other.jsonl", "", 7, 70)
    shows = (Appearance("nips", year=2020, source=other), Appearance("arXiv", year=2019))
    found = normalise(raw(appearances=shows)).appearances
    assert [(show.venue, show.source) for show in found] == [("NeurIPS", other), ("arXiv", SOURCE)]
    assert found[0].venue_name == "nips"


def test_an_appearance_keeps_volume_issue_pages_and_publisher() -> None:
    """They are cleaned, whether a reader gives them alone or with its appearances."""
    alone = raw(venue="Sea", volume="Vol. 3", issue="4", pages="5--9", publisher="Sea  Press")
    shown = Appearance("Sea", volume="Vol. 3", issue="4", pages="5--9", publisher="Sea  Press")
    for record in (alone, raw(appearances=(shown,))):
        show = normalise(record).shown
        parts = (show.volume, show.issue, show.pages, show.publisher)
        assert parts == ("3", "4", "5-9", "Sea Press")


def test_editors_are_those_of_the_first_appearance() -> None:
    """They are cleaned, listed once, and none are kept for a journal or a repository."""
    editors = tuple(map(RawAuthor, ("Do, Cy", "Po, D.", "Cy Do")))
    shows = (Appearance("Sea", venue_kind="book"), Appearance("arXiv", editors=("Xu",)))
    found = normalise(raw(appearances=shows, editors=editors))
    assert [show.editors for show in found.appearances] == [("Cy Do", "D. Po"), ()]
    assert normalise(raw(venue="Sea", venue_kind="journal", editors=editors)).shown.editors == ()


def test_two_columns_of_one_title_have_two_ids() -> None:
    """Without an identifier, the id of a record depends on its volume, issue and pages."""
    given = [{}, {"volume": "1"}, {"volume": "2"}, {"volume": "2", "issue": "3"}, {"pages": "2"}]
    made = [normalise(raw(id="", title="From the Chair", **parts)).id for parts in given]
    assert len(set(made)) == len(given)


@pytest.mark.parametrize("known", ["i" * (MAX_ID + 1), "\0\0"])
def test_an_unusable_id_is_dropped(known: str) -> None:
    """A record whose own id is unusable is kept, with the id of one that has none."""
    for ids in ({"doi": "10.5555/a"}, {}):
        assert normalise(raw(id=known, ids=ids)).id == normalise(raw(id="", ids=ids)).id


REJECTED: list[tuple[dict[str, Any], str]] = [
    ({"title": ""}, "has no title"),
    ({"title": "\0\x01 \u200b"}, "has no title"),
    ({"title": "?!... --- $$"}, "has no title"),
    ({"id": "i" * (MAX_ID + 1), "part": "abstract"}, "has an id of 201 characters"),
    ({"id": "\0\0", "part": "abstract"}, "has an id of 2 characters"),
]


@pytest.mark.parametrize(("fields", "reason"), REJECTED)
def test_an_unusable_record_is_rejected(fields: dict[str, Any], reason: str) -> None:
    """A record without a usable title or id is rejected, with the reason in one clause."""
    with pytest.raises(RecordError, match=f"^{reason}$"):
        normalise(raw(**fields))


def test_a_huge_title_is_rejected_unread() -> None:
    """A title is measured before it is cleaned, which would shorten it and take long."""
    title = "<i>&amp;" * 1_250_000
    with pytest.raises(RecordError, match="has a title of 10,000,000 characters, over 5,000"):
        normalise(raw(title=title))


def test_unprintable_bytes_are_gone() -> None:
    """No field keeps NUL or another control character."""
    dirty = "a\0b\x07c\x1b"
    author = RawAuthor(name="Ann\0 Lee", affiliations=("M\0IT",))
    paper = normalise(raw(title=dirty, abstract=dirty, authors=(author,), topics=(dirty,)))
    said = [paper.title, paper.abstract, *paper.topics, paper.authors[0].name]
    assert all(text.isprintable() for text in [*said, *paper.authors[0].affiliations])


def test_a_full_text_is_cut() -> None:
    """An abstract is cut at its limit, and the paper is kept."""
    assert len(normalise(raw(abstract="word " * MAX_ABSTRACT)).abstract) <= MAX_ABSTRACT


@pytest.mark.parametrize(
    ("counted", "kept"),
    [(5, 5), (0, 0), (-1, None), (None, None), (MAX_CITATIONS + 1, None), (10**30, None)],
)
def test_citations(counted: int | None, kept: int | None) -> None:
    """A negative count means that citations are unknown, and one too high is a misprint."""
    assert normalise(raw(citations=counted)).citations == kept


@pytest.mark.parametrize(("written", "expected"), [
    ("Code: ada@example.org or write.", "Code: or write."),
    ("Write to a.b-c@mail.example.ac.uk", "Write to"),
    ("Fe3O4@SiO2 and hits@10 stay.", "Fe3O4@SiO2 and hits@10 stay."),
])  # fmt: skip
def test_no_address_of_a_person_stays_in_an_abstract(written: str, expected: str) -> None:
    """E-mail addresses are removed from abstracts of every dump."""
    assert normalise(RawRecord(Source(), "jsonl", title="T", abstract=written)).abstract == expected


def test_no_mail_is_kept_of_an_institution() -> None:
    """E-mail addresses are removed from affiliations of every dump."""
    places = ("UCLA (email: ada@ucla.example.org)", "bob@mit.edu", "MIT")
    found = normalise(
        RawRecord(
            Source("d"),
            "arxiv",
            id="x",
            title="T",
            authors=(RawAuthor(name="Ada Lee", affiliations=places),),
        )
    )
    assert found.authors[0].affiliations == ("UCLA", "MIT")


@pytest.mark.parametrize(("scheme", "written", "expected"), [
    ("pmid", "PMID: 101", "101"), ("pmc", "101", "PMC101"), ("acl", "acl:p19-1001", "P19-1001"),
    ("isbn", "0-262-03384-5", "0-262-03384-5"), ("mag", " 1 ", "1"),
])  # fmt: skip
def test_other_identifiers(scheme: str, written: str, expected: str) -> None:
    """Identifiers of other schemes become canonical; what cannot be parsed is kept."""
    assert normalise(raw(id="x", ids={scheme: written})).ids == {scheme: expected}


def test_prose_is_no_number_of_pubmed() -> None:
    """A note in a field for a number of PubMed or PubMed Central is dropped."""
    written = {"pmid": "Not indexed in PubMed", "pmc": "see the site", "mag": "1"}
    assert normalise(raw(id="x", ids=written)).ids == {"mag": "1"}
