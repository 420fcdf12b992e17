"""Test references as publications print them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.records import Appearance, Author, Paper
from web.exports.cite import STYLES, render_reference

APA, IEEE = STYLES
PAPER = Paper(
    id="x:1",
    title="Learning <b>fast</b> & well",
    authors=tuple(map(Author, ("Aviral Kumar", "Laurens van der Maaten", "ATLAS Collaboration"))),
    appearances=(
        Appearance("J", "Journal of Tests", "journal", 2020, "journal article", None, "2020-06",
                   "33", "4", "101-110"),
    ),
    ids={"doi": "10.1000/x"},
)  # fmt: skip
PREPRINT = Paper(
    id="x:2",
    title="A preprint",
    authors=(Author("Jane Roe"),),
    appearances=(Appearance("arXiv", "", "repository", 2020, "preprint"),),
    ids={"arxiv": "2001.00001"},
)


def test_apa() -> None:
    """Names, year, title, journal with volume and issue, pages, DOI."""
    assert render_reference(PAPER, APA) == (
        "Kumar, A., van der Maaten, L., &amp; ATLAS Collaboration. (2020). Learning "
        "&lt;b&gt;fast&lt;/b&gt; &amp; well. <i>Journal of Tests</i>, <i>33</i>(4), 101–110. "
        "https://doi.org/10.1000/x"
    )
    assert "Roe, J. (2020). <i>A preprint</i> (arXiv:2001.00001). arXiv" in (
        render_reference(PREPRINT, APA)
    )


def test_ieee() -> None:
    """Initials first, the title in quotes, and the month."""
    assert render_reference(PAPER, IEEE).startswith(
        "A. Kumar, L. van der Maaten, and ATLAS Collaboration, “Learning &lt;b&gt;fast&lt;/b&gt; "
        "&amp; well”, <i>Journal of Tests</i>, vol. 33, no. 4, pp. 101–110"
    )


def test_a_paper_without_anything_is_cited_by_its_title() -> None:
    """Styles say that the year is unknown."""
    assert "T" in render_reference(Paper("x:1", "T"), APA)
    assert render_reference(Paper("x:1", "T"), IEEE) == "“T”."


@settings(max_examples=60)
@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(STYLES))
def test_no_text_becomes_markup(title: str, name: str, style: object) -> None:
    """Whatever a paper holds, the tags are those of the style."""
    paper = Paper("x:1", f"<script>{title}", authors=(Author(name),), appearances=PAPER.appearances)
    written = render_reference(paper, style)  # type: ignore[arg-type]
    assert set(re.findall("<[^>]*>", written)) <= {"<i>", "</i>", "<b>", "</b>", "<sup>", "</sup>"}
    assert "&lt;script&gt;" in written


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.label)
def test_many_authors(style: object) -> None:
    """A list of hundreds of authors is shortened by the style."""
    many = Paper("x:1", "T", authors=tuple(Author(f"Ann Author{n}") for n in range(300)))
    assert len(render_reference(many, style)) < 600  # type: ignore[arg-type]
