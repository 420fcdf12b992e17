"""Check that changes of the maintainer's file are noticed, and mistakes change nothing."""

import logging
import os
from pathlib import Path

import pytest

from index.people.curation import CURATION, Curation
from index.people.curation_watch import CurationWatch
from index.store.file_watch import INTERVAL_SECONDS
from tests.support.clock import Clock


def write(folder: Path, name: str) -> None:
    """Write a file with one person, which replaces the one before."""
    (folder / "new").write_text(f'[[person]]\nname = "{name}"\nid = "s2:1"\n', "utf-8")
    os.replace(folder / "new", folder / CURATION)  # noqa: PTH105 - as editors do


def test_changes_are_noticed(tmp_path: Path) -> None:
    """The file may come, change and go; it is looked at once a second."""
    clock = Clock()
    watch = CurationWatch(tmp_path, clock)
    assert (watch.curation, watch.version, watch.problem) == (Curation(), "", "")
    versions = set()
    for name in ("Ada", "Bea"):
        write(tmp_path, name)
        known = watch.curation
        clock.now += INTERVAL_SECONDS
        assert watch.curation.people[0].name == name
        assert watch.curation != known
        versions.add(watch.version)
    (tmp_path / CURATION).unlink()
    clock.now += INTERVAL_SECONDS
    assert watch.curation == Curation()
    assert len(versions | {watch.version}) == 3


def test_a_broken_file_changes_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What was read before stays in use, and the log has the line of the mistake once."""
    write(tmp_path, "Ada")
    clock = Clock()
    watch = CurationWatch(tmp_path, clock)
    known, version = watch.curation, watch.version
    for text in ("[[person]]\n", "[[person]]\n\n"):
        (tmp_path / CURATION).write_text(text, "utf-8")
        clock.now += INTERVAL_SECONDS
        assert (watch.curation, watch.version) == (known, version)
        assert "line 1: the person has no name" in watch.problem
    with caplog.at_level(logging.WARNING):
        assert [record.getMessage().count("line 1") for record in caplog.records] == [1]
    write(tmp_path, "Bea")
    clock.now += INTERVAL_SECONDS
    assert watch.curation.people[0].name == "Bea"
    assert watch.problem == ""


def test_a_file_that_is_broken_from_the_start_says_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The site starts without it, and the log does not say that something else is used."""
    (tmp_path / CURATION).symlink_to(tmp_path / "nowhere")
    watch = CurationWatch(tmp_path, Clock())
    assert caplog.messages[0].endswith("Correct the file. It is not used.")
    assert watch.curation == Curation()
    assert "links to a missing file" in watch.problem
