"""Test the check digits of ORCID iDs and ISBNs."""

import pytest

from index.normalise.check_digits import canonicalise_isbn, canonicalise_orcid


@pytest.mark.parametrize(
    "orcid", ["0000-0002-1825-0097", "0000-0002-1694-233X", "0000-0001-5109-3700"]
)
def test_only_one_last_digit_of_an_orcid_is_right(orcid: str) -> None:
    """Of the eleven last digits one is accepted; the examples are ORCID's own."""
    accepted = [digit for digit in "0123456789X" if canonicalise_orcid(orcid[:-1] + digit)]
    assert accepted == [orcid[-1]]


@pytest.mark.parametrize(("isbn", "canonical"), [
    ("0-306-40615-2", "9780306406157"), ("978-0-306-40615-7", "9780306406157"),
    ("080442957X", "9780804429573"),
])  # fmt: skip
def test_only_one_last_digit_of_an_isbn_is_right(isbn: str, canonical: str) -> None:
    """An ISBN of ten digits and its form of thirteen are the same book."""
    digits = "0123456789X" if len(canonical) > len(isbn.replace("-", "")) else "0123456789"
    found = {digit: canonicalise_isbn(isbn[:-1] + digit) for digit in digits}
    assert {digit: value for digit, value in found.items() if value} == {isbn[-1]: canonical}
