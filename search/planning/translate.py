"""Translate a query tree into a plan node that matches the papers it asks for.

The set of hits is decided here; their order is decided in `search.planning.ranking`.
"""

from collections.abc import Sequence

from index.normalise.closed_values import unify_value
from index.normalise.presence import ALWAYS
from index.text.analyser import tokenise, tokenise_name, tokenise_word
from index.text.folding import fold
from index.text.stems import stem, stem_all
from search.language.bibliographies import BIBLIOGRAPHY
from search.language.fields import BY_NAME, CITATION_FIELDS, PRESENCE, FieldKind
from search.language.phrases import read_phrase
from search.language.stopwords import STOP_WORDS
from search.language.tree import (
    And,
    Boost,
    Dates,
    Everything,
    Fuzzy,
    Not,
    Or,
    Phrase,
    Query,
    Range,
    Required,
    Row,
    Value,
    Wildcard,
    Word,
)
from search.planning.author_names import plan_name, plan_other_names
from search.planning.dates import match_arrivals, match_dates
from search.planning.identifiers import (
    FIELDS,
    is_plain,
    match_bare_identifier,
    match_identifier,
    names_paper,
)
from search.planning.limits import check_expansion
from search.planning.name_words import find_typed_names
from search.planning.optional_words import TypedWord, find_optional_words
from search.planning.phrases import match_row, plan_phrase
from search.planning.plan import (
    NOTHING,
    Anything,
    Exact,
    Flat,
    Near,
    Node,
    Numbers,
    Pattern,
    Statistics,
    Term,
    Tokens,
    Weighted,
    Without,
    all_of,
    any_of,
)
from search.planning.spelling_matches import match_other_spelling, match_stems
from search.planning.statuses import find_status
from search.planning.years import extract_year, is_year, match_dated_word, split_year

NAME_WEIGHT = 10.0
"""Score of an author's name, the same for every name. With BM25 it would depend on the number of
authors and on how many forms their names have. Tried 5, 8, 10 and 12: MRR@10 of fullname+word .860
for each (with BM25 .829), of typo .990, .998, .998, 1.0."""

HOMONYM_WEIGHT = 0.2
"""Score of a name that is more often a word: for "deep learning", K. Deep's papers should not come
first. Tried .2 and 1: no difference. Compared with `NAME_WEIGHT`, MRR@10 of three kinds is .003
higher."""

TITLE_PHRASE_WEIGHT = 3.0
"""Weight of a phrase in the title relative to the abstract, as for words. Tried 1, 2, 3 and 5:
MRR@10 of phrase .969, .971, .972, .972."""


