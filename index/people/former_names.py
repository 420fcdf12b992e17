"""Replace the former names of people in papers by their present ones.

The maintainer of an index may say that a name is never shown (`index.people.curation`). Papers are
kept as the dumps have them, so the names are replaced whenever papers are read.
"""

from collections.abc import Iterator

import msgspec

from index.names.parser import make_author_key, parse_name, strip_homonym_number
from index.people.curation import PAPER, Curation, Person, make_name_key
from index.records import Appearance, Author, Paper, decode_paper, list_record_ids


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
