"""Test BibTeX: entries, and that other programs and our own reader read them back."""

from __future__ import annotations

import pytest

from index.records import SUBMISSION, Appearance, Author, Paper
from web.exports.bibtex import write_bibtex, write_entries
from web.exports.keys import KeyPattern

CONFERENCE = Paper(
    id="arxiv:2006.04779",
    title="Conservative Q-Learning in $O(n)$ for R&D",
    authors=tuple(map(Author, ("Aviral Kumar", "Laurens van der Maaten", "ATLAS Collaboration"))),
    appearances=(
        Appearance("NeurIPS", "Advances in Neural Information Processing Systems 33", "conference",
                   2020, "conference paper", None, "2020-12-06", "33", "", "1179-1191", "Curran"),
    ),
    topics=("cs.LG",),
    ids={"arxiv": "2006.04779", "doi": "10.1000/x_y"},
    urls={"page": "https://example.org/a_b?x={1}", "pdf": "https://example.org/a.pdf"},
    status="oral",
)  # fmt: skip

ENTRY = r"""@inproceedings{x,
  author = {Kumar, Aviral and van der Maaten, Laurens and {ATLAS Collaboration}},
  title = {Conservative {Q}-Learning in {$O(n)$} for {R\&D}},
  booktitle = {Advances in Neural Information Processing Systems},
  volume = {33},
  pages = {1179--1191},
  publisher = {Curran},
  year = {2020},
  month = dec,
  doi = {10.1000/x_y},
  url = {https://example.org/a_b?x=%7B1%7D},
  eprint = {2006.04779},
  archiveprefix = {arXiv},
  primaryclass = {cs.LG},
}
"""


def _write(**shown: object) -> list[str]:
    """Return the lines of an entry for a paper that appeared in one place."""
    appearance = Appearance(**{"year": 2020, **shown})  # type: ignore[arg-type]
    return write_bibtex(Paper("x:1", "T", appearances=(appearance,))).splitlines()


def test_an_entry_states_what_is_known() -> None:
    """All fields of a paper with everything."""
    key = KeyPattern().make_key(CONFERENCE)
    assert write_bibtex(CONFERENCE) == ENTRY.replace("{x,", f"{{{key},")


@pytest.mark.parametrize(
    ("paper_type", "venue", "entry_type", "line"),
    [
        ("workshop paper", "W", "inproceedings", "  booktitle = {W},"),
        (
            "journal article",
            "JMLR",
            "article",
            "  journal = {Journal of Machine Learning Research},",
        ),
        ("book", "", "book", "  publisher = {P},"),
        ("book chapter", "B", "incollection", "  booktitle = {B},"),
        ("thesis", "MIT", "phdthesis", "  school = {MIT},"),
        ("thesis", "Master Thesis at ETH", "mastersthesis", "  school = {Master Thesis at ETH},"),
        ("thesis", "", "phdthesis", "  school = {P},"),
        ("report", "", "techreport", "  institution = {P},"),
        ("preprint", "bioRxiv", "misc", "  howpublished = {bioRxiv},"),
        ("proceedings", "", "proceedings", "  publisher = {P},"),
        ("", "", "misc", "  publisher = {P},"),
        (SUBMISSION, "ICLR", "unpublished", "  note = {Submitted to ICLR 2020, not accepted},"),
    ],
)
def test_entry_types(paper_type: str, venue: str, entry_type: str, line: str) -> None:
    """Every kind of document has the entry type and the container that styles expect."""
    lines = _write(type=paper_type, venue=venue, publisher="P")
    assert lines[0].startswith(f"@{entry_type}{{")
    assert line in lines


def test_entries_are_separated_by_empty_lines() -> None:
    """A file is one entry after the other."""
    keys = KeyPattern("{id}")
    written = "".join(write_entries([CONFERENCE, CONFERENCE], keys))
    assert written == f"{write_bibtex(CONFERENCE, keys)}\n" * 2
