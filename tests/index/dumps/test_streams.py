"""Check that every kind of dump is read completely and in order, never silently cut short."""

import gzip
import io
import os
import subprocess
import sys
import tarfile
import threading
import tracemalloc
from pathlib import Path

import pytest

from index.dumps.streams import Stream, measure_dump, open_dump
from index.errors import DumpEmpty, DumpMissing
from tests.support.packed import COMPRESS, FILES, SKIPPABLE, TEXT, read, tar, write, zip_files, zst
from tests.support.paths import ROOT

KINDS: list[tuple[str, bytes, dict[str, bytes]]] = [
    ("plain.json", TEXT, {"plain.json": TEXT}),
    *((f"x.json.{end}", pack(TEXT), {"x.json": TEXT}) for end, pack in COMPRESS.items()),
    *((f"x.{end}", pack(b"ab") * 3, {"x": b"ababab"}) for end, pack in COMPRESS.items()),
    *((f"pad.{end}", pack(TEXT) + bytes(9000), {"pad": TEXT}) for end, pack in COMPRESS.items()),
    ("x.GZ", gzip.compress(TEXT), {"x": TEXT}),
    ("x.json", zst(TEXT), {"x.json": TEXT}),
    ("plain.gz", b"not compressed", {"plain.gz": b"not compressed"}),
    ("plain.tar", b"not a tar\n" * 100, {"plain.tar": b"not a tar\n" * 100}),
    ("skip.zst", SKIPPABLE + zst(TEXT) + SKIPPABLE + zst(TEXT), {"skip": TEXT + TEXT}),
    ("twice.gz", gzip.compress(zst(TEXT)), {"twice": TEXT}),
    ("x.zip", zip_files(FILES), FILES),
    ("x.tar", tar(FILES), FILES),
    ("x.ustar", tar(FILES, tarfile.USTAR_FORMAT), FILES),
    ("x.gnu", tar(FILES, tarfile.GNU_FORMAT), FILES),
    *((f"x.tar.{end}", pack(tar(FILES)), FILES) for end, pack in COMPRESS.items()),
    ("long.tar", tar({"p/" + "n" * 300: TEXT}), {"p/" + "n" * 300: TEXT}),
    ("two.tar", tar({"a": b"1"}) + tar({"b": b"2"}), {"a": b"1", "b": b"2"}),
    ("dot.tar", tar({"./a/./b.json": b"1"}), {"a/b.json": b"1"}),
    ("latin.tar", tar({"caf\udce9": b"1"}, tarfile.GNU_FORMAT), {"caf\ufffd": b"1"}),
    ("empty-member.tar", tar({"a": b"", "b": b"2"}), {"b": b"2"}),
    *(
        (f"m-{end}.tgz", gzip.compress(tar({f"p/x.json.{end}": pack(TEXT)})), {"p/x.json": TEXT})
        for end, pack in COMPRESS.items()
    ),
    ("m.zip", zip_files({"p/x.json.gz": gzip.compress(TEXT)}), {"p/x.json": TEXT}),
    (
        "zip-in.tar.gz",
        gzip.compress(tar({"2024.zip": zip_files({"x.json.gz": gzip.compress(TEXT)}), "z": b"z"})),
        {"2024.zip/x.json": TEXT, "z": b"z"},
    ),
    (
        "tar-in.zip",
        zip_files({"p/in.tar.zst": zst(tar(FILES)), "z": b"z"}),
        {f"p/in.tar.zst/{name}": data for name, data in FILES.items()} | {"z": b"z"},
    ),
    ("third.tar", tar({"a": tar({"b": tar({"c": b"1"})})}), {"a/b": tar({"c": b"1"})}),
    ("fog.tar", tar({"._x.json": b"1", "README.md": b"1", "x.json": b"2"}), {"x.json": b"2"}),
]


