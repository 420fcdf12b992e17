"""Check which papers each construct of the query language finds."""

from collections.abc import Callable
from pathlib import Path

import pytest

from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.support.hit_lists import list_matches

# id, title, authors, venue, year, other fields
PAPERS: list[tuple[str, str, str, str, int, dict[str, object]]] = [
    ("cql", "Conservative Q-Learning for Offline Control",
     "Aviral Kumar; Aurick Zhou; Sergey Levine", "NeurIPS", 2020,
     {"arxiv": "2006.04779", "citations": 1500, "topics": ["offline control"]}),
    ("bear", "Stabilizing Q Learning", "Aviral Kumar; Justin Fu; Sergey Levine", "NeurIPS", 2019,
     {"abstract": "Bootstrapping errors pile up.", "citations": 900}),
    ("walks", "Policy Walks", "Sergey Levine; Aviral Kumar", "ICLR", 2021, {}),
    ("initial", "Graph Walks in Time", "A. Kumar; B. Singh", "ICML", 2018, {}),
    ("ming", "Shadows on Walls", "Ming Li", "CVPR", 2015, {}),
    ("xiaoming", "Shadows on Floors", "Xiaoming Li; Mei Ming", "CVPR", 2016, {}),
    ("deep", "Deep Learning", "Ada Stone", "Nature", 2015, {"citations": 100}),
    ("fast", "Deep Fast Learning", "Ada Stone", "", 2017, {"citations": 101}),
    ("snow", "Learning from Deep Snow", "Ida Frost", "", 2018, {"citations": 0}),
    ("learned", "Learned Indexes", "Ida Frost", "SIGMOD", 2018,
     {"abstract": "A deep model is an index.", "topics": ["databases", "sorting networks"]}),
    ("cpp", "A C++ Library", "Bob Stack", "", 2001, {"type": "thesis"}),
    ("csharp", "Garbage in C# Programs", "Bob Stack", "", 2002, {}),
    ("clang", "The C Language", "Bob Stack", "", 2003, {}),
    ("gpt4", "GPT-4 Notes", "Open Team", "arXiv", 2023, {}),
    ("gpt", "GPT on Page 4", "Open Team", "arXiv", 2023, {}),
    ("trans", "Transformers Hear Speech", "Eve Sound", "", 2017, {}),
    ("conf", "The Conformer", "Eve Sound", "", 2020, {}),
    ("strasse", "Über die Größe der Straße", "Jürgen Müller", "", 1999, {"language": "de"}),
    ("lodz", "Łódź Roads", "Łukasz Źdźbło", "", 2004, {"language": "pl"}),
    ("istanbul", "İstanbul ve Işık", "Gülçin Şahin", "", 2005, {"language": "tr"}),
    ("cafe", "Cafe Talk", "Jose Alvarez", "", 2006, {}),
    ("cjk", "深度学习入门", "王伟", "", 2007, {"language": "zh"}),
    ("women", "Women in Orbit", "Eve Sound", "", 2008,
     {"authors": [{"name": "Eve Sound", "affiliations": ["Orbit Lab"]}]}),
    ("woman", "A Woman of Letters", "Ida Frost", "", 2009, {}),
    ("who", "The Who and the Whom", "Ida Frost", "", 2010, {}),
    ("withdrawn", "Sorting at Light Speed", "Zoe Hidden", "ICLR", 2021, {"status": "withdrawn"}),
    ("rejected", "Sorting Slowly", "Zoe Hidden", "ICLR", 2021, {"status": "reject"}),
    ("oral", "Sorting Well", "Zoe Seen", "ICLR", 2021, {"status": "oral"}),
    ("doi", "Random Trees", "Ivy Wood", "Journal of Machine Learning Research", 2009,
     {"doi": "https://doi.org/10.1000/AbC.12"}),
    ("branes", "Strings and Branes", "Ed Null", "arXiv", 1999, {"arxiv": "hep-th/9901001"}),
    ("future", "Forecasts for 2020", "Ed Null", "", 2012, {"ids": {"openreview": "Ab-c_1"}}),
    ("undated", "No Year at All", "Ed Null", "", 0, {}),
]  # fmt: skip

