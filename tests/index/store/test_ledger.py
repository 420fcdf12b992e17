"""Check the ledger of a generation, alone."""

from pathlib import Path

import pytest

from index.store.ledger import LEDGER, NO_WORK, Ledger
from index.store.ledger_tables import PART, LedgerRow


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return a ledger of three papers and a part, numbered from 0."""
    ledger = Ledger(tmp_path / LEDGER, writable=True)
    for number, key in enumerate(("a", "b", "c")):
        assert ledger.insert(key, 10 + number, "arxiv") == number
    assert ledger.insert(f"a{PART}abstract", 20, "s2", part=True) == 3
    return ledger


def test_records_are_found_by_key_number_and_content(ledger: Ledger) -> None:
    """Each look-up returns the record, or None if there is none."""
    row = LedgerRow(1, "b", 11, 1, "arxiv")
    assert (ledger.find_key("b"), ledger.find_number(1), ledger.find_content(11)) == (row, row, 1)
    assert (ledger.find_key("z"), ledger.find_number(9), ledger.find_content(9)) == (None,) * 3


def test_a_prefetch_changes_no_answer(ledger: Ledger) -> None:
    """A key that was free when it was prefetched is found once it is inserted."""
    ledger.prefetch(["b", "new", *(f"free{n}" for n in range(1200))])
    assert ledger.find_key("new") is None
    assert ledger.find_key("b") == LedgerRow(1, "b", 11, 1, "arxiv")
    ledger.insert("new", 30, "arxiv")
    assert ledger.find_key("new") == LedgerRow(4, "new", 30, 4, "arxiv")


def test_parts_belong_to_the_paper_of_their_id(ledger: Ledger) -> None:
    """Parts are listed by paper; a longer id with the same beginning is another paper."""
    ledger.insert(f"ab{PART}abstract", 21, "s2", part=True)
    assert [row.key for row in ledger.list_parts("a")] == [f"a{PART}abstract"]
    assert ledger.list_parts("b") == []
    assert ledger.find_number(3) == LedgerRow(3, f"a{PART}abstract", 20, NO_WORK, "s2")


def test_counts_of_works_and_documents(ledger: Ledger) -> None:
    """A joined work counts once, and has a document besides those of its records."""
    counts = (ledger.count_papers(), ledger.count_documents(), ledger.count_records())
    assert counts == (3, 4, 4)
    ledger.join_records([0, 1, 3], 0, 1)
    assert ledger.list_members(0) == [0, 1, 3]
    counts = (ledger.count_papers(), ledger.count_documents(), ledger.count_records())
    assert counts == (2, 5, 4)
    assert ledger.count_leaders(0) == {"arxiv": 2}
    assert ledger.count_detached(0) == {}
    assert ledger.find_last_paper() == "c"
    ledger.dissolve_all()
    assert (ledger.count_papers(), ledger.count_detached(0)) == (3, {"s2": 1})


def test_a_work_of_one_record_is_no_row_of_works(ledger: Ledger) -> None:
    """A record that is joined alone, after a split, is a document of its own again."""
    ledger.join_records([0, 1], 0, 1)
    ledger.dissolve_works([0])
    ledger.join_records([0], 0, 0)
    ledger.join_records([1], 1, 1)
    assert (ledger.count_papers(), ledger.count_documents()) == (3, 4)


def test_bonds_are_symmetric_and_end_with_a_record(ledger: Ledger) -> None:
    """A bond is listed for both records, until one of them is removed for good."""
    ledger.add_bonds([(0, 1), (1, 2), (0, 1)])
    assert (ledger.list_bound(0), sorted(ledger.list_bound(1))) == ([1], [0, 2])
    row = ledger.find_number(0)
    assert row
    ledger.remove(row, remember=True)
    ledger.forget_removed()
    assert (ledger.list_bound(0), ledger.list_bound(1)) == ([], [2])


def test_removed_records_can_be_restored(ledger: Ledger) -> None:
    """A removed record of the previous generation is found by key and content, and comes back."""
    row = ledger.find_key("b")
    assert row
    ledger.remove(row, remember=True)
    assert ledger.find_key("b") is None
    assert list(ledger.list_removed()) == [row]
    assert ledger.find_removed("b", 11) == row
    assert ledger.find_removed("b", 99) is None
    ledger.restore(row)
    assert (ledger.find_key("b"), list(ledger.list_removed())) == (row, [])


def test_numbers_are_never_reused(ledger: Ledger, tmp_path: Path) -> None:
    """Missing numbers are listed, and the next number survives a commit without its record."""
    for key in ("b", f"a{PART}abstract"):
        row = ledger.find_key(key)
        assert row
        ledger.remove(row, remember=False)
    assert list(ledger.list_missing(0)) == [1, 3]
    assert list(ledger.list_missing(2)) == [3]
    assert list(ledger.list_keys(1)) == [(2, "c")]
    ledger.commit()
    ledger.close()
    again = Ledger(tmp_path / LEDGER)
    assert again.next == 4
    assert [again.find_number(number) is None for number in range(4)] == [False, True, False, True]
    again.close()


def test_changes_of_an_update(ledger: Ledger) -> None:
    """A key removed and inserted again is changed; others are new or removed."""
    for key in ("a", "b"):
        row = ledger.find_key(key)
        assert row
        ledger.remove(row, remember=True)
    ledger.insert("a", 99, "arxiv")
    ledger.insert("d", 98, "arxiv")
    assert ledger.count_changes(4) == (1, 1, 1)


def test_uncommitted_changes_are_lost(tmp_path: Path) -> None:
    """Closing without a commit discards what came after the last one."""
    ledger = Ledger(tmp_path / LEDGER, writable=True)
    ledger.insert("kept", 1, "arxiv")
    ledger.commit()
    ledger.insert("lost", 2, "arxiv")
    ledger.close()
    again = Ledger(tmp_path / LEDGER, writable=True)
    assert (again.count_records(), again.find_key("lost")) == (1, None)
    again.close()


def test_a_sample_depends_on_contents_only(tmp_path: Path) -> None:
    """Records are sampled by their digests, whatever their numbers and keys are."""
    contents = [*range(-50, 50, 3), 0]
    samples: list[list[int]] = []
    for turn in (contents, contents[::-1]):
        ledger = Ledger(tmp_path / f"ledger{len(samples)}", writable=True)
        rows = {ledger.insert(f"{n}", content, "s2"): content for n, content in enumerate(turn)}
        samples.append(sorted(rows[number] for number in ledger.list_sample(5)))
        assert ledger.list_sample(1) == sorted(rows)
        ledger.close()
    assert samples[0] == samples[1] == sorted(n for n in contents if n % 5 == 0)
