"""Answers: does a generation know the words of its papers, and only those?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.entries import entry
from index.generations import check_digests, current_folder
from index.making import verify_content
from index.manifest import read_manifest
from index.records import Author, Paper
from index.vocabulary import EVERY, WORDS, Kind, Vocabulary, Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def like(words: Words, kind: Kind, word: str, distance: int = 1) -> set[str]:
    """Give all words of the groups that may hold words like one."""
    return {found for group in words.like(kind, word, distance) for found in group}


def vocabulary_of(*papers: Paper, most: int = 1000) -> Vocabulary:
    """Collect the words of papers."""
    vocabulary = Vocabulary(most)
    for paper in papers:
        vocabulary.add(entry(paper))
    return vocabulary


PAPER = Paper(
    "p",
    "Über the Q-learning of BERT3 in 2020",
    "Convolution, an O'Brien of C++ 深度学习",
    (Author("Émile Zola-Łukasz"), Author("J. Li")),
)


def test_words_of_texts() -> None:
    """Words of title and abstract are kept folded; digits, signs and short words are not."""
    assert vocabulary_of(PAPER).words(Kind.TEXT) == [
        "convolution",
        "learning",
        "obrien",
        "the",
        "uber",
    ]


def test_words_of_names() -> None:
    """Words of names are kept apart from those of texts, without initials."""
    assert vocabulary_of(PAPER).words(Kind.NAME) == ["emile", "lukasz", "zola"]


def test_of_many_words_those_of_one_paper_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a large vocabulary words of one paper are mostly misspelt; names are kept all the same."""
    monkeypatch.setattr("index.vocabulary.FEW", 1)
    papers = (Paper("a", "shared single", "", (Author("Ada Lovelace"),)), Paper("b", "shared"))
    vocabulary = vocabulary_of(*papers)
    assert vocabulary.words(Kind.TEXT) == ["shared"]
    assert vocabulary.words(Kind.NAME) == ["ada", "lovelace"]


def test_memory_is_bounded() -> None:
    """Beyond the bound new words are passed over, those known before stay."""
    papers = [Paper(f"p{n}", f"word{chr(97 + n)}", "") for n in range(20)]
    letters = [Paper(f"q{n}", "x" * (n + 3)) for n in range(20)]
    words = vocabulary_of(*papers, *letters, most=5).words(Kind.TEXT)
    assert words == [f"word{letter}" for letter in "abcde"]


def test_later_abstracts_are_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    """After many papers titles are still all read, of abstracts one in so many."""
    monkeypatch.setattr("index.vocabulary.ALL_READ", 0)
    names = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]
    papers = [Paper(name, f"title{name}", f"text{name}") for name in names]
    words = vocabulary_of(*papers).words(Kind.TEXT)
    assert [word for word in words if word.startswith("title")] == sorted(
        f"title{name}" for name in names
    )
    assert [word for word in words if word.startswith("text")] == sorted(
        f"text{name}" for name in names[::EVERY]
    )


LIKE = [
    ("atention", 1, {"attention"}),
    ("attentoin", 1, {"attention"}),
    ("ttention", 1, {"attention"}),
    ("attentio", 1, {"attention"}),
    ("zzzzz", 1, set[str]()),
    ("attention", 0, {"attention"}),
    ("transform", 2, {"transfer"}),
    ("transform", 0, set[str]()),
]


@pytest.mark.parametrize(("word", "distance", "expected"), LIKE)
def test_words_like_one(word: str, distance: int, expected: set[str], tmp_path: Path) -> None:
    """What is read back has words of like length with the same first or last letters."""
    vocabulary_of(Paper("p", "attention transfer")).write(tmp_path)
    assert expected <= like(Words(tmp_path), Kind.TEXT, word, distance)
    assert all(
        abs(len(found) - len(word)) <= distance
        for found in like(Words(tmp_path), Kind.TEXT, word, distance)
    )


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00", b"nothing\nof\tthe kind\n\n\t"])
def test_a_file_that_is_missing_or_damaged_offers_nothing(
    content: bytes | None, tmp_path: Path
) -> None:
    """An index without words, or with a damaged file of them, has no words and does not fail."""
    if content is not None:
        (tmp_path / WORDS).write_bytes(content)
    assert like(Words(tmp_path), Kind.TEXT, "attention") == set()


def test_a_build_writes_the_words(index_of: Callable[..., Path]) -> None:
    """The file is one of the generation's, listed with its digest, and verified like them."""
    folder = current_folder(index_of({"id": "a", "title": "Attention", "authors": ["Ada Byron"]}))
    manifest = read_manifest(folder)
    assert WORDS in {file.name for file in manifest.files}
    check_digests(folder, manifest)
    verify_content(folder, manifest)
    assert like(Words(folder), Kind.TEXT, "atention") == {"attention"}
    assert like(Words(folder), Kind.NAME, "byrom") == {"byron"}
