"""Check that byte strings and codes are read back from disk as they were added."""

from pathlib import Path

import pytest

from index.works.disk_arrays import DiskCodes, DiskStrings

STRINGS = [b"one", b"", b"three" * 1000]


def test_strings_are_kept(tmp_path: Path) -> None:
    """A string is read back unchanged, also between additions."""
    strings = DiskStrings(tmp_path / "records")
    for number, one in enumerate([*STRINGS, b"one"]):
        assert strings.add(one) == number
        assert strings[number] == one
        assert strings[0] == STRINGS[0]
    assert len(strings) == 4
    strings.close()


@pytest.mark.parametrize("synced", [1, 2, 3])
def test_strings_of_before_are_kept(tmp_path: Path, synced: int) -> None:
    """After an interruption the synced strings are there, and later ones are not."""
    strings = DiskStrings(tmp_path / "records")
    for one in STRINGS[:synced]:
        strings.add(one)
    strings.sync()
    strings.add(b"never synced")
    strings.close()
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
    """Codes are read back part by part, in the order they were added, and none is lost."""
    codes = [(n * 0x9E3779B97F4A7C15) % 2**64 for n in range(50)] + [0, 0, 2**64 - 1]
    stored = DiskCodes(tmp_path / "codes", most_held)
    for start in range(0, len(codes), 2):
        stored.add(codes[start : start + 2])
    found = [code for part in stored.read_parts() for code in part]
    assert found == sorted(codes, key=lambda code: code >> 56)
