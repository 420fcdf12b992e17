"""Check author search end to end: particles, initials, accents, suffixes and scripts."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from index.names.parser import parse_name
from search.answers.searcher import Searcher
from search.language.parser import parse
from search.request.search_request import SearchRequest

NAMES = {  # id: authors
    "maaten": "Laurens van der Maaten; Geoffrey Hinton",
    "maaten2": "L. van der Maaten",
    "maaten3": "Geoffrey Hinton; Laurens Van Der Maaten",
    "plainmaaten": "Laura Maaten",
    "dijk": "Jan van Dijk",
    "dijk2": "Jeroen Van Dijk",
    "marquez": "Gabriel García Márquez",
    "marquez2": "García Márquez, Gabriel",
    "garcia": "Ana García; Luis Márquez",
    "obrien": "Conan O'Brien",
    "obrien2": "Conan O’Brien; Ann Brien",
    "brien": "O. Brien",
    "muller": "Jürgen Müller",
    "mueller": "Jürgen Mueller",
    "plain": "Jurgen Muller",
    "strasse": "Ada Groß; Åse Bjørn",
    "ming": "Ming Li; Wei Xu",
    "xiaoming": "Xiaoming Li",
    "mei": "Mei Ming; Jun Li",
    "lming": "L. Ming",
    "king": "Martin Luther King, Jr.",
    "kingsr": "Martin Luther King, Sr.",
    "luther": "M. L. King",
    "mking": "Mary King",
    "bking": "M. B. King",
    "daume": "Hal Daumé III",
    "ak": "A. Kumar",
    "aviral": "Aviral Kumar",
    "avk": "Aviral V. Kumar",
    "vak": "V. A. Kumar",
    "akhil": "Akhil Vivek Kumar; Anil Rao",
    "aknn": "AV Kumar",
    "cjk": "王伟; 李娜",
    "cjk2": "王芳; 李伟",
    "hyphen": "Jean-Luc Roux",
    "luc": "Jean Roux; Luc Roy",
    "cajal": "Santiago Ramón y Cajal",
    "silva": "João da Silva",
    "turkish": "Gülçin Şahin; Işıl Öz",
    "polish": "Łukasz Źdźbło",
    "body": "ATLAS Collaboration",
    "vd": "Hung Van Nguyen",
}

FOUND = [  # query after author:, ids found
    # particles
    ("^maaten", "maaten maaten2 plainmaaten"),
    ('^"van der Maaten"', "maaten maaten2"),
    ('^"Maaten, L"', "maaten maaten2 plainmaaten"),
    ('^"van der Maaten, Laurens"', "maaten maaten2"),
    ('"Maaten, L"', "maaten maaten2 maaten3 plainmaaten"),
    ('"L. Maaten"', "maaten maaten2 maaten3 plainmaaten"),
    ('"Laurens Maaten"', "maaten maaten2 maaten3"),
    ('"van der Maaten"', "maaten maaten2 maaten3"),
    ('"Van Der Maaten, L."', "maaten maaten2 maaten3"),
    ('"Laurens van der Maaten"', "maaten maaten2 maaten3"),
    ('"LAURENS VAN DER MAATEN"', "maaten maaten2 maaten3"),
    ('"van der Maaten L"', "maaten maaten2 maaten3"),
    ('"van Dijk, J"', "dijk dijk2"),
    ('"Dijk, J"', "dijk dijk2"),
    ('^"van Dijk"', "dijk dijk2"),
    ('"Silva, J"', "silva"),
    ('"da Silva"', "silva"),
    ('"Nguyen, H"', "vd"),
    ('"Hung Van Nguyen"', "vd"),
    # compound family names
    ('"García Márquez"', "marquez marquez2"),
    ('"Garcia Marquez, Gabriel"', "marquez marquez2"),
    ('"garcia marquez gabriel"', "marquez marquez2"),
    ('"G. García Márquez"', "marquez marquez2"),
    ('^"García Márquez"', "marquez marquez2"),
    ("^marquez", "marquez marquez2"),
    ("(garcia marquez)", "marquez marquez2 garcia"),
    ('"Ramón y Cajal, S."', "cajal"),
    ('^"Ramon y Cajal"', "cajal"),
    # apostrophes and hyphens
    ("O'Brien", "obrien obrien2"),
    ("obrien", "obrien obrien2"),
    ("O’Brien", "obrien obrien2"),
    ("brien", "brien obrien2"),
    ('"O\'Brien, C"', "obrien obrien2"),
    ("O'Bri*", "obrien obrien2"),
    ("^O'Brien", "obrien obrien2"),
    ("Jean-Luc", "hyphen"),
    ('"Roux, J.-L."', "hyphen"),
    ('"Roux, JL"', "hyphen"),
    ('"Roux, J"', "hyphen luc"),
    # ü and ue
    ("Müller", "muller mueller plain"),
    ("mueller", "muller mueller"),
    ("muller", "muller plain"),
    ('"Müller, J"', "muller mueller plain"),
    ('"Mueller, J."', "muller mueller"),
    ('"Jürgen Müller"', "muller mueller plain"),
    ('"Juergen Mueller"', "muller mueller"),
    ('"Mueller, Jürgen"', "muller mueller"),
    ("^müller", "muller mueller plain"),
    ("^mueller", "muller mueller"),
    ("muell*", "muller mueller"),
    ("gross", "strasse"),
    ("Bjoern", "strasse"),
    ("Aase", "strasse"),
    # nobody else
    ('"Ming Li"', "ming"),
    ('"Li, Ming"', "ming"),
    ('"Li Ming"', "ming lming"),
    ('"Xiaoming Li"', "xiaoming"),
    ('"M. Li"', "ming"),
    ('"Wei Li"', ""),
    # initials and full names
    ('"Kumar, Aviral"', "ak aviral avk aknn"),
    ('"Aviral Kumar"', "ak aviral avk aknn"),
    ('"kumar aviral"', "aviral avk"),
    ('"Kumar, A"', "ak aviral avk akhil aknn"),
    ('"Kumar A"', "ak aviral avk akhil aknn"),
    ('"A Kumar"', "ak aviral avk akhil aknn"),
    ('"Kumar, A. V."', "avk akhil aknn"),
    ('"Kumar, AV"', "avk akhil aknn"),
    ('"Kumar AV"', "avk akhil aknn"),
    ('"A. V. Kumar"', "avk akhil aknn"),
    ('"Aviral V. Kumar"', "ak avk aknn"),
    ('"Akhil Vivek Kumar"', "ak akhil aknn"),
    ('"Akhil V. Kumar"', "ak akhil aknn"),
    ('"Aviral Vijay Kumar"', "ak avk aknn"),
    ('"Aviral X. Kumar"', "ak"),
    ('"V. Kumar"', "vak"),
    # suffixes
    ('"Martin Luther King"', "king kingsr luther"),
    ('"King, Martin Luther, Jr."', "king"),
    ('"Martin Luther King Jr"', "king"),
    ('"King, Martin"', "king kingsr luther bking"),
    ('"King, M"', "king kingsr luther mking bking"),
    ('"King, M. L."', "king kingsr luther"),
    ('"Daumé, Hal"', "daume"),
    ('"Hal Daume III"', "daume"),
    ('"Daume III, H."', "daume"),
    ("^daume", "daume"),
    # other scripts and letters
    ("王伟", "cjk"),
    ('"王 伟"', "cjk"),
    ("^李娜", ""),
    ("王", "cjk cjk2"),
    ("sahin", "turkish"),
    ('"ŞAHİN, G"', "turkish"),
    ('"Isil Oz"', "turkish"),
    ('"ZDZBLO, Lukasz"', "polish"),
    ('"Atlas Collaboration"', "body"),
]


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Return a searcher over papers that differ only in their authors."""
    return Searcher(
        index_of(
            *(
                {"id": name, "title": "Same", "authors": authors.split("; ")}
                for name, authors in NAMES.items()
            )
        )
    )


