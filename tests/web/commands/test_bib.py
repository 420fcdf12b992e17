"""Check ``papers bib``: the report, its JSON, the corrected file and the exit codes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.tide_papers import PAPERS

PREPRINT = (
    "@misc{lee,\n  title = {Learning to Predict the Tides from Satellite Images},\n"
    "  author = {Lee, Ann and Quist, Bo},\n  eprint = {1905.01234},\n  year = 2019\n}\n"
)
FIXED = (
    PREPRINT.replace("@misc", "@inproceedings")
    .replace("2019", "2020")
    .replace(
        "2020\n}",
        "2020,\n  booktitle = {Advances in Neural Information Processing Systems},\n"
        "  pages = {11--19},\n  doi = {10.9999/tides.1}\n}",
    )
)
TITLE = "Sorting the Shells of the Northern Sea"
GOOD = (
    f"@inproceedings{{xu, title = {{{TITLE}}}, author = {{Fay Xu}}, year = 2012,"
    " booktitle = {ICML}, pages = {1--9}}\n"
)
REST = (
    "@misc{roe, title = {A Proof that All Tides are Equal}, author = {Eve Roe}, year = 2019,\n"
    " eprint = {1905.09999}}\n"
    "@misc{again, title = {Learning to predict tides from satellite images},"
    " author = {A. Lee and B. Quist},\n year = 2020}\n"
    "@misc{nope, title = {Something that Nobody Wrote}, author = {Q. Z.}}\n"
    "@misc{torn, title = {x\n"
)
REPORT = """\
4 of 6 entries found in the index.

Published since (1)
  lee (line 1)
    type: inproceedings
    booktitle: Advances in Neural Information Processing Systems
    year: 2020
    pages: 11--19
    doi: 10.9999/tides.1

Withdrawn, rejected or retracted (1)
  roe (line 8)
    withdrawn

Different in the index (1)
  again (line 10)
    title: Learning to predict tides from satellite images, in the index
      Learning to Predict the Tides from Satellite Images

Missing fields (1)
  again (line 10)
    doi: 10.9999/tides.1

One work in several entries (1)
  lee, again

Not found (1)
  nope

Not read (1)
  torn (line 13) is not well-formed BibTeX
"""


@pytest.fixture(scope="module")
def index(index_of: Callable[..., Path]) -> Path:
    """Build an index of seven papers."""
    return index_of(*PAPERS)


def test_a_report(papers: Callable[..., Result], index: Path, tmp_path: Path) -> None:
    """Findings come in groups, in lines of at most 80 columns, and the exit code is 1."""
    file = tmp_path / "a.bib"
    file.write_text(PREPRINT + GOOD + REST)
    shown = papers("bib", str(file), index=index)
    assert (shown.exit_code, shown.stdout) == (1, REPORT)


def test_nothing_to_report(papers: Callable[..., Result], index: Path) -> None:
    """The exit code is 0, also where a paper is not in the index."""
    shown = papers("bib", "-", stdin=GOOD, index=index)
    assert (shown.exit_code, shown.stdout) == (0, "1 of 1 entry found in the index.\n")


def test_a_report_as_json(papers: Callable[..., Result], index: Path) -> None:
    """Each entry has its paper, by what it was found, and its findings."""
    shown = papers("bib", "-", "--json", stdin=PREPRINT + REST, index=index)
    report = json.loads(shown.stdout)
    lee, roe, again, nope, torn = report["entries"]
    assert (lee["id"], lee["means"], lee["same_as"]) == ("p1", "identifier", ["again"])
    assert lee["findings"][0] == {
        "kind": "published", "field": "type", "written": "misc", "known": "inproceedings",
    }  # fmt: skip
    assert [one["kind"] for one in roe["findings"]] == ["status"]
    assert (again["means"], nope["id"], torn["problem"][:6]) == ("similar title", None, "is not")
    assert (report["found"], report["left_out"], report["fixed"]) == (3, 0, "")


def test_a_corrected_file(papers: Callable[..., Result], index: Path, tmp_path: Path) -> None:
    """It is written beside the file, where one says, in its place or to standard output."""
    file = tmp_path / "a.bib"
    file.write_bytes(PREPRINT.encode() + b"% caf\xe9\r\n")
    expected = FIXED.encode() + b"% caf\xe9\r\n"
    shown = papers("bib", str(file), "--fix", index=index)
    assert shown.exit_code == 0
    assert shown.stdout.endswith(f"The corrected file is {tmp_path / 'a.fixed.bib'}.\n")
    assert (tmp_path / "a.fixed.bib").read_bytes() == expected
    assert file.read_bytes() != expected
    papers("bib", str(file), "--output", str(tmp_path / "b.bib"), index=index)
    assert (tmp_path / "b.bib").read_bytes() == expected
    piped = papers("bib", "-", "--fix", stdin=file.read_bytes(), index=index)
    assert (piped.stdout_bytes, piped.stderr[:6]) == (expected, "1 of 1")
    papers("bib", str(file), "--in-place", index=index)
    assert file.read_bytes() == expected
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.bib", "a.fixed.bib", "b.bib"]


def test_chosen_changes(papers: Callable[..., Result], index: Path) -> None:
    """A change that is named is the only one."""
    shown = papers("bib", "-", "--change", "status", stdin=PREPRINT + REST, index=index)
    noted = REST.replace("1905.09999}", "1905.09999},\n note = {Withdrawn}")
    assert shown.stdout == PREPRINT + noted


WRONG = [
    (("-",), "no entries", "The text has no BibTeX entries."),
    (("nowhere.bib",), "", "does not exist"),
    (("-", "--in-place"), GOOD, "Name a file."),
    (("-", "--in-place", "--output", "x"), GOOD, "cannot be combined with --output."),
    (("-", "--output", "no/such/folder/x.bib"), GOOD, "cannot be written"),
    (("-", "--change", "all"), GOOD, "is not one of"),
]


@pytest.mark.parametrize(("arguments", "stdin", "message"), WRONG)
def test_wrong_usage(
    papers: Callable[..., Result], index: Path, arguments: tuple[str, ...], stdin: str, message: str
) -> None:
    """A failure is one sentence with a way out, and the exit code is 2."""
    shown = papers("bib", *arguments, stdin=stdin, index=index)
    assert shown.exit_code == 2
    assert message in shown.stderr
