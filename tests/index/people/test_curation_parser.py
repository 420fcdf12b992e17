"""Check that the file of the maintainer is read, and that every mistake in it has its line."""

import os
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.people import curation_parser
from index.people.curation import Curation, Person
from index.people.curation_parser import (
    LONGEST_NOTE,
    LONGEST_TEXT,
    MOST_BYTES,
    canonicalise_key,
    parse_curation,
    read_curation,
)
from index.people.errors import CurationUnusable, Problem
from tests.support.paths import ROOT

ADA = Person(
    name="Ada Lovelace",
    id="orcid:0000-0002-1825-0097",
    same=("openreview:~Ada_Lovelace1", "s2:1741101"),
    different=("dblp:ada lovelace 0002",),
    papers=("arxiv:2006.04779",),
    not_papers=("arxiv:2107.00001",),
    alias=("Ada King",),
    hidden=("Ada Byron",),
    note="asked by mail on 1 March",
)


def list_problems(text: str | bytes) -> list[tuple[int, str]]:
    """Return the lines and clauses of what is wrong with a file."""
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(CurationUnusable) as caught:
        parse_curation(content, "authors.toml")
    return [(one.line, one.text) for one in caught.value.problems]


def test_the_example_of_the_readme_is_read() -> None:
    """Every key of the README's example has its value."""
    readme = (ROOT / "index" / "people" / "README.md").read_text("utf-8")
    example = readme.split("```toml\n")[1].split("```")[0]
    assert parse_curation(example.encode(), "authors.toml").people == (ADA,)
    assert parse_curation(example.encode(), "authors.toml").people[0].line == 1


def test_the_example_of_the_module_is_read() -> None:
    """The docstring's example is a valid file, too."""
    example = textwrap.dedent(str(curation_parser.__doc__).split("::\n\n")[1])
    assert parse_curation(example.encode(), "authors.toml").people[0].names == ADA.names


