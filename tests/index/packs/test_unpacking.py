"""Test that an index survives packing and unpacking, and that a hostile pack does no harm."""

import io
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from index.build.operations import build
from index.errors import GenerationCorrupt
from index.packs.contents import FIRST, LAST, Contents, decode_contents, encode_contents, list_sums
from index.packs.errors import (
    PackDamaged,
    PackOutdated,
    PackTooLarge,
    PackUnknown,
    PackUnreadable,
    PackUnusable,
    PackUnwritable,
)
from index.packs.pack_reader import Pack
from index.packs.packing import PackReport, pack_index
from index.packs.tar_stream import END, encode_header, pad_content
from index.packs.unpacking import UnpackSettings, unpack_index
from index.settings import BuildSettings
from index.store.generations import find_current_folder, read_current_name
from index.store.history import list_generations, list_leftovers, roll_back
from index.store.manifest import MANIFEST, read_manifest, write_json

Make = Callable[..., Path]


@pytest.fixture(scope="module")
def made(index_of: Make) -> Path:
    """Return a small index with an `authors.toml`; tests do not change it."""
    index = index_of({"id": "p1", "title": "First paper"}, {"id": "p2", "title": "Second paper"})
    (index / "authors.toml").write_text("")
    return index


@pytest.fixture(scope="module")
def packed(made: Path) -> bytes:
    """Return that index as a plain tar archive."""
    return pack(made, 0)


def pack(index: Path, level: int = 3) -> bytes:
    """Return an index as a pack."""
    target = io.BytesIO()
    pack_index(index, target, "x.pack", level)
    return target.getvalue()


def unpack(index: Path, content: bytes, **options: object) -> PackReport:
    """Unpack an index from a pack."""
    source = Pack(io.BufferedReader(io.BytesIO(content)), "x.pack")
    return unpack_index(index, source, msgspec.convert(options, UnpackSettings))


def read_files(index: Path) -> dict[str, bytes]:
    """Return the files of the generation in use but the manifest, by name."""
    folder = find_current_folder(index)
    found = {file.name: (folder / file.name).read_bytes() for file in read_manifest(folder).files}
    assert found
    return found


@pytest.mark.parametrize("level", [0, 3])
def test_an_index_survives(made: Path, tmp_path: Path, level: int) -> None:
    """Every file comes back, the generation keeps its name, and `authors.toml` comes along."""
    report = unpack(tmp_path / "ix", pack(made, level))
    assert read_files(tmp_path / "ix") == read_files(made)
    assert report.generation == read_current_name(tmp_path / "ix") == read_current_name(made)
    assert (report.papers, report.authors) == (2, "unpacked")
    assert (tmp_path / "ix" / "authors.toml").read_bytes() == b""


def test_whoosh_survives(tmp_path: Path) -> None:
    """Indexes of the other engine are packed likewise."""
    dump = tmp_path / "a.jsonl"
    dump.write_text('{"id": "a", "title": "A title"}\n')
    build(tmp_path / "ix", [str(dump)], BuildSettings(engine="whoosh", processes=0))
    unpack(tmp_path / "other", pack(tmp_path / "ix"))
    assert read_files(tmp_path / "other") == read_files(tmp_path / "ix")


def test_other_programs_read_a_pack(packed: bytes, tmp_path: Path) -> None:
    """`tarfile` extracts it, and the sums are those of the files."""
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(tmp_path, filter="data")
    lines = (tmp_path / LAST).read_text().splitlines()
    assert len(lines) > 5
    for digest, name in (line.split("  ") for line in lines):
        assert sha256((tmp_path / name).read_bytes()).hexdigest() == digest


def test_the_generation_before_stays(made: Path, index_of: Make, packed: bytes) -> None:
    """A rollback returns to the generation that was in use, which is newer by its name."""
    index = index_of({"id": "other", "title": "Another paper"})
    before = read_current_name(index)
    assert before > read_current_name(made)
    unpack(index, packed)
    assert read_current_name(index) == read_current_name(made)
    assert roll_back(index).name == before


