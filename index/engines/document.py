"""Answers: what does an engine get for one paper?

A paper becomes an `Entry`: for each field of `index.fields` its values, already analysed, so
that an engine only has to split words at spaces.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from index.fields import BEFORE, BREAK, FIRST, PART
from index.names.variants import NameForms, list_index_forms
from index.normalise.venues import canonical_venue
from index.records import Paper
from index.text.analyser import stem_all, tokenise

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


class Document(Struct, frozen=True, array_like=True, omit_defaults=True):
    """What an engine is given for one paper.

    It is sent from process to process, so what follows from something else is not in it: `texts`
    and `integers` are what an engine takes. What most papers do not have stands last.

    Attributes:
        id: The paper's id.
        dup: `WORK` for a paper made of several records, `ROW` for one of these records.
        name_order: The first author's name as it is sorted; None without authors.
        topic_stems: The stems of each topic.
        The others are what the field of that name holds (`index.fields`): tokens joined by single
            spaces, or whole values, several as a list.
    """

    id: str
    dup: str = ""
    title_exact: str = ""
    title: str = ""
    abstract_exact: str = ""
    abstract: str = ""
    author: str = ""
    author_key: list[str] = []
    first_author_key: str = ""
    name_order: str | None = None
    topic: tuple[str, ...] = ()
    topic_words: str = ""
    topic_stems: list[str] = []
    venue: list[str] = []
    venue_words: str = ""
    venue_short: str = ""
    venue_kind: list[str] = []
    type: list[str] = []
    source: tuple[str, ...] = ()
    year: list[int] = []
    year_order: int | None = None
    identifier: list[str] = []
    doi: str = ""
    arxiv: str = ""
    status: str = ""
    language: str = ""
    citations: int | None = None
    institution: list[str] = []
    institution_words: str = ""

    @property
    def texts(self) -> list[Pair]:
        """Return (field, value) pairs; a field of several values stands several times."""
        title, words, key = self.title, self.title_exact, self.id
        if self.dup == PART:
            return [("id", key), ("dup", PART)]
        pairs = [
            ("id", key),
            ("dup", self.dup),
            ("text", _apart([*(title,) * TITLE_REPEATS, self.abstract, *self.topic_stems])),
            ("title", title),
            ("abstract", self.abstract),
            ("title_exact", words),
            ("abstract_exact", self.abstract_exact),
            ("title_key", words[:MAX_KEY]),
            ("title_order", f"{words}{BEFORE}{key}"),
            ("author", self.author),
            ("author_order", "" if self.name_order is None else f"{self.name_order}{BEFORE}{key}"),
            ("first_author_key", self.first_author_key),
            ("topic_words", self.topic_words),
            ("institution_words", self.institution_words),
            ("venue_words", self.venue_words),
            ("venue_short", self.venue_short),
            ("status", self.status),
            ("language", self.language),
            ("doi", self.doi),
            ("arxiv", self.arxiv),
        ]
        for name in _SEVERAL:
            pairs += [(name, value) for value in getattr(self, name)]
        return [pair for pair in pairs if pair[1]]

    @property
    def integers(self) -> list[tuple[str, int]]:
        """Return (field, value) pairs of numbers."""
        pairs = [("year", year) for year in self.year]
        if self.year_order is not None:
            pairs.append(("year_order", self.year_order))
        if self.citations is not None:
            pairs.append(("citations", self.citations))
        return pairs


_SEVERAL = (
    "author_key", "topic", "venue", "venue_kind", "type", "source", "identifier", "institution",
)  # fmt: skip


def analyse_paper(paper: Paper, dup: str = "") -> Document:
    """Analyse a paper into the values of every field.

    Args:
        paper: A normalised paper.
        dup: `WORK` for a paper made of several records, `ROW` for one of these records.
    """
    title, abstract = tokenise(paper.title), tokenise(paper.abstract)
    topics = [_topic(topic) for topic in paper.topics]
    authors, ids = paper.authors, paper.ids
    names = [_name(author.name) for author in authors]
    venues, words, short, kinds, types = _shown(
        tuple([(s.venue, s.venue_name, s.venue_kind, s.type) for s in paper.appearances])
    )
    # By position, in the order of `Entry`.
    return Document(
        paper.id, dup,
        " ".join(title), " ".join(stem_all(title)),
        " ".join(abstract), " ".join(stem_all(abstract)),
        _authors(names), list(dict.fromkeys([author.key for author in authors])),
        authors[0].key if authors else "", names[0].family_first if names else None,
        paper.topics, _apart([words for words, _ in topics]), [stemmed for _, stemmed in topics],
        venues, words, short, kinds, types, paper.sources,
        [year for year in dict.fromkeys([show.year for show in paper.appearances]) if year],
        paper.shown.year or None,
        [value.lower() for value in dict.fromkeys(ids.values())],
        ids.get("doi", ""), ids.get("arxiv", ""),
        paper.status, paper.language, paper.citations, *_places(paper),
    )  # fmt: skip


def _places(paper: Paper) -> tuple[list[str], str]:
    """Give the institutions of all authors, and their words."""
    placed = [author.affiliations for author in paper.authors if author.affiliations]
    if not placed:
        return [], ""
    places = list(dict.fromkeys(chain.from_iterable(placed)))
    return places, _apart(map(_cut, places))


def make_part(key: str) -> Document:
    """Give what an engine is given for a record that is no paper by itself.

    Args:
        key: Its key in the ledger.
    """
    return Document(key, PART)


@lru_cache(_CACHED)
def _topic(text: str) -> tuple[str, str]:
    """Give a topic's tokens and their stems."""
    found = tokenise(text)
    return " ".join(found), " ".join(stem_all(found))


def _authors(names: list[NameForms]) -> str:
    """Give the rows of all authors, those of the first marked as such."""
    if not names:
        return ""
    first, alone, _ = names[0]
    marked = f"{FIRST} {first}".replace(f" {BREAK} ", f" {BREAK} {FIRST} ") if first else ""
    return _apart([marked, alone, *[forms[0] for forms in names[1:]]])


_name = lru_cache(_CACHED)(list_index_forms)


@lru_cache(_CACHED_VENUES)
def _shown(shows: tuple[Shown, ...]) -> tuple[list[str], str, str, list[str], list[str]]:
    """Give the values of a paper's appearances, which mostly are those of many papers.

    Returns:
        Venues, the words of their names, those of their short names, their kinds, the types.
    """
    venues = dict.fromkeys(venue for venue, _, _, _ in shows)
    words = dict.fromkeys(name for show in shows for name in _venue_names(show[0], show[1]))
    return (
        list(venues),
        _apart(words),
        " ".join(filter(None, dict.fromkeys(map(_short_names, venues)))),
        list(dict.fromkeys(kind for _, _, kind, _ in shows)),
        list(dict.fromkeys(name for _, _, _, name in shows)),
    )


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
    return " ".join(tokenise(text))


def _apart(values: Iterable[str]) -> str:
    return f" {BREAK} ".join(filter(None, values))