class Translator:
    """Translates query trees for one index, whose counts tell which fields contain a word.

    Attributes:
        optional: Stop words that need not match; they may still affect the ranking.
    """

    def __init__(self, statistics: Statistics) -> None:
        self._statistics = statistics
        self._count = statistics.count_documents
        self.optional: list[Node] = []

    def translate(self, query: Query) -> Node:  # noqa: C901, PLR0911, PLR0912 - one case per node
        """Return a node that matches the papers that a tree asks for."""
        match query:
            case Everything():
                return Anything()
            case And(children, spelt):
                return self._join_all(children, spelt=spelt)
            case Or(children):
                return any_of([self.translate(child) for child in children])
            case Not(child):
                return Without(self.translate(child))
            case Required(child):
                return self.translate(child)
            case Boost(child, factor):
                return Weighted(self.translate(child), factor)
            case Range(field, low, high):
                return Numbers(BY_NAME[field].index[0], low, high)
            case Value():
                return self._match_value(query)
            case Dates("added", low, high):
                return match_arrivals(low, high)
            case Dates(_, low, high):
                return match_dates(low, high)
            case Wildcard(pattern, field):
                return self._match_pattern(fold(pattern), _list_written_fields(field))
            case Fuzzy(text, distance, field):
                return self._match_near(text, distance, _list_written_fields(field))
            case Phrase(text, field, slop, first, also=also):
                other_names = plan_other_names(also, first=first)
                return any_of([self._match_phrase(text, field, slop, first=first), *other_names])
            case Word():
                return self._match_word(query)

    def _join_all(self, children: tuple[Query, ...], *, spelt: bool) -> Node:
        """Join with AND; stop words are optional beside other words, unless AND is spelt out."""
        if not spelt and any(map(names_paper, children)):
            return self._join_identified(children)
        typed = list_typed_words(children)
        rows = [row for _, row in typed]
        optional = [False] * len(rows) if spelt else find_optional_words(typed)
        kept = [at for at, dropped in enumerate(optional) if not dropped]
        if all(isinstance(children[at], Not) for at in kept):
            return all_of([self.translate(child) for child in children])
        self.optional += [
            Term("text", stem(row[0]))
            for row, dropped in zip(rows, optional, strict=True)
            if dropped and row[0] in STOP_WORDS and len(row) == 1
        ]
        names = find_typed_names([children[at] for at in kept], self._statistics, NAME_WEIGHT)
        nodes = [
            any_of([self.translate(children[at]), *names[place]]) for place, at in enumerate(kept)
        ]
        for place, at in enumerate(kept[1:], start=1):
            nodes[place] = self._add_short_year(nodes[place], rows[at], rows[kept[place - 1]])
        return all_of(nodes)

    def _join_identified(self, children: tuple[Query, ...]) -> Node:
        """Match the papers that have one of the identifiers; plain words beside them only rank."""
        values = [self.translate(child) for child in children if names_paper(child)]
        plain = [child for child in children if is_plain(child)]
        self.optional += [self.translate(child) for child in plain]
        others = (c for c in children if not names_paper(c) and c not in plain)
        return all_of([any_of(values), *map(self.translate, others)])

    def _match_value(self, value: Value) -> Node:
        if value.field in FIELDS:
            return match_identifier(value, self._count)
        field, text = value.field, value.text
        if field == BIBLIOGRAPHY or field in CITATION_FIELDS:
            return any_of([Exact("id", paper) for paper in value.also])
        if field == PRESENCE and text in ALWAYS:
            return Anything()
        spellings = sorted({text, text.lower(), unify_value(field, text)})
        if field == "status":
            spellings = [find_status(text, self._statistics)]
        return any_of([Exact(n, one) for n in BY_NAME[field].index for one in spellings])

    def _add_short_year(self, node: Node, row: Row, before: Row) -> Node:
        """Let ``17`` behind a venue or a name mean the year too: ``NIPS '17``."""
        if len(row) != 1 or len(row[0]) != 2 or not before:  # noqa: PLR2004 - two digits
            return node
        found = split_year((*before, *row), self._statistics)
        return any_of([node, Numbers("year", found.year, found.year)]) if found else node

    def _match_word(self, word: Word) -> Node:
        """Match a word in its field or, without one, in any."""
        found = tokenise_word(word.text)
        if not found:
            return Anything()
        if word.field:
            return self._match_in_field(word, found)
        nodes = self.match_anywhere(found, word.also)
        if not is_year(word.text):
            nodes += match_bare_identifier(word.text, self._count)
        if "'" in fold(word.text) and len(name := tokenise_name(word.text)) == 1 and name != found:
            nodes += match_name(name[0], self._statistics)  # D'Amico is one word of a name
        return any_of(nodes)

    def match_anywhere(self, found: list[str], also: tuple[Row, ...] = ()) -> list[Node]:
        """List nodes that match a word in any field: the text, a name, a venue or the year.

        Args:
            found: The tokens of the word.
            also: Its other spellings, which are only searched in the text.
        """
        others = (match_other_spelling(row, found, self._count) for row in also)
        return [*self._match_tokens(found), *others]

    def _match_tokens(self, found: list[str]) -> list[Node]:
        stemmed = stem_all(found)
        if len(found) > 1:
            fields = (("text", stemmed), ("author", found))
            nodes: list[Node] = [
                Tokens(field, tuple(words))
                for field, words in fields
                if all(self._count(field, word) for word in words)
            ] or [Tokens("text", tuple(stemmed))]
            nodes += match_name("".join(found), self._statistics)  # Seo-Jun may be Seojun
            return nodes + match_dated_word(found, self._statistics)
        nodes = [Term("text", stemmed[0]), *match_name(found[0], self._statistics)]
        if self._count("venue_short", found[0]):
            nodes.append(Term("venue_short", found[0]))
        return nodes + match_dated_word(found, self._statistics)

    def _match_in_field(self, word: Word, found: list[str]) -> Node:
        field = BY_NAME[word.field]
        if field.kind is FieldKind.NAME:
            return plan_name(word.text, self._statistics, first=word.first, exact=False)
        name = field.index[0]
        if field.name == "venue":
            return _match_venue(found)
        match = match_row if field.kind is FieldKind.WORDS else match_stems
        return any_of([match(name, list(row)) for row in (found, *word.also)])

    def _match_phrase(self, text: str, field: str, slop: int, *, first: bool) -> Node:
        if field and BY_NAME[field].kind is FieldKind.NAME:
            return plan_name(text.replace("*", ""), self._statistics, first=first, exact=True)
        words = read_phrase(text)
        if not words.tokens:
            return Anything()
        if field == "venue" and words.begun is None:
            return _match_venue(list(words.tokens), slop)
        if field:
            return plan_phrase(BY_NAME[field].index[-1], words, slop, self._statistics)
        split = {"author": read_phrase(text, tokenise_name)}
        nodes: list[Node] = [
            plan_phrase(name, split.get(name, words), slop, self._statistics)
            for name in _list_written_fields("")
        ]
        return any_of([Weighted(nodes[0], TITLE_PHRASE_WEIGHT), *nodes[1:]])

    def _match_pattern(self, pattern: str, fields: tuple[str, ...]) -> Node:
        check_expansion(pattern, fields, self._statistics)
        return any_of([Pattern(name, pattern) for name in fields])

    def _match_near(self, text: str, distance: int, fields: tuple[str, ...]) -> Node:
        found = tokenise_word(text)
        if not found:
            return NOTHING
        *before, last = found
        near = any_of([Near(name, last, distance) for name in fields])
        if not before:
            return near
        return all_of([any_of([match_row(name, before) for name in fields]), near])


