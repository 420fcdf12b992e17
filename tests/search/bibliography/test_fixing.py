"""Check that a bibliography is corrected, and that nothing else of it changes."""

from collections.abc import Collection
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.scanners.bibtex_spans import find_written_entries
from search.answers.searcher import Searcher
from search.bibliography.check import check_bibliography
from search.bibliography.findings import Finding, Kind
from search.bibliography.fixing import CHANGES, USUAL_CHANGES, fix_bibliography

TITLE = "title = {Learning to Predict the Tides from Satellite Images}"
NAMES = "author = {Lee, Ann and Quist, Bo}"
SURVEY = "title = {Harbours {\\&} Glaciers: A Survey of Cold Ports}"
DOES = "author = {Cy Do and Di Po}"


def fix(
    searcher: Searcher,
    text: str,
    changes: Collection[Kind] = USUAL_CHANGES,
    encoding: str = "utf-8",
) -> str:
    """Check a bibliography and return its corrected text."""
    return fix_bibliography(check_bibliography(searcher, text), encoding, changes)


def test_a_preprint_becomes_its_publication(tides: Searcher) -> None:
    """Its place is renamed, stale fields go, new ones follow the layout, the rest stays."""
    before = f"""% My papers
@Article{{lee,   {TITLE},
    {NAMES} , % kept, since the entry is not well formed
}}
@Article{{Lee19,
   {TITLE},
   {NAMES},
   journal   = {{CoRR}},
   volume    = {{abs/1905.01234}},
   year      = 2019,
   month     = may,
   eprint    = {{1905.01234}},
   keywords  = "sea" # tides,
}} trailing text
"""
    assert fix(tides, before) == before.replace("@Article{Lee19", "@inproceedings{Lee19").replace(
        """   journal   = {CoRR},
   volume    = {abs/1905.01234},
   year      = 2019,
   month     = may,
""",
        """   booktitle = {Advances in Neural Information Processing Systems},
   year      = 2020,
""",
    ).replace(
        '"sea" # tides,',
        '"sea" # tides,\n   pages     = {11--19},\n   doi       = {10.9999/tides.1},',
    )


MARKS = [
    "pubstate = {prepublished}",
    "institution = {arXiv}",
    "type = {Preprint}",
    "number = {arXiv:1905.01234}",
    "publisher = {arXiv}",
]


@pytest.mark.parametrize("mark", MARKS)
def test_marks_of_a_preprint_go(tides: Searcher, mark: str) -> None:
    """What reference managers write of a preprint alone is not left in its publication."""
    after = fix(tides, f"@online{{a, {TITLE}, {NAMES}, {mark}, eprint = {{1905.01234}}}}")
    assert mark not in after
    assert after.startswith("@inproceedings{a, title")
    assert "doi = {10.9999/tides.1}" in after


def test_an_address_alone_names_a_preprint(tides: Searcher) -> None:
    """An address of arXiv in ``howpublished`` gives way to the venue."""
    where = r"howpublished = {\url{https://arxiv.org/abs/1905.01234}}"
    after = fix(tides, f"@unpublished{{a, {TITLE}, {NAMES}, {where}, note = {{Read}}}}")
    assert after.startswith("@inproceedings{a, title")
    assert "howpublished" not in after
    assert "note = {Read}" in after


def test_an_entry_without_a_place_gets_no_pages(tides: Searcher) -> None:
    """Pages belong to a volume, which an entry of the type ``misc`` does not name."""
    before = f"@misc{{a, {SURVEY}, {DOES}, year = 2015, doi = {{10.9999/tides.2}}}}"
    assert fix(tides, before) == before


def test_missing_fields_are_added(tides: Searcher) -> None:
    """They follow the last field, with its separator, in any form of entry."""
    rest = "journal = {Journal of Tides}, volume = 3, number = 4, doi = {10.9999/tides.2}"
    one_line = f"@article(a, {SURVEY}, {DOES}, {rest}, year = 2015)"
    assert fix(tides, one_line) == one_line[:-1] + ", pages = {101--110})"
    lines = one_line.replace(", ", ",\r\n\t").replace(" = ", "=")
    assert fix(tides, lines) == lines[:-1] + ",\r\n\tpages={101--110})"


