"""Test how text is written as values of BibTeX."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.bibtex_text import escape_address, escape_text, write_title


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("BERT: Pre-training of Deep Transformers", "{BERT}: Pre-training of Deep Transformers"),
        ("Training ImageNet, in 1 Hour", "Training {ImageNet}, in 1 Hour"),
        ("Deep Q-Learning and I", "Deep {Q}-Learning and {I}"),
        ("A Method: A Study", "A Method: A Study"),
        ("R&D at 50% of #1 in C_2", r"{R\&D} at 50\% of \#1 in {C\_2}"),
        ("DEEP LEARNING FOR VISION", "DEEP LEARNING FOR VISION"),
        ("On the sampling of Markov chains", "On the sampling of {Markov} chains"),
        ("Learning in $O(n^2)$ Time", "Learning in {$O(n^2)$} Time"),
        ("From $5 to $10", r"From \$5 to \$10"),
        ("A set {a, b}", r"A set {\lbrace}a, b{\rbrace}"),
        ("Of a\\b", r"Of a{\textbackslash}b"),
        ("3D Gaussian Splatting", "{3D} Gaussian Splatting"),
    ],
)  # fmt: skip
def test_titles_are_written(title: str, written: str) -> None:
    """Signs are escaped, formulas stay, and capitals that mean something are protected."""
    assert write_title(title) == written


def test_addresses_keep_what_latex_escapes_elsewhere() -> None:
    """In an address only the signs that would end the value are changed."""
    assert escape_address(" https://a.org/x_y%20{z}?a=1&b#c ") == (
        "https://a.org/x_y%20%7Bz%7D?a=1&b#c"
    )


@given(st.text(alphabet=st.sampled_from('ab{}\\$%&_^~# \n"@A1é'), max_size=40))
def test_braces_are_balanced(text: str) -> None:
    """Whatever a text holds, no brace in its value lacks a partner or is escaped."""
    for write in (write_title, escape_text, escape_address):
        depth = 0
        for sign in write(text):
            depth += {"{": 1, "}": -1}.get(sign, 0)
            assert depth >= 0
        assert depth == 0
        assert "\n" not in write(text)
