"""Test the JSON of related papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.answers.related import find_related
from web.api.papers import describe_paper
from web.api.similar import describe_similar

if TYPE_CHECKING:
    from search.answers.searcher import Searcher


def test_related_papers_are_ranked_papers(sample_searcher: Searcher) -> None:
    """The document names the paper and lists the related ones in order, numbers rounded."""
    found = find_related(sample_searcher, sample_searcher.read_paper("kingma-2015-adam"), limit=3)
    document = describe_similar(found)
    assert (document.id, document.title) == ("kingma-2015-adam", found.paper.title)
    assert list(document.words) == list(found.words)
    assert document.words == {word: round(weight, 4) for word, weight in found.words.items()}
    assert [hit.rank for hit in document.hits] == [1, 2, 3]
    assert [hit.score for hit in document.hits] == [round(hit.score, 4) for hit in found.hits]
    urls = [describe_paper(hit.paper).url for hit in found.hits]
    assert [hit.url for hit in document.hits] == urls
