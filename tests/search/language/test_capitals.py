"""Test that a title in capitals is read as a title, and a query of acronyms as a query."""

import pytest

from index.engines.engine import ENGINES
from search.answers.searcher import Searcher
from search.language.parser import parse
from search.request.search_request import SearchRequest
from tests.support.hit_lists import list_matches
from tests.support.made_works import make_separate_documents, write_index

TITLES = [  # typed, printed tree
    ("ORPHEUS DID NOT LOOK BACK", "ORPHEUS did not LOOK BACK"),
    ("WHERE OR WHEN?", "where or when"),
    ("TO SORT OR NOT TO SORT", "to SORT or not to SORT"),
    ("FORGETTING NOT REMEMBERING", "FORGETTING not REMEMBERING"),
    ("A REVIEW OF MEMORY AND NOT OF DRAMs", "A REVIEW of MEMORY and not of DRAMs"),
    ("THIS IS NOT A TITLE (SHORT PAPER)", "this is not A TITLE SHORT PAPER"),
    ("CAN IT BE SORTED", "can it be SORTED"),
]
QUERIES = [
    ("GAN AND VAE", "GAN AND VAE"),
    ("A OR B", "A OR B"),
    ("T5 NOT BART", "T5 (NOT BART)"),
    ("US OR UK", "us OR UK"),
    ("CAN AND LIN", "can AND LIN"),
    ("(SVM OR KNN) NOT PCA", "(SVM OR KNN) (NOT PCA)"),
    ("(TRAINING OR TESTING) NOT PCA", "(TRAINING OR TESTING) (NOT PCA)"),
    ("(TRAINING OR TESTING)", "(TRAINING OR TESTING)"),
    ("-TRAINING", "(NOT TRAINING)"),
    ("TI:WHY OR THE", "title:why OR the"),
    ('"WHY" NOT THE', '"WHY" (NOT the)'),
    ("训练 NOT 测试", "训练 (NOT 测试)"),
    ("Why NOT grid", "Why (NOT grid)"),
]
PAPERS = [
    ("orpheus", "Orpheus did not look back"),
    ("look", "Orpheus did look ahead and back"),
    ("friend", "Friend or foe"),
    ("foe", "Foe and friend of a friend"),
    ("can", "Taming the CAN bus"),
    ("bus", "Routes of a school bus"),
    ("who", "WHO recommendations on sugar"),
    ("salt", "Recommendations on salt"),
]
FOUND = [
    ("ORPHEUS DID NOT LOOK BACK", ["orpheus", "look"]),
    ("CAN bus", ["can"]),
    ("can bus", ["can", "bus"]),
    ("WHO recommendations", ["who"]),
    ("who recommendations", ["who", "salt"]),
    ("FRIEND OR FOE", ["friend", "foe"]),
]


@pytest.mark.parametrize(("typed", "tree"), TITLES + QUERIES)
def test_capitals(typed: str, tree: str) -> None:
    """Operators are words beside ordinary words in capitals, and operators beside acronyms."""
    query = parse(typed).query
    assert str(query) == tree
    assert parse(tree).query == query


def test_a_notice_names_the_operator() -> None:
    """A notice says that NOT is a word, and where it is; AND changes too little for one."""
    (notice,) = parse("WHY NOT SORT").notices
    assert notice.at == (4, 7)
    assert "NOT is read as a word" in notice.message
    assert not parse("THE SEA AND THE SKY").notices


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher over a few titles."""
    records: list[dict[str, object]] = [{"id": name, "title": title} for name, title in PAPERS]
    folder = tmp_path_factory.mktemp("capitals")
    return Searcher(write_index(folder, make_separate_documents(records), request.param))


@pytest.mark.parametrize(("typed", "expected"), FOUND)
def test_words_in_capitals_find_papers(searcher: Searcher, typed: str, expected: list[str]) -> None:
    """A stop word in capitals must match, and a title in capitals comes first."""
    found = list_matches(searcher, typed)
    assert set(found) == set(expected)
    assert searcher.search(SearchRequest(typed)).hits[0].paper.id == expected[0]
