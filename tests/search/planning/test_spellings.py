"""Check that joined, hyphenated and spaced spellings of a word find the same papers."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.engines.engine import ENGINES
from search.answers.searcher import Searcher
from search.answers.why_not import explain_absence
from search.explain.matched_fields import find_matched_fields
from search.language.parser import parse
from search.language.tree import And, Word, list_leaves
from search.planning.spellings import MOST_WORDS, Speller
from search.request.search_request import SearchRequest, View
from tests.support.made_works import make_documents, write_index

GROUPS = {  # the papers of a group have its spellings in turn
    "mix": ["Premixing Paints", "Pre-mixing Splines", "Pre mixing of dyes"],
    "inflected": ["Fine-tuned Clocks", "Finetuning a Harp", "Fine tuning, again"],
    "data": ["A Dataset of Tides", "Data-sets of Rain", "The data set of winds"],
    "means": ["Kmeans for Bees", "K-means for Ants", "The k means of wasps"],
    "mail": ["Emails at Night", "E-mail by Day", "E mail, at noon"],
    "virus": ["Marv19 in Bats", "MARV-19 in Owls", "Marv 19, in cats"],
    "cell": ["IL6 in Wool", "IL-6 in Silk", "il 6 in felt"],
    "galaxy": ["NGC1068 Seen", "NGC-1068 Heard", "NGC 1068 Felt"],
    "unit": ["A 16GB Disk", "A 16-GB Drum", "16 GB of Tape"],
    "length": ["A 10µm Hair", "A 10-µm Thread", "10 µm of Rope"],
    "model": ["Opt4 Speaks", "Opt-4 Sings", "opt 4 hums"],
    "solid": ["3D Ponds", "3-D Lakes", "3 D seas"],
    "agents": ["Multiagent Chess", "Multi-agent Go", "Multi agent checkers"],
    "health": ["Healthcare for Elms", "Health-care for Oaks", "Health care for firs"],
    "work": ["Cooperative Moles", "Co-operative Voles", "Co operative shrews"],
    "line": ["Online Maps", "On-line Globes", "Charts on line"],
    "fit": ["Overfitting Gloves", "Over-fitting Shoes", "Over fitting hats"],
    "trade": ["Tradeoffs of Salt", "Trade-off of Tea", "The trade off of silk"],
    "letters": ["Word2vec Poems", "Word-2-vec Prose", "Word 2 vec plays"],
    "greek": ["TGFβ1 in Yeast", "TGF-β1 in Rye", "TGF beta 1 in oats"],
    "wifi": ["Wifi on Hills", "Wi-Fi in Vales", "Wi Fi at sea"],
    "corona": ["SarsCoV2 Sites", "SARS-CoV-2 Roads", "SARS-CoV2 paths"],
    "band": ["A 2.4GHz Bell", "A 2.4-GHz Drum", "2.4 GHz, of a horn"],
    "dust": ["PM7.5 Above", "PM-7.5 Below", "PM 7.5, between"],
    "again": ["Reweighting Larks", "Re-weighted Finches", "To re weight a wren"],
    "ray": ["Xray Ferns", "X-ray Moss", "X ray, of kelp"],
}
OTHERS = {
    "dotted": "Parks of the U.S.",
    "plain": "US Gardens",
    "pronoun": "A letter to us",
    "apart": "Mixing before the pre-season",
    "informal": "Informal Talks",
    "informer": "In formal dress",
    "symmetric": "A Symmetric Vase",
    "asymmetric": "Asymmetric Vases",
    "number": "Version 3.5 of 10,19",
    "joined": "Version 35",
    "together": "Together with a Network",
    "get": "To get her a net, work",
}


def list_titles() -> dict[str, str]:
    """Return all titles by id."""
    groups = {f"{name}{n}": t for name, titles in GROUPS.items() for n, t in enumerate(titles)}
    return groups | OTHERS


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher over all papers, once with each engine."""
    records = ([{"id": key, "title": title}] for key, title in list_titles().items())
    folder = tmp_path_factory.mktemp("spellings") / "index"
    return Searcher(write_index(folder, make_documents(*records), request.param))


def find_papers(searcher: Searcher, query: str, **asked: object) -> list[str]:
    """Return the ids of the hits, in order."""
    request = SearchRequest(query, per_page=100, **asked)  # type: ignore[arg-type]
    return [hit.paper.id for hit in searcher.search(request).hits]


