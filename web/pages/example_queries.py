"""Write example queries that find papers of the index at hand."""

from collections.abc import Iterator, Sequence

from index.records import Paper

SHORT_PHRASE = range(2, 5)
"""Words of a title that is short enough to be an example of a phrase; chosen."""

LEAST_LETTERS = 6
"""Letters of a word that says what a paper is about; chosen."""

LONGEST_EXAMPLE = 40
"""Characters of an example; chosen: four fit on a line."""


def write_examples(papers: Sequence[Paper]) -> list[str]:
    """Write a query of each kind that one can be made for, each finding at least one paper.

    Args:
        papers: Well-known papers of the index, the best known first.
    """
    kinds = (_write_words, _write_author, _write_phrase, _write_venue)
    found = (next(write(papers), "") for write in kinds)
    return [example for example in found if example]


def _write_words(papers: Sequence[Paper]) -> Iterator[str]:
    """Yield topics of several words."""
    for paper in papers:
        for topic in paper.topics:
            if " " in topic and topic.replace(" ", "").isalpha():
                yield from _keep_short(topic.lower())


def _write_author(papers: Sequence[Paper]) -> Iterator[str]:
    for paper in papers:
        if paper.authors and paper.shown.year:
            yield from _keep_short(
                f"author:{_quote(paper.authors[0].name)} year:{paper.shown.year}"
            )


def _write_phrase(papers: Sequence[Paper]) -> Iterator[str]:
    """Yield short titles, or what precedes their colon."""
    for paper in papers:
        words = paper.title.partition(":")[0].split()
        if len(words) in SHORT_PHRASE and all(map(str.isalpha, words)):
            yield from _keep_short(f'"{" ".join(words)}"')


def _write_venue(papers: Sequence[Paper]) -> Iterator[str]:
    """Yield a venue with the first long word of a title, rather not of the best-known paper."""
    for paper in (*papers[1:], *papers[:1]):
        words = [word for word in paper.title.split() if word.isalpha()]
        telling = next((word for word in words if len(word) >= LEAST_LETTERS), "")
        if paper.shown.venue and telling:
            yield from _keep_short(f"venue:{_quote(paper.shown.venue)} {telling.lower()}")


def _quote(value: str) -> str:
    """Return a value of a field as a query has it."""
    return value if value.isalnum() else f'"{value.replace(chr(34), "")}"'


def _keep_short(example: str) -> Iterator[str]:
    if len(example) <= LONGEST_EXAMPLE:
        yield example
