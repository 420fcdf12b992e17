"""Check how PubMed's conventions for titles, journals and publication types are parsed."""

import pytest

from index.formats.pubmed_words import clean_title, find_status, find_type, parse_journal

TITLES = [
    ("[On sleep].", "On sleep"), ("[On sleep.]", "On sleep"), ("[On [14C]sleep].", "On [14C]sleep"),
    ("[On sleep (author's transl)].", "On sleep"), ("[14C]sleep.", "[14C]sleep"),
    ("[A] or [B].", "[A] or [B]"), ("Sleep in the U.S.", "Sleep in the U.S."), ("Why?", "Why?"),
    ("And then...", "And then..."), ("Moss 2.0.", "Moss 2.0"),
    ("[Not Available].", ""), ("", ""), (".", ""),
]  # fmt: skip


@pytest.mark.parametrize(("written", "title"), TITLES)
def test_titles(written: str, title: str) -> None:
    """PubMed's brackets and full stop are stripped; those of the title itself are kept."""
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
    """Subtitles and parallel titles of journals are stripped; meetings are left to the venues."""
    assert parse_journal(written) == name


TYPES = [
    (["Journal Article"], ""),
    (["Journal Article", "Review"], "review"),
    (["Journal Article", "Research Support, N.I.H., Extramural"], ""),
    (["Published Erratum"], "erratum"),
    (["Letter", "Comment"], "letter"),
    ([], ""),
]


@pytest.mark.parametrize(("written", "expected"), TYPES)
def test_types(written: list[str], expected: str) -> None:
    """The most specific publication type counts; a plain article has none."""
    assert find_type(written) == expected


STATUSES = [
    (["Journal Article", "Retracted Publication"], [], "retracted"),
    (["Journal Article"], ["CommentIn", "RetractionIn"], "retracted"),
    (["Retraction of Publication"], ["RetractionOf"], ""),
    (["Journal Article"], ["ErratumIn"], ""),
    ([], [], ""),
]


@pytest.mark.parametrize(("types", "corrections", "status"), STATUSES)
def test_status(types: list[str], corrections: list[str], status: str) -> None:
    """A paper is retracted by its type or by a notice on it; the notice itself is not."""
    assert find_status(types, corrections) == status