# fmt: off
FOUND = [  # query, ids of the papers that have all of it
    ("shadows", "ming xiaoming"),
    ("shadow", "ming xiaoming"),
    ("shadows walls", "ming"),
    ("shadows AND floors", "xiaoming"),
    ("learned", "bear cql deep fast learned snow"),
    ('"learning"', "bear cql deep fast snow"),
    ('"learned"', "learned"),
    ('"deep learning"', "deep"),
    ('"deep learning"~1', "deep fast"),
    ('"learning deep"', ""),
    ('"learning deep"~2', "deep snow"),
    ("deep learning", "deep fast learned snow"),
    ("deep learning -fast", "deep learned snow"),
    ("+deep learning", "deep fast learned snow"),
    ("deep OR orbit", "deep fast learned snow women"),
    ("shadows (walls OR floors)", "ming xiaoming"),
    ("shadows -(walls OR floors)", ""),
    ("walls OR floors orbit", "ming"),
    ("(walls OR floors) shadows", "ming xiaoming"),
    ("title:deep", "deep fast snow"),
    ("abstract:deep", "learned"),
    ("ti:deep -abs:deep", "deep fast snow"),
    ("title:learning", "bear cql deep fast learned snow"),
    ('title:"deep learning"', "deep"),
    ('abstract:"errors pile"', "bear"),
    ('topic:"sorting networks"', "learned"),
    ("topic:sorting", "learned"),
    ("keyword:control", "cql"),
    ("institution:orbit", "women"),
    ('aff:"orbit lab"', "women"),
    ("year:2015", "deep ming"),
    ("year:2015..2016 shadows", "ming xiaoming"),
    ("year:>2015 shadows", "xiaoming"),
    ("year:<2000", "branes strasse"),
    ("y:1999-2001", "branes cpp strasse"),
    ("citations:>100", "bear cql fast"),
    ("citations:100", "deep"),
    ("citations:0", "snow"),
    ("-year:1900..2100", "undated"),
    ("2020", "conf cql future"),
    ("control 2020", "cql"),
    ("kumar 2020", "cql"),
    ("wom?n", "woman women"),
    ("wom*n", "woman women"),
    ("*former", "conf"),
    ("*former*", "conf trans"),
    ("t?ansformers", "trans"),
    ("title:*former*", "conf trans"),
    ("author:kum*", "bear cql initial walks"),
    ("levine", "bear cql walks"),
    ("levin~", "bear cql walks"),
    ("levien~", "bear cql walks"),
    ("levinne~", "bear cql walks"),
    ("lavene~2", "bear cql walks"),
    ("title:levine~", ""),
    ("transformrs~", "trans"),
    ("kumar", "bear cql initial walks"),
    ("Kumar, A", "bear cql initial walks"),
    ('author:"Kumar, A"', "bear cql initial walks"),
    ('author:"A. Kumar"', "bear cql initial walks"),
    ('author:"Aviral Kumar"', "bear cql initial walks"),
    ('author:"Kumar, Aviral"', "bear cql initial walks"),
    ('author:"kumar aviral"', "bear cql walks"),
    ('author:"A Kumar"', "bear cql initial walks"),
    ("author:kumar", "bear cql initial walks"),
    ("author:kumar walks", "initial walks"),
    ("author:(kumar levine)", "bear cql walks"),
    ("author:^levine", "walks"),
    ('author:^"Sergey Levine"', "walks"),
    ('author:^"Levine, S."', "walks"),
    ('author:"Ming Li"', "ming"),
    ('author:"Li, Ming"', "ming"),
    ("Ming Li", "ming xiaoming"),
    ('"Ming Li"', "ming"),
    ("author:ming", "ming xiaoming"),
    ('author:"Justin Levine"', ""),
    ('"Fu Sergey"', ""),
    ('author:"Müller, J."', "strasse"),
    ("author:muller", "strasse"),
    ("jurgen muller", "strasse"),
    ("10.1000/AbC.12", "doi"),
    ("https://doi.org/10.1000/ABC.12", "doi"),
    ("https://example.org/papers/10.1000/abc.12", "doi"),
    ("2006.04779", "cql"),
    ("arXiv:2006.04779v3", "cql"),
    ("https://arxiv.org/abs/2006.04779", "cql"),
    ("https://arxiv.org/pdf/2006.04779v1.pdf", "cql"),
    ("hep-th/9901001", "branes"),
    ("arxiv:hep-th/9901001", "branes"),
    ("https://openreview.net/forum?id=Ab-c_1", "future"),
    ("id:cql", "cql"),
    ("C++", "cpp"),
    ("C#", "csharp"),
    ("c", "clang"),
    ('"C++"', "cpp"),
    ("Q-learning", "bear cql"),
    ("q learning", "bear cql"),
    ('"q learning"', "bear cql"),
    ("Q learning control", "cql"),
    ("GPT-4", "gpt4"),
    ("GPT 4", "gpt gpt4"),
    ("gpt", "gpt gpt4"),
    ("Größe", "strasse"),
    ("grosse", "strasse"),
    ("strasse", "strasse"),
    ("Straße", "strasse"),
    ("uber", "strasse"),
    ("Łódź", "lodz"),
    ("lodz", "lodz"),
    ("zdzblo", "lodz"),
    ("istanbul", "istanbul"),
    ("İSTANBUL", "istanbul"),
    ("ISTANBUL", "istanbul"),
    ("isik", "istanbul"),
    ("şahin", "istanbul"),
    ("café", "cafe"),
    ("José", "cafe"),
    ("jose álvarez", "cafe"),
    ("学习", "cjk"),
    ("深度学习", "cjk"),
    ('"深度"', "cjk"),
    ("习学", ""),
    ("王伟", "cjk"),
    ("author:王伟", "cjk"),
    ("-year:1990..2030", "undated"),
    ("NOT year:>2000", "branes strasse undated"),
    ("the who", "who"),
    ('"the who"', "who"),
    ("who whom", "who"),
    ("the deep", "deep fast learned snow"),
    ("what is deep learning?", "deep fast learned snow"),
    ("venue:neurips", "bear cql"),
    ("venue:nips", "bear cql"),
    ('venue:"neural information processing systems"', "bear cql"),
    ("nips", "bear cql"),
    ("neurips", "bear cql"),
    ("NIPS 2019", "bear"),
    ('venue:"machine learning research"', "doi"),
    ("jmlr trees", "doi"),
    ("venue:iclr", "oral walks"),
    ("type:thesis", "cpp"),
    ("type:preprint", "branes gpt gpt4"),
    ("sorting", "learned oral"),
    ("sorting status:withdrawn", "withdrawn"),
    ("status:withdrawn", "withdrawn"),
    ("status:rejected", "rejected"),
    ("status:oral", "oral"),
    ("id:withdrawn", "withdrawn"),
    ("-status:oral zoe", ""),
    ("language:de", "strasse"),
    ("lang:pl OR lang:tr", "istanbul lodz"),
    ("source:jsonl deep", "deep fast learned snow"),
    ("deep^3 learning", "deep fast learned snow"),
    ("deep^0.1 OR orbit", "deep fast learned snow women"),
    ("walls^2 OR floors^5", "ming xiaoming"),
    ("zebra OR walls", "ming"),
    ("zebra -walls", ""),
    ('"zebra walls"', ""),
    ("author:^kumar", "bear cql initial"),
    ("author:^aviral", "bear cql"),
    ('author:^"A. Kumar"', "bear cql initial"),
    ("author:^zhou", ""),
    ("author:^a", "bear cql deep fast initial"),
    ("Conservative Q-Learning for Offline Control", "cql"),
    ('title:"no year"', "undated"),
    ('au:"levine"', "bear cql walks"),
    ('"offline control"', "cql"),
    ("title:(deep -fast)", "deep snow"),
    ('author:"levine sergey"', "bear cql walks"),
    ("trees~ ", "doi"),
    ("sort*", "oral"),
    ("year:(2019 OR 2021) levine", "bear walks"),
    ("GPT-4 -page", "gpt4"),
    ("zoe", "oral"),
    ("+sorting -well", "learned"),
    ("title:c++", "cpp"),
    ("title:c", "clang"),
    ('abstract:"deep model"', "learned"),
    ("learn*", "bear cql deep fast learned snow"),
    ('"the conformer"', "conf"),
]
# fmt: on


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Return a searcher over the papers above."""
    return Searcher(index_of(*(make_record(*paper) for paper in PAPERS)))


def make_record(  # noqa: PLR0913, PLR0917 - the columns of the table
    name: str, title: str, authors: str, venue: str, year: int, more: dict[str, object]
) -> dict[str, object]:
    """Return one row of the table as a record in the project's own format."""
    plain = {"id": name, "title": title, "authors": authors.split("; "), "venue": venue}
    return {**plain, "year": year or None, **more}