def find_papers(searcher: Searcher, query: str) -> set[str]:
    """Return the ids of all hits, and check that the query was not widened."""
    results = searcher.search(SearchRequest(query, per_page=100))
    assert results.relaxed is None
    return {hit.paper.id for hit in results.hits}


@pytest.mark.parametrize(("typed", "expected"), FOUND)
def test_a_typed_name_finds_its_papers(searcher: Searcher, typed: str, expected: str) -> None:
    """A name finds exactly the authors that it may mean."""
    assert find_papers(searcher, f"author:{typed}") == set(expected.split())


@pytest.mark.parametrize("name", sorted({n for a in NAMES.values() for n in a.split("; ")}))
def test_accents_case_and_order_never_matter(searcher: Searcher, name: str) -> None:
    """A name is found in lower case, decomposed, without accents and with the family name first."""
    parts = parse_name(name)
    family, given = parts.family, " ".join(filter(None, (parts.suffix, parts.given)))
    turned = ", ".join(filter(None, (family, parts.suffix, parts.given))) if given else family
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    expected = {paper for paper, authors in NAMES.items() if name in authors.split("; ")}
    forms = [name, name.lower(), unicodedata.normalize("NFD", name), bare, turned, turned.lower()]
    for form in forms:
        assert expected <= find_papers(searcher, f'author:"{form}"'), form


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("author:müller same", "muller mueller plain"),
        ('author:"Müller, J" -author:^mueller', "plain"),
        ("author:(kumar OR roux) author:anil", "akhil"),
        ("author:hinton -author:^hinton", "maaten"),
        ("author:^geoffrey author:laurens", "maaten3"),
    ],
)
def test_a_name_combines_with_other_clauses(searcher: Searcher, query: str, expected: str) -> None:
    """A name with an accent can be combined with words, exclusions and other names."""
    assert find_papers(searcher, query) == set(expected.split())


def test_a_name_without_quotes_is_reported() -> None:
    """A notice says which word of a name without quotes is searched as the author."""
    (notice,) = parse("author:Kumar, A").notices
    assert notice.at == (7, 13)
    assert 'author:"Kumar, A"' in notice.message
    assert not parse('author:"Kumar, A"').notices


def test_the_facet_lists_exact_names(searcher: Searcher) -> None:
    """The facet tells people apart, however loosely a name is searched."""
    request = SearchRequest("author:kumar", facets=("author",))
    values = {value.value for value in searcher.search(request).facets["author"]}
    assert {"a kumar", "aviral kumar", "aviral v kumar", "v a kumar"} <= values
