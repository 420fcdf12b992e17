"""Check that entries are added to the file of the maintainer, and nothing in it is lost."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexUnwritable
from index.people.curation import CURATION, Person
from index.people.curation_parser import parse_curation, read_curation
from index.people.curation_writer import (
    append_person,
    extend_person,
    format_person,
    link_curation,
)
from index.people.errors import CurationUnusable

ADA = Person("Ada King", "s2:1", alias=('Ada "A\\" King',), papers=("p1", "p 2"), note="a\nb\x7f")
TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)


def test_comments_and_order_stay(tmp_path: Path) -> None:
    """A new entry comes last, and what was in the file stays as it was."""
    path = tmp_path / "authors.toml"
    written = "# people\r\n[[person]]\r\nid = 's2:2'  # hers\r\nname = \"Bea\""
    path.write_bytes(written.encode())
    curation = append_person(path, ADA)
    assert path.read_bytes().startswith(written.encode() + b"\n\n[[person]]\n")
    assert [one.name for one in curation.people] == ["Bea", "Ada King"]
    assert read_curation(path) == curation
    assert curation.people[1] == ADA
    assert curation.people[1].line == 6


def test_a_missing_file_is_created(tmp_path: Path) -> None:
    """The first entry makes the file; another entry follows after a blank line."""
    path = tmp_path / "authors.toml"
    append_person(path, ADA)
    append_person(path, Person("Bea", "s2:2"))
    assert path.read_text("utf-8").count("\n\n[[person]]\n") == 1
    assert [one.name for one in read_curation(path).people] == ["Ada King", "Bea"]
    assert [one.name for one in tmp_path.iterdir()] == ["authors.toml"]


def test_a_link_stays(tmp_path: Path) -> None:
    """The file that a link names is replaced, not the link."""
    real, path = tmp_path / "real.toml", tmp_path / "authors.toml"
    real.touch()
    path.symlink_to(real)
    append_person(path, ADA)
    assert path.is_symlink()
    assert read_curation(real).people == (ADA,)


@pytest.mark.parametrize("before", ["nonsense", '[[person]]\nname = "B"\nid = "s2:1"\n'])
def test_a_wrong_file_stays_as_it_was(tmp_path: Path, before: str) -> None:
    """Neither a broken file nor a contradicting entry is written."""
    path = tmp_path / "authors.toml"
    path.write_text(before, "utf-8")
    with pytest.raises(CurationUnusable, match="line"):
        append_person(path, ADA)
    assert path.read_text("utf-8") == before
    assert [one.name for one in tmp_path.iterdir()] == ["authors.toml"]


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    """The message names the folder."""
    with pytest.raises(IndexUnwritable, match="gone"):
        append_person(tmp_path / "gone" / "authors.toml", ADA)


def test_entries_added_at_once_are_all_kept(tmp_path: Path) -> None:
    """Each waits for the one before."""
    path = tmp_path / "authors.toml"
    people = [Person(f"Ada {chr(65 + at)}", f"s2:{at}") for at in range(12)]
    threads = [threading.Thread(target=append_person, args=(path, one)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.id for one in read_curation(path).people} == {one.id for one in people}


@given(TEXTS, st.lists(TEXTS.map(lambda text: f"p{''.join(text.split())}")))
def test_entries_are_read_as_written(note: str, papers: list[str]) -> None:
    """Any note and any printable id survive."""
    ids = tuple(dict.fromkeys(one for one in papers if one.isprintable()))
    person = Person("Ada King", "s2:1", papers=ids, note=note)
    assert parse_curation(format_person(person).encode(), "x").people == (person,)


EXTENDED = [
    ('name = "Ada"\nid = "s2:1"\n', 'same = ["orcid:0000-0002-1825-0097"]\nname = "Ada"'),
    ('name = "Ada"\nid = "s2:1"\nsame = ["s2:2"] # one\n',
     'same = ["orcid:0000-0002-1825-0097", "s2:2"] # one'),
    ('id = "s2:1"\nsame=[ # some\n  "s2:2",\n]\nname = "Ada"\n',
     'same=["orcid:0000-0002-1825-0097",  # some\n  "s2:2",'),
    ('name = "Ada"\r\nid = "s2:1"\r\n"same" = ["s2:2"]\r\n', '"s2:2"]\r\n'),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "expected"), EXTENDED)
def test_keys_are_added_to_an_entry(tmp_path: Path, entry: str, expected: str) -> None:
    """The list of an entry gets more keys, or is made; comments and other entries stay."""
    path = tmp_path / "authors.toml"
    before = f'\ufeff# people\n[[person]] # [x]\nname = "B"\nid = "s2:9"\n\n[[person]]\n{entry}'
    after = '[[person]]\nname = "C"\nid = "s2:8"\nsame = ["s2:7"]\n'
    path.write_bytes((before + after).encode())
    more = Person("Ada L.", "s2:1", ("orcid:0000-0002-1825-0097",), papers=("b", "c"))
    for _ in range(2):
        extend_person(path, read_curation(path).people[1], more)
    people = read_curation(path).people
    assert [one.name for one in people] == ["B", "Ada", "C"]
    assert people[1].same in {
        ("orcid:0000-0002-1825-0097",), ("orcid:0000-0002-1825-0097", "s2:2"),
    }  # fmt: skip
    assert people[1].papers == ("b", "c")
    written = path.read_bytes().decode()
    assert expected in written
    assert written.startswith(before.partition("[[person]]\n")[0])
    assert written.endswith(after)


@pytest.mark.parametrize(("known", "key"), [("s2:7", "s2:3"), ("s2:1", "s2:9"), ("s2:1", "x")])
def test_wrong_keys_are_not_added(tmp_path: Path, known: str, key: str) -> None:
    """Neither an unknown entry, nor a key of somebody else, nor one that is none is written."""
    path = tmp_path / "authors.toml"
    text = "\n".join(format_person(one) for one in (ADA, Person("Bea", "s2:9")))
    path.write_text(text, "utf-8")
    with pytest.raises(CurationUnusable):
        extend_person(path, replace(ADA, id=known), Person("Ada", "s2:1", (key,)))
    assert path.read_text("utf-8") == text


def test_an_index_links_to_a_file_elsewhere(tmp_path: Path) -> None:
    """The link is made once, follows another file, and replaces an equal file of the index."""
    one, two, index = tmp_path / "one.toml", tmp_path / "two.toml", tmp_path / "index"
    one.write_text(format_person(ADA), "utf-8")
    two.write_text(format_person(Person("Bea", "s2:2")), "utf-8")
    link_curation(index, one, dry_run=True)
    assert not index.exists()
    for path in (one, one, two):
        link_curation(index, path)
        assert (index / CURATION).readlink() == path
    append_person(index / CURATION, ADA)
    assert [one.name for one in read_curation(two).people] == ["Bea", "Ada King"]
    (index / CURATION).unlink()
    (index / CURATION).write_bytes(one.read_bytes())
    link_curation(index, one)
    assert (index / CURATION).is_symlink()


@pytest.mark.parametrize(
    ("content", "own", "message"),
    [
        (None, None, "it does not exist"),
        ("x", None, "line 1"),
        ("", "# other", "move the entries there"),
    ],
)
def test_no_other_entries_are_lost(
    tmp_path: Path, content: str | None, own: str | None, message: str
) -> None:
    """Nothing is linked to a missing or wrong file, nor in place of the index's own."""
    path = tmp_path / "people.toml"
    if content is not None:
        path.write_text(content, "utf-8")
    if own is not None:
        (tmp_path / CURATION).write_text(own, "utf-8")
    with pytest.raises(CurationUnusable, match=message):
        link_curation(tmp_path, path)
    assert not (tmp_path / CURATION).is_symlink()