@pytest.mark.parametrize(("name", "data", "expected"), KINDS, ids=[kind[0] for kind in KINDS])
def test_every_kind_is_read(
    tmp_path: Path, name: str, data: bytes, expected: dict[str, bytes]
) -> None:
    """Content, names and order are those that were packed; the bytes read add up to the size."""
    path = write(tmp_path / name, data)
    consumed: list[int] = []
    found = [(s.dump, s.name, s.file.read()) for s in open_dump(str(path), consumed.append)]
    assert found == [(name, inner, content) for inner, content in expected.items()]
    assert sum(consumed) == measure_dump(str(path)) == len(data)
    assert min(consumed) > 0


@pytest.mark.parametrize(("name", "data", "expected"), KINDS, ids=[kind[0] for kind in KINDS])
def test_unread_streams_still_count(
    tmp_path: Path, name: str, data: bytes, expected: dict[str, bytes]
) -> None:
    """A consumer that skips the contents gets the same names, heads and total size."""
    path = write(tmp_path / name, data)
    consumed: list[int] = []
    found = [(s.name, s.head(10), s.head()) for s in open_dump(str(path), consumed.append)]
    assert found == [(inner, text[:10], text[:65536]) for inner, text in expected.items()]
    assert sum(consumed) == len(data)


@pytest.mark.parametrize("name", ["x.json", "x.json.gz", "x.tar", "x.zip"])
def test_head_consumes_nothing(tmp_path: Path, name: str) -> None:
    """After `head` of any length up to 1 MiB the file reads from its start, also by line."""
    text = b"".join(b"line %d\n" % number for number in range(200_000))
    packed = {"x.json": text, "x.json.gz": gzip.compress(text)}
    packed |= {"x.tar": tar({"x.json": text}), "x.zip": zip_files({"x.json": text})}
    streams = open_dump(str(write(tmp_path / name, packed[name])))
    stream = next(streams)
    assert stream.head(1 << 20) == text[: 1 << 20]
    assert stream.head(7) == b"line 0\n"
    assert stream.file.readline() == b"line 0\n"
    assert b"".join(stream.file) == text[7:]


def test_head_of_a_seekable_file() -> None:
    """A stream around a seekable file has a head too."""
    assert Stream("d", "n", io.BytesIO(TEXT)).head(5) == TEXT[:5]


def test_a_stream_ends_when_the_next_is_asked_for(tmp_path: Path) -> None:
    """A stream cannot be read after the next is asked for, nor without its iterator."""
    streams = open_dump(str(write(tmp_path / "x.tar", tar(FILES))))
    first, second = next(streams), next(streams)
    with pytest.raises(ValueError, match="closed"):
        first.file.read()
    del streams
    with pytest.raises(ValueError, match="closed"):
        second.file.read()


def test_folder(tmp_path: Path) -> None:
    """A folder is read in the order of its paths, without files that only accompany a dump."""
    skipped = (".hidden", ".git/x.json", "a/.x", "README", "a/README.txt", "LICENSE-CC0", "x.md")
    for name in (*skipped, "x.md5", "x.sha256", "dblp.dtd", "a/empty.json"):
        write(tmp_path / "d" / name, b"" if "empty" in name else b"no")
    write(tmp_path / "d/b.json.gz", gzip.compress(b"b"))
    write(tmp_path / "d/a/z.json", b"az")
    write(tmp_path / "d/a-c.json", b"a-c")
    write(tmp_path / "d/e.zip", zip_files({"x.json": b"ex"}))
    write(tmp_path / "elsewhere", b"link")
    (tmp_path / "d/c.json").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "d/a/loop").symlink_to(tmp_path / "d")
    consumed: list[int] = []
    streams = open_dump(f"{tmp_path}/d/", consumed.append)
    assert [(stream.dump, stream.name, stream.file.read()) for stream in streams] == [
        ("d", "a/z.json", b"az"),
        ("d", "a-c.json", b"a-c"),
        ("d", "b.json", b"b"),
        ("d", "c.json", b"link"),
        ("d", "e.zip/x.json", b"ex"),
    ]
    assert sum(consumed) == measure_dump(str(tmp_path / "d"))