def match_name(token: str, statistics: Statistics) -> list[Node]:
    """Return nodes that match the papers of authors with a name, if there are any.

    The score is lower for a name that is more often a word.
    """
    names = statistics.count_documents("author", token)
    if not names:
        return []
    mostly_word = names < statistics.count_documents("text", stem(token))
    return [Flat(Term("author", token), HOMONYM_WEIGHT if mostly_word else NAME_WEIGHT)]


def list_typed_words(parts: Sequence[Query]) -> list[TypedWord]:
    """Return the plain words among the parts of a query; other parts have no tokens."""
    return [
        (part.text, tuple(tokenise(part.text)))
        if isinstance(part, Word) and not part.field
        else ("", ())
        for part in parts
    ]


def _match_venue(found: list[str], slop: int = 0) -> Node:
    """Match a venue by its name, and by its name and a year: ``venue:"NeurIPS 2017"``."""
    (name,) = BY_NAME["venue"].index
    node = match_row(name, found, slop)
    if (dated := extract_year(found)) is None:
        return node
    named = match_row(name, list(dated.before), slop)
    return any_of([node, all_of([named, Numbers("year", dated.year, dated.year)])])


def _list_written_fields(field: str) -> tuple[str, ...]:
    """List the index fields that store words as written, for one field or for any."""
    return (BY_NAME[field].index[-1],) if field else ("title_exact", "abstract_exact", "author")
