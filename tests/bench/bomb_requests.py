"""Write short requests that cost a server as much as possible, from the words of an index."""

import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice, product
from random import Random
from urllib.parse import quote, urlencode

from index.records import Paper, list_record_ids
from search.answers.searcher import Searcher
from search.language.stopwords import STOP_WORDS
from search.planning.plan import Exact, Plan
from search.request.facets import FACETS
from search.request.search_request import SORTS, SearchRequest

OF_EACH_LETTER = 40
"""Words of the index taken for each first letter, the most frequent ones."""

BOOKS = 400
"""Papers and works among which the longest and the most often merged one are looked for."""

Pairs = list[tuple[str, str]]
"""Parameters of an address."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the bombs are made of; everything but `papers` comes with the most frequent first.

    Attributes:
        stops: Stop words.
        words: Other words, as written.
        names: Parts of the names of authors.
        venues: Venues.
        papers: Some papers: the one with the longest abstract, and the most often merged one.
    """

    stops: list[str]
    words: list[str]
    names: list[str]
    venues: list[str]
    papers: list[Paper]


@dataclass(frozen=True, slots=True)
class Bomb:
    """One request.

    Attributes:
        kind: What is costly about it.
        address: Its path with its parameters.
    """

    kind: str
    address: str


def read_words(searcher: Searcher) -> Words:
    """Read the most frequent words of an index, and the papers that say most."""
    written = _complete_letters(searcher, "abstract_exact")
    hits = searcher.find_hits(Plan(Exact("dup", "work")), BOOKS)
    works = sorted((hit.paper for hit in hits), key=lambda one: -len(list_record_ids(one)))
    asked = SearchRequest(" ".join(written[:9]), per_page=100, facets=("venue",))
    results = searcher.search(asked)
    longest = max((hit.paper for hit in results.hits), key=lambda one: len(one.abstract))
    return Words(
        stops=[word for word in written if word in STOP_WORDS],
        words=[word for word in written if word not in STOP_WORDS],
        names=_complete_letters(searcher, "author"),
        venues=[one.value for one in results.facets["venue"]],
        papers=[longest, *works[:1]],
    )


def _complete_letters(searcher: Searcher, field: str) -> list[str]:
    counts: dict[str, int] = {}
    for letter in string.ascii_lowercase:
        counts |= searcher.engine.complete(field, letter, OF_EACH_LETTER)
    return sorted((word for word in counts if word.isalpha()), key=lambda word: -counts[word])


def _phrases(words: list[str], length: int, count: int, slop: int = 0) -> str:
    """Join phrases of different words with OR."""
    chosen = Random(length)
    texts = (" ".join(chosen.sample(words, min(length, len(words)))) for _ in range(count))
    return " OR ".join(f'"{text}"' + (f"~{slop}" if slop else "") for text in texts)


def _nest(words: Iterable[str], depth: int) -> str:
    """Nest words in brackets, each level under NOT."""
    text = "the"
    for word, _ in zip(words, range(depth), strict=False):
        text = f"({word} OR NOT {text})"
    return text


