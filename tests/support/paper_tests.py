"""Conditions on papers, as functions that check the papers themselves."""

import re
from collections.abc import Callable

from index.names.parser import parse_name
from index.records import Paper
from index.text.analyser import tokenise
from index.text.stems import stem_all

Test = Callable[[Paper], bool]


def list_texts(paper: Paper, *, stemmed: bool) -> list[list[str]]:
    """Return the words of title, abstract and topics."""
    found = [tokenise(text) for text in (paper.title, paper.abstract, " ".join(paper.topics))]
    return [stem_all(words) for words in found] if stemmed else found


def list_names(paper: Paper) -> set[str]:
    """Return the words and initials of the authors' names."""
    given = [word for a in paper.authors for word in tokenise(parse_name(a.name).given)]
    return {word for a in paper.authors for word in tokenise(a.name)} | {word[0] for word in given}


def has(word: str) -> Test:
    """Test for a word in any field."""

    def test(paper: Paper) -> bool:
        shown = {t for show in paper.appearances for t in tokenise(f"{show.venue} {show.year}")}
        known = {word for words in list_texts(paper, stemmed=True) for word in words}
        return stem_all([word])[0] in known or word in list_names(paper) | shown

    return test


def row(pattern: str) -> Test:
    """Test for words that fit a pattern, in a row, in the title, the abstract or a name."""
    fits = re.compile(f" {pattern} ").search

    def test(paper: Paper) -> bool:
        places = [*list_texts(paper, stemmed=False)[:2], *(tokenise(a.name) for a in paper.authors)]
        return any(fits(f" {' '.join(place)} ") for place in places)

    return test


def near(one: str, other: str, moves: int) -> Test:
    """Test for two words that are at most some moves from standing in a row."""

    def test(paper: Paper) -> bool:
        return any(
            abs(there - here - 1) <= moves
            for place in list_texts(paper, stemmed=False)[:2]
            for here, first in enumerate(place)
            for there, second in enumerate(place)
            if (first, second) == (one, other)
        )

    return test


def has_word_that(fits: Callable[[str], bool]) -> Test:
    """Test for a word as written in title, abstract or names for which a function is true."""

    def test(paper: Paper) -> bool:
        title, abstract, _ = list_texts(paper, stemmed=False)
        return any(map(fits, {*title, *abstract, *list_names(paper)}))

    return test


def has_in_title(*words: str) -> Test:
    """Test for words in the title."""
    return lambda paper: {*stem_all(list(words))} <= {*list_texts(paper, stemmed=True)[0]}


def both(*tests: Test) -> Test:
    """Test for all of some conditions."""
    return lambda paper: all(test(paper) for test in tests)


def either(*tests: Test) -> Test:
    """Test for any of some conditions."""
    return lambda paper: any(test(paper) for test in tests)


def no(test: Test) -> Test:
    """Test for the opposite of a condition."""
    return lambda paper: not test(paper)


def year(low: int, high: int) -> Test:
    """Test for a year of an appearance."""
    return lambda paper: any(low <= (show.year or 0) <= high for show in paper.appearances)


def one(*ids: str) -> Test:
    """Test for papers by their ids."""
    return lambda paper: paper.id in ids