SCHEMES = "orcid:..., openreview:..., s2:..., openalex:..., dblp:..., paper:..."
ONE = '[[person]]\nname = "Ada King"\n'
WRONG: list[tuple[str | bytes, list[tuple[int, str]]]] = [
    ("x = \n", [(1, "invalid value")]),
    ("[[person]]\nname = 'a", [(2, "expected \"'\"")]),
    (ONE + 'name = "B"\n', [(3, "cannot overwrite a value")]),
    (b"\n\xff", [(2, "a byte is not UTF-8")]),
    (b"#" * (MOST_BYTES + 1), [(0, "it has more than 10,000,000 bytes")]),
    ("x = " + "[" * 100_000, [(0, "its values are nested too deeply")]),
    ("# people\nextra = 1\n", [(2, "unknown key 'extra' (every person is a table [[person]])")]),
    (ONE + 'id = "s2:1"\n[x]\nname = 1\n',
     [(4, "unknown key 'x' (every person is a table [[person]])")]),
    ("[person]\nname = 'A'", [(1, "a person is written [[person]], in double brackets")]),
    ("\nperson = [{name = 'A'}]", [(2, "a person is written [[person]], in double brackets")]),
    ("x = 1\n" + ONE + "id = 's2:1'\n" + ONE + "id = 's2:1'\n" + ONE + "id = 's2:1'\nalias = 'B'\n",
     [(1, "unknown key 'x' (every person is a table [[person]])"),
      (5, "'s2:1' is also in the entry of 'Ada King' in line 2"),
      (11, 'alias is no list of texts, such as alias = ["..."]')]),
    (ONE + 'same = ["s2:1"]\nnmae = ""\n', [(4, "unknown key 'nmae' (did you mean 'name'?)")]),
    ('[[person]]\nid = "s2:1"\n', [(1, "the person has no name")]),
    ("[[person]]\nname = 3\nid = 's2:1'\n", [(2, "name is no text in quotes")]),
    ("[[person]]\nname = ' '\nid = 's2:1'\n", [(2, "name is empty")]),
    ("[[person]]\nname = '...'\nid = 's2:1'\n", [(2, "'...' is no name")]),
    ('[[person]]\nname = "A\\u0007"\nid = "s2:1"\n',
     [(2, "name has a character that cannot be printed")]),
    (f"[[person]]\nid='s2:1'\nname='{'x' * (LONGEST_TEXT + 1)}'",
     [(3, "name is longer than 500 characters")]),
    (ONE + f"id = 's2:1'\nnote = '{'x' * (LONGEST_NOTE + 1)}'",
     [(4, "the note is longer than 5,000 characters")]),
    (ONE + 'same = "s2:1"\n', [(3, 'same is no list of texts, such as same = ["..."]')]),
    (ONE + "papers = [1]\n", [(3, 'papers is no list of texts, such as papers = ["..."]')]),
    (ONE + 'id = "1741101"\n', [(3, f"'1741101' has no scheme (write {SCHEMES})")]),
    (ONE + 'same = [\n  "s2:1",\n  # "s2:2",\n  "isni:3", ""\n]\n',
     [(6, "'isni:3' has an unknown scheme (choose orcid, openreview, s2, openalex, dblp, paper)"),
      (6, "same has an empty text")]),
    (ONE + 'note = """\n[[person]]\n"""\nid = "orcid:0000-0002-1825-0098"\n',
     [(6, "'orcid:0000-0002-1825-0098' is no ORCID iD (such as orcid:0000-0002-1825-0097)")]),
    (ONE, [(1, "the entry of 'Ada King' says nothing but a name")]),
    (ONE + 'id = "s2:1"\n' + ONE + 'same = ["s2:1"]\n',
     [(4, "'s2:1' is also in the entry of 'Ada King' in line 1")]),
    (ONE + 'same = ["s2:1"]\ndifferent = ["s2:1"]\n',
     [(1, "'s2:1' is both this person and a different one")]),
    (ONE + 'papers = ["p1"]\nnot-papers = ["p1"]\n',
     [(1, "'p1' is in both papers and not-papers")]),
    (ONE + 'hidden = ["KING, Ada"]\n', [(1, "'KING, Ada' is both hidden and shown")]),
    (ONE + 'alias = ["A"]\n' + ONE + 'alias = ["B"]\n',
     [(4, "'Ada King' has an entry in line 1 already")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_mistakes_have_their_lines(text: str | bytes, expected: list[tuple[int, str]]) -> None:
    """All mistakes are reported, in the order of the lines."""
    assert list_problems(text) == expected


def test_the_message_lists_the_first_mistakes() -> None:
    """A message is one line; further mistakes are counted."""
    with pytest.raises(CurationUnusable) as caught:
        parse_curation(b"a=1\nb=1\nc=1\nd=1\ne=1\nf=1\ng=1\n", "ix/authors.toml")
    message = str(caught.value)
    assert message.startswith("Cannot use 'ix/authors.toml': line 1: unknown key 'a'")
    assert message.endswith("; and 2 more. Correct the file.")


KEYS = [
    ("ORCID:0000-0002-1694-233x", "orcid:0000-0002-1694-233X"),
    ("openreview:~Ada_King1", "openreview:~Ada_King1"),
    ("dblp:Wei Wang 0001", "dblp:wei wang 0001"),
    ("dblp:h/AdaKing", "dblp:h/AdaKing"),
    ("paper:arxiv:2006.04779", "paper:arxiv:2006.04779"),
]


@pytest.mark.parametrize(("written", "expected"), KEYS)
def test_keys_are_canonical(written: str, expected: str) -> None:
    """A key is written as the identities are."""
    assert canonicalise_key(written) == expected


def test_a_missing_file_says_nothing(tmp_path: Path) -> None:
    """Most indexes have none."""
    assert read_curation(tmp_path / "authors.toml") == Curation()


def test_what_cannot_be_read_is_reported(tmp_path: Path) -> None:
    """A folder, a pipe and a broken link are no such files."""
    folder, link, pipe = (tmp_path / name for name in ("folder", "link", "pipe"))
    folder.mkdir()
    link.symlink_to(tmp_path / "nowhere")
    for path in (folder, link):
        with pytest.raises(CurationUnusable, match=path.name):
            read_curation(path)
    os.mkfifo(pipe)
    assert read_curation(pipe) == Curation()  # which nobody writes to


@given(st.text(st.sampled_from("[]{}\"'#=,\n ap\\person.-1")) | st.binary())
def test_parsing_never_crashes(text: str | bytes) -> None:
    """Any content is read, or refused with problems."""
    content = text if isinstance(text, bytes) else text.encode()
    problems: tuple[Problem, ...] = (Problem(0, ""),)
    try:
        parse_curation(content, "x")
    except CurationUnusable as error:
        problems = error.problems
    assert problems


def test_windows_files_are_read() -> None:
    """A byte order mark and line ends of two characters change nothing."""
    content = "\ufeff" + ONE.replace("\n", "\r\n") + 'id = "s2:1"\r\n'
    assert parse_curation(content.encode(), "x").people == (Person("Ada King", "s2:1"),)
