"""Test the keys of BibTeX entries."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Appearance, Author, Paper
from search.errors import ParameterInvalid
from web.exports.keys import DEFAULT_PATTERN, ENVIRONMENT, KeyPattern, read_key_pattern

PAPER = Paper(
    id="arxiv:1706.03762",
    title="The Attention Is All You Need",
    authors=(Author("Łukasz Kaiser"),),
    appearances=(Appearance(venue="NeurIPS", year=2017),),
)


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        (DEFAULT_PATTERN, r"kaiser2017attention-[a-z2-7]{5}"),
        ("{family}:{year}", r"kaiser:2017-[a-z2-7]{5}"),
        ("{hash}", r"[a-z2-7]{5}"),
        ("{id}", r"arxiv:1706\.03762"),
        ("{venue}/{year}/{word}{hash}", r"neurips/2017/attention[a-z2-7]{5}"),
    ],
)
def test_patterns_are_filled(pattern: str, key: str) -> None:
    """Each field has its value, and what does not tell papers apart is followed by a hash."""
    assert re.fullmatch(key, KeyPattern(pattern).make_key(PAPER))


@pytest.mark.parametrize(
    "pattern",
    ["", "plain", "{", "{family", "{title}", "{family!r}", "{year:>9}", "{0}", "{family} {year}",
     "{family},{year}", "{family.x}", "{hash}" * 30],
)  # fmt: skip
def test_bad_patterns_are_refused(pattern: str) -> None:
    """A pattern with an unknown field, a sign that keys cannot have or no field is refused."""
    with pytest.raises(ParameterInvalid, match="key pattern"):
        KeyPattern(pattern)


@given(st.text(max_size=50), st.text(max_size=50), st.text(min_size=1, max_size=50))
def test_every_key_can_be_cited(title: str, name: str, paper_id: str) -> None:
    """Whatever a paper holds, its key has only signs that LaTeX can cite."""
    paper = Paper(id=paper_id, title=title, authors=(Author(name),))
    for pattern in (DEFAULT_PATTERN, "{id}", "{venue}{hash}"):
        assert re.fullmatch(r"[A-Za-z0-9:._/+-]+", KeyPattern(pattern).make_key(paper))


def test_papers_that_differ_only_in_their_id_have_different_keys() -> None:
    """No order decides: each key can be computed alone."""
    keys = KeyPattern()
    others = [Paper(id=f"x:{number}", title="A title") for number in range(100)]
    assert len({keys.make_key(paper) for paper in others}) == len(others)


def test_the_environment_names_the_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written on the command line precedes it."""
    monkeypatch.setenv(ENVIRONMENT, "{id}")
    assert read_key_pattern().make_key(PAPER) == PAPER.id
    assert read_key_pattern("{year}-{id}").make_key(PAPER) == f"2017-{PAPER.id}"