SPELLINGS = {
    "mix": "premixing, pre-mixing, pre mixing, Premixed, pre-mix, PRE-MIXING",
    "inflected": "finetuning, fine-tuning, fine tuning, fine-tuned, finetune",
    "data": "dataset, data-set, data set, datasets, data sets, Data-Sets",
    "means": "kmeans, k-means, k means, K-Means",
    "mail": "email, e-mail, e mail, e-mails",
    "virus": "marv19, marv-19, marv 19, MARV–19",
    "cell": "IL6, IL-6, IL 6, il6",
    "galaxy": "NGC1068, NGC-1068, NGC 1068",
    "unit": "16GB, 16-GB, 16 GB, 16gb",
    "length": "10µm, 10-µm, 10 µm",
    "model": "OPT4, OPT-4, OPT 4",
    "solid": "3D, 3-D, 3d",
    "agents": "multiagent, multi-agent, multi agent, multi-agents",
    "health": "healthcare, health-care, health care",
    "work": "cooperative, co-operative, co operative",
    "line": "online, on-line, on line",
    "fit": "overfitting, over-fitting, over fitting, overfit",
    "trade": "tradeoff, trade-off, trade off, trade-offs, tradeoffs, trade offs",
    "letters": "word2vec, word-2-vec, word 2 vec, word2-vec",
    "greek": "TGFβ1, TGF-β1, TGF beta 1, TGF-beta-1, TGF-β-1, TGFbeta1",
    "wifi": "wifi, wi-fi, wi fi, WiFi",
    "corona": "SARS-CoV-2, SARS-CoV2, SARS CoV 2, sarscov2, SARSCoV-2",
    "band": "2.4 GHz, 2.4GHz, 2.4-GHz, 2.4ghz",
    "dust": "PM7.5, PM 7.5, PM-7.5, pm 7,5",
    "again": "reweighting, re-weighting, re-weight, re weight",
    "ray": "xray, x-ray, x ray, X-Rays",
}
ASKED = [(name, query) for name, queries in SPELLINGS.items() for query in queries.split(", ")]


@pytest.mark.parametrize(("name", "query"), ASKED)
def test_all_spellings_find_the_same_papers(searcher: Searcher, name: str, query: str) -> None:
    """Whichever spelling is typed, all papers of the group are found and no others."""
    expected = sorted(f"{name}{n}" for n in range(3))
    found = [one for one in find_papers(searcher, query) if one != "apart"]
    assert sorted(found) == expected
    assert sorted(find_papers(searcher, query, view=View.RECORDS)) == sorted(
        find_papers(searcher, query)
    )


@pytest.mark.parametrize(
    ("name", "query"),
    [(name, query) for name, query in ASKED if name not in {"line", "fit", "trade"}],
)
def test_a_field_has_the_same_spellings(searcher: Searcher, name: str, query: str) -> None:
    """So it is in one field, in brackets if there are several words."""
    found = find_papers(searcher, f"title:({query})")
    assert sorted(one for one in found if one != "apart") == [f"{name}{n}" for n in range(3)]


@pytest.mark.parametrize("name", ["mix", "inflected", "means", "virus", "agents", "health"])
def test_the_typed_spelling_comes_first(searcher: Searcher, name: str) -> None:
    """Among papers with nothing else to tell them apart."""
    joined, hyphenated, _ = SPELLINGS[name].split(", ")[:3]
    number = 1 if name == "inflected" else 0
    assert find_papers(searcher, joined)[0] == f"{name}{number}"
    assert find_papers(searcher, hyphenated)[-1] == f"{name}{number}"


EXACT = [
    ("the US", "dotted plain pronoun"),
    ("U.S.", "dotted"),
    ("us", "plain pronoun"),
    ('"premixing"', "mix0"),
    ('"pre-mixing"', "mix1 mix2"),
    ('"IL 6"', "cell1 cell2"),
    ('"il6"', "cell0"),
    ('title:"dataset"', "data0"),
    ("informal", "informal"),
    ("asymmetric", "asymmetric"),
    ("a symmetric", "symmetric"),
    ("in formal", "informer"),
    ("3.5", "number"),
    ("35", "joined"),
    ("together", "together"),
    ("premix*", "mix0"),
    ("pre AND mixing", "apart mix1 mix2"),
    ("-premixing +splines", ""),
    ("agents -multiagent", ""),
    ("multi-agent AND chess", "agents0"),
    ("chess OR multi-go", "agents0"),
]


@pytest.mark.parametrize(("query", "expected"), EXACT)
def test_nothing_else_is_found(searcher: Searcher, query: str, expected: str) -> None:
    """Quotes, patterns and AND mean what they say, and stop words and numbers are not joined."""
    assert sorted(find_papers(searcher, query)) == expected.split()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("one", "other"), [("matrix", "matrices"), ("index", "indices")])
def test_plurals_that_keep_their_stems(tmp_path: Path, one: str, other: str, engine: str) -> None:
    """These plurals find their singulars and the reverse, also in a field."""
    records = [[{"id": "one", "title": f"The {one}"}], [{"id": "other", "title": f"Two {other}"}]]
    searcher = Searcher(write_index(tmp_path, make_documents(*records), engine))
    for query in (one, other, f"title:{one}", f"title:{other}"):
        assert sorted(find_papers(searcher, query)) == ["one", "other"]
    assert find_papers(searcher, other)[0] == "other"


