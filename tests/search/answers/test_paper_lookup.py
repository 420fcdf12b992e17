"""Test that identifiers, addresses and titles name the right paper."""

from collections.abc import Callable
from pathlib import Path

import pytest

from search.answers.paper_lookup import find_paper
from search.answers.searcher import Searcher
from search.errors import PaperMissing

ATTENTION = "vaswani-2017-attention"

NAMES = [
    "vaswani-2017-attention",
    "1706.03762",
    "arXiv:1706.03762v5",
    "https://arxiv.org/abs/1706.03762",
    "Attention is all you need",
    '"Attention Is All You Need"',
    " attention is all you need. ",
    "A. Vaswani et al. Attention (arXiv:1706.03762v5), NeurIPS 2017.",
    "Vaswani et al., https://arxiv.org/pdf/1706.03762v5.pdf#page=3",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_has_many_names(sample_searcher: Searcher, name: str) -> None:
    """An id, another identifier, an address, a reference or a complete title finds the paper."""
    assert find_paper(sample_searcher, name).id == ATTENTION


def test_a_doi_finds_its_paper(sample_searcher: Searcher) -> None:
    """A DOI finds its paper in any case and as an address, even if the paper is hidden."""
    for name in ("10.1016/S0140-6736(97)11096-0", "https://doi.org/10.1016/s0140-6736(97)11096-0"):
        assert find_paper(sample_searcher, name).id == "wakefield-1998-hyperplasia"


@pytest.mark.parametrize("name", ["", " ", "attention", "attention is all you", "10.1/x", "(", "*"])
def test_other_texts_find_nothing(sample_searcher: Searcher, name: str) -> None:
    """An unknown id or a part of a title raises an error."""
    with pytest.raises(PaperMissing):
        find_paper(sample_searcher, name)


def test_addresses_numbers_and_people(index_of: Callable[..., Path]) -> None:
    """Any address of a paper names it, and so does a number; an ORCID iD names no paper."""
    orcid = "0000-0002-1694-233X"
    searcher = Searcher(
        index_of(
            {"id": "tern", "title": "Terns", "ids": {"pmid": 5432, "isbn": "9780262033848"},
             "authors": [{"name": "Eva Lind", "ids": {"orcid": orcid}}],
             "urls": {"slides": "https://talks.example.org/tern.html"}},
            {"id": "gull", "title": "Gulls", "ids": {"s2": "98765"}},
        )
    )  # fmt: skip
    for name in ("5432", "pmid:5432", "ISBN 0-262-03384-4", "978-0-262-03384-8",
                 "http://talks.example.org/tern.html?x=1",
                 "doi:10.1000/none, PMID: 5432"):  # fmt: skip
        assert find_paper(searcher, name).id == "tern"
    assert find_paper(searcher, "CorpusID:98765").id == "gull"
    for name in (orcid, f"orcid:{orcid}", f"https://orcid.org/{orcid}", "pmid:98765"):
        with pytest.raises(PaperMissing):
            find_paper(searcher, name)
