"""Check the texts of JATS elements by themselves."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from index.formats.jats_texts import find_abstract, find_title, read_bare_text, remove_elements


def parse(text: str) -> Element:
    """Return the element that a text of these tests describes."""
    return fromstring(text)  # noqa: S314 - written here


BARE = [
    ("<t>Moss<fn>note</fn> in <b>Rain</b><xref>1</xref></t>", "Moss in Rain"),
    ("<t><label>1</label>Moss\n in  rain</t>", "Moss in rain"),
    ("<t>H<sub>2</sub>O<xref/><xref/> and</t>", "H<sub>2</sub>O and"),
    ("<t/>", ""),
]


@pytest.mark.parametrize(("written", "text"), BARE)
def test_notes_are_left_out(written: str, text: str) -> None:
    """Footnotes, labels and references go; the text after them stays."""
    assert read_bare_text(parse(written)) == text


def test_no_element_has_no_text() -> None:
    """A missing element has an empty text, and a missing group no title."""
    assert (read_bare_text(None), find_title(None)) == ("", ("", ""))


def test_nested_elements_are_removed() -> None:
    """Elements are removed at every depth, with the elements inside them."""
    element = parse("<t>a<x>b<y>c</y></x>d<z><x/>e<x>f</x>g</z></t>")
    remove_elements(element, frozenset(("x",)))
    assert "".join(element.itertext()) == "adeg"


ABSTRACTS = [
    ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
    ("<title>Summary</title><p>One.</p>", "One."),
    ("<sec><title>Aims</title><p>One.</p><list><list-item><p>a</p></list-item></list></sec>",
     "Aims: One.\n\na"),
    ("<sec><p>One.</p></sec><sec><title>End</title></sec>", "One."),
    ("<sec><title>A</title><sec><title>B</title><p>One.</p></sec></sec>", "A: B: One."),
    ("One <b>two</b>.", "One two."),
    ("<title>Zusammenfassung</title><p>Eins.</p>", "Eins."),
    ("<p>One.</p><p><b>DOI:</b> <x>http://dx.doi.org/10.5555/moss.001</x></p>", "One."),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("inside", "text"), ABSTRACTS)
def test_abstracts(inside: str, text: str) -> None:
    """Sections begin with their headings, paragraphs are separate."""
    meta = parse(f"<m><abstract>{inside}</abstract></m>")
    assert find_abstract(meta, "") == text