@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_a_query_finds_these_papers(searcher: Searcher, query: str, expected: str) -> None:
    """A query finds exactly the papers that it asks for."""
    assert sorted(list_matches(searcher, query)) == sorted(expected.split())


@pytest.mark.parametrize("query", ["", "*", "*:*"])
def test_an_empty_query_finds_every_paper(searcher: Searcher, query: str) -> None:
    """An empty query and a star find all papers; withdrawn and rejected ones only on request."""
    every = {paper[0] for paper in PAPERS}
    assert set(list_matches(searcher, query)) == every - {"withdrawn", "rejected"}
    assert set(list_matches(searcher, query, hidden=True)) == every


def test_hidden_papers_are_found_on_request(searcher: Searcher) -> None:
    """Withdrawn and rejected papers are counted by default and found on request."""
    found = list_matches(searcher, "sorting", hidden=True)
    assert sorted(found) == ["learned", "oral", "rejected", "withdrawn"]
    assert searcher.search(SearchRequest(query="title:sorting")).concealed == 2
    assert searcher.search(SearchRequest(query="title:sorting", hidden=True)).concealed == 0
    assert searcher.search(SearchRequest(query="title:deep")).concealed == 0


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper[0]))
def test_a_pasted_title_finds_its_paper_first(searcher: Searcher, paper: tuple[str, str]) -> None:
    """A pasted title ranks its paper first, quoted or not."""
    name, title = paper[:2]
    for query in (title, f'"{title}"', title.lower()):
        hits = searcher.search(SearchRequest(query=query, hidden=True)).hits
        assert hits[0].paper.id == name
