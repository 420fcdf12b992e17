"""Split texts into the pieces of words that a model of the BERT family knows by number.

The rules are those of BERT's own tokenizer, so that the pieces are those the model was trained on.

Source: Devlin et al., BERT (2019); Wu et al., Google's Neural Machine Translation System (2016).
"""

import re
import unicodedata
from pathlib import Path

from index.text.memo import Memo

MAX_WORD = 100
"""Characters of the longest word that is split; a longer one is unknown, as in BERT."""

WORDS_CACHED = 1 << 14
"""Words whose pieces are cached, about 3 MB. Chosen."""

START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
"""The entries of a vocabulary that no text contains."""

_SYMBOLS = frozenset("$+<=>^`|~")
"""The ASCII characters that BERT takes for punctuation, though Unicode does not."""

_REMOVED = {"Cc", "Cf", "Co", "Cs"}
"""The categories of control characters, and of others that stand for nothing."""

_IDEOGRAPH = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002ceaf"
    "\U0002f800-\U0002fa1f]"
)


class WordPieces:
    """Splits texts by one vocabulary; safe to share between threads.

    Attributes:
        keeps_case: Whether the vocabulary distinguishes upper case and accents.
    """

    def __init__(self, vocabulary: Path) -> None:
        """Read a vocabulary.

        Args:
            vocabulary: A file with one piece per line, whose number is that of the line.

        Raises:
            OSError: The file cannot be read.
            ValueError: It is not UTF-8, or lacks one of the entries that every text needs.
        """
        # Only a line feed ends an entry: one may be another character that separates lines.
        pieces = vocabulary.read_text("utf-8").removesuffix("\n").split("\n")
        self._count = len(pieces)
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        missing = [name for name in (START, END, UNKNOWN) if name not in self._numbers]
        if missing:
            message = f"it has no entry {missing[0]}"
            raise ValueError(message)
        self.keeps_case = any(piece != piece.lower() for piece in pieces if piece[:1] != "[")
        self._characters = _Characters(keeps_case=self.keeps_case)
        self._words = Memo(self._split_word, WORDS_CACHED)

    def __len__(self) -> int:
        """Return the number of entries."""
        return self._count

    def encode(self, text: str, limit: int) -> list[int]:
        """Return the numbers of the first pieces of a text, between those of START and END.

        Args:
            text: Any text.
            limit: The most numbers to return; at least 2.
        """
        found = [self._numbers[START]]
        for word in self._split_text(text):
            found += self._words[word]
            if len(found) >= limit:
                break
        return [*found[: limit - 1], self._numbers[END]]

    def _split_text(self, text: str) -> list[str]:
        """Split at white space and around each punctuation mark and each Chinese character."""
        if not self.keeps_case:
            text = unicodedata.normalize("NFD", text)
        return text.translate(self._characters).split(" ")

    def _split_word(self, word: str) -> list[int]:
        """Return the longest pieces from the left; UNKNOWN alone if a part is unknown."""
        if len(word) > MAX_WORD:
            return [self._numbers[UNKNOWN]]
        found, start = [], 0
        while start < len(word):
            mark = "##" if start else ""
            for end in range(len(word), start, -1):
                if (number := self._numbers.get(mark + word[start:end])) is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self._numbers[UNKNOWN]]
        return found


class _Characters(dict[int, str]):
    """What each character becomes before a text is split at spaces; filled as they come."""

    def __init__(self, *, keeps_case: bool) -> None:
        super().__init__()
        self._keeps_case = keeps_case

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = found = self._convert(character, unicodedata.category(character))
        return found

    def _convert(self, character: str, category: str) -> str:
        if character in "\t\n\r" or category[0] == "Z":
            return " "
        if category in _REMOVED or character == "\ufffd":
            return ""
        if category == "Mn" and not self._keeps_case:
            return ""
        if category[0] == "P" or character in _SYMBOLS or _IDEOGRAPH.match(character):
            return f" {character} "
        return character if self._keeps_case else character.lower()