def list_queries(index: Words) -> Iterator[tuple[str, str]]:
    """Yield (kind, query): the queries that are sent in every way."""
    stops, words, names = index.stops, index.words, index.names
    yield "slop of stop words", _phrases(stops[:9], 6, 10, 20)
    yield "slop AND", _phrases(stops[:9], 5, 9, 9).replace(" OR ", " AND ")
    yield "slop in fields", " OR ".join(f"abstract:{part}" for part in _slop_pairs(stops))
    yield "slop of one word", " OR ".join(['"the the the the the the"~50'] * 9)
    yield "phrases of stop words", _phrases(stops[:12], 20, 20)
    yield "phrase of gaps", '"the * of * and * to * in * we"'
    yield (
        "phrases that begin",
        " OR ".join(f'"{stop} {c}*"' for stop, c in zip(stops[:7], "scpmadr", strict=False)),
    )
    yield "leading wildcards", "*ing OR *ion* OR ?*ati*"
    yield "wide prefixes", " OR ".join(f"{letter}*" for letter in "cpsamdrtbe")
    yield (
        "wide patterns",
        " OR ".join(
            f"{letter}*{end}" for letter, end in zip("cpsamdrtb", "esnsgdyre", strict=True)
        ),
    )
    yield "questions", "?????ing OR ???????? OR ????????????"
    yield "fuzzy", " OR ".join(f"{word}~2" for word in words[:10])
    yield "fuzzy short", " OR ".join(f"{word[:3]}~2" for word in words[:10])
    yield "fuzzy authors", " OR ".join(f"author:{name}~2" for name in names[:10])
    yield "frequent OR", " OR ".join([*stops[:60], *words[:139]])
    yield "frequent words", " ".join(words[:190])
    yield "required words", " ".join(f"+{word}" for word in [*stops[:40], *words[:150]])
    yield "negated words", " ".join(["*", *(f"-{word}" for word in words[:190])])
    yield "boosts", " OR ".join(f"{word}^{2 + at % 7}" for at, word in enumerate(words[:190]))
    yield "nested", _nest([*words, *stops], 60)
    yield "nested deeply", "(" * 3_000 + "the" + ")" * 3_000
    yield "hyphens", " ".join("-of-".join(words[at : at + 5]) for at in range(0, 160, 5))
    yield "one long hyphenated word", "-".join(["of-the"] * 240)
    yield "years", " OR ".join(f"year:{1900 + at}..{2100 - at}" for at in range(90))
    yield "citations", " OR ".join(f"citations:{at}..{10_000 + at}" for at in range(90))
    yield "dates", " OR ".join(f"date:{1990 + at}-01..2030-05" for at in range(60))
    yield "presence", " OR ".join(("-has:doi", "-has:code", "has:abstract", "-has:pdf") * 40)
    yield "initials", " OR ".join(f'author:"{c}. {n}"' for c, n in product("jmasy", names[:38]))
    yield "author list", "; ".join(f"{b.title()}, {a.title()}" for a, b in _pair(names, 300))
    yield (
        "author list et al",
        " and ".join(f"{b.title()} et al., 2019" for _, b in _pair(names, 90)),
    )
    yield "everything", "*"
    yield "rare and frequent", " ".join(["zqxv", *words[:30], "yyqz"])
    yield "misspelt", " ".join(word[:2] + word[3:] + "e" for word in words[20:80])
    yield "no such words", " ".join(f"{word}qx{word}" for word in words[:60])
    yield from _list_long(index)


def _slop_pairs(stops: list[str]) -> list[str]:
    return [f'"{one} {other}"~99' for one, other in islice(combinations(stops, 2), 10)]


def _pair(names: list[str], count: int) -> Iterator[tuple[str, str]]:
    chosen = Random(7)
    return ((chosen.choice(names), chosen.choice(names)) for _ in range(count))


def _list_long(index: Words) -> Iterator[tuple[str, str]]:
    """Yield (kind, query) for pasted and broken texts."""
    words = index.words
    chosen = Random(3)
    yield "prose", " ".join(chosen.choices([*index.stops, *words], k=3_400))[:20_000]
    yield "prose with typos", " ".join(word[1:] for word in chosen.choices(words, k=2_600))[:19_990]
    yield "book-long abstract", max(one.abstract for one in index.papers)[:19_990]
    yield "quotes", '"' * 9_999 + " the"
    yield "operators", " OR NOT (" * 2_200
    yield "colons", "title:" * 3_300 + "deep"
    yield "one huge word", "a" * 20_000
    yield "huge words", " ".join([("ab" * 120) + str(at) for at in range(75)])
    yield "CJK", "的是在了和" * 3_900
    yield "marks", "e" + "\u0301" * 19_000
    yield "formulas", "$\\frac{a}{b}^{2}$ " * 1_000
    yield "record", "@article{x, title={" + "{" * 4_000 + " ".join(words[:1_500])
    yield "tags", "<sub>" * 2_000 + "&amp;" * 1_900
    yield "ids", " OR ".join(f"id:arxiv:2006.{at:05}" for at in range(199))
    yield "dois", " ".join(f"10.1000/{at:06}" for at in range(1_200))
    yield (
        "citation list",
        "(" + "; ".join(f"{n}, {2000 + at % 20}" for at, n in enumerate(index.names[:400])) + ")",
    )


