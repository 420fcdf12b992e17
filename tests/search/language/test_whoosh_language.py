"""Compare the query language with Whoosh's.

Both parsers get the same queries over the same papers, split into the same tokens, so that only
their grammars can differ. Intended differences are listed in ``search/language/README.md``.
"""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.analysis.acore import Token
from whoosh.analysis.tokenizers import Tokenizer
from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser.default import MultifieldParser
from whoosh.qparser.plugins import FuzzyTermPlugin, GtLtPlugin
from whoosh.searching import Searcher as WhooshSearcher

from index.fields import BREAK
from index.text.analyser import tokenise
from index.text.stems import stem
from search.answers.searcher import Searcher
from search.language.stopwords import STOP_WORDS
from tests.support.hit_lists import list_matches
from tests.support.paths import ROOT

README = (ROOT / "search" / "language" / "README.md").read_text("utf-8")

WORDS = "graph deep model speech robot planet quantum tree metal plank mortal granit".split()
NAMES = ["Ada Stone", "Bob Stack", "Ada Stack", "Wei Planet", "Cyd Metal", "Eve Stone"]
VENUES = ["Zircon", "Basalt", "Gneiss"]
TOPICS = ["ocean", "lunar"]
FIELDS = ["title", "abstract", "topic", "author", "venue", "years"]
COUNT = 80

# Queries separated by bars: words, operators, brackets, quotes, fields, patterns, ranges, boosts.
COMMON = """\
graph  |  deep  |  granit  |  zircon  |  ada  |  stone  |  2019  |  nothing  |  graph deep
deep graph  |  graph deep model  |  robot planet quantum tree  |  graph ada  |  ada stone graph
graph zircon  |  graph 2019  |  ada zircon 2020  |  graph AND deep  |  graph AND deep AND model
graph AND ada  |  graph OR deep  |  graph OR deep OR ada  |  zircon OR basalt  |  2018 OR 2019
graph AND deep OR model  |  model OR graph AND deep  |  graph AND deep OR model AND tree
robot OR graph AND deep OR tree  |  NOT graph  |  NOT ada  |  NOT nothing  |  NOT graph deep
deep NOT graph  |  deep AND NOT graph  |  NOT graph AND NOT deep  |  NOT graph NOT deep
NOT graph OR deep  |  deep OR NOT graph  |  NOT (graph deep)  |  NOT (graph OR deep)
NOT (graph OR NOT deep)  |  graph NOT (deep OR model)  |  (graph)  |  ((graph))  |  (graph deep)
(graph OR deep) model  |  (graph OR deep) AND model  |  model (graph OR deep)
(graph OR deep) (model OR tree)  |  (graph OR deep) AND (model OR tree)
(graph AND deep) OR (model AND tree)  |  (graph deep) OR (model tree)
((graph OR deep) model) OR tree  |  (graph OR (deep AND (model OR (tree AND robot))))
NOT ((graph OR deep) AND (model OR tree))  |  graph (deep (model tree))  |  (graph  |  graph)
"graph"  |  "graph deep"  |  "deep graph"  |  "graph deep model"  |  "graph graph"  |  "ada stone"
"stone ada"  |  "stone bob"  |  "graph deep" model  |  "graph deep" OR model  |  NOT "graph deep"
"graph deep" AND "model tree"  |  ("graph deep" OR "deep graph") model  |  title:graph
abstract:graph  |  topic:ocean  |  ocean graph  |  ocean lunar  |  author:ada  |  author:planet
venue:zircon  |  title:zircon  |  title:ada  |  author:graph  |  title:graph deep
title:graph abstract:deep  |  title:graph AND title:deep  |  title:graph OR abstract:deep
title:graph NOT abstract:graph  |  NOT title:graph  |  title:(graph deep)
title:(graph OR deep)  |  title:(graph NOT deep)  |  title:(graph AND (deep OR model))
title:"graph deep"  |  abstract:"graph deep"  |  title:"graph deep" OR abstract:"deep graph"
NOT title:"graph deep"  |  title:graph author:stone venue:basalt  |  author:ada author:bob
author:(ada OR bob)  |  author:(ada NOT stone)  |  gra*  |  gran*  |  pla*  |  ada*  |  x*
gra* pla*  |  gra* OR mo*  |  NOT gra*  |  title:gra*  |  abstract:pla*  |  author:st*
title:(gra* OR deep)  |  gr?ph  |  m?tal  |  de?p  |  m?t?l  |  *tal  |  *rap*  |  p*n*  |  *bot
pl*k  |  title:m?tal  |  title:*tal  |  author:st?ck  |  NOT *tal  |  *  |  *:*  |  graph OR *
year:2019  |  year:[2018 TO 2020]  |  year:[2018 TO]  |  year:[TO 2018]  |  year:{2018 TO 2020}
year:[2018 TO 2020}  |  year:{2018 TO 2020]  |  year:>2018  |  year:>=2018  |  year:<2018
year:<=2018  |  year:[2018 TO 2020] graph  |  year:2018 OR year:2020  |  year:(2018 OR 2020)
NOT year:[2018 TO 2020]  |  graph NOT year:2019  |  NOT year:[1000 TO 3000]  |  graph^2
graph^2 deep  |  graph^0.5 OR deep^3  |  (graph deep)^2  |  "graph deep"^2  |  title:graph^3 deep
title:(graph deep)^2  |  gra*^2  |  NOT NOT graph  |  graphh~  |  grph~  |  modell~
title:robt~  |  author:stne~  |  graph~
"""
COMMON_QUERIES = [query for line in COMMON.splitlines() for query in line.split("  |  ")]

