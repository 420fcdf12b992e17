"""Check that unusual words and identifiers are found as people type them, and told apart."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from search.answers.searcher import Searcher
from search.language.parser import parse
from search.request.search_request import SearchRequest
from tests.support.hit_lists import list_matches

TITLES = {
    "cpp": "Templates in C++",
    "csharp": "Generics in C#",
    "c": "Pointers in C",
    "fsharp": "Types in F#",
    "objc": "Objective-C++ Bridges",
    "t5": "Scaling T5 Models",
    "t-5": "A T cell and 5 Mice",
    "gpt4": "GPT-4 Report",
    "gpt3": "GPT-3 Report",
    "gpt": "GPT on Page 4",
    "cifar10": "Training on CIFAR-10",
    "cifar100": "Training on CIFAR-100",
    "kmeans": "Faster k-means",
    "means": "What k Really Means",
    "l1": "L1 Penalties",
    "l2": "L2 Penalties",
    "l": "L Has 1 Meaning",
    "qlearning": "Deep Q-Learning",
    "q": "Learning the Q Function",
    "w2": "Forms Such as W-2",
    "w": "W in 2 Dimensions",
    "one": "One-to-One Maps",
    "ones": "One Road to the One",
    "greek": "α-β Pruning of μ-Recursion",
    "alpha": "Alpha-Beta Search",
    "vae": "β-VAE Explained",
    "h2o": "H2O and CO2 under Pressure",
    "h2": "H Is 2 of O",
    "bert": "BERT: Pre-training",
    "squared": "χ² Tests at 95 %",
    "a3c": "A3C, R2D2 and 3D U-Net",
    "ieee": "IEEE 802.11ac in Practice",
    "number": "Case 02091-C-71",
    "slash": "TCP/IP and and/or Trees",
    "e": "E. coli and e-mail",
    "at": "AT&T Networks",
    "net": "The .NET Runtime v2.0",
    "snake": "The max_pool_2d Layer",
    "zh": "深度学习入门：综述",
    "zh2": "学习深海的度量",
    "mixed": "使用BERT模型的研究",
    "ja": "ディープラーニングによるﾃﾞｰﾀ解析",
    "ja2": "てーぶる",
    "ko": "한국어 처리",
    "de": "Größe der Straßen über Öl",
    "fr": "L'œuvre naïve d'un élève",
    "tr": "Işık İçin Öğrenme",
    "pl": "Źródła i Łąki",
    "sv": "Å, Ä och Ö i Malmö",
    "cs": "Řeka Dvořák",
    "vi": "Tiếng Việt",
    "el": "Ελληνική γλώσσα",
    "ru": "Обучение Ёлка",
    "dash": "Trade–off, state‐of‐the‐art, non‑linear",
    "quote": "Don’t Stop: ‘Quoted’ “Words”",
    "ligature": "Eﬃcient ﬁlters",
    "full": "ＦＵＬＬ　ＷＩＤＴＨ",
}
IDS: dict[str, dict[str, str]] = {
    "arxiv": {"arxiv": "2006.04779"},
    "old": {"arxiv": "hep-th/9901001"},
    "doi": {"doi": "10.1016/S0004-3702(99)00052-1"},
    "doi2": {"doi": "10.1145/3292500.3330701"},
    "review": {"openreview": "Ab-c_1"},
    "acl": {"acl": "P19-1001"},
    "sici": {"doi": "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"},
    "pubmed": {"pmid": "32109013", "pmc": "PMC7095418"},
}

FOUND = [
    ("C++", "cpp objc"), ("c++", "cpp objc"), ('"C++"', "cpp objc"), ("title:C++", "cpp objc"),
    ("C#", "csharp"),
    ("F#", "fsharp"), ("title:c", "c number"), ("Objective-C++", "objc"), ("objective", "objc"),
    ("T5", "t5"), ("t5", "t5"), ("T-5", "t5"), ("GPT-4", "gpt4"), ("gpt-4", "gpt4"),
    ('"GPT 4"', "gpt4"), ("GPT4", "gpt4"), ("title:GPT-3", "gpt3"), ("gpt", "gpt gpt3 gpt4"),
    ("CIFAR-10", "cifar10"), ("CIFAR-100", "cifar100"), ("cifar", "cifar10 cifar100"),
    ("k-means", "kmeans"), ("K-Means", "kmeans"), ('"k-means"', "kmeans"),
    ("L1", "l1"), ("L2", "l2"), ("L-1", "l1"), ("Q-learning", "qlearning"),
    ('"q learning"', "qlearning"), ("W-2", "w2"), ("w-2", "w2"), ('"W-2"', "w2"),
    ("one-to-one", "one"), ("One-to-One", "one"), ('"one to one"', "one"),
    ("α-β", "alpha greek"), ("alpha-beta", "alpha greek"), ("β-VAE", "vae"), ("beta-VAE", "vae"),
    ("µ-recursion", "greek"), ("mu-recursion", "greek"), ("ϐ-vae", "vae"), ("Α-Β", "alpha greek"),
    ("H2O", "h2o"), ("CO2", "h2o"), ("h2o", "h2o"), ("CO₂", "h2o"), ("H₂O", "h2o"),
    ("chi2", "squared"), ("χ²", "squared"), ("χ2", "squared"), ("95", "squared"), ("A3C", "a3c"),
    ("r2d2", "a3c"), ("3D", "a3c"), ("U-Net", "a3c"), ("802.11ac", "ieee"), ("802.11", ""),
    ("02091-C-71", "number"), ("title:02091-C-71", "number"), ("TCP/IP", "slash"),
    ("and/or", "slash"), ("E.coli", "e"), ("e-mail", "e"), ("AT&T", "at"), (".NET runtime", "net"),
    ("v2.0", "net"), ("max_pool_2d", "snake"), ("pool", "snake"), ("pre-training", "bert"),
    ("BERT", "bert mixed"), ("BERT:", "bert mixed"),
    ("深度学习", "zh"), ("学习", "zh zh2"), ('"深度"', "zh"), ("深度*", "zh"), ("习学", ""),
    ("综述", "zh"), ("模型", "mixed"), ("BERT模型", "mixed"), ("深海 度量", "zh2"),
    ("ラーニング", "ja"), ("ﾗｰﾆﾝｸﾞ", "ja"), ("データ", "ja"), ("テータ", ""), ("てーぶる", "ja2"),
    ("てーふる", ""), ("て\u30fcふ\u3099る", "ja2"), ("한국어", "ko"), ("국어", "ko"),
    ("\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165", "ko"), ("국한", ""),
    ("Größe", "de"), ("GRÖSSE", "de"), ("grosse", "de"), ("groesse", ""), ("strassen", "de"),
    ("ol", "de"), ("ÖL", "de"), ("NAIVE", "fr"),
    ("eleve", "fr"), ("l'œuvre", "fr"), ("lœuvre", "fr"), ("œuvre", "fr"), ("élève", "fr"),
    ("l’oeuvre", "fr"), ("ışık", "tr"),
    ("isik", "tr"), ("ISIK", "tr"),
    ("IŞIK", "tr"), ("için", "tr"), ("İÇİN", "tr"), ("ogrenme", "tr"), ("źródła", "pl"),
    ("zrodla", "pl"), ("LAKI", "pl"), ("łąki", "pl"), ("malmo", "sv"), ("MALMÖ", "sv"),
    ("dvorak", "cs"), ("ŘEKA", "cs"), ("tieng viet", "vi"), ("Việt", "vi"),
    ("ελληνικη", "el"), ("ΓΛΩΣΣΑ", "el"), ("обучение", "ru"), ("ЁЛКА", "ru"),
    ("trade-off", "dash"), ("state-of-the-art", "dash"), ("non-linear", "dash"),
    ("don't", "quote"), ("dont", "quote"), ("“Don’t Stop”", "quote"), ("quoted", "quote"),
    ("efficient", "ligature"), ("filters", "ligature"), ("full width", "full"),
    ("ＦＵＬＬ", "full"),
    ("2006.04779", "arxiv"), ("arXiv:2006.04779v2", "arxiv"), ("id:2006.04779", "arxiv"),
    ("id:arxiv:2006.04779", "arxiv"), ("id:https://arxiv.org/abs/2006.04779v1", "arxiv"),
    ('arxiv:"2006.04779v2"', "arxiv"), ('id:"arXiv:2006.04779"', "arxiv"),
    ("10.48550/arXiv.2006.04779", "arxiv"), ("eprint:2006.04779", "arxiv"),
    ("hep-th/9901001", "old"), ("id:hep-th/9901001", "old"), ("arXiv:hep-th/9901001v1", "old"),
    ("10.1016/S0004-3702(99)00052-1", "doi"), ("(10.1016/S0004-3702(99)00052-1)", "doi"),
    ("doi:10.1016/s0004-3702(99)00052-1", "doi"),
    ("https://doi.org/10.1016/S0004-3702(99)00052-1", "doi"), ("10.1145/3292500.3330701.", "doi2"),
    ("id:doi:10.1145/3292500.3330701", "doi2"), ("id:10.1145/3292500.3330701", "doi2"),
    ('id:"10.1145/3292500.3330701"', "doi2"), ("10.1145/3292500", ""),
    ("id:Ab-c_1", "review"), ("id:openreview:Ab-c_1", "review"),
    ("https://openreview.net/forum?id=Ab-c_1", "review"), ("id:P19-1001", "acl"),
    ("https://aclanthology.org/P19-1001.pdf", "acl"), ("id:review", "review"),
    ("acl:P19-1001", "acl"), ("openreview:Ab-c_1", "review"), ("id:acl:p19-1001", "acl"),
    (IDS["sici"]["doi"], "sici"), (f"doi:{IDS['sici']['doi']}", "sici"),
    (f"https://doi.org/{IDS['sici']['doi']}", "sici"), (f'id:"{IDS["sici"]["doi"]}"', "sici"),
    (f"https://doi.org/{quote(IDS['sici']['doi'], safe='')}?utm_source=feed", "sici"),
    ("https://doi.org/10.1145/3292500.3330701/", "doi2"),
    ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701", "doi2"),
    ("https://arxiv.org/html/2006.04779v1#S2", "arxiv"), ("arxiv.org/abs/2006.04779", "arxiv"),
    ("PMID: 32109013", "pubmed"), ("https://pubmed.ncbi.nlm.nih.gov/32109013/", "pubmed"),
    ("pmcid:7095418", "pubmed"), ("id:pmcid:7095418", "pubmed"), ("id:PMC7095418", "pubmed"),
    ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7095418/pdf/", "pubmed"),
    ("id:nothing", ""),
]  # fmt: skip

EXACT = [  # query, a paper with a similar word that must not be found
    ("2006.04778", "arxiv"),
    ("GPT-4", "gpt3"),
    ("CIFAR-10", "cifar100"),
    ("L1", "l2"),
    ("10.1145/3292500.3330702", "doi2"),
    ("id:arxiv:2006.04778", "arxiv"),
    ("2006.04779~", "old"),
    ("title:T5~", "t-5"),
]


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Return a searcher over the titles and identifiers above."""
    titled = ({"id": name, "title": title} for name, title in TITLES.items())
    known = ({"id": name, "title": "Untitled", "ids": ids} for name, ids in IDS.items())
    return Searcher(index_of(*titled, *known))


@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_a_token_finds_its_papers(searcher: Searcher, query: str, expected: str) -> None:
    """A word with punctuation, digits or letters of any script finds the papers that have it."""
    assert set(list_matches(searcher, query)) == set(expected.split())


@pytest.mark.parametrize(("query", "other"), EXACT)
def test_numbers_and_identifiers_are_never_approximate(
    searcher: Searcher, query: str, other: str
) -> None:
    """A number that differs by a digit is not found, even in a widened search."""
    hits = searcher.search(SearchRequest(query, per_page=100)).hits
    assert other not in {hit.paper.id for hit in hits}


@pytest.mark.parametrize(("name", "title"), TITLES.items())
def test_a_title_finds_its_paper(searcher: Searcher, name: str, title: str) -> None:
    """Any pasted title ranks its paper first."""
    assert searcher.search(SearchRequest(title)).hits[0].paper.id == name


@pytest.mark.parametrize("text", ["[TITLE(00)", "{PY=2001", "~TI=lists", "<AUTH(stone)"])
def test_a_sign_before_a_foreign_field_makes_it_a_word(text: str) -> None:
    """A word that looks like a field elsewhere is printed so that it stays a word."""
    query = parse(text).query
    assert parse(str(query)).query == query
