"""Show the present names of people in place of their former ones.

The maintainer of an index may say that a name is never shown (`index.people.curation`). The index
has it as the dumps do, so a search for it finds the papers; what is read from the index has the
present name. Former names are no values of the facet of authors either, and complete nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import msgspec

from index.names.parser import make_author_key, parse_name, strip_homonym_number
from index.people.curation import PAPER, Curation, Person, make_name_key
from index.people.curation_watch import CurationWatch
from index.records import Appearance, Author, Paper, decode_paper, list_record_ids
from search.engines.engine import MOST_VALUES, Engine, FacetCounts, HitPage, Order, ValueCounts
from search.planning.plan import Node, Plan

NAME_FIELDS = frozenset({"author_key", "first_author_key"})
"""The fields whose values are names of authors."""


class PresentNames:
    """An engine whose papers have no former names."""

    def __init__(self, engine: Engine, watch: CurationWatch) -> None:
        """Wrap an engine.

        Args:
            engine: One view of a generation.
            watch: What the maintainer says about people.
        """
        self._engine, self._watch = engine, watch

    def count_documents(self, field: str, token: str) -> int:
        """Count the papers with a token in a field, former names included."""
        return self._engine.count_documents(field, token)

    def complete(
        self, field: str, prefix: str, limit: int, within: Node | None = None
    ) -> list[tuple[str, int]]:
        """List the tokens of a field with a prefix, the most frequent first."""
        hidden = self._watch.curation.hidden if field in NAME_FIELDS else {}
        found = self._engine.complete(field, prefix, limit + len(hidden), within)
        return [one for one in found if strip_homonym_number(one[0]) not in hidden][:limit]

    def find(self, plan: Plan, order: Order | None, offset: int, limit: int) -> HitPage:
        """Return one page of hits, by score or by a field."""
        page = self._engine.find(plan, order, offset, limit)
        if not (curation := self._watch.curation).hidden:
            return page
        hits = [(score, replace_former_names(record, curation)) for score, record in page.hits]
        return HitPage(page.total, hits)

    def count_matches(self, match: Node) -> int:
        """Return the exact number of papers that match."""
        return self._engine.count_matches(match)

    def count_facets(
        self, match: Node, facets: Mapping[str, Node | None], limit: int = MOST_VALUES
    ) -> FacetCounts:
        """Count the values of facets over all matches."""
        if not (hidden := self._watch.curation.hidden) or NAME_FIELDS.isdisjoint(facets):
            return self._engine.count_facets(match, facets, limit)
        found = self._engine.count_facets(match, facets, limit + len(hidden))
        return {
            name: _drop_values(one, hidden if name in NAME_FIELDS else {}, limit)
            for name, one in found.items()
        }

    def read_paper(self, paper_id: str) -> bytes | None:
        """Return the encoded paper or work with an id, or None."""
        record = self._engine.read_paper(paper_id)
        curation = self._watch.curation
        return replace_former_names(record, curation) if record and curation.hidden else record


def _drop_values(found: ValueCounts, hidden: Mapping[str, Person], limit: int) -> ValueCounts:
    counts = [one for one in found.counts if strip_homonym_number(one[0]) not in hidden]
    return replace(found, counts=counts[:limit], complete=found.complete and len(counts) <= limit)


def replace_former_names(record: bytes, curation: Curation) -> bytes:
    """Return an encoded paper with the present names of its authors and editors.

    Args:
        record: The bytes of a paper as the engine stores them.
        curation: What the maintainer says about people.
    """
    # Keys of authors are in the bytes as they are, so nearly all papers need not be decoded.
    if not any(name in record for name in _list_traces(curation)):
        return record
    paper = decode_paper(record)
    authors = tuple(_rename_author(one, paper, curation) for one in paper.authors)
    shown = tuple(_rename_editors(one, curation) for one in paper.appearances)
    if (authors, shown) == (paper.authors, paper.appearances):
        return record
    renamed = msgspec.structs.replace(paper, authors=authors, appearances=shown)
    return msgspec.msgpack.encode(renamed)


def _list_traces(curation: Curation) -> Iterator[bytes]:
    """Yield the bytes of which one is in every paper that has a former name."""
    for key, person in curation.hidden.items():
        yield key.encode()
        yield from (name.encode() for name in person.hidden)


def _rename_author(author: Author, paper: Paper, curation: Curation) -> Author:
    former = strip_homonym_number(author.key)
    person = curation.hidden.get(former)
    if person is None or _is_other(author, paper, person):
        return author
    traces = former.split()
    ids = {
        scheme: value
        for scheme, value in author.ids.items()
        if not all(word in value.casefold() for word in traces)
    }
    scheme, _, value = person.id.partition(":")
    if scheme not in ("", PAPER, "dblp"):
        ids[scheme] = value
    key = make_author_key(parse_name(person.name))
    return Author(person.name, key, ids, author.affiliations)


def _is_other(author: Author, paper: Paper, person: Person) -> bool:
    """Return whether the maintainer says that a namesake wrote the paper."""
    keys = {f"{scheme}:{value}" for scheme, value in author.ids.items()} | {f"dblp:{author.key}"}
    return not keys.isdisjoint(person.different) or not set(person.not_papers).isdisjoint(
        list_record_ids(paper)
    )


def _rename_editors(appearance: Appearance, curation: Curation) -> Appearance:
    hidden = curation.hidden
    editors = tuple(
        hidden[key].name if (key := make_name_key(name)) in hidden else name
        for name in appearance.editors
    )
    return msgspec.structs.replace(appearance, editors=editors)
