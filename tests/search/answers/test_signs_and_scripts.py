"""Check that words are found however their signs and scripts are typed, on every engine."""

import msgspec
import pytest

from index.build.operations import build
from index.engines.engine import ENGINES
from index.settings import BuildSettings
from search.answers.searcher import Searcher
from search.request.facets import Selection
from search.request.search_request import SearchRequest
from tests.support.hit_lists import list_matches

TITLES = {
    "tex": r"Splitting of NO$_2$ on ZnO$_{2}$ and $\mathrm{CuO}_4$",
    "plain": "NO2 in Cities",
    "sub": "NO₂ above the Sea",
    "power": "Traces in H^1 and Bounds in $W^{2}$",
    "raised": "Norms of H¹ Maps",
    "kinetic": r"Growth of $T_c$ under Load",
    "critical": "A Higher Tc",
    "kappa": r"NF-$\kappa$B Signals",
    "kappa2": "NF-κB and IL-8α",
    "lambda": r"Fits of $\Lambda$CDM",
    "hindi": "पुस्तक और पाठक",
    "hindi2": "पस्तक की खोज",
    "tamil": "தமிழ் மொழி ஆய்வு",
    "thai": "การเรียนรู้ของเครื่องจักรในโรงเรียน",
    "lao": "ການຮຽນຮູ້ພາສາລາວ",
    "khmer": "ការសិក្សាភាសាខ្មែរ",
    "burmese": "မြန်မာဘာသာစကား",
    "tibetan": "བོད་ཀྱི་སྐད་ཡིག",
    "arabic": "مُقَدِّمة في الذكاء",
    "hebrew": "מָבוֹא לְלוֹגִיקָה",
    "persian": "کتاب‌های کهن",
    "french": "L'énergie solaire et l’étude d'ombres",
    "catalan": "La vall d’Aran i la col·lecció",
    "italian": "La storia dell'acqua",
    "english": "Noether's Theorem and Gauss's Law",
    "soft": "Hyper\u00adgraphs and zero\u200bsum Games",
    "thousand": "A Census of 25,000 Stars",
    "thin": "A Census of 25\u2009000 Moons",
    "micro": "Pores of 30 µm",
    "tex_micro": r"Pores of 30 $\mu$m in Clay",
    "infinity": "H∞ Design",
    "simplified": "图书馆学研究",
    "traditional": "圖書館學的歷史",
    "japanese": "図書館学の研究",
    "digits": "عام ٢٠٢٣",
}

NAMES = {
    "tex": "Marco D'Amico",
    "plain": "ʿUmar al-Ḥasan",
    "sub": "Oʻral Nazarov",
    "power": "ʻIolani Kahale",
    "raised": "張學友",
}

FOUND = [
    ("NO2", "tex plain sub"),
    ("NO₂", "tex plain sub"),
    ("NO_2", "tex plain sub"),
    ("NO$_2$", "tex plain sub"),
    ("NO$_{2}$", "tex plain sub"),
    (r"$\mathrm{NO}_2$", "tex plain sub"),
    ('"no2"', "tex plain sub"),
    ("title:NO$_2$", "tex plain sub"),
    ("ZnO2 CuO4", "tex"),
    ("H^1", "power raised"),
    ("H1", "power raised"),
    ("$H^{1}$", "power raised"),
    ("W2", "power"),
    ("Tc", "kinetic critical"),
    ("T_c", "kinetic critical"),
    ("$T_c$", "kinetic critical"),
    ("NF-κB", "kappa kappa2"),
    ("NF-kappaB", "kappa kappa2"),
    ("IL-8alpha", "kappa2"),
    ("ΛCDM", "lambda"),
    ("पुस्तक", "hindi"),
    ("पस्तक", "hindi2"),
    ("पाठ*", "hindi"),
    ("மொழி", "tamil"),
    ("மொழ", ""),
    ("เครื่องจักร", "thai"),
    ("การเรียนรู้", "thai"),
    ("โรงเรียน การเรียนรู้", "thai"),
    ('"เรียน"', "thai"),
    ("จักรกล", ""),
    ("ພາສາ", "lao"),
    ("ភាសា", "khmer"),
    ("ဘာသာ", "burmese"),
    ("སྐད", "tibetan"),
    ("مقدمة", "arabic"),
    ("مقدمه", "arabic"),
    ("מבוא", "hebrew"),
    ("كتاب", "persian"),
    ("énergie", "french"),
    ("l'energie", "french"),
    ("energie etude ombres", "french"),
    ('"energie solaire"', "french"),
    ('"l energie solaire"', "french"),
    ('"d energie solaire"', ""),
    ("title:étude", "french"),
    ("l’énerg*", "french"),
    ("l'enregie~", "french"),
    ("O'Bri*", ""),
    ("Aran", "catalan"),
    ("d'Aran", "catalan"),
    ("col·lecció", "catalan"),
    ("acqua", "italian"),
    ("Noether theorem", "english"),
    ("Gauss' law", "english"),
    ("hypergraphs", "soft"),
    ("hyper\u00adgraphs", "soft"),
    ("\ufeffhyper\u200bgraphs", "soft"),
    ("tit\u200ble:hypergraphs", "soft"),
    ("zerosum", "soft"),
    ("25000 stars", "thousand"),
    ("25000", "thousand thin"),
    ("25\u202f000", "thousand thin"),
    ('"25,000 moons"', "thin"),
    ("30 µm", "micro tex_micro"),
    ("30 μm", "micro tex_micro"),
    ("30 um", "micro tex_micro"),
    ("H-infinity", "infinity"),
    ("H∞", "infinity"),
    ("图书馆", "simplified traditional japanese"),
    ("圖書館", "simplified traditional japanese"),
    ("図書館", "simplified traditional japanese"),
    ('"圖書"', "simplified traditional japanese"),
    ("2023", "digits"),
    ("D'Amico", "tex"),
    ("author:d’amico", "tex"),
    ('author:"D\'Amico"', "tex"),
    ("damico", "tex"),
    ('author:"Umar al-Hasan"', "plain"),
    ("author:ʿumar", "plain"),
    ('author:"O\'ral Nazarov"', "sub"),
    ("author:oral", "sub"),
    ("author:iolani", "power"),
    ('author:"\'Iolani Kahale"', "power"),
    ("author:张学友", "raised"),
    ('author:"張学友"', "raised"),
]