def test_merged_works_come_last_in_a_zip_archive(tmp_path: Path) -> None:
    """A zip archive is read as it was packed, except that lists of merged works come last."""
    files = {"snap/merged_ids/works/1.csv": b"1", "snap/works/b": b"2", "snap/works/a": b"3"}
    path = write(tmp_path / "x.zip", zip_files(files))
    first, *others = files
    assert [stream.name for stream in open_dump(str(path))] == [*others, first]


def test_folder_without_files(tmp_path: Path) -> None:
    """A folder of nothing but hidden files is empty."""
    write(tmp_path / "d/.hidden", b"no")
    with pytest.raises(DumpEmpty):
        read(tmp_path / "d")
    assert measure_dump(str(tmp_path / "d")) == 0


def test_link_to_nowhere_in_a_folder(tmp_path: Path) -> None:
    """A dangling link raises: a part of the dump is missing."""
    write(tmp_path / "d/a.json", b"1")
    (tmp_path / "d/b.json").symlink_to(tmp_path / "gone")
    with pytest.raises(DumpMissing, match=r"b\.json"):
        read(tmp_path / "d")


def test_a_file_named_by_the_user_is_never_ignored(tmp_path: Path) -> None:
    """A file that the user names is read, even if it would be ignored in a folder."""
    assert read(write(tmp_path / ".hidden/README.md", b"1")) == {"README.md": b"1"}


STDIN_READER = """
import sys
from index.errors import DumpError
from index.dumps.streams import measure_dump, open_dump
consumed = []
try:
    for stream in open_dump("-", consumed.append):
        print(stream.dump, stream.name, len(stream.head()), len(stream.file.read()))
    print(sum(consumed), measure_dump("-"))
except DumpError as error:
    print(type(error).__name__)
"""


def read_stdin(data: bytes) -> list[str]:
    """Feed a dump to another process, and return the lines it prints."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error", "-c", STDIN_READER]
    done = subprocess.run(command, input=data, env=environment, capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout.decode().splitlines()


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (TEXT, ["stdin"]),
        (zst(TEXT), ["stdin"]),
        (zst(tar({"a": TEXT, "b": TEXT})), ["a", "b"]),
        (zip_files({"a": TEXT, "b": TEXT}), ["a", "b"]),
    ],
    ids=["plain", "zst", "tar.zst", "zip"],
)
def test_stdin(data: bytes, names: list[str]) -> None:
    """Standard input is unpacked like a file; its size is not known in advance."""
    expected = [f"stdin {name} 65536 {len(TEXT)}" for name in names]
    assert read_stdin(data) == [*expected, f"{len(data)} None"]


@pytest.mark.parametrize(
    ("data", "error"), [(b"", "DumpEmpty"), (zst(TEXT)[:-1], "DumpTruncated")], ids=["none", "cut"]
)
def test_stdin_errors(data: bytes, error: str) -> None:
    """An empty or truncated dump on standard input raises the same errors as a file."""
    assert read_stdin(data) == [error]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("data", [TEXT * 3, zst(tar({"a": TEXT})), zip_files({"a": TEXT})])
def test_named_pipe(tmp_path: Path, data: bytes) -> None:
    """A pipe has no size, and is read like a file."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert measure_dump(str(path)) is None
    writer = threading.Thread(target=path.write_bytes, args=(data,))
    writer.start()
    consumed: list[int] = []
    (stream,) = [(s.head(), s.file.read()) for s in open_dump(str(path), consumed.append)]
    writer.join()
    content = data if data.startswith(TEXT) else TEXT
    assert stream == (content[:65536], content)
    assert sum(consumed) == len(data)


@pytest.mark.parametrize("end", COMPRESS)
def test_bomb_is_bounded(tmp_path: Path, end: str) -> None:
    """A small file that unpacks to a large one is streamed in bounded memory."""
    size = 400 << 20 if end == "zst" else 40 << 20
    path = write(tmp_path / "bomb", COMPRESS[end](b"x" * size))
    tracemalloc.start()
    try:
        streams = open_dump(str(path))
        stream = next(streams)
        assert sum(iter(lambda: len(stream.file.read(1 << 20)), 0)) == size
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < (200 << 20 if end == "zst" else 100 << 20)
