"""Decide whether a typed name finds a written one, as an engine does with the indexed phrases."""

from collections.abc import Sequence

from index.fields import BREAK
from index.names.query_forms import Phrase, list_query_forms
from index.names.variants import list_index_forms


class TypedName:
    """A name as typed, compared with many written names.

    Attributes:
        phrases: The phrases that it searches, see `index.names.query_forms`.
    """

    def __init__(self, text: str) -> None:
        """Read a typed name.

        Args:
            text: A name in any order.
        """
        likely, possible = list_query_forms(text)
        self.phrases = [phrase for phrase in (*likely, *possible) if phrase]

    def matches(self, written: str) -> bool:
        """Return whether the typed name may mean a name.

        Args:
            written: A name in its display form.
        """
        indexed = [row.split() for row in list_index_forms(written).phrases.split(BREAK)]
        return any(_contains(row, phrase) for row in indexed for phrase in self.phrases)


def _contains(row: Sequence[str], phrase: Phrase) -> bool:
    """Return whether the words of a phrase stand together in a row of words."""
    anchored = phrase[0] == BREAK
    words = phrase[1:] if anchored else phrase
    starts = 1 if anchored else len(row) - len(words) + 1
    return len(words) <= len(row) and any(
        all(one in ("", other) for one, other in zip(words, row[at:], strict=False))
        for at in range(starts)
    )
