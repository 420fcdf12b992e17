"""Check which words a generation stores, and how similar ones are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.build.generation_builder import verify_content
from index.engines.document import analyse_paper
from index.engines.engine import ENGINES, load_engine
from index.records import Author, Paper
from index.store.generations import find_current_folder
from index.store.integrity import check_digests
from index.store.manifest import read_manifest
from index.store.vocabulary import WORDS, Vocabulary, WordKind, select_words, write_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.store.vocabulary import ListTokens


def find_words(words: Vocabulary, kind: WordKind, word: str, distance: int = 1) -> set[str]:
    """Return all words of the groups that may contain similar words."""
    return {found for group in words.find_similar(kind, word, distance) for found in group}


PAPER = Paper(
    "p",
    "Über the Q-learning of BERT3 in 2020",
    "Convolution, an O'Brien of C++ 深度学习",
    (Author("Émile Zola-Łukasz"), Author("J. Li")),
)


@pytest.mark.parametrize("name", ENGINES)
def test_words_of_texts_and_names(name: str, tmp_path: Path) -> None:
    """Words are folded, names separate and joined; digits, signs and short words are left out."""
    writer = load_engine(name).open_writer(tmp_path / "engine")
    writer.add(analyse_paper(PAPER), b"")
    writer.close()
    with load_engine(name).open_reader(tmp_path / "engine") as reader:
        texts, names = (select_words(kind, reader.list_tokens) for kind in WordKind)
    assert texts == ["convolution", "learning", "obrien", "the", "uber"]
    assert names == ["emile", "lukasz", "zola", "zolalukasz"]


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_counts_its_tokens(name: str, tmp_path: Path) -> None:
    """An engine lists the most frequent tokens with their document counts."""
    writer = load_engine(name).open_writer(tmp_path / "engine")
    for number, title in enumerate(["rare shared shared", "shared", "shared common", "common"]):
        writer.add(analyse_paper(Paper(f"p{number}", title)), b"")
        if number == 1:
            writer.commit()
    writer.close()
    with load_engine(name).open_reader(tmp_path / "engine") as reader:
        assert dict(reader.list_tokens("title_exact", 9)) == {"shared": 3, "common": 2, "rare": 1}
        assert dict(reader.list_tokens("title_exact", 1)) == {"shared": 3}
        assert dict(reader.list_tokens("abstract_exact", 9)) == {}


def list_tokens_of(**fields: dict[str, int]) -> ListTokens:
    """Return a function that lists the given tokens of a field."""
    return lambda field, most: list(fields.get(field, {}).items())[:most]


def test_rare_words_of_a_large_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a large vocabulary words of a single text are left out; names are kept."""
    monkeypatch.setattr("index.store.vocabulary.FEW", 1)
    tokens = list_tokens_of(
        title_exact={"shared": 2, "single": 1, "both": 1},
        abstract_exact={"both": 1, "once": 1},
        author={"ada": 1},
    )
    assert select_words(WordKind.TEXT, tokens) == ["both", "shared"]
    assert select_words(WordKind.NAME, tokens) == ["ada"]


def test_memory_is_bounded() -> None:
    """At most the given number of tokens of each field is requested."""
    tokens = list_tokens_of(
        title_exact={"many": 9, "some": 5, "few": 2}, abstract_exact={"other": 1}
    )
    assert select_words(WordKind.TEXT, tokens, most=2) == ["many", "other", "some"]


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
def test_similar_words(word: str, distance: int, expected: set[str], tmp_path: Path) -> None:
    """Similar words have a similar length and the same first or last letters."""
    write_words(tmp_path, list_tokens_of(title_exact={"attention": 1, "transfer": 1}))
    assert expected <= find_words(Vocabulary(tmp_path), WordKind.TEXT, word, distance)
    assert all(
        abs(len(found) - len(word)) <= distance
        for found in find_words(Vocabulary(tmp_path), WordKind.TEXT, word, distance)
    )


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00", b"nothing\nof\tthe kind\n\n\t"])
def test_a_missing_or_damaged_file(content: bytes | None, tmp_path: Path) -> None:
    """An index without a readable file has no words, and does not fail."""
    if content is not None:
        (tmp_path / WORDS).write_bytes(content)
    assert find_words(Vocabulary(tmp_path), WordKind.TEXT, "attention") == set()


def test_a_build_writes_the_words(index_of: Callable[..., Path]) -> None:
    """The file is listed in the manifest with its digest, and is verified."""
    folder = find_current_folder(
        index_of({"id": "a", "title": "Attention", "authors": ["Ada Byron"]})
    )
    manifest = read_manifest(folder)
    assert WORDS in {file.name for file in manifest.files}
    check_digests(folder, manifest)
    verify_content(folder, manifest)
    assert find_words(Vocabulary(folder), WordKind.TEXT, "atention") == {"attention"}
    assert find_words(Vocabulary(folder), WordKind.NAME, "byrom") == {"byron"}