def test_a_pack_is_unpacked_again_under_a_new_name(tmp_path: Path, packed: bytes) -> None:
    """The same generation twice does not overwrite the one in use, which may be damaged."""
    first = unpack(tmp_path, packed).generation
    (tmp_path / "generations" / first / "ledger").write_bytes(b"damaged")
    second = unpack(tmp_path, packed).generation
    assert list_generations(tmp_path) == sorted([first, second])
    assert read_files(tmp_path)
    assert read_manifest(find_current_folder(tmp_path)).replaced == first


@pytest.mark.parametrize(("replace_other", "left"), [(False, b"# mine\n"), (True, b"")])
def test_authors_of_the_index_stay(
    tmp_path: Path, packed: bytes, *, replace_other: bool, left: bytes
) -> None:
    """`authors.toml` of the index stays unless `replace` is set."""
    (tmp_path / "authors.toml").write_bytes(b"# mine\n")
    report = unpack(tmp_path, packed, replace=replace_other)
    assert report.authors == ("unpacked" if replace_other else "kept")
    assert (tmp_path / "authors.toml").read_bytes() == left
    assert not (find_current_folder(tmp_path) / "authors.toml").exists()


def write_archive(contents: Contents, files: list[tuple[str, bytes]]) -> bytes:
    """Return a plain archive of a first member and others, with whatever they declare."""
    members = [(FIRST, encode_contents(contents)), *files]
    pieces = [encode_header(n, len(c), 0) + c + pad_content(len(c)) for n, c in members]
    return b"".join(pieces) + END


def read_archive(packed: bytes) -> tuple[Contents, list[tuple[str, bytes]]]:
    """Return what a pack declares, and all its members but the first."""
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        files = [(one.name, archive.extractfile(one)) for one in archive.getmembers()]
        read = [(name, file.read()) for name, file in files if file]
    return decode_contents(read[0][1]), read[1:]


