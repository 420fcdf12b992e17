"""Turn a paper into the document that an engine indexes.

A `Document` holds the values of each field of `index.fields`, already analysed, so that an
engine only has to split words at spaces.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from index.fields import BEFORE, BREAK, CITED_STEPS, FIRST, PART
from index.names.variants import NameForms, list_index_forms
from index.normalise.arrival import encode_arrival
from index.normalise.dates import encode_date
from index.normalise.identifier_keys import list_paper_keys
from index.normalise.presence import list_present_fields
from index.normalise.status_labels import merge_status
from index.normalise.venues import resolve_venue
from index.records import Paper
from index.text.analyser import tokenise
from index.text.stems import stem_all

Pair = tuple[str, str]
Place = tuple[str, str, str, str]
"""The venue of an appearance, its name in the dump, its kind, and the type of the appearance."""

TITLE_REPEATS = 3
"""How many times `text` contains the title. Tried 1 to 5: nDCG@10 .383, .384, .387, .389, .388
on Cranfield; .532, .530, .530, .530, .530 on CACM."""

MAX_KEY = 1_000
"""Length of `title_key` in characters; longer titles are compared by their beginnings."""

_CACHED = 1 << 15
"""Size of each of the caches for names, topics and institutions, which recur within a dump.
An entry takes about 0.5 kB."""

_LONGEST_CACHED = 1_000
"""Characters of a text that is cached, so that the cache takes no more than 70 MB. Chosen."""

_CACHED_VENUES = 1 << 12
"""Size of the cache for venues, about 2 kB an entry. It is small since the volume and page of a
journal make every appearance there different."""


class Document(Struct, frozen=True, array_like=True, omit_defaults=True):
    """The analysed fields of one paper.

    A document is sent from process to process, so it holds nothing that can be derived: `texts`
    and `integers` build the values that an engine takes. Fields that most papers lack come last.

    Attributes:
        id: The paper's id.
        dup: `WORK` for a paper made of several records, `ROW` for one of these records.
        name_order: The first author's name as it is sorted, ``kumar aviral``; None without
            authors.
        topic_stems: The stems of each topic.
        added: When the index first had the paper, in seconds since 1970; 0 until it is stored.
        The others hold the values of the field of that name (`index.fields`): tokens joined by
            single spaces, or whole values, as a list if there may be several.
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
    date_order: int | None = None
    has: str = ""
    identifier: list[str] = []
    doi: str = ""
    arxiv: str = ""
    status: str = ""
    language: str = ""
    citations: int | None = None
    institution: list[str] = []
    institution_words: str = ""
    date: list[int] = []
    added: int = 0

    @property
    def texts(self) -> list[Pair]:
        """Return (field, value) pairs; a field of several values comes several times."""
        title, words, key = self.title, self.title_exact, self.id
        if self.dup == PART:
            return [("id", key), ("dup", PART)]
        pairs = [
            ("id", key),
            ("dup", self.dup),
            ("text", _join_values([*(title,) * TITLE_REPEATS, self.abstract, *self.topic_stems])),
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
            ("has", self.has),
        ]
        cited = self.citations or 0
        pairs += [("cited", str(step)) for step in CITED_STEPS if step <= cited]
        for name in _MULTIVALUED:
            pairs += [(name, value) for value in getattr(self, name)]
        return [pair for pair in pairs if pair[1]]

    @property
    def integers(self) -> list[tuple[str, int]]:
        """Return the (field, value) pairs of the numeric fields."""
        pairs = [("year", year) for year in self.year]
        if self.date_order is not None:
            pairs.append(("date_order", self.date_order))
        pairs += [("date", date) for date in self.date]
        if self.citations is not None:
            pairs.append(("citations", self.citations))
        if self.added:
            pairs.append(("added", encode_arrival(self.added, self.date_order)))
        return pairs


_MULTIVALUED = (
    "author_key", "topic", "venue", "venue_kind", "type", "source", "identifier", "institution",
)  # fmt: skip


