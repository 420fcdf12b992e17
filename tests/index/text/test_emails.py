"""Check that e-mail addresses go and that other uses of ``@`` stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.emails import (
    cut_before_mail,
    remove_mail_from_affiliation,
    remove_mail_from_prose,
)

PROSE = [
    ("Write to ann.lee+x@uni-bonn.example.de.", "Write to ."),
    ("a@b.example, c@d.example", ", "),
    ("{ada, bob}@x.org", ""),
    ("ada@x. org", ""),
    ("Fe3O4@SiO2.The core", "Fe3O4@SiO2.The core"),
    ("nDCG@10, hits@k and P@5.", "nDCG@10, hits@k and P@5."),
    ("@handle and x@ y.z", "@handle and x@ y.z"),
    ("x" * 100_000 + "@" * 100_000, "x" * 100_000 + "@" * 100_000),
]


@pytest.mark.parametrize(("written", "kept"), PROSE)
def test_prose(written: str, kept: str) -> None:
    """Addresses leave an abstract; measures and materials with the same sign stay."""
    assert remove_mail_from_prose(written) == kept


AFFILIATIONS = [
    ("University of Bonn, Germany. ann@uni-bonn.de", "University of Bonn, Germany"),
    ("MIT. Electronic address: ann@mit.edu.", "MIT"),
    ("MIT (e-mail: ann@mit.edu)", "MIT"),
    ("ann@mit.edu", ""),
    ("Institute for Mail", "Institute for Mail"),
]


@pytest.mark.parametrize(("written", "kept"), AFFILIATIONS)
def test_affiliations(written: str, kept: str) -> None:
    """An address leaves an affiliation together with the words that introduce it."""
    assert remove_mail_from_affiliation(written) == kept


EXCERPTS = [
    ("by Ann <ann.lee@example.org>", "by Ann <"),
    ("to {ada, bob}@x.org", "to "),
    ("<by><x:Email>a</x:Email>", "<by>"),
    ('{"id": 1, "e-mail": "ann', '{"id": 1, '),
    ("no address at all", "no address at all"),
]


@pytest.mark.parametrize(("written", "kept"), EXCERPTS)
def test_excerpts(written: str, kept: str) -> None:
    """An excerpt ends before the first address, or before the word that announces one."""
    assert cut_before_mail(written) == kept


@given(st.text("ab.@{}, <>'\"", max_size=40))
def test_an_excerpt_holds_no_part_of_an_address(text: str) -> None:
    """What is kept is a beginning of the text without an ``@`` after a word."""
    kept = cut_before_mail(text)
    assert text.startswith(kept)
    assert "a@" not in kept
