"""Cut the lists and drop the words of a raw record of which no paper has so many or so long ones.

What a reader found is bounded before it is collected in batches, so that no record takes more
memory or time than the largest real ones.
"""

from operator import attrgetter

from msgspec.structs import replace

from index.normalise.authors import MAX_AUTHORS, MAX_EDITORS, MAX_NAME
from index.records import Appearance, RawAuthor, RawRecord

MAX_ITEMS = 1_000
"""Topics, identifiers, links or appearances of a record that are kept. Chosen: a journal's article
has up to 300 terms of MeSH with their qualifiers."""

MAX_REFERENCES = 10_000
"""References of a record that are kept. Chosen: reviews with the most have some thousands."""

MAX_PLACES = 100
"""Affiliations or identifiers of an author that are kept. Chosen: some have 20."""

MAX_PLACE = 5_000
"""Characters of an affiliation that are kept: some list all of an author's in one text. Chosen."""

MAX_WORD = 1_000
"""Characters of a venue, a date, a topic and the like; a longer one is a misplaced text, which is
dropped. Chosen: the titles of proceedings have up to 500."""

MAX_ADDRESS = 4_000
"""Characters of an identifier or a link; a longer one is dropped. Chosen: browsers open no more
than some thousand."""

_WORDS = ("venue", "venue_kind", "type", "status", "language", "date", "volume", "issue", "pages",
          "publisher", "moved", "updated")  # fmt: skip
_PLACE_WORDS = ("venue", "venue_name", "venue_kind", "type", "date", "volume", "issue", "pages",
                "publisher")  # fmt: skip


_get_words = attrgetter(*_WORDS)
_get_place_words = attrgetter(*_PLACE_WORDS)


def bound_record(raw: RawRecord) -> RawRecord:
    """Return a record whose lists and words are within the bounds.

    Args:
        raw: One record. Its title and abstract are left alone, see `index.normalise.texts`.

    Returns:
        The record itself, or else one that names each field that was cut or dropped in `odd`.
    """
    long = max(map(len, _get_words(raw))) > MAX_WORD
    changed = _bound_words(raw, _WORDS) if long else {}
    if isinstance(raw.year, str) and len(raw.year) > MAX_WORD:
        changed["year"] = None
    for name in ("authors", "editors"):
        people: tuple[RawAuthor, ...] = getattr(raw, name)
        if people and (bounded := _bound_authors(people)) is not None:
            changed[name] = bounded
    if raw.topics and (len(raw.topics) > MAX_ITEMS or max(map(len, raw.topics)) > MAX_WORD):
        topics = (topic for topic in raw.topics[:MAX_ITEMS] if len(topic) <= MAX_WORD)
        changed["topics"] = tuple(topics)
    if raw.appearances and (shows := _bound_appearances(raw.appearances)) is not None:
        changed["appearances"] = shows
    if raw.references and (references := _bound_references(raw.references)) is not None:
        changed["references"] = references
    for name in ("ids", "urls"):
        values: dict[str, str] = getattr(raw, name)
        if values and not _is_bounded(values, MAX_ITEMS):
            changed[name] = _bound_values(values, MAX_ITEMS)
    if not changed:
        return raw
    return replace(raw, odd=tuple(dict.fromkeys((*raw.odd, *changed))), **changed)


def _bound_words(holder: RawRecord | Appearance, names: tuple[str, ...]) -> dict[str, object]:
    """Return the words that are too long, each with an empty text."""
    return {name: "" for name in names if len(getattr(holder, name)) > MAX_WORD}


def _bound_references(references: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the references within the bounds, or None if they all are."""
    if len(references) <= MAX_REFERENCES and max(map(len, references)) <= MAX_WORD:
        return None
    return tuple(one for one in references[:MAX_REFERENCES] if len(one) <= MAX_WORD)


def _bound_appearances(shows: tuple[Appearance, ...]) -> tuple[Appearance, ...] | None:
    """Return the appearances within the bounds, or None if they all are."""
    if len(shows) <= MAX_ITEMS and not any(map(_is_long, shows)):
        return None
    return tuple(
        replace(show, **_bound_words(show, _PLACE_WORDS), editors=_bound_editors(show))
        if _is_long(show)
        else show
        for show in shows[:MAX_ITEMS]
    )


def _bound_editors(show: Appearance) -> tuple[str, ...]:
    return tuple(name[:MAX_NAME] for name in show.editors[:MAX_EDITORS])


def _is_long(show: Appearance) -> bool:
    if show.editors and show.editors != _bound_editors(show):
        return True
    return max(map(len, _get_place_words(show))) > MAX_WORD


def _bound_authors(authors: tuple[RawAuthor, ...]) -> tuple[RawAuthor, ...] | None:
    """Return the authors within the bounds, or None if they all are."""
    if len(authors) <= MAX_AUTHORS and all(map(_is_bounded_author, authors)):
        return None
    return tuple(map(_bound_author, authors[:MAX_AUTHORS]))


def _is_bounded_author(author: RawAuthor) -> bool:
    if len(author.name) + len(author.family) + len(author.given) + len(author.suffix) > MAX_NAME:
        return False
    if not author.affiliations and not author.ids:
        return True
    places = author.affiliations
    if places and (len(places) > MAX_PLACES or max(map(len, places)) > MAX_PLACE):
        return False
    return not author.ids or _is_bounded(author.ids, MAX_PLACES)


def _bound_author(author: RawAuthor) -> RawAuthor:
    if _is_bounded_author(author):
        return author
    return RawAuthor(
        author.name[:MAX_NAME],
        author.family[:MAX_NAME],
        author.given[:MAX_NAME],
        author.suffix[:MAX_NAME],
        _bound_values(author.ids, MAX_PLACES),
        tuple(place[:MAX_PLACE] for place in author.affiliations[:MAX_PLACES]),
        author.body,
    )


def _is_bounded(values: dict[str, str], most: int) -> bool:
    if len(values) > most:
        return False
    return max(map(len, values)) <= MAX_WORD and max(map(len, values.values())) <= MAX_ADDRESS


def _bound_values(values: dict[str, str], most: int) -> dict[str, str]:
    pairs = [*values.items()][:most]
    short = [pair for pair in pairs if len(pair[0]) <= MAX_WORD and len(pair[1]) <= MAX_ADDRESS]
    return dict(short)