def analyse_paper(paper: Paper, dup: str = "") -> Document:
    """Analyse a paper into the values of every field.

    Args:
        paper: A normalised paper.
        dup: `WORK` for a paper made of several records, `ROW` for one of these records.
    """
    title, abstract = tokenise(paper.title), tokenise(paper.abstract)
    topics = [_analyse_topic(topic) for topic in paper.topics]
    authors, ids = paper.authors, paper.ids
    names = [_list_name_forms(author.name) for author in authors]
    shows, shown = paper.appearances, paper.shown
    venues, words, short, kinds, types = _analyse_places(
        tuple([(s.venue, s.venue_name, s.venue_kind, s.type) for s in shows])
    )
    # Positional arguments, in the order of `Document`.
    return Document(
        paper.id, dup,
        " ".join(title), " ".join(stem_all(title)),
        " ".join(abstract), " ".join(stem_all(abstract)),
        _join_authors(names), list(dict.fromkeys([author.key for author in authors])),
        authors[0].key if authors else "", names[0].family_first if names else None,
        paper.topics, _join_values([words for words, _ in topics]),
        [stemmed for _, stemmed in topics],
        venues, words, short, kinds, types, paper.sources,
        [year for year in dict.fromkeys([show.year for show in shows]) if year],
        encode_date(shown.when) if shown.year else None,
        " ".join(list_present_fields(paper)),
        list_paper_keys(paper),
        ids.get("doi", ""), ids.get("arxiv", ""),
        merge_status(paper.status), paper.language, paper.citations, *_analyse_institutions(paper),
        [encode_date(date) for date in dict.fromkeys([show.date for show in shows]) if date],
    )  # fmt: skip


def _analyse_institutions(paper: Paper) -> tuple[list[str], str]:
    """Return the institutions of all authors, and their tokens."""
    affiliations = [author.affiliations for author in paper.authors if author.affiliations]
    if not affiliations:
        return [], ""
    institutions = list(dict.fromkeys(chain.from_iterable(affiliations)))
    return institutions, _join_values(map(_tokenise_value, institutions))


def make_part(key: str) -> Document:
    """Build the document of a record that is no paper by itself; it cannot be found.

    Args:
        key: The record's key in the ledger.
    """
    return Document(key, PART)


@lru_cache(_CACHED)
def _analyse_topic(text: str) -> tuple[str, str]:
    """Return the tokens of a topic, and their stems."""
    found = tokenise(text)
    return " ".join(found), " ".join(stem_all(found))


def _join_authors(names: list[NameForms]) -> str:
    """Join the forms of all names; each form of the first author's starts with `FIRST`."""
    if not names:
        return ""
    first, alone, _ = names[0]
    marked = f"{FIRST} {first}".replace(f" {BREAK} ", f" {BREAK} {FIRST} ") if first else ""
    return _join_values([marked, alone, *[forms[0] for forms in names[1:]]])


_list_name_forms = lru_cache(_CACHED)(list_index_forms)


@lru_cache(_CACHED_VENUES)
def _analyse_places(places: tuple[Place, ...]) -> tuple[list[str], str, str, list[str], list[str]]:
    """Analyse where a paper appeared; cached, since many papers appeared in the same places.

    Returns:
        The venues, the tokens of their names, the tokens of their short names, their kinds, and
        the types of the appearances.
    """
    venues = dict.fromkeys(venue for venue, _, _, _ in places)
    names = dict.fromkeys(name for place in places for name in _tokenise_names(*place[:2]))
    return (
        list(venues),
        _join_values(names),
        " ".join(filter(None, dict.fromkeys(map(_tokenise_short_names, venues)))),
        list(dict.fromkeys(kind for _, _, kind, _ in places)),
        list(dict.fromkeys(name for _, _, _, name in places)),
    )


def _tokenise_names(venue: str, as_given: str) -> Iterable[str]:
    """Return the tokens of each name of a venue: short, as in the dump, full, aliases."""
    known = resolve_venue(venue)
    return map(_tokenise_value, (venue, as_given, known.full, *known.aliases))


def _tokenise_short_names(venue: str) -> str:
    """Return the tokens that match a venue in a query without a field: neurips, nips.

    The full name is left out, so that "learning" does not match every paper of ICML.
    """
    acronyms = [name for name in resolve_venue(venue).aliases if " " not in name]
    return " ".join(filter(None, dict.fromkeys(map(_tokenise_value, (venue, *acronyms)))))


def _tokenise_value(text: str) -> str:
    """Return the tokens of a text that may recur, joined by spaces; long ones are not cached."""
    return _tokenise_short(text) if len(text) <= _LONGEST_CACHED else " ".join(tokenise(text))


@lru_cache(_CACHED)
def _tokenise_short(text: str) -> str:
    return " ".join(tokenise(text))


def _join_values(values: Iterable[str]) -> str:
    return f" {BREAK} ".join(filter(None, values))
