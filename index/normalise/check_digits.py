"""Check the digits of ORCID iDs and ISBNs, and write each in its one canonical form."""

import re
from operator import mul

TEN = 10
"""The remainder that a check digit writes as X; also the digits of an ISBN from before 2007."""

_ORCID_LENGTH = 19
"""Characters of an ORCID iD with its three hyphens."""

_ORCID_WEIGHTS = tuple(2**power % 11 for power in range(15, 0, -1))
"""By what each digit but the last is multiplied."""

_ORCID_CHECKS = "10X98765432"
"""The check digit by the weighted sum of the digits modulo 11."""


def canonicalise_orcid(value: str) -> str:
    """Write an ORCID iD with its hyphens.

    Args:
        value: 16 digits, the last of which may be X; hyphens or none.

    Returns:
        The iD; empty if its check digit is wrong.

    Source: ISO/IEC 7064, MOD 11-2.
    """
    written = value.upper()
    digits = written.replace("-", "")
    total = sum(map(mul, map(int, digits[:-1]), _ORCID_WEIGHTS))
    if digits[-1] != _ORCID_CHECKS[total % 11]:
        return ""
    if len(written) == _ORCID_LENGTH:
        return written
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


def canonicalise_isbn(value: str) -> str:
    """Write an ISBN as 13 digits; one of ten digits is prefixed with 978.

    Args:
        value: 10 or 13 digits with hyphens or spaces; X can be the last of ten.

    Returns:
        The ISBN; empty if its check digit is wrong.

    Source: ISO 2108.
    """
    digits = re.sub(r"[^\dX]", "", value.upper())
    if len(digits) == TEN:
        values = [TEN if digit == "X" else int(digit) for digit in digits]
        if sum(value * (TEN - at) for at, value in enumerate(values)) % 11:
            return ""
        digits = f"978{digits[:9]}"
        return digits + _compute_isbn_check(digits)
    return digits if digits[-1] == _compute_isbn_check(digits[:12]) else ""


def _compute_isbn_check(digits: str) -> str:
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
    return str(-total % 10)