DIFFERENT = [  # query, what it means to Whoosh and to us, both in our language
    ("graph OR deep model", "(graph OR deep) model", "graph OR (deep model)"),
    ("graph deep OR model", "graph (deep OR model)", "(graph deep) OR model"),
    ("graph -deep", "graph deep", "graph NOT deep"),
    ("graph of deep", "graph +of deep", "graph deep"),
    ("graph and deep", "graph +and deep", "graph deep"),
    ('"models"', "title:model OR abstract:model", 'title:"models"'),
    ("m?d?l", "title:model OR abstract:model", 'title:"model" OR abstract:"model"'),
    ('"zircon"', "zircon", "nothing"),
    ("zirc*", "zircon", "nothing"),
    ('title:"graph deep"~2', 'title:"graph deep"~1',
     'title:"graph deep"~1 OR title:"deep graph" OR title:"graph plank plank deep"'),
    ("gra?", "nothing", "gra"),

    ("title:graph-deep", "title:(graph deep)", 'title:"graph deep"'),
    ("'graph deep'", "title:(graph deep) OR abstract:(graph deep)", "graph deep"),
    ("robot:graph", "title:(robot graph) OR abstract:(robot graph)", "robot graph"),
    ("graph AND", "nothing", "graph"),
    ("author:stone,ada", "author:(stone ada)", 'author:"Stone, Ada"'),
    ("", "nothing", "*"),
]  # fmt: skip
LISTED = [  # the differences, as in the table of the README
    "a OR b c", "a -b", "the a", '"models"', "m?d?l", '"venue"', '"a b"~2', "word?",
    "Q-learning", "'a b'", "x^2", "SE(3)-like", '"a * b"',
    "foo:a", "a AND", 'author:"Kumar, A"', "nothing typed",
]  # fmt: skip


class OurTokens(Tokenizer):
    """Splits texts for Whoosh as this project does; `BREAK` separates authors."""

    def __call__(self, value: str, **asked: object) -> Iterator[Token]:
        """Yield the stemmed tokens of a text, with positions if requested."""
        token = Token(positions=bool(asked.get("positions")), mode=str(asked.get("mode", "")))
        parts = [tokenise(part) for part in value.split(BREAK)]
        if asked.get("tokenize") is False:  # a pattern
            parts = [[value]]
        place = 0
        for part in parts:
            for word in part:
                token.text, token.boost, token.stopped = stem(word), 1.0, False
                token.pos = token.startchar = token.endchar = place
                place += 1
                yield token
            place += 1


def make_papers() -> list[dict[str, object]]:
    """Make papers from very few words, so that all combinations occur."""
    choice = random.Random(11)
    return [
        {
            "id": f"p{number}",
            "title": " ".join(choice.choices(WORDS, k=choice.randint(1, 4))),
            "abstract": " ".join(choice.choices(WORDS, k=choice.randint(0, 5))),
            "topics": choice.sample(TOPICS, choice.randint(0, 2)),
            "authors": choice.sample(NAMES, choice.randint(0, 2)),
            "venue": choice.choice([*VENUES, ""]),
            "year": choice.choice([None, *range(2016, 2022)]),
        }
        for number in range(COUNT - 4)
    ] + [
        {"id": "models", "title": "Models of the Graph", "authors": ["Ann Gra"]},
        {"id": "dashed", "title": "Graph-Deep", "abstract": "deep robot graph"},
        {"id": "far", "title": "Graph Plank Plank Deep"},
        {"id": "loose", "title": "Graph Robot Deep", "abstract": "deep robot metal graph"},
    ]


@pytest.fixture(scope="module")
def ours(index_of: Callable[..., Path]) -> Searcher:
    """Return a searcher over our index of the papers."""
    return Searcher(index_of(*make_papers()))


