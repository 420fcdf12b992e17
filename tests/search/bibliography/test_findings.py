"""Check what is said about an entry, and that nothing else is."""

import pytest

from search.answers.searcher import Searcher
from search.bibliography.check import check_bibliography

TITLE = "title = {Learning to Predict the Tides from Satellite Images}"
NAMES = "author = {Lee, Ann and Quist, Bo}"
SURVEY = "title = {Harbours {\\&} Glaciers: A Survey of Cold Ports}, author = {Cy Do and Di Po}"
RIGHT = "journal = {Journal of Tides}, year = 2015, volume = 3, number = 4, pages = {101--110}"
MEETING = "booktitle = {NeurIPS}, year = 2020, pages = {11--19}"
PROOF = "title = {A Proof that All Tides are Equal}, author = {Eve Roe}"
DOI = "doi = {10.9999/tides.2}"

CASES = [
    (f"@inproceedings{{a, {TITLE}, {NAMES}, {MEETING}, doi = {{10.9999/tides.1}}}}", []),
    (f"@misc{{a, {TITLE}, {NAMES}, eprint = {{1905.01234}}, year = 2019}}",
     ["published type misc", "published booktitle", "published year 2019", "published pages",
      "published doi"]),
    (f"@article{{a, {TITLE}, {NAMES}, journal = {{arXiv preprint arXiv:1905.01234}}, year = 2019}}",
     ["published type article", "published booktitle", "published year 2019", "published pages",
      "published doi"]),
    (f"@article{{a, {SURVEY}, {RIGHT}, {DOI}}}", []),
    (f"@article{{a, {SURVEY}, journal = {{Journal of Tides}}, year = 2015}}",
     ["missing pages", "missing volume", "missing number", "missing doi"]),
    (f"@article{{a, {SURVEY}, {RIGHT.replace('2015', '2016')}, {DOI}}}", ["differs year 2016"]),
    (f"@article{{a, {SURVEY}, {RIGHT.replace('101', '201')}, {DOI}}}", ["differs pages 201-110"]),
    (f"@article{{a, {SURVEY}, {RIGHT}, doi = {{10.9999/other}}}}", ["differs doi 10.9999/other"]),
    (f"@article{{a, {SURVEY.replace(' and Di Po', '')}, {RIGHT}, {DOI}}}", ["differs author 1"]),
    (f"@article{{a, {SURVEY.replace('Di Po', 'others')}, {RIGHT}, {DOI}}}", []),
    (f"@inproceedings{{a, {SURVEY}, booktitle = {{ICML}}, pages = {{1--2}}, year = 2015}}", []),
    (f"@misc{{a, {PROOF}, year = 2019, eprint = {{1905.09999}}}}", ["status note"]),
    (f"@inproceedings{{a, {TITLE}, {NAMES}, {MEETING}, doi = {{10.9999/tides.2}}}}",
     ["wrong identifier doi 10.9999/tides.2", "differs doi 10.9999/tides.2"]),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "expected"), CASES)
def test_findings(tides: Searcher, entry: str, expected: list[str]) -> None:
    """What was published, is missing or differs is said; what the entry rightly says is not."""
    (checked,) = check_bibliography(tides, entry).entries
    found = [f"{one.kind} {one.field} {one.written}".strip() for one in checked.findings]
    assert found == expected


def test_values_of_the_publication(tides: Searcher) -> None:
    """The full name of the venue is given, and pages as BibTeX writes them."""
    (checked,) = check_bibliography(tides, CASES[1][0]).entries
    assert {one.field: one.known for one in checked.findings} == {
        "type": "inproceedings",
        "booktitle": "Advances in Neural Information Processing Systems",
        "year": "2020",
        "pages": "11--19",
        "doi": "10.9999/tides.1",
    }
