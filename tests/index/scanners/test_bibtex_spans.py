"""Check that entries and values of BibTeX are found where they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.scanners.bibtex_spans import WrittenEntry, find_written_entries

FILE = """% A comment with @article{inside, but no end
@string{sea = "The Sea"}
@preamble{ "\\newcommand{\\x}{y}" }
@comment{ @book{hidden, title = {H}} }

@Article{one,
  title = {A {Nested {Title}}} ,
  journal = sea # " and " # {Shore},
  year = 2020,
  note = "quoted {"} sign",
}
@inproceedings(two, author = {Do, Cy (ed.)}, title = "T")
@misc{}
@book{three}
"""


def find(text: str) -> list[WrittenEntry]:
    """Return all entries of a text."""
    return list(find_written_entries(text))


def test_values_are_found_where_they_are() -> None:
    """The places of an entry's parts cut out of the text what is written there."""
    one = next(entry for entry in find(FILE) if entry.key == "one")
    cut = [(FILE[f.start : f.name_end], FILE[f.value_start : f.end]) for f in one.fields]
    assert cut == [
        ("title", "{A {Nested {Title}}}"),
        ("journal", 'sea # " and " # {Shore}'),
        ("year", "2020"),
        ("note", '"quoted {"} sign"'),
    ]
    assert FILE[one.type_start : one.type_end] == "Article"
    assert FILE[one.start : one.head_end].endswith("@Article{one")
    assert FILE[: one.end].endswith('sign",\n}')


def test_values_are_read() -> None:
    """Strings are replaced, parts joined, delimiters removed; types and names are lower case."""
    one, two = (entry for entry in find(FILE) if entry.key in ("one", "two"))
    assert (one.type, one.texts["journal"], one.texts["year"]) == (
        "article",
        "The Sea and Shore",
        "2020",
    )
    assert (two.type, two.texts) == ("inproceedings", {"author": "Do, Cy (ed.)", "title": "T"})


def test_comments_strings_and_preambles_are_no_entries() -> None:
    """Only entries are yielded; one without key or fields is an entry too."""
    found = [(entry.type, entry.key) for entry in find(FILE) if not entry.broken]
    assert found == [("article", "one"), ("inproceedings", "two"), ("misc", ""), ("book", "three")]


BROKEN = [
    "@article{a, title = {T}",
    "@article{a, title = {T} year = 2020}",
    "@article{a, title {T}}",
    '@article{a, title = "T}',
    "@article{a title = {T}}",
    "@article{a, title = }",
    "@article{a, title = {T}, % comment\n year = 2020}",
]


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_entry_hides_no_other(text: str) -> None:
    """An entry that is not well formed is marked, and the next line that opens one is read."""
    first, *_, last = find(f"{text}\n@book{{next, title = {{N}}}}\n")
    assert (first.broken, first.fields) == (True, ())
    assert (last.key, last.texts) == ("next", {"title": "N"})


def test_the_first_value_of_a_repeated_field_counts() -> None:
    """Unless it is empty."""
    (found,) = find("@misc{a, year = {}, year = 2001, year = {2002}}")
    field = found.find_field("year")
    assert field is not None
    assert (found.texts["year"], field.text) == ("2001", "2001")


def test_strings_built_from_strings_are_cut() -> None:
    """A value cannot grow without bound."""
    text = '@string{s0 = "0123456789"}\n'
    text += "".join(f"@string{{s{n + 1} = {' # '.join([f's{n}'] * 10)}}}\n" for n in range(8))
    (found,) = find(f"{text}@misc{{a, title = s8}}")
    assert len(found.texts["title"]) == 1 << 20


PIECES = st.lists(st.sampled_from([*'@{}(),="#%\n \\a', "article"]))


@given(PIECES)
def test_any_text_is_scanned(pieces: list[str]) -> None:
    """Whatever a text is, entries follow each other and their parts lie inside them."""
    text, at = "".join(pieces), 0
    for entry in find(text):
        assert at <= entry.start < entry.type_start <= entry.type_end <= entry.head_end <= entry.end
        for field in entry.fields:
            assert entry.head_end <= field.start < field.name_end <= field.value_start <= field.end
        at = entry.end
    assert at <= len(text)
