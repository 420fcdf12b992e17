"""Check that tokens are counted by field and kind of document, and that generations stay apart."""

from pathlib import Path

import pytest

from index.engines import token_counts
from index.engines.token_counts import COUNTED, COUNTS_FILE, TokenCounter, TokenCounts
from index.fields import PART, ROW, WORK
from index.store.generations import link_files

PAPERS = [
    ("", [("id", "a"), ("title_exact", "deep deep nets"), ("venue", "Nature Food")]),
    (ROW, [("id", "b"), ("title_exact", "deep sea"), ("venue", "ICML")]),
    (WORK, [("id", "b"), ("title_exact", "deep sea"), ("venue", "ICML"), ("venue", "Nature Food")]),
    (PART, [("id", "c"), ("dup", PART)]),
]


@pytest.fixture(params=[1, 500_000])
def counts(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> TokenCounts:
    """Return the counts of the papers above, written often or once."""
    monkeypatch.setattr(token_counts, "MAX_PENDING", request.param)
    counter = TokenCounter(tmp_path)
    for dup, texts in PAPERS:
        counter.add(dup, texts)
    counter.commit()
    counter.close()
    return TokenCounts(tmp_path)


def test_a_paper_counts_once_for_each_token(counts: TokenCounts) -> None:
    """A token counts once for each paper, whatever its frequency; a value counts as a whole."""
    assert counts.count("title_exact", "deep") == 3
    assert counts.count("title_exact", "nets") == 1
    assert counts.count("venue", "Nature Food") == 2
    assert counts.count("venue", "Nature") == counts.count("title_exact", "none") == 0
    assert counts.count("dup", PART) == 1
    assert "id" not in COUNTED


def test_kinds_of_documents_can_be_left_out(counts: TokenCounts) -> None:
    """Records of works, or works, are left out of a count or a list, as a view wants it."""
    assert counts.count("title_exact", "deep", without=[ROW]) == 2
    assert counts.count("title_exact", "sea", without=[ROW, WORK, PART]) == 0
    assert counts.list_tokens("title_exact", "", 9, without=[WORK, ROW]) == [
        ("deep", 1),
        ("nets", 1),
    ]


def test_tokens_are_listed_by_frequency(counts: TokenCounts) -> None:
    """The most frequent tokens with a prefix come first; ties break alphabetically."""
    assert counts.list_tokens("title_exact", "", 9) == [("deep", 3), ("sea", 2), ("nets", 1)]
    assert counts.list_tokens("title_exact", "d", 9) == [("deep", 3)]
    assert counts.list_tokens("venue", "", 1) == [("ICML", 2)]
    assert counts.list_tokens("venue", "z", 9) == []


def test_removed_papers_no_longer_count(counts: TokenCounts, tmp_path: Path) -> None:
    """What a paper added to the counts is taken back, also of a linked copy, but not before."""
    copy = tmp_path / "next"
    link_files(tmp_path, copy)
    counter = TokenCounter(copy)
    counter.remove(*PAPERS[0])
    counter.commit()
    counter.remove(*PAPERS[1])
    counter.close()
    later = TokenCounts(copy)
    assert later.count("title_exact", "deep") == 2
    assert later.list_tokens("title_exact", "n", 9) == []
    assert counts.count("title_exact", "deep") == TokenCounts(tmp_path).count("title_exact", "deep")
    assert counts.count("title_exact", "deep") == 3


def test_a_damaged_file_is_an_error_of_the_file(tmp_path: Path) -> None:
    """A file that is no database, or missing, is told by its name."""
    with pytest.raises(OSError, match=COUNTS_FILE):
        TokenCounts(tmp_path)
    (tmp_path / COUNTS_FILE).write_bytes(b"no database" * 1_000)
    for kind in (TokenCounts, TokenCounter):
        with pytest.raises(OSError, match=COUNTS_FILE):
            kind(tmp_path)
