"""Test that suggestions are written as papers write them, and that right words are left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.engines.engine import ENGINES
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from search.suggest.written_forms import WrittenForms
from tests.support.made_works import make_separate_documents, write_index

if TYPE_CHECKING:
    from pathlib import Path

COMMON = 40

MADE: list[dict[str, object]] = [
    {"id": "ru", "title": "Глубокие нейроны и вычисления", "authors": ["Ё. Ёлкин"]},
    {"id": "de", "title": "Zur Präzisionsmessung mit Größen", "authors": ["Jörg Weißmüller"]},
    {"id": "de2", "title": "Präzisionsmessung", "abstract": "Eine präzisionsmessung."},
    {"id": "fr", "title": "L’échantillonnage et d'Amérique", "authors": ["Pau d'Urgell"]},
    {"id": "rare", "title": "Grammar of Yoruba", "abstract": "Sesotho has tones."},
    {"id": "slip", "title": "Occurence of tones"},
]
REPEATED: list[dict[str, object]] = [
    {"title": "Occurrence of tonal patterns"},
    {"title": "Yorubo", "abstract": "Consistent"},
    {"title": "Resistent"},
]
COPIES = [{"id": f"{n}-{at}"} | paper for at, paper in enumerate(REPEATED) for n in range(COMMON)]
PAPERS = [paper | {"year": 2011} for paper in [*MADE, *COPIES]]


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Open an index of words in several languages, made by each engine."""
    folder: Path = tmp_path_factory.mktemp("forms")
    return Searcher(write_index(folder, make_separate_documents(PAPERS), request.param))


SUGGESTED = [
    ("глубокии нейронны", "глубокие нейроны"),
    ("Praezisionsmessung", "Präzisionsmessung"),
    ("praezisionsmesung", "präzisionsmessung"),
    ("groessen zur", "größen zur"),
    ("l'echantilonnage", "l'échantillonnage"),
    ('author:"Joerg Weissmueler"', 'author:"Joerg Weißmüller"'),
    ("author:durgoll", "author:d'urgell"),
    ("occurence", "occurrence"),
]


@pytest.mark.parametrize(("typed", "better"), SUGGESTED)
def test_words_are_suggested_as_papers_write_them(
    searcher: Searcher, typed: str, better: str
) -> None:
    """A suggestion has the letters of the papers, the case of the typed word and its syntax."""
    suggestion = searcher.search(SearchRequest(typed)).suggestion
    assert suggestion is not None
    assert suggestion.query == better
    assert searcher.search(SearchRequest(better)).total >= suggestion.total > 0


@pytest.mark.parametrize("typed", ["Yoruba", "grammar of yoruba", "consistant", "title:yoruba"])
def test_words_that_find_papers_are_left_alone(searcher: Searcher, typed: str) -> None:
    """Neither a rare word of a title nor a word that matches through its stem is corrected."""
    results = searcher.search(SearchRequest(typed))
    assert results.total > 0
    assert results.suggestion is None


def test_the_most_frequent_form_is_chosen(searcher: Searcher) -> None:
    """Case does not tell forms apart; an unknown word is returned as it is."""
    forms = WrittenForms(searcher.engine)
    assert forms.find("prazisionsmessung", ("title_exact", "abstract_exact")) == "präzisionsmessung"
    assert forms.find("unknown", ("title_exact",)) == "unknown"