MARKED = [
    ("NO2", "tex", r"Splitting of <mark>NO$_2$</mark> on ZnO$_{2}$ and $\mathrm{CuO}_4$"),
    ("पुस्तक", "hindi", "<mark>पुस्तक</mark> और पाठक"),
    ("เครื่องจักร", "thai", "การเรียนรู้ของ<mark>เครื่องจักร</mark>ในโรงเรียน"),
    ("aran", "catalan", "La vall d’<mark>Aran</mark> i la col·lecció"),
    ("hypergraphs", "soft", "<mark>Hypergraphs</mark> and zerosum Games"),
    ("图书", "japanese", "<mark>図書</mark>館学の研究"),
    ("مقدمة", "arabic", "<mark>مُقَدِّمة</mark> في الذكاء"),
]


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher over the titles above, on each engine."""
    folder = tmp_path_factory.mktemp("signs")
    dump = folder / "titles.jsonl"
    records = [
        {"id": name, "title": title, "authors": [NAMES.get(name, "Ada Lind")]}
        for name, title in TITLES.items()
    ]
    dump.write_bytes(b"\n".join(msgspec.json.encode(record) for record in records))
    build(folder / "index", (str(dump),), BuildSettings(engine=request.param))
    return Searcher(folder / "index")


@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_signs_and_scripts_are_read_alike(searcher: Searcher, query: str, expected: str) -> None:
    """Formulas, scripts, articles, numbers and invisible signs are found as people type them."""
    assert set(list_matches(searcher, query)) == set(expected.split())


@pytest.mark.parametrize(("query", "name", "marked"), MARKED)
def test_marks_cover_whole_words(searcher: Searcher, query: str, name: str, marked: str) -> None:
    """A mark covers a word with its signs, and a formula as a whole."""
    results = searcher.search(SearchRequest(query))
    (paper,) = (hit.paper for hit in results.hits if hit.paper.id == name)
    assert results.highlighter.mark_html(paper.title) == marked


@pytest.mark.parametrize("name", TITLES)
def test_a_pasted_title_comes_first(searcher: Searcher, name: str) -> None:
    """Every title finds its paper."""
    assert list_matches(searcher, TITLES[name])[:1] == [name]


def test_no_spelling_is_suggested_for_articles(searcher: Searcher) -> None:
    """A word behind an elided article is known."""
    for query in ("energie ombres", "l'energie", "aran", "d'aran"):
        assert searcher.search(SearchRequest(query)).suggestion is None


def test_names_with_articles_are_completed(searcher: Searcher) -> None:
    """A name that begins like an article is completed, and invisible signs do no harm."""
    for typed in ("author:d'am", "author:d\u200b'ami", "damic"):
        assert [one.text for one in searcher.suggest(typed)] == ["Marco D'Amico"]


def test_selected_values_lose_invisible_signs(searcher: Searcher) -> None:
    """A pasted facet value selects the value that is seen."""
    chosen = {"author": Selection(values=("Marco\u200b D'Ami\xadco",))}
    assert searcher.search(SearchRequest("", chosen)).total == 1
