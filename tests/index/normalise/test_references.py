"""Check how readers write references."""

import pytest

from index.normalise.references import collect_references, format_reference


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("10.1000/X", "doi:10.1000/X"),
        ("https://doi.org/10.1000/x", "doi:10.1000/x"),
        ("arXiv:2006.04779v2", "arxiv:2006.04779"),
        ("pmid:12", "pmid:12"),
        ("x-1", "x-1"),
        ("my paper 1", "mypaper1"),
        ("https://example.org/a", "https://example.org/a"),
        (" ", ""),
    ],
)
def test_a_text_is_read_as_a_reference(text: str, reference: str) -> None:
    """Identifiers get their scheme; ids of records and addresses stay, without white space."""
    assert format_reference(text) == reference


def test_identifiers_of_a_work_are_joined() -> None:
    """Works without identifiers are left out."""
    works = [{"doi": "10.1000/x", "pmid": ""}, {}, {"s2": "1", "arxiv": "2006.04779"}]
    assert collect_references(works) == ("doi:10.1000/x", "s2:1 arxiv:2006.04779")
