"""Check that the authors of BibTeX are split, and organisations kept whole."""

import pytest

from index.formats.bibtex_names import convert_authors
from index.names.parser import read_name
from index.normalise.paper import normalise
from index.records import RawAuthor, RawRecord, Source

AUTHORS = [
    ("Roe, Jane and {Institute of Proofs, Ltd.} and Doe, Max",
     ["Jane Roe", "Institute of Proofs Ltd.", "Max Doe"]),
    ("{Institute of {P}roofs and Theorems, Ltd.}", ["Institute of Proofs and Theorems Ltd."]),
    ("{Roe, Jane and Doe, Max}", ["Jane Roe", "Max Doe"]),
    ("{Jane Roe}", ["Jane Roe"]),
    ("{van der Roe}, Jane and {\\'E}mile {D}oe", ["Jane van der Roe", "Émile Doe"]),
    ("Roe, {Jane Ann}", ["Jane Ann Roe"]),
    ("Roe, Jr., Jane and Doe, Max, III", ["Jane Roe Jr.", "Max Doe III"]),
    ("Jane Roe, Max Doe, Ann Lee", ["Jane Roe", "Max Doe", "Ann Lee"]),
    ("Roe, J., Doe, M., Lee, A.", ["J. Roe", "M. Doe", "A. Lee"]),
    ("Roe, Jane; Doe, Max", ["Jane Roe", "Max Doe"]),
    ("family=van der Roe, given=Jane, given-i=J and Doe, Max", ["Jane van der Roe", "Max Doe"]),
    ("family=Roe, given=Jane, prefix=von, useprefix=true", ["Jane von Roe"]),
    ("Roe, Jane and and Doe, Max and others", ["Jane Roe", "Max Doe"]),
    ("Roe, Jane AND\n  Doe, Max,", ["Jane Roe", "Max Doe"]),
    ("others", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("written", "names"), AUTHORS)
def test_authors(written: str, names: list[str]) -> None:
    """Each author is read in the order given name, family name."""
    raw = RawRecord(Source(), "bibtex", id="x", title="T", authors=convert_authors(written))
    assert [author.name for author in normalise(raw).authors] == names


def test_an_organisation_is_marked() -> None:
    """Braces around a name mark a body, whose comma separates no given name."""
    (author,) = convert_authors("{Proofs, Theorems and Lemmas}")
    assert author == RawAuthor(name="Proofs, Theorems and Lemmas", body=True)
    assert read_name("Proofs, Theorems") == ("Theorems Proofs", "theorems proofs")
