"""Check that identifiers and addresses lose the LaTeX of their signs."""

import pytest

from index.normalise.dois import extract_doi
from index.normalise.latex_signs import unescape_latex

ESCAPED = [
    (r"10.1000/a\_b", "10.1000/a_b"),
    (r"10.1000/a{\_}b", "10.1000/a_b"),
    (r"10.1000/a{_}b", "10.1000/a_b"),
    (r"https://x.org/a\{_\}b", "https://x.org/a_b"),
    (r"10.1000/a{\textunderscore}b\textunderscore{}c\textunderscore d", "10.1000/a_b_c_d"),
    (r"10.1000/a{\textbackslash}{\_}b", "10.1000/a_b"),
    (r"10.1000/12{\textless}34::a{\textgreater}3", "10.1000/12<34::a>3"),
    (r"10.1000/12$<$34::a$>$3", "10.1000/12<34::a>3"),
    (r"10.1000/12$\langle$34::a$\rangle$3", "10.1000/12<34::a>3"),
    (r"https://x.org/\%7Eroe/a\&b\#c", "https://x.org/%7Eroe/a&b#c"),
    (
        r"https://x.org/\~{}roe/{\textasciitilde}doe/$\sim$poe/\~moe",
        "https://x.org/~roe/~doe/~poe/~moe",
    ),
    (r"\url{https://x.org/a\_b}", "https://x.org/a_b"),
    (r"https://x.org/a\b", r"https://x.org/a\b"),
    ("10.1000/plain_1", "10.1000/plain_1"),
]


@pytest.mark.parametrize(("written", "plain"), ESCAPED)
def test_escaped_signs(written: str, plain: str) -> None:
    """Each way to write a sign in LaTeX is undone; other backslashes stay."""
    assert unescape_latex(written) == plain


def test_a_doi_is_found_behind_latex() -> None:
    """A DOI is cut after its signs are plain, so that it does not end at the first of them."""
    assert extract_doi(r"https://doi.org/10.1000/a\%28b\%29{\_}c.") == "10.1000/a(b)_c"
