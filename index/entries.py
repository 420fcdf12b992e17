"""Answers: what does an engine get for one paper?

A paper becomes an `Entry`: for each field of `index.fields` its values, already analysed, so
that an engine only has to split words at spaces.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from index.analysis import stems, tokens
from index.fields import BEFORE, BREAK, FIRST
from index.name_forms import index_forms
from index.records import Paper
from index.venues import canonical_venue

Pair = tuple[str, str]
Shown = tuple[str, str, str, str]
"""Venue, the venue's name in the dump, its kind, and the type of an appearance."""

TITLE_REPEATS = 3
"""How often the title stands in `text`. Source: 1 to 5 tried; nDCG@10 .383, .384, .387, .389,
.388 on Cranfield, .532 and four times .530 on CACM."""

MAX_KEY = 1_000
"""Characters of a title that count when the whole of it is asked for."""

_CACHED = 1 << 15
"""Names, topics and institutions whose words are kept, each kind apart; they recur in a dump.
About 0.5 kB each."""

_CACHED_VENUES = 1 << 12
"""The same for venues, of about 2 kB; a journal's volume and page make each look like another."""


class Entry(Struct, frozen=True):
    """What an engine is given for one paper.

    Attributes:
        texts: (field, value) pairs; a field of several values stands several times.
            WORDS and POSITIONS values are tokens joined by single spaces.
        integers: (field, value) pairs.
    """

    texts: list[tuple[str, str]]
    integers: list[tuple[str, int]]


def entry(paper: Paper, dup: str = "") -> Entry:
    """Analyse a paper into the values of every field.

    Args:
        paper: A normalised paper.
        dup: `WORK` for a paper made of several records, `ROW` for one of these records.

    Returns:
        Its values, field by field; empty values are left out.
    """
    texts = [("id", paper.id), ("dup", dup), *_words(paper), *_people(paper), *_exact(paper)]
    years = dict.fromkeys([show.year for show in paper.appearances])
    integers = [("year", year) for year in years if year]
    if shown := paper.shown.year:
        integers.append(("year_order", shown))
    if paper.citations is not None:
        integers.append(("citations", paper.citations))
    return Entry([pair for pair in texts if pair[1]], integers)


def _words(paper: Paper) -> list[Pair]:
    title, abstract = tokens(paper.title), tokens(paper.abstract)
    title_words, title_stems = " ".join(title), " ".join(stems(title))
    abstract_words, abstract_stems = " ".join(abstract), " ".join(stems(abstract))
    topics = [_topic(topic) for topic in paper.topics]
    text = [title_stems] * TITLE_REPEATS + [abstract_stems] + [stemmed for _, stemmed in topics]
    return [
        ("text", _apart(text)),
        ("title", title_stems),
        ("abstract", abstract_stems),
        ("title_exact", title_words),
        ("abstract_exact", abstract_words),
        ("topic_words", _apart([words for words, _ in topics])),
        ("title_key", title_words[:MAX_KEY]),
        ("title_order", f"{title_words}{BEFORE}{paper.id}"),
    ]


@lru_cache(_CACHED)
def _topic(text: str) -> tuple[str, str]:
    """Give a topic's tokens and their stems."""
    found = tokens(text)
    return " ".join(found), " ".join(stems(found))


def _people(paper: Paper) -> list[Pair]:
    if not paper.authors:
        return []
    names = [_name(author.name) for author in paper.authors]
    first, alone, order = names[0]
    marked = f"{FIRST} {first}".replace(f" {BREAK} ", f" {BREAK} {FIRST} ") if first else ""
    keys = dict.fromkeys([author.key for author in paper.authors])
    places = dict.fromkeys(chain.from_iterable([author.affiliations for author in paper.authors]))
    return [
        ("author", _apart([marked, alone, *[forms for forms, _, _ in names[1:]]])),
        ("author_order", f"{order}{BEFORE}{paper.id}"),
        *[("author_key", key) for key in keys],
        ("first_author_key", paper.authors[0].key),
        ("institution_words", _apart(map(_cut, places))),
        *[("institution", place) for place in places],
    ]


@lru_cache(_CACHED)
def _name(text: str) -> tuple[str, str, str]:
    """Give the forms of an author's name, the further ones of a first author, its sort key."""
    forms = index_forms(text)
    rows, alone = map(" ".join, forms.rows), map(" ".join, forms.alone)
    return _apart(rows), _apart(alone), " ".join(forms.family_first)


def _exact(paper: Paper) -> list[Pair]:
    shown = [(s.venue, s.venue_name, s.venue_kind, s.type) for s in paper.appearances]
    return [
        *_shown(tuple(shown)),
        ("status", paper.status),
        *[("topic", topic) for topic in paper.topics],
        *[("source", source) for source in paper.sources],
        ("language", paper.language),
        ("doi", paper.ids.get("doi", "")),
        ("arxiv", paper.ids.get("arxiv", "")),
        *[("identifier", value.lower()) for value in dict.fromkeys(paper.ids.values())],
    ]


@lru_cache(_CACHED_VENUES)
def _shown(shows: tuple[Shown, ...]) -> list[Pair]:
    """Give the values of a paper's appearances, which mostly are those of many papers."""
    venues = dict.fromkeys(venue for venue, _, _, _ in shows)
    words = dict.fromkeys(name for show in shows for name in _venue_names(show[0], show[1]))
    return [
        *[("venue", venue) for venue in venues],
        ("venue_words", _apart(words)),
        ("venue_short", " ".join(filter(None, dict.fromkeys(map(_short_names, venues))))),
        *[("venue_kind", kind) for kind in dict.fromkeys(kind for _, _, kind, _ in shows)],
        *[("type", name) for name in dict.fromkeys(name for _, _, _, name in shows)],
    ]


def _venue_names(venue: str, as_given: str) -> Iterable[str]:
    """Give the words of every name of a venue: short, full, as the dump has it."""
    known = canonical_venue(venue)
    return map(_cut, (venue, as_given, known.full, *known.aliases))


def _short_names(venue: str) -> str:
    """Give the words under which a venue is known without saying so: NeurIPS, nips.

    Its full name is not among them: "learning" does not mean all papers of ICML.
    """
    acronyms = [name for name in canonical_venue(venue).aliases if " " not in name]
    return " ".join(filter(None, dict.fromkeys(map(_cut, (venue, *acronyms)))))


@lru_cache(_CACHED)
def _cut(text: str) -> str:
    """Give the tokens of a short text that recurs, joined by spaces."""
    return " ".join(tokens(text))


def _apart(values: Iterable[str]) -> str:
    return f" {BREAK} ".join(filter(None, values))
