"""Check how Dublin Core is read in the variants that repositories write."""

from xml.etree.ElementTree import Element, SubElement

import pytest

from index.formats.dublin_core import convert_dublin_core
from index.normalise.paper import normalise
from index.records import Paper, Source

THESIS = {
    "title": ["On rain", "Über Regen"],
    "creator": ["Köhler, Åsa (a.k@uni.example)", " "],
    "contributor": ["Nobody, N."],
    "subject": ["rain; clouds", "weather"],
    "description": [
        "Peer reviewed",
        "We look at rain of Fe3O4@SiO2 and hits@10; write to a.k@uni.example.",
    ],
    "date": ["2019-06-01T10:00:00Z", "[2003]", "n.d."],
    "type": ["info:eu-repo/semantics/publishedVersion", "info:eu-repo/semantics/doctoralThesis"],
    "language": ["und", "ger"],
    "identifier": [
        "https://repository.example/1",
        "https://repository.example/1/thesis.pdf",
        "https://doi.org/10.5281/example.7",
    ],
    "relation": [
        "doi:10.1000/another",
        "info:eu-repo/semantics/altIdentifier/arxiv/arxiv:2101.00001",
    ],
    "source": ["2049-3630", "https://j.example", "Journal of Rain; Vol 1 No 1 (2003); 1-10"],
    "rights": ["CC BY"],
}


def read(**changes: list[str]) -> Paper:
    """Read the thesis with some of its elements changed."""
    core = Element("dc")
    for name, texts in (THESIS | changes).items():
        for text in texts:
            SubElement(core, name).text = text
    return normalise(convert_dublin_core(core, Source("d.xml", "", 1, 0)))


def test_a_thesis() -> None:
    """Of several values the fitting ones are read, and no e-mail address is kept."""
    found = read()
    assert found.title == "On rain"
    assert found.abstract.startswith("We look at rain of Fe3O4@SiO2 and hits@10; write to")
    assert "uni.example" not in repr(found)
    assert [author.name for author in found.authors] == ["Åsa Köhler"]
    assert found.ids == {"doi": "10.5281/example.7", "arxiv": "2101.00001"}
    assert found.urls == {
        "page": "https://repository.example/1",
        "pdf": "https://repository.example/1/thesis.pdf",
    }
    show = found.shown
    assert (show.venue, show.year, show.type) == ("Journal of Rain", 2003, "thesis")
    assert (found.topics, found.language) == (("rain", "clouds", "weather"), "de")


DOIS = [
    ({"identifier": ["10.1000/x"]}, "10.1000/x"),
    ({"identifier": ["doi: 10.1000/x"]}, "10.1000/x"),
    ({"identifier": ["DOI:10.1000/X"]}, "10.1000/x"),
    ({"identifier": ["http://dx.doi.org/10.1000/x"]}, "10.1000/x"),
    ({"identifier": ["hdl:1234/5"]}, None),
    ({"identifier": ["cites 10.1000/x"]}, None),
    ({"identifier": [], "relation": ["https://doi.org/10.1000/x"]}, None),
    ({"identifier": ["Lee, A. (2003). On rain. Rain 3, 1-9. doi:10.1000/x"]}, "10.1000/x"),
    ({"identifier": ["https://h.example/1"], "description": ["DOI: 10.1000/x"]}, "10.1000/x"),
    ({"identifier": [], "description": [
        "This is the author's copy. The final version is available at https://doi.org/10.1000/x."]},
     "10.1000/x"),
    ({"identifier": [], "description": ["We repeat the study of doi:10.1000/x."]}, None),
    ({"identifier": [], "description": [f"The final version {'x ' * 200} doi:10.1000/x"]}, None),
    ({"identifier": [], "source": ["Journal of Rain, 3(2), 1-9, doi:10.1000/x"]}, "10.1000/x"),
    ({"identifier": [], "source": ["10.1000/issue"]}, None),
    ({"identifier": [], "relation": ["http://dx.doi.org/10.1000/x"], "type": ["Article"]},
     "10.1000/x"),
    ({"identifier": [], "relation": ["10.1000/x", "doi:10.1000/X"], "type": ["Article"]},
     "10.1000/x"),
    ({"identifier": [], "relation": ["10.1000/x", "10.1000/y"], "type": ["Article"]}, None),
    ({"identifier": [], "relation": ["isPartOf 10.1000/x"], "type": ["Article"]}, None),
    ({"identifier": [], "relation": ["10.1000/x"], "type": ["Dataset"]}, None),
    ({"identifier": [], "relation": ["10.1000/x"], "type": ["Book chapter"]}, None),
    ({"identifier": ["10.1000/o"], "relation": ["10.1000/x"], "type": ["Article"]}, "10.1000/o"),
    ({"identifier": [], "relation": ["info:eu-repo/semantics/altIdentifier/doi/10.1000/x"]},
     "10.1000/x"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "doi"), DOIS)
