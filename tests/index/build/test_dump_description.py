"""Check what is known of a dump before and after it is read."""

import os
from pathlib import Path

import pytest

from index.build.dump_description import complete_input, describe_dump, make_inputs
from index.settings import BuildSettings, Input
from index.store.manifest import Dump, utc_now

SETTINGS = BuildSettings(licence="CC0-1.0", date="2024-01-02", columns={"A": "title", "B": "year"})


def test_a_bare_path_becomes_an_input() -> None:
    """Paths and inputs may be mixed."""
    assert make_inputs(("a", Input("b", "MIT"))) == (Input("a"), Input("b", "MIT"))


def test_a_dump_overrides_the_settings() -> None:
    """What a dump says of itself holds; the settings supply the rest, column by column."""
    assert complete_input(Input("a"), SETTINGS) == Input(
        "a", "CC0-1.0", "2024-01-02", SETTINGS.columns
    )
    own = Input("a", "MIT", "2023-01-01", {"B": "authors"})
    columns = {"A": "title", "B": "authors"}
    assert complete_input(own, SETTINGS) == Input("a", "MIT", "2023-01-01", columns)


def test_the_date_defaults_to_that_of_the_file(tmp_path: Path) -> None:
    """A file has the day on which it was last written, standard input the present day."""
    path = tmp_path / "a"
    path.touch()
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert complete_input(Input(str(path)), BuildSettings()).date == "2001-09-09"
    before = f"{utc_now():%Y-%m-%d}"
    assert before <= complete_input(Input("-"), BuildSettings()).date <= f"{utc_now():%Y-%m-%d}"


@pytest.mark.parametrize("read", [0, 3, 5])
def test_the_size_is_that_of_the_whole_file(tmp_path: Path, read: int) -> None:
    """The manifest has the size on disk, however much of a dump was read."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"12345")
    dump = Input(str(path), "MIT", "2024-01-02")
    expected = Dump("a.jsonl", 5, "abc", "2024-01-02", "MIT", 7)
    assert describe_dump(dump, read, "abc", 7) == expected


def test_standard_input_has_the_size_that_was_read() -> None:
    """Of a pipe only the bytes that came through are known."""
    assert describe_dump(Input("-", date="2024-01-02"), 3, "", 7).size == 3