@pytest.fixture(scope="module")
def theirs() -> Iterator[WhooshSearcher]:
    """Yield a searcher over Whoosh's own index of the papers."""
    text = TEXT(analyzer=OurTokens(), phrase=True)
    kept = {"id": ID(stored=True), "year": NUMERIC(int), **dict.fromkeys(FIELDS, text)}
    index = RamStorage().create_index(Schema(**kept))
    writer = index.writer()
    for paper in make_papers():
        joined = {name: paper.get(name, "") for name in ("id", "title", "abstract", "venue")}
        lists = {"author": paper.get("authors", []), "topic": paper.get("topics", [])}
        for name, values in lists.items():
            assert isinstance(values, list)
            joined[name] = f" {BREAK} ".join(values)
        year = {"year": paper["year"], "years": str(paper["year"])} if paper.get("year") else {}
        writer.add_document(**joined, **year)
    writer.commit()
    with index.searcher() as searcher:
        yield searcher


def find_ours(searcher: Searcher, query: str) -> set[str]:
    """Return the ids of the papers that have all of a query."""
    return set(list_matches(searcher, query))


def find_theirs(searcher: WhooshSearcher, query: str) -> set[str]:
    """Return the ids that Whoosh finds with its own parser."""
    parser = MultifieldParser(FIELDS, searcher.schema)
    parser.add_plugins([FuzzyTermPlugin(), GtLtPlugin()])
    return {hit["id"] for hit in searcher.search(parser.parse(query), limit=None)}


def test_the_words_suit_the_comparison() -> None:
    """The words are their own stems, so that phrases, which we never stem, can be compared."""
    assert all(stem(word) == word for word in WORDS)
    assert not STOP_WORDS & {*WORDS}
    assert len(make_papers()) == COUNT
    assert len(COMMON_QUERIES) >= 120


@pytest.mark.parametrize("query", COMMON_QUERIES)
def test_a_query_finds_what_whoosh_finds(
    ours: Searcher, theirs: WhooshSearcher, query: str
) -> None:
    """A query in the common part of both languages finds the same papers."""
    assert find_ours(ours, query) == find_theirs(theirs, query)


LEAVES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(["ada", "stone", "zircon", "2019", "lunar", "topic:ocean"]),
    st.builds("{}:{}".format, st.sampled_from(["title", "abstract"]), st.sampled_from(WORDS)),
    st.builds('"{} {}"'.format, st.sampled_from(WORDS), st.sampled_from(WORDS)),
    st.builds('title:"{} {}"'.format, st.sampled_from(WORDS), st.sampled_from(WORDS)),
    st.builds("year:[{} TO {}]".format, st.integers(2014, 2018), st.integers(2018, 2023)),
    st.sampled_from(["gra*", "p*n*", "m?tal", "title:m*al", "author:sta*", "venue:basalt"]),
    st.builds("{}^{}".format, st.sampled_from(WORDS), st.sampled_from(["2", "0.5"])),
)
TREES = st.recursive(
    LEAVES,
    lambda part: st.one_of(
        st.lists(part, min_size=2, max_size=3).map(lambda parts: f"({' AND '.join(parts)})"),
        st.lists(part, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
        st.lists(part, min_size=2, max_size=3).map(lambda parts: f"({' '.join(parts)})"),
        st.builds("{} AND NOT {}".format, part, part).map("({})".format),
        st.builds("({} OR {} AND {})".format, part, part, part),
        LEAVES.map("(NOT {})".format),
    ),
    max_leaves=8,
)


@given(TREES)
@settings(max_examples=300, deadline=None)
def test_any_tree_finds_what_whoosh_finds(
    ours: Searcher, theirs: WhooshSearcher, query: str
) -> None:
    """So does a tree of any shape made of common constructs."""
    assert find_ours(ours, query) == find_theirs(theirs, query)


@pytest.mark.parametrize(("query", "there", "here"), DIFFERENT, ids=[row[0] for row in DIFFERENT])
def test_where_we_differ_from_whoosh(
    ours: Searcher, theirs: WhooshSearcher, query: str, there: str, here: str
) -> None:
    """An intended difference is as listed on both sides, and changes the hits."""
    assert find_theirs(theirs, query) == find_ours(ours, there)
    assert find_ours(ours, query) == find_ours(ours, here)
    assert find_ours(ours, there) != find_ours(ours, here)


@pytest.mark.parametrize("difference", LISTED)
def test_differences_are_documented(difference: str) -> None:
    """Each difference is in the table of the README."""
    table = README[README.index("## Where the language differs from Whoosh's") :].split("\n## ")[0]
    cells = [row.split(" | ")[0].strip("| ") for row in table.splitlines() if row.startswith("|")]
    assert any(difference in re.sub("`", "", cell) for cell in cells)