def test_explanations_name_the_spelling_that_matched(searcher: Searcher) -> None:
    """A reason shows the words as typed or as otherwise spelt, and a paper knows what it has."""
    shown, query = {}, searcher.search(SearchRequest("premixing")).parsed.query
    for hit in searcher.explain(SearchRequest("premixing")).hits:
        assert find_matched_fields(hit.paper, query) == {"title": ("premixing",)}
        shown[hit.paper.id] = {(one.words, one.kind) for one in hit.reasons or ()}
    assert ("premixing", "word") in shown["mix0"]
    assert ("pre mixing", "neighbours") in shown["mix1"]
    joined = searcher.explain(SearchRequest("pre-mixing")).hits[-1]
    assert joined.paper.id == "mix0"
    assert [one.words for one in joined.reasons or ()] == ["premixing"]


@pytest.mark.parametrize("query", ["premixing", "pre-mixing", "pre mixing", "title:premixing"])
def test_why_not_judges_all_spellings(searcher: Searcher, query: str) -> None:
    """A paper with any spelling meets the clause; another one lacks the word."""
    for paper in ("mix0", "mix1", "mix2"):
        judged = explain_absence(searcher, SearchRequest(query), paper)
        assert judged.found
        assert judged.clause.met
    other = explain_absence(searcher, SearchRequest(query), "ray1")
    assert not other.found
    assert not other.clause.met


def test_no_other_word_is_suggested(tmp_path: Path) -> None:
    """A word that papers have in another spelling is not taken for a misspelling."""
    titles = ["A data set of tides", "Datasheets of rain", "Datasheets of wind"]
    records = ([{"id": f"p{n}", "title": title}] for n, title in enumerate(titles))
    searcher = Searcher(write_index(tmp_path, make_documents(*records)))
    results = searcher.search(SearchRequest("datasets"))
    assert [hit.paper.id for hit in results.hits] == ["p0"]
    assert results.suggestion is None
    unknown = searcher.search(SearchRequest("datasheats")).suggestion
    assert unknown is not None
    assert unknown.query == "datasheets"


class Everywhere:
    """Statistics of an index in which every word is in one paper, and no name."""

    def count_documents(self, field: str, token: str) -> int:
        """Count one paper."""
        return int(field != "author" and bool(token))

    def complete(
        self, field: str, prefix: str, limit: int, within: object = None
    ) -> list[tuple[str, int]]:
        """Complete nothing."""
        return [(prefix, limit)] if field == str(within) else []


@given(st.text(max_size=40))
@example("\ufe79")  # an Arabic vowel sign, of which no token remains
def test_any_query_keeps_its_tree(text: str) -> None:
    """Spellings are added to words only, and the query stays equal and prints alike."""
    parsed = parse(text)
    added = Speller(Everywhere()).add_spellings(parsed)
    assert added == parsed
    assert str(added.query) == str(parsed.query)
    for leaf in list_leaves(added.query):
        assert not isinstance(leaf, Word) or all(map(all, leaf.also))


def test_a_long_query_is_left_alone() -> None:
    """So a pasted page costs no look-ups."""
    words = " ".join(f"pre-word{n}" for n in range(MOST_WORDS))
    query = Speller(Everywhere()).add_spellings(parse(words)).query
    assert isinstance(query, And)
    assert all(isinstance(word, Word) and word.also for word in query.children)
    longer = Speller(Everywhere()).add_spellings(parse(f"{words} more")).query
    assert not any(isinstance(leaf, Word) and leaf.also for leaf in list_leaves(longer))


THOUSANDS = [("25000", "25 000"), ("1234567", "1 234 567"), ("2019", ""), ("012345", "")]


@pytest.mark.parametrize(("number", "parts"), THOUSANDS)
def test_large_numbers_are_split_at_thousands(number: str, parts: str) -> None:
    """A number is also searched as it is written with spaces, but a year is not."""
    query = Speller(Everywhere()).add_spellings(parse(number)).query
    assert isinstance(query, Word)
    assert query.also == ((tuple(parts.split()),) if parts else ())


def test_thousands_are_joined() -> None:
    """Neighbouring numbers that are one number in groups of three also match joined."""
    query = Speller(Everywhere()).add_spellings(parse("25 000 stars")).query
    assert [("25000",) in getattr(leaf, "also", ()) for leaf in list_leaves(query)][:2] == [
        True
    ] * 2
    query = Speller(Everywhere()).add_spellings(parse("25 2000")).query
    assert not any(getattr(leaf, "also", ()) for leaf in list_leaves(query))
