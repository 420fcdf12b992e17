"""Check that a record of a reference manager is read as what it describes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language.parser import parse
from search.language.pasted_records import NOTICE, mask_record

ENTRY = r"""@inproceedings{moor2014reeds,
  title     = {{R}eeds in the wind: {BERT} NOT "here" -- a (short) M{\"u}ller},
  author    = {Moor, Ida and M{\"u}ller, J{\'e}r{\^o}me},
  booktitle = {Proceedings of the Letters},
  pages     = {45--67},
  year      = {2014},
  doi       = {10.5555/reeds.12},
  url       = "https://reeds.example/1"
}"""

RECORDS = [  # record, the query that it is read as
    (
        ENTRY,
        (
            "Reeds in the wind BERT not here a short Müller Moor Ida and Müller Jérôme 2014 "
            'doi:"10.5555/reeds.12"'
        ),
    ),
    (
        '@article{moor, author = "Ida Moor", title = "Reeds: a {T}ale", year = 2014, volume = 3}',
        "Ida Moor Reeds a Tale 2014",
    ),
    ("@misc{a, title={Reeds AND\n   rushes}, date={2014-05-03}}", "Reeds and rushes 2014"),
    ("@book{a, title={Reeds}} @book{b, title={Rushes}}", "Reeds Rushes"),
    ("@article{a, title={Reeds, year={2014}", "Reeds year 2014"),
    (
        (
            "TY  - CONF\nAU  - Moor, Ida\nAU  - Fen, Jo\nTI  - Reeds: a tale\nT2  - Letters\n"
            "PY  - 2014/05/03/\nSP  - 45\nDO  - 10.5555/reeds\nER  - "
        ),
        'Moor Ida Fen Jo Reeds a tale 2014 doi:"10.5555/reeds"',
    ),
    ("TY  - CONF AU  - Moor, Ida TI  - Reeds PY  - 2014 ER  - ", "Moor Ida Reeds 2014"),
    ("TY - JOUR T1 - Reeds A1 - Moor, Ida Y1 - 2014", "Reeds Moor Ida 2014"),
    (
        (
            "PMID- 31200000\nOWN - NLM\nTI  - Reeds in the wind.\nAU  - Moor I\nDP  - 2014 May 3\n"
            "LID - 10.5555/reeds [doi]"
        ),
        '31200000 Reeds in the wind Moor I 2014 doi:"10.5555/reeds"',
    ),
    (
        "%0 Journal Article\n%T Reeds in the wind\n%A Moor, Ida\n%J Letters\n%D 2014",
        "Reeds in the wind Moor Ida 2014",
    ),
    (
        (
            '[{"id": "x", "title": "Reeds in the wind", "author": [{"family": "Moor", "given":'
            ' "Ida"}], "issued": {"date-parts": [[2014, 5]]}, "DOI": "10.5555/reeds", "page": "3"}]'
        ),
        'Reeds in the wind Moor Ida 2014 doi:"10.5555/reeds"',
    ),
    (
        r"\bibitem[Moor(2014)]{moor14} I. Moor. \newblock Reeds in the {W}ind. {\em Notes}, 2014.",
        "I Moor Reeds in the Wind Notes 2014",
    ),
]


@pytest.mark.parametrize(("record", "query"), RECORDS)
def test_title_authors_year_and_ids_of_a_record_are_searched(record: str, query: str) -> None:
    """Signs, braces, accents and the names of its fields are not, and a notice says so."""
    parsed = parse(record)
    assert str(parsed.query) == query
    assert parsed.notices[0].message == NOTICE
    assert parsed.notices[0].at == (0, len(record))
    assert parse(query).query == parsed.query


@pytest.mark.parametrize("query", [
    "", "@handle and more", "TY x", "title = {Reeds}", "TI  - Reeds", "%T Reeds", "50 %0 of reeds",
    "reeds @article{a, title={Reeds}}", "a = b",
])  # fmt: skip
def test_other_texts_are_no_records(query: str) -> None:
    """A record begins with what only records begin with."""
    assert mask_record(query) is query


PIECES = (
    "@article{k,", "title={", "}", '"', ",", " = ", "year", "TY  - X\n", "TI  - ", "%0 X ", "%T ",
    "\\bibitem{k}", "\\'{e}", "{", "reeds ", "NOT ", "(", "2014", "doi={10.5555/x}",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200))
def test_words_keep_their_places(text: str) -> None:
    """Any text keeps its length, so that notices and spans point into what was pasted."""
    assert len(mask_record(text)) == len(text)
    parsed = parse(text)
    assert parse(str(parsed.query)).query == parsed.query