def test_changes_are_chosen(tides: Searcher) -> None:
    """What contradicts the entry, and notes, are written only if asked for."""
    wrong = (
        f'@article{{a, {SURVEY}, {DOES}, journal = "Journal of Tides", year = "2016",'
        " volume = 3, number = 4, pages = {101}, doi = {10.9999/tides.2}}"
    )
    assert fix(tides, wrong) == wrong
    assert fix(tides, wrong, [Kind.DIFFERS]) == wrong.replace("2016", "2015")
    gone = "@misc{a, title = {A Proof that All Tides are Equal}, author = {Eve Roe}, year = 2019}"
    assert fix(tides, gone) == gone
    noted = gone[:-1] + ", note = {Withdrawn}}"
    assert fix(tides, gone, [Kind.STATUS]) == noted
    assert fix(tides, noted, [Kind.STATUS]) == noted
    other = noted.replace("Withdrawn", "Nice")
    assert fix(tides, other, [Kind.STATUS]) == other.replace("Nice", "Withdrawn. Nice")


def test_a_corrected_file_has_nothing_to_correct(tides: Searcher) -> None:
    """A second correction changes nothing."""
    text = (
        f"@misc{{a, {TITLE}, {NAMES}, eprint = {{1905.01234}}, date = {{2019-05}}}}\n"
        f"@article{{b, {SURVEY}, {DOES}, year = {{}}}}\n"
    )
    once = fix(tides, text, CHANGES)
    assert once != text
    assert fix(tides, once, CHANGES) == once
    assert not any(one.findings for one in check_bibliography(tides, once).entries)


@pytest.mark.parametrize(
    ("field", "known", "written"),
    [
        ("title", "BERT in $O(n_1)$ for R&D", r"{BERT} in {$O(n_1)$} for {R\&D}"),
        (
            "title",
            "On {a, b} and C:\\x_1",
            r"On {\lbrace}a, b{\rbrace} and C:{\textbackslash}x\_1",
        ),
        ("journal", "R&D at 5%", r"R\&D at 5\%"),
        ("pages", "1-9", "1--9"),
        ("doi", "10.1000/x_y{1}", "10.1000/x_y%7B1%7D"),
    ],
)
def test_values_are_written_as_exports_write_them(
    tides: Searcher, field: str, known: str, written: str
) -> None:
    """Formulas stay, signs are escaped, capitals are protected, and no brace ends a value early."""
    text = f"@article{{a, {SURVEY}, {DOES}, year = 2015}}"
    report = check_bibliography(tides, text)
    finding = Finding(Kind.DIFFERS, field, "", known)
    entry = replace(report.entries[0], findings=(finding,))
    fixed = fix_bibliography(replace(report, entries=(entry,)), "utf-8", CHANGES)
    assert f"{field} = {{{written}}}" in fixed
    assert len(list(find_written_entries(fixed))) == 1


UNCHANGED = [
    "",
    "no entries @ all\r\n",
    f"@article{{a, {TITLE} {NAMES}}}",
    f"@article{{a, {TITLE}, {NAMES}, year = 2019",
    '\ufeff@comment{ x }\n@preamble{"\\x"}\n@string{a = {b}}\n',
    '@misc{a, title = {Unknown {N}ested "Thing"}, title = {Twice}, year = a # {b}}',
]


@pytest.mark.parametrize("text", UNCHANGED)
def test_what_is_not_found_or_broken_stays(tides: Searcher, text: str) -> None:
    """Broken entries, strings, comments and unknown papers are left alone."""
    assert fix(tides, text, CHANGES) == text


TEXTS = st.lists(
    st.sampled_from([
        "@article{k, ", "@misc(k, ", "title = {Tides}", TITLE, NAMES, ", ", "}", ")", "\n",
        "\r\n", "year = 2019", "% note\n", "@string{s = {x}}", '"', "{", "é",
        "eprint = {1905.01234}",
    ]),
    max_size=14,
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_a_correction_keeps_entries_and_is_made_once(tides: Searcher, pieces: list[str]) -> None:
    """Without findings a text stays; with some, so do its entries and what precedes them."""
    text = "".join(pieces)
    report = check_bibliography(tides, text)
    after = fix_bibliography(report, "utf-8", CHANGES)
    before, fixed = list(find_written_entries(text)), list(find_written_entries(after))
    assert (after == text) or report.has_findings
    assert [(one.key, one.broken) for one in fixed] == [(one.key, one.broken) for one in before]
    assert text[: before[0].start if before else None] == after[: fixed[0].start if fixed else None]
    assert fix(tides, after, CHANGES) == after
