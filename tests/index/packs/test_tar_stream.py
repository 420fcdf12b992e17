"""Test that members of tar archives are written and read, and that others are refused."""

import io
import tarfile
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.packs.tar_stream import END, encode_header, pad_content, read_exactly, read_header

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=300)


@given(NAMES, st.integers(0, 2**40))
@example("generation/engine/" + "a" * 100, 9 * 2**30)
def test_headers_round_trip(name: str, size: int) -> None:
    """What is written is read again, also where the name or the size needs a pax header."""
    name = name.strip("/") or "a"
    file = io.BytesIO(encode_header(name, size, 0) + END)
    assert read_header(file) == (name, size)
    assert read_header(file) is None


def test_other_programs_read_what_is_written() -> None:
    """`tarfile` reads the members with their content."""
    content = b"12345"
    whole = encode_header("generation/a", 5, 7) + content + pad_content(5) + END
    with tarfile.open(fileobj=io.BytesIO(whole)) as archive:
        (member,) = archive.getmembers()
        file = archive.extractfile(member)
        assert file is not None
        assert (member.name, member.mtime, file.read()) == ("generation/a", 7, content)


def make_link(entry: tarfile.TarInfo) -> None:
    """Make an entry a link to a file outside."""
    entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"


def make_type(kind: bytes) -> Callable[[tarfile.TarInfo], None]:
    """Return what makes an entry one of another type."""

    def change(entry: tarfile.TarInfo) -> None:
        entry.type = kind

    return change


@pytest.mark.parametrize(
    "change",
    [
        make_link,
        *map(
            make_type,
            [
                tarfile.LNKTYPE,
                tarfile.CHRTYPE,
                tarfile.BLKTYPE,
                tarfile.FIFOTYPE,
                tarfile.DIRTYPE,
                tarfile.GNUTYPE_SPARSE,
                tarfile.GNUTYPE_LONGNAME,
                tarfile.XGLTYPE,
            ],
        ),
    ],
)
def test_what_is_not_a_file_is_refused(change: Callable[[tarfile.TarInfo], None]) -> None:
    """Links, devices, pipes, folders, sparse files and global headers are refused."""
    entry = tarfile.TarInfo("generation/a")
    change(entry)
    with pytest.raises(ValueError, match="not a regular file"):
        read_header(io.BytesIO(entry.tobuf(tarfile.GNU_FORMAT) + END))


def make_pax(records: bytes, size: int | None = None) -> io.BytesIO:
    """Return an archive with a pax header, which may claim another size."""
    header = tarfile.TarInfo("pax")
    header.type, header.size = tarfile.XHDTYPE, len(records) if size is None else size
    padded = records + pad_content(len(records))
    return io.BytesIO(header.tobuf() + padded + encode_header("a", 1, 0))


def test_pax_headers_are_bounded() -> None:
    """A header that claims gigabytes is refused before they are read."""
    with pytest.raises(ValueError, match="not a regular file"):
        read_header(make_pax(b"", 9 * 2**30))


@pytest.mark.parametrize(
    "records", [b"x", b"99 path=a\n", b"0 \n", b" path=a\n", b"-5 a=b\n", b"9" * 30 + b" a=b\n"]
)
def test_damaged_pax_headers_are_refused(records: bytes) -> None:
    """A record whose length is wrong is refused."""
    with pytest.raises(ValueError, match="pax header"):
        read_header(make_pax(records))


@pytest.mark.parametrize("value", [b"-1", b"1e9", b""])
def test_sizes_are_numbers(value: bytes) -> None:
    """The size in a pax header is a number that is not negative."""
    record = b" size=%b\n" % value
    with pytest.raises(ValueError, match="not a number"):
        read_header(make_pax(b"%d%b" % (len(record) + 1 + (len(record) > 8), record)))


@given(st.binary(max_size=2_000))
def test_any_bytes_are_refused_or_read(content: bytes) -> None:
    """Whatever comes, there is a member, the end, or one kind of error."""
    found = None
    with suppress(ValueError):
        found = read_header(io.BytesIO(content))
    assert found is None or found.size >= 0


def test_the_end_of_the_file_is_noticed() -> None:
    """Fewer bytes than asked for are an error."""
    assert read_exactly(io.BytesIO(b"abc"), 3) == b"abc"
    with pytest.raises(ValueError, match="too early"):
        read_exactly(io.BytesIO(b"abc"), 4)
