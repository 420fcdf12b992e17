"""Publish generations of a few bytes, which no engine can open."""

from pathlib import Path

from index.store.generations import make_generation, publish_generation, seal_folder
from index.store.manifest import MANIFEST, Manifest, write_json


def publish(directory: Path, name: str, content: bytes = b"content", replaced: str = "") -> Path:
    """Publish a generation of two small files."""
    with make_generation(directory, name) as folder:
        (folder / "engine").mkdir()
        (folder / "engine" / "segment").write_bytes(content)
        (folder / "empty").write_bytes(b"")
        write_json(
            folder / MANIFEST,
            Manifest(
                name, "2024-01-02T03:04:05Z", 1, 1, 1, "x", "tantivy", "1", (),
                seal_folder(folder), "1",
                replaced=replaced,
            ),
        )  # fmt: skip
        return publish_generation(directory, folder)