def list_ways(index: Words) -> dict[str, Pairs]:
    """Return the ways in which a search can be asked for, by name, with their parameters."""
    filters = [(name, "nobody") for name in FACETS if name != "year"]
    selected = [("venue", venue) for venue in index.venues[:50]]
    excluded = [("author", f"-{one} {other}") for one, other in _pair(index.names, 49)]
    return {
        "/search": [],
        "/search with filters": [*filters, ("year", "2000")],
        "/search selecting": [*selected, *excluded, ("facets", ",".join(FACETS))],
        "/search.json feedback": [
            ("expand", "feedback"),
            ("prior", "citations"),
            ("hidden", "show"),
        ],
        "/search.json records": [("records", "1"), ("facets", "author,institution,topic")],
        "/search.json meaning": [("meaning", "all")],
        "/search.json explain": [("explain", "1"), ("per_page", "100"), ("expand", "feedback")],
        "/search.json facets": [("facets", ",".join(FACETS)), ("per_page", "100")],
        **{
            f"/search.json {sort}": [("sort", sort), ("page", "999"), ("per_page", "100")]
            for sort in SORTS
        },
        "/why-not.json": [("id", index.papers[0].id), *filters],
        "/why-not.json records": [
            ("id", index.papers[-1].id),
            ("records", "1"),
            ("expand", "feedback"),
        ],
        "/suggest.json": [("limit", "50")],
    }


def list_bombs(index: Words) -> Iterator[Bomb]:
    """Yield every query in every way, and what takes no query."""
    for (way, pairs), (kind, text) in product(list_ways(index).items(), list_queries(index)):
        yield Bomb(f"{way}: {kind}", f"{way.split()[0]}?{urlencode([*pairs, ('q', text)])}")
    yield from _list_others(index)


def _list_others(index: Words) -> Iterator[Bomb]:
    """Yield the requests for completions, papers and files."""
    starts = [*string.ascii_lowercase, *(f"{word} {c}" for word in index.words[:3] for c in "scp")]
    starts += [
        f"{field}:{c}" for field in ("author", "venue", "topic", "title", "id") for c in "as"
    ]
    starts += [" ".join(index.words[:160])[:1_000], " ".join(index.stops[:9]) + " s", "的" * 999]
    for text in starts:
        yield Bomb("completions", f"/suggest.json?{urlencode({'q': text, 'limit': 50})}")
    for paper in index.papers:
        for hidden, view in product(("", "show"), ("0", "1")):
            asked = {"id": paper.id, "per_page": 100, "hidden": hidden, "records": view}
            yield Bomb("related", f"/similar.json?{urlencode(asked)}")
        yield Bomb("related by title", f"/similar.json?{urlencode({'id': paper.title})}")
        yield Bomb("paper", f"/paper?{urlencode({'id': paper.id})}")
        yield Bomb("paper as JSON", f"/paper.json?{urlencode({'id': paper.id})}")
    for nothing in (
        "x" * 9_000,
        "arxiv:",
        "10.1/" + "9" * 900,
        "的" * 900,
        "the of and",
        "/" * 900,
    ):
        for route in ("/paper", "/paper.json", "/similar.json", "/why-not.json"):
            yield Bomb(f"{route}: no such id", f"{route}?{urlencode({'id': nothing, 'q': '*'})}")
        yield Bomb("path: no such id", f"/paper/{quote(nothing)}")
    for address in ("/", "/index.json", "/robots.txt", "/static/style.css", "/nothing"):
        yield Bomb("plain", address)
