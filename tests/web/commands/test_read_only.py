"""Test that an index on a read-only file system is read by every command, and written by none."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import ROOT

MOUNT = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && exec "$2" -c "$3" "$1" "$4"'
UNSHARE = ("unshare", "--map-root-user", "--mount", "sh", "-c", MOUNT, "sh")

CODE = """if True:
    import json, sys
    from pathlib import Path
    from click.testing import CliRunner
    from web.app import create_app
    from web.cli import main

    index, commands = Path(sys.argv[1]), json.loads(sys.argv[2])
    answers = {}
    for command in commands:
        done = CliRunner().invoke(main, command, env={"PAPERS_INDEX": str(index)})
        answers[" ".join(command)] = (done.exit_code, done.output)
    client = create_app(index).test_client()
    for address in ("/", "/search?q=learning", "/search.json?q=learning", "/help"):
        answers[address] = (client.get(address).status_code, "")
    print(json.dumps(answers))
    """

READING = (
    ["status"], ["verify"], ["verify", "--deep", "--quiet"], ["search", "learning"],
    ["show", "vaswani-2017-attention"], ["similar", "vaswani-2017-attention"],
    ["suggest", "lear"], ["author", "Vaswani"], ["export", "learning"],
    ["why-not", "attention", "vaswani-2017-attention"],
    ["pack", "--quiet", "-"],
)  # fmt: skip
WRITING = (
    ["build", "DUMP"], ["add", "DUMP"], ["remove", "vaswani-2017-attention"], ["rollback"],
)  # fmt: skip


def run_read_only(index: Path, commands: tuple[list[str], ...]) -> dict[str, Any]:
    """Run commands in a process that sees the index on a read-only file system."""
    given = (str(index), sys.executable, CODE, json.dumps(commands))
    done = subprocess.run(
        [*UNSHARE, *given], cwd=ROOT, capture_output=True, text=True, check=False, errors="replace"
    )
    if done.returncode and "mount" in done.stderr:
        pytest.skip(f"no read-only mount can be made here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


@pytest.mark.skipif(shutil.which("unshare") is None, reason="mounts need unshare")
def test_a_read_only_index(sample_index: Path, tmp_path: Path) -> None:
    """Reading commands and pages answer, writing ones say in one sentence that they cannot."""
    index = tmp_path / "ix"
    shutil.copytree(sample_index, index)
    dump = tmp_path / "dump.jsonl"
    dump.write_text('{"id": "new", "title": "A new paper"}\n')
    writing = tuple([word.replace("DUMP", str(dump)) for word in one] for one in WRITING)
    answers = run_read_only(index, (*READING, *writing))
    for command in READING:
        assert answers[" ".join(command)][0] == 0, answers[" ".join(command)]
    for command in writing:
        code, said = answers[" ".join(command)]
        line = " ".join(said.split())  # it may be wrapped
        assert code == 1
        assert line.startswith("papers: Cannot write to the index"), said
        assert "Read-only file system" in line
    pages = {name: code for name, (code, _) in answers.items() if name.startswith("/")}
    assert set(pages.values()) == {200}, pages