def lie_about(contents: Contents, files: list[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield archives whose members differ from what is declared."""
    yield write_archive(contents, files[:-1])  # the sums are missing
    yield write_archive(contents, files[1:])  # a member is missing
    yield write_archive(contents, [files[1], files[0], *files[2:]])  # another order
    yield write_archive(contents, [files[0], files[0], *files[1:]])  # twice
    yield write_archive(contents, [*files, ("generation/more", b"x")])  # more
    yield write_archive(contents, [("../x", files[0][1]), *files[1:]])  # another name
    yield write_archive(contents, [("/tmp/x", files[0][1]), *files[1:]])  # noqa: S108
    yield write_archive(contents, [*files[:2], (files[2][0], b"y" + files[2][1][1:]), *files[3:]])
    yield write_archive(contents, [*files[:-1], (LAST, b"x" * len(files[-1][1]))])
    huge = replace(contents.members[0], size=contents.members[0].size + 1)
    yield write_archive(replace(contents, members=(huge, *contents.members[1:])), files)


def test_members_are_what_is_declared(packed: bytes, tmp_path: Path) -> None:
    """Any difference in names, order, sizes or content fails, and leaves nothing behind."""
    lies = list(lie_about(*read_archive(packed)))
    assert len(lies) == 10
    for content in lies:
        with pytest.raises(PackDamaged):
            unpack(tmp_path / "ix", content)
        assert not list_generations(tmp_path / "ix")
        assert not list_leftovers(tmp_path / "ix")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ix"]


def test_a_manifest_of_other_files_is_refused(packed: bytes, tmp_path: Path) -> None:
    """A pack whose manifest does not list a file that came is refused."""
    contents, files = read_archive(packed)
    extra = replace(contents.members[-1], name="generation/extra")
    changed = replace(contents, members=(*contents.members, extra))
    sums = list_sums(encode_contents(changed), changed)
    members = [*files[:-1], ("generation/extra", files[-2][1]), (LAST, sums)]
    with pytest.raises(PackDamaged, match="lists other files"):
        unpack(tmp_path, write_archive(changed, members))


def test_another_version_is_refused(made: Path, tmp_path: Path) -> None:
    """A pack of another format says so, with a way out."""
    old = tmp_path / "old"
    shutil.copytree(made, old)
    folder = find_current_folder(old)
    content = pack(old, 0)
    manifest = read_manifest(folder)
    write_json(folder / MANIFEST, replace(manifest, format_version=manifest.format_version - 1))
    changed = (folder / MANIFEST).read_bytes()
    contents, files = read_archive(content)
    at = next(i for i, (name, _) in enumerate(files) if name.endswith(MANIFEST))
    digest = sha256(changed).hexdigest()
    members = list(contents.members)
    members[at] = replace(members[at], size=len(changed), sha256=digest)
    contents = replace(contents, members=tuple(members))
    files[at] = (files[at][0], changed)
    files[-1] = (LAST, list_sums(encode_contents(contents), contents))
    with pytest.raises(PackOutdated, match=r"papers build DUMP"):
        unpack(tmp_path / "ix", write_archive(contents, files))


@given(data=st.data())
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damage_is_noticed(packed: bytes, data: st.DataObject) -> None:
    """A pack that is cut or changed fails, unless only its padding was changed."""
    at = data.draw(st.integers(0, len(packed) - len(END) - 1))
    flip = data.draw(st.integers(0, 255))
    changed = packed[:at] + bytes([packed[at] ^ flip]) + packed[at + 1 :]
    content = changed if flip else packed[:at]
    contents, files = read_archive(packed)
    try:
        pack = Pack(io.BufferedReader(io.BytesIO(content)), "x.pack")
        found = [b"".join(pack.read_member(member)) for member in pack.contents.members]
        pack.check_end()
    except PackUnusable:
        return
    assert flip
    assert pack.contents == contents
    assert found == [content for _, content in files[:-1]]


@pytest.mark.parametrize("content", [b"", b"x" * 2000, b"\x28\xb5\x2f\xfd" + b"x" * 100, END])
def test_what_is_no_pack_is_refused(tmp_path: Path, content: bytes) -> None:
    """A file that is no pack makes no index."""
    with pytest.raises(PackUnknown):
        unpack(tmp_path / "ix", content)
    assert not (tmp_path / "ix").exists()


def test_a_cut_stream_is_noticed(sample_index: Path, tmp_path: Path) -> None:
    """A compressed pack of which the end is missing fails."""
    whole = pack(sample_index)
    with pytest.raises(PackDamaged, match="too early"):
        unpack(tmp_path, whole[: len(whole) // 2])


def test_what_a_check_finds_is_damage_of_the_pack(packed: bytes, tmp_path: Path) -> None:
    """A generation that was packed damaged is said to be so, not the one of the index."""

    def check(folder: Path) -> None:
        raise GenerationCorrupt(folder.name, "a search fails")

    source = Pack(io.BufferedReader(io.BytesIO(packed)), "x.pack")
    with pytest.raises(PackDamaged, match=r"'x.pack' .* a search fails\. Copy"):
        unpack_index(tmp_path, source, UnpackSettings(), check=check)
    assert not list_leftovers(tmp_path)


@pytest.mark.parametrize("level", [0, 3])
def test_a_pack_ends_where_it_should(made: Path, tmp_path: Path, level: int) -> None:
    """A pack that lacks its last byte, or that something follows, is refused."""
    whole = pack(made, level)
    for content in (whole[:-1], whole[:-600], whole + b"x", whole + whole, whole + bytes(512)):
        with pytest.raises(PackUnusable):
            unpack(tmp_path, content)
    assert unpack(tmp_path, whole).papers == 2


def test_room_is_checked_before(packed: bytes, tmp_path: Path) -> None:
    """A pack that declares more than the disk has room for is refused before it is written."""
    contents, files = read_archive(packed)
    huge = replace(contents.members[-1], size=2**60)
    contents = replace(contents, members=(*contents.members[:-1], huge))
    with pytest.raises(PackTooLarge, match="are free"):
        unpack(tmp_path / "ix", write_archive(contents, files))
    assert not (tmp_path / "ix").exists()


class _Broken(io.RawIOBase):
    """A device that fails."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        del buffer
        raise OSError(5, "Input/output error")


def test_failures_of_a_device_are_reported(made: Path) -> None:
    """A device that cannot be read or written is named with the reason."""
    with pytest.raises(PackUnreadable, match="Input/output error"):
        Pack(io.BufferedReader(_Broken()), "x.pack")
    full = os.open("/dev/full", os.O_WRONLY)
    with pytest.raises(PackUnwritable, match="No space left"), open(full, "wb", 0) as target:  # noqa: PTH123
        pack_index(made, target, "x.pack", 0)
