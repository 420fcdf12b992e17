"""Answers: are PubMed's ways of writing titles, journals and addresses undone, and no others?"""

import pytest

from index.formats.pubmed_words import clean_title, parse_journal

TITLES = [
    ("[On sleep].", "On sleep"), ("[On sleep.]", "On sleep"), ("[On [14C]sleep].", "On [14C]sleep"),
    ("[On sleep (author's transl)].", "On sleep"), ("[14C]sleep.", "[14C]sleep"),
    ("[A] or [B].", "[A] or [B]"), ("Sleep in the U.S.", "Sleep in the U.S."), ("Why?", "Why?"),
    ("And then...", "And then..."), ("[Not Available].", ""), ("", ""), (".", ""),
]  # fmt: skip


@pytest.mark.parametrize(("written", "title"), TITLES)
def test_titles(written: str, title: str) -> None:
    """PubMed's own brackets and full stop go, the title's stay."""
    assert clean_title(written) == title


JOURNALS = [
    ("Chest : official publication of the College", ("Chest", "journal")),
    ("Canadian journal = Journal canadien", ("Canadian journal", "journal")),
    ("Conference proceedings : Annual Conference of X",
     ("Conference proceedings : Annual Conference of X", "")),
    ("", ("", "")),
]  # fmt: skip


@pytest.mark.parametrize(("written", "name"), JOURNALS)
def test_journals(written: str, name: tuple[str, str]) -> None:
    """What follows the name of a journal goes; a meeting's is left to the table of venues."""
    assert parse_journal(written) == name
