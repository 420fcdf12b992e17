"""Check that every engine finds the same authors for a typed name, however a dump marks them."""

from pathlib import Path

import msgspec
import pytest

from index.build.operations import build
from index.engines.engine import ENGINES
from index.names.matching import TypedName
from index.settings import BuildSettings
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest

NAMES = """
Lucía Inés Robles Vega
L. I. Robles Vega
Lucía Vega
Robles Vega LI
Mary T. Keane
Keane M.
Mary Keane
T. Keane
Cian O'Shea
Rory O Shea
O. Shea
Piet van den Hoek
Piet Vandenhoek
Dana Ben-Ari
Ben Ari
Benari Cohen
Seo-Jun Kang
Seojun Kang
Min Kang
Li Qu
L. I. Qu
João da Rocha Pinto
Jürgen Müller-Roth
Amos B. Reed Jr.
""".split("\n")[1:-1]

TYPED = (
    """
Robles Vega LI; robles vega, l; Vega LI; Vega, Lucía; keane mt; Keane, M; KEANE M. T.; o shea; li
OShea C; Shea, O; vandenhoek; van den hoek p; Hoek P; ben ari; benari; Ben-Ari, D.; Seo Jun Kang
Kang, Jun; Kang SJ; li qu; Li Qu; qu li; qu l; Pinto J; Rocha Pinto, João; Müller-Roth J; van; d
mullerroth j; Mueller-Roth, J.; Reed AB 3rd; Reed AB Jr; reed amos; nobody known
""".replace("\n", "; ")
    .strip("; ")
    .split("; ")
)

MARKED = """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article>
<ArticleTitle>Reefs</ArticleTitle><AuthorList><Author><LastName>Robles Vega</LastName>
<ForeName>Lucía Inés</ForeName><Initials>LI</Initials></Author></AuthorList></Article>
</MedlineCitation></PubmedArticle></PubmedArticleSet>"""
BIBTEX = "@article{reefs, title={Reefs}, author={Robles Vega, Luc{\\'i}a In{\\'e}s}, year={2001}}"


def build_index(folder: Path, name: str, content: str, engine: str) -> Searcher:
    """Build an index of one dump and return a searcher."""
    (folder / name).write_text(content, "utf-8")
    build(folder / "index", (str(folder / name),), BuildSettings(engine=engine))
    return Searcher(folder / "index")


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher over one paper of each author, by each engine."""
    records = ({"id": name, "title": "Same", "authors": [name]} for name in NAMES)
    lines = "\n".join(msgspec.json.encode(record).decode() for record in records)
    return build_index(tmp_path_factory.mktemp("names"), "a.jsonl", lines, request.param)


@pytest.mark.parametrize("typed", TYPED)
def test_engines_find_what_the_phrases_say(searcher: Searcher, typed: str) -> None:
    """An engine finds exactly the names that the forms of the typed name match."""
    hits = searcher.search(SearchRequest(f'author:"{typed}"', per_page=100)).hits
    expected = [name for name in NAMES if TypedName(typed).matches(name)]
    assert sorted(hit.paper.id for hit in hits) == sorted(expected)


def test_a_name_ranks_above_initials(searcher: Searcher) -> None:
    """Who types ``li qu`` means Li Qu rather than L. I. Qu."""
    hits = searcher.search(SearchRequest('author:"li qu"')).hits
    assert [hit.paper.id for hit in hits] == ["Li Qu", "L. I. Qu"]


@pytest.mark.parametrize("dump", [("a.xml", MARKED), ("a.bib", BIBTEX)], ids=["pubmed", "bibtex"])
@pytest.mark.parametrize("typed", ["Robles Vega LI", "Robles Vega, L", "Lucía Inés Vega", "Vega L"])
def test_a_marked_surname_is_found(tmp_path: Path, dump: tuple[str, str], typed: str) -> None:
    """It does not matter whether a dump says where the surname begins."""
    found = build_index(tmp_path, *dump, "tantivy").search(SearchRequest(f'author:"{typed}"'))
    assert [hit.paper.title for hit in found.hits] == ["Reefs"]
