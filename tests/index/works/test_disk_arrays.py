"""Answers: do records and keys that wait on disk come back as they were?"""

from pathlib import Path

import pytest

from index.works.disk_arrays import DiskCodes, DiskStrings

STRINGS = [b"one", b"", b"three" * 1000]


def test_strings_are_kept(tmp_path: Path) -> None:
    """What waits on disk comes back the same, also between additions."""
    spill = DiskStrings(tmp_path / "records")
    for number, one in enumerate([*STRINGS, b"one"]):
        assert spill.add(one) == number
        assert spill[number] == one
        assert spill[0] == STRINGS[0]
    assert len(spill) == 4
    spill.close()


@pytest.mark.parametrize("synced", [1, 2, 3])
def test_strings_of_before_are_kept(tmp_path: Path, synced: int) -> None:
    """Of a spill that was interrupted, what was synced is there, and what came later is not."""
    spill = DiskStrings(tmp_path / "records")
    for one in STRINGS[:synced]:
        spill.add(one)
    spill.sync()
    spill.add(b"never synced")
    spill.close()
    again = DiskStrings(tmp_path / "records", synced)
    assert [again[number] for number in range(len(again))] == STRINGS[:synced]
    again.add(b"new")
    again.sync()
    assert again[synced] == b"new"
    again.close()
    third = DiskStrings(tmp_path / "records", synced + 1)
    assert (len(third), third[synced]) == (synced + 1, b"new")
    third.close()


@pytest.mark.parametrize("most_held", [1, 3, 1_000])
def test_codes_come_back_in_parts(tmp_path: Path, most_held: int) -> None:
    """Codes come back part by part, in the order of their coming, and none is lost."""
    codes = [(n * 0x9E3779B97F4A7C15) % 2**64 for n in range(50)] + [0, 0, 2**64 - 1]
    spill = DiskCodes(tmp_path / "codes", most_held)
    for start in range(0, len(codes), 2):
        spill.add(codes[start : start + 2])
    found = [code for part in spill.read_parts() for code in part]
    assert found == sorted(codes, key=lambda code: code >> 56)
