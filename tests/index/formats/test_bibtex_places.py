r"""Check where entries of BibTeX appeared, by their venues, volumes, pages and publishers."""

import pytest

from index.formats.bibtex_places import Place, find_place


def find(kind: str, **fields: str) -> Place:
    """Return the place of an entry that is not on arXiv."""
    return find_place(kind, fields, has_arxiv_id=False)


PLACES = [
    ("article", {"journal": "Proofs", "volume": "3", "number": "{2}", "pages": "1--9"},
     ("Proofs", "3", "2", "1--9", "")),
    ("article", {"journaltitle": "Proofs", "issue": "2", "eid": "e12"},
     ("Proofs", "", "2", "e12", "")),
    ("article", {"journal": "{\\mnras}", "articleno": "12", "numpages": "30"},
     ("Monthly Notices of the Royal Astronomical Society", "", "", "12", "")),
    ("article", {"journal": "\\nosuchjournal"}, ("\\nosuchjournal", "", "", "", "")),
    ("phdthesis", {"school": "{Roe} College", "pages": "212"},
     ("Roe College", "", "", "", "Roe College")),
    ("techreport", {"institution": "{Institute P}", "number": "TR-7"},
     ("Institute P", "", "TR-7", "", "Institute P")),
    ("book", {"publisher": "Foo {\\&} Sons", "pages": "300"}, ("", "", "", "", "Foo \\& Sons")),
    ("article", {"journal": "``Proofs'', I--II", "eid": "10.1000/a.1"},
     ("\u201cProofs\u201d, I\u2013II", "", "", "", "")),
    ("inbook", {"booktitle": "Proofs", "pages": "12"}, ("Proofs", "", "", "12", "")),
    ("article", {"journal": "Phys.Rev.", "volume": "D66"}, ("Phys.Rev. D", "66", "", "", "")),
    ("article", {"journal": "Phys.Rev.D", "volume": "D66"}, ("Phys.Rev.D", "66", "", "", "")),
    ("article", {"journal": "Phys.Rev.D", "volume": "C66"}, ("Phys.Rev.D", "C66", "", "", "")),
    ("article", {"journal": "Annals of Snow", "volume": "D66"},
     ("Annals of Snow", "D66", "", "", "")),
    ("misc", {"howpublished": "\\url{https://x.org}"}, ("", "", "", "", "")),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "fields", "expected"), PLACES)
def test_places(kind: str, fields: dict[str, str], expected: tuple[str, ...]) -> None:
    """Each part is read from the field that BibTeX, BibLaTeX or an exporter uses for it."""
    place = find(kind, **fields)
    assert (place.venue, place.volume, place.issue, place.pages, place.publisher) == expected


def test_a_paper_on_arxiv_only() -> None:
    """A paper with an arXiv id and no venue, or a venue that is arXiv's, appeared on arXiv."""
    fields = {"journal": "arXiv e-prints", "eid": "arXiv:2001.00001", "pages": "arXiv:2001.00001"}
    assert find_place("article", fields, has_arxiv_id=True).venue == "arXiv"
    assert find_place("article", {"journal": "Proofs"}, has_arxiv_id=True).venue == "Proofs"
