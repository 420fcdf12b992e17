"""Check which files of a folder belong to a dump, and in which order they are read."""

from pathlib import Path, PurePosixPath

import pytest

from index.dumps.folder_files import list_locations, lists_merged_works
from index.dumps.members import find_omission
from tests.support.packed import write

ORDERS = [
    ["a/2.json", "a/10.json", "a2/1.json", "a10/1.json", "b"],
    ["pubmed26n0001.xml", "pubmed26n0002.xml", "pubmed26n0011.xml"],
    ["updated_date=2023-12-01/part_0001", "updated_date=2024-01-31/part_0000"],
    ["works/updated_date=2024-01-01/part_000", "z", "merged_ids/authors/1.csv",
     "merged_ids/works/2024-01-02.csv", "merged_ids/works/2024-02-01.csv"],
]  # fmt: skip


@pytest.mark.parametrize("names", ORDERS)
def test_files_are_in_natural_order(tmp_path: Path, names: list[str]) -> None:
    """Numbers in names count by value, and lists of merged works come last."""
    for name in sorted(names):
        write(tmp_path / "d" / name, b"1")
    assert [location.name for location in list_locations(str(tmp_path / "d"))] == names


@pytest.mark.parametrize(
    "name",
    [".hidden", ".git/x.json", "a/.x", "README", "a/README.txt", "LICENSE-CC0", "x.md", "x.md5"],
)
def test_files_that_accompany_a_dump_are_ignored(name: str) -> None:
    """Hidden files, READMEs, licences and check sums are not part of a dump."""
    assert find_omission(name)


@pytest.mark.parametrize("name", ["a.json", "readme.json", "x.md.gz", "a.b/c", "licence.bib"])
def test_other_files_are_read(name: str) -> None:
    """A file of any other name is read: its content decides on its format."""
    assert find_omission(name) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [("merged_ids/1.csv", True), ("a/merged_ids/works/1", True), ("merged_ids.csv", False)],
)
def test_lists_of_merged_works_stand_in_a_folder(name: str, *, expected: bool) -> None:
    """The name of a folder above the file marks it as such a list."""
    assert lists_merged_works(PurePosixPath(name)) == expected


def test_a_file_is_its_own_only_location(tmp_path: Path) -> None:
    """A dump that is a file is read whatever it is called."""
    path = write(tmp_path / ".README.md", b"1")
    (location,) = list_locations(str(path))
    assert (location.path, location.dump, location.name) == (str(path), path.name, path.name)


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    """A link to a folder is left out, so that a loop ends; a link to a file is read."""
    write(tmp_path / "d/a", b"1")
    (tmp_path / "d/loop").symlink_to(tmp_path / "d")
    (tmp_path / "d/b").symlink_to(tmp_path / "d/a")
    assert [location.name for location in list_locations(str(tmp_path / "d"))] == ["a", "b"]
