"""Test `papers embed`, and what `papers status` and `papers verify` say of vectors."""

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from index.build.operations import build
from index.settings import BuildSettings
from index.store.additions import VECTORS
from index.store.generations import find_current_folder
from tests.support.paths import ROOT, SAMPLE
from tests.support.terminal import read_terminal

Papers = Callable[..., Result]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Return an index of some papers of the sample."""
    directory = tmp_path / "ix"
    build(directory, [str(SAMPLE)], BuildSettings(processes=0, limit=6))
    return directory


def test_embed_says_what_it_did(papers: Papers, index: Path) -> None:
    """The first run counts the vectors, the second has nothing to do; status and verify agree."""
    assert "vector" not in papers("status", index=index).output
    result = papers("embed", index=index)
    assert result.exit_code == 0
    first, second, third = result.output.splitlines()
    assert first == "6 papers have vectors by the installed model"
    assert second.startswith("  6 computed in ")
    assert third == "  384 components, the mean over tokens"
    again = papers("embed", index=index).output
    assert again == "Nothing is left to do: 6 papers have vectors by the installed model.\n"
    status = papers("status", index=index).output
    assert "\n  vectors: of 6 papers, by the installed model\n" in status
    assert papers("verify", index=index).output.endswith("is intact: 6 papers, 6 vectors.\n")


def test_one_paper_has_a_vector(papers: Papers, tmp_path: Path) -> None:
    """A single paper is counted as one."""
    build(tmp_path, [str(SAMPLE)], BuildSettings(processes=0, limit=1))
    printed = papers("embed", "--processes", "0", index=tmp_path).output
    assert printed.startswith("1 paper has vectors by the installed model\n")


def test_embed_as_json(papers: Papers, index: Path) -> None:
    """With --json the report and the status are documents."""
    printed = json.loads(papers("embed", "--json", "--processes", "0", index=index).stdout)
    assert (printed["papers"], printed["computed"], printed["folder"]) == (6, 6, None)
    status = json.loads(papers("status", "--json", index=index).stdout)
    assert status["vectors"]["papers"] == 6
    assert status["vectors"]["model"] == printed["model"]
    assert status["vectors"]["generation"] == status["name"] == printed["generation"]


def test_status_after_an_update(papers: Papers, index: Path) -> None:
    """Vectors of an earlier generation are named as such, and so are damaged ones."""
    papers("embed", index=index)
    papers("build", "--limit", "8", str(SAMPLE), index=index)
    lines = papers("status", index=index).output.splitlines()
    at = lines.index("  vectors: of 6 papers, by the installed model")
    assert lines[at + 1].startswith("    made for an earlier generation; `papers embed` adds")
    result = papers("embed", index=index)
    assert "  2 computed in " in result.output
    file = find_current_folder(index) / VECTORS
    content = file.read_bytes()
    file.unlink()
    file.write_bytes(content[:-1])
    assert "  vectors: unusable. The vectors of gen" in papers("status", index=index).output
    verified = papers("verify", index=index)
    assert verified.exit_code == 1
    assert "Run `papers embed`" in verified.stderr


def test_failures_are_one_line(papers: Papers, index: Path, tmp_path: Path) -> None:
    """A folder without a model and an index that is not there are told with a way out."""
    result = papers("embed", "--model", str(tmp_path / "no"), index=index)
    assert result.exit_code == 1
    assert result.stderr.startswith("papers: Cannot use the model '")
    assert result.stderr.count("\n") == 1
    result = papers("embed", index=tmp_path / "nothing")
    assert "No index in" in result.stderr
    assert not (tmp_path / "nothing").exists()


INTERRUPTED = """
import os, signal
from index.meaning import embedding
from web.cli import main
embedding.COMMIT_SECONDS = 0.0
class Slow(embedding.Embedder):
    def embed_all(self, texts, **options):
        for count, signs in enumerate(super().embed_all(texts, **options)):
            if count:
                os.kill(os.getpid(), signal.SIGINT)
            yield signs
embedding.Embedder = Slow
main()
"""


def test_an_interrupted_run_continues(papers: Papers, index: Path) -> None:
    """Ctrl-C ends it with one line, and the next run computes only the rest."""
    command = [sys.executable, "-c", INTERRUPTED, "embed", "--index", str(index)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "papers: Interrupted. Run the same command again to continue from what was kept."
    )
    assert "Traceback" not in done.stderr
    assert "  2 computed in " in papers("embed", index=index).output


def test_a_bar_is_shown_on_a_terminal(index: Path) -> None:
    """It counts papers and tells the rate and the time left."""
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "web.cli", "embed", "--index", str(index)]
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=slave) as process:
        os.close(slave)
        shown = read_terminal(master)
    os.close(master)
    assert process.returncode == 0
    assert b"embedding:   0%|" in shown
    assert b" 4/6 [" in shown
