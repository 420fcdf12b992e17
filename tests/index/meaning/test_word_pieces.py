"""Check how texts are split into the pieces that the model knows."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.meaning
from index.meaning.word_pieces import MAX_WORD, WordPieces

VOCABULARY = Path(index.meaning.__file__).parent / "vocab.txt"
PIECES = VOCABULARY.read_text("utf-8").splitlines()

SPLITS = {
    "Attention is all you need": "attention is all you need",
    "unaffordable": "una ##ff ##ord ##able",
    "Na\u00efve Caf\u00e9": "naive cafe",
    "don't re-rank": "don ' t re - rank",
    "O(n^2) $x_i$": "o ( n ^ 2 ) $ x _ i $",
    "\u6df1\u5ea6\u5b66\u7fd2": "[UNK] [UNK] \u5b66 [UNK]",
    "\uff27\uff30\uff34": "[UNK]",
    "zero\u200bwidth \u00adhyphen": "zero ##wi ##dt ##h h ##yp ##hen",
    "tab\tand\nline": "tab and line",
    "bell\x07 and null\x00": "bell and null",
    "I like \U0001f389 parties": "i like [UNK] parties",
    "\u0130stanbul": "istanbul",
    "\ufffd": "",
    "\u03a3\u039f\u03a3": "\u03c3 ##\u03bf ##\u03c3",
    "\ud55c": "\u1112 ##\u1161 ##\u11ab",
    "": "",
    "   ": "",
    "[SEP]": "[ sep ]",
    "x" * MAX_WORD: "xx " + "##xx " * (MAX_WORD // 2 - 1),
    "x" * (MAX_WORD + 1): "[UNK]",
}
"""Texts and their pieces, as the tokenizer that the model was trained with splits them."""


@pytest.fixture(scope="module")
def word_pieces() -> WordPieces:
    """Return the tokenizer of the installed model."""
    return WordPieces(VOCABULARY)


def split(word_pieces: WordPieces, text: str, limit: int = 1000) -> list[str]:
    """Return the pieces of a text."""
    return [PIECES[number] for number in word_pieces.encode(text, limit)]


@pytest.mark.parametrize("text", SPLITS)
def test_texts_are_split_as_the_model_learnt_them(word_pieces: WordPieces, text: str) -> None:
    """Case, accents, marks, scripts and control characters follow BERT's rules."""
    assert split(word_pieces, text) == ["[CLS]", *SPLITS[text].split(), "[SEP]"]


def test_a_long_text_is_cut(word_pieces: WordPieces) -> None:
    """No more pieces are returned than asked for, and the last one still ends the text."""
    assert split(word_pieces, "one two three", 4) == ["[CLS]", "one", "two", "[SEP]"]
    assert split(word_pieces, "unaffordable", 4) == ["[CLS]", "una", "##ff", "[SEP]"]


@given(st.text(max_size=300), st.integers(2, 40))
def test_every_text_has_pieces(word_pieces: WordPieces, text: str, limit: int) -> None:
    """Any text has a start and an end, and the first pieces of the uncut text in between."""
    found, whole = word_pieces.encode(text, limit), word_pieces.encode(text, 10_000)
    assert len(found) <= limit
    assert found[:-1] == whole[:-1][: limit - 1]
    assert found[-1] == whole[-1]


def test_a_vocabulary_with_case_keeps_it(tmp_path: Path) -> None:
    """If pieces have upper case, neither case nor accents are removed from texts."""
    file = tmp_path / "vocab.txt"
    file.write_text("[UNK]\n[CLS]\n[SEP]\nParis\n\u00e9t\u00e9\n", "utf-8")
    assert WordPieces(file).encode("Paris paris \u00e9t\u00e9", 9) == [1, 3, 0, 4, 2]


def test_a_vocabulary_lacks_an_entry(tmp_path: Path) -> None:
    """The entry is named."""
    (tmp_path / "vocab.txt").write_text("[UNK]\n[CLS]\nword\n", "utf-8")
    with pytest.raises(ValueError, match=r"no entry \[SEP\]"):
        WordPieces(tmp_path / "vocab.txt")


def test_only_line_feeds_end_an_entry(tmp_path: Path) -> None:
    """An entry may be a character that other programs take for the end of a line."""
    path = tmp_path / "vocab.txt"
    path.write_bytes("[UNK]\r\n[CLS]\n[SEP]\n\u2028\n\x85\nword\n".encode())
    pieces = WordPieces(path)
    assert len(pieces) == 6
    assert pieces.encode("word", 9) == [1, 5, 2]