def test_doi(change: dict[str, list[str]], doi: str | None) -> None:
    """A DOI is the paper's if it is an identifier or clearly names the published version."""
    assert read(**change).ids.get("doi") == doi


VENUES = [
    ({"source": ["Journal of Rain; Vol. 3 No. 2 (2018): Spring; 101-110"]},
     ("Journal of Rain", "3", "2", "101-110")),
    ({"source": ["Rain Press"], "publisher": ["Rain press"]}, ("", "", "", "")),
    ({"source": ["Journal of Rain"], "publisher": ["Journal of Rain"]},
     ("Journal of Rain", "", "", "")),
    ({"source": ["Rain; Vol 3"], "publisher": ["Rain"]}, ("Rain", "3", "", "")),
    ({"source": [], "relation": ["info:x", "Grant 7", "Journal of Rain, 3(2)", "Rain Letters"]},
     ("Journal of Rain", "3", "2", "")),
    ({"source": ["ISSN: 2049-3630", "urn:issn:20493630"]}, ("", "", "", "")),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), VENUES)
def test_venues(change: dict[str, list[str]], expected: tuple[str, str, str, str]) -> None:
    """A source has venue, volume, issue and pages; one that repeats the publisher has none."""
    show = read(**change).shown
    assert (show.venue, show.volume, show.issue, show.pages) == expected


TYPES = [
    (["Text", "Article"], "Journal of Rain", "journal", "journal article"),
    (["info:eu-repo/semantics/conferenceObject"], "Journal of Rain", "conference",
     "conference paper"),
    (["http://purl.org/coar/resource_type/c_46ec", "thesis"], "Journal of Rain", "journal",
     "thesis"),
    (["Image"], "Journal of Rain", "journal", "journal article"),
    ([], "Journal of Rain", "journal", "journal article"),
]  # fmt: skip


@pytest.mark.parametrize(("types", "venue", "kind", "named"), TYPES)
def test_types(types: list[str], venue: str, kind: str, named: str) -> None:
    """The first known word is the type; without one the type follows from the venue."""
    show = read(type=types).shown
    assert (show.venue, show.venue_kind, show.type) == (venue, kind, named)


YEARS = [(["2020", "2001-05"], 2001), (["99999", "0"], None), ([], None), (["c1998."], 1998)]


@pytest.mark.parametrize(("dates", "year"), YEARS)
def test_the_year_is_the_earliest(dates: list[str], year: int | None) -> None:
    """The year is the earliest of all dates; later ones are those of versions and uploads."""
    assert read(date=dates).shown.year == year


LANGUAGES = [
    (["und", "ger"], "de"),
    (["DE", "en"], "de"),
    (["en_US"], "en"),
    (["haw"], "haw"),
    (["Kauderwelsch"], ""),
    ([], ""),
]


@pytest.mark.parametrize(("written", "code"), LANGUAGES)
def test_the_first_known_language_counts(written: list[str], code: str) -> None:
    """The language is the first that is known; undetermined and unknown ones are passed over."""
    assert read(language=written).language == code
