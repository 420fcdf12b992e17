"""Test that only allowed elements, attributes and texts are written."""

from xml.etree.ElementTree import Element, SubElement

import pytest

from web.math.elements import DEEPEST, LONG, MOST_ELEMENTS, ElementRefused, write_element


def build(tag: str, text: str = "", **attributes: str) -> Element:
    """Return a formula with one element."""
    math = Element("math", {"onclick": "x", "display": "block"})
    SubElement(math, tag, attributes).text = text
    return math


def write(tag: str, text: str = "", **attributes: str) -> str:
    """Write a formula with one element, without what is around it."""
    written = write_element(build(tag, text, **attributes), "x")
    around = "<math><semantics>", '<annotation encoding="application/x-tex">x</annotation>'
    return written.removeprefix(around[0]).removesuffix(f"{around[1]}</semantics></math>")


def test_texts_are_escaped() -> None:
    """Neither a text nor the TeX nor a reference to a character can make an element."""
    assert write("mtext", "<b> &#x3c;i&#x3E; &amp;") == (
        "<mtext>&lt;b&gt; &lt;i&gt; &amp;amp;</mtext>"
    )
    assert write("mi", "R", mathvariant="double-struck") == "<mi>ℝ</mi>"
    assert "<annotation" in (written := write_element(build("mi", "x"), "</annotation><b>"))
    assert "&lt;/annotation&gt;&lt;b&gt;" in written


@pytest.mark.parametrize(
    ("attributes", "kept"),
    [
        ({"width": "1.5em"}, ' width="1.5em"'),
        ({"width": "-0.167em", "height": "0"}, ' width="-0.167em" height="0"'),
        ({"width": "-40em"}, ""),
        ({"width": "999em"}, ""),
        ({"width": "em"}, ""),
        ({"width": "-.em"}, ""),
        ({"width": "1em;x"}, ""),
        ({"width": '1em" onclick="x'}, ""),
        ({"class": "x", "style": "x", "href": "x", "mathbackground": "black"}, ""),
    ],
)
def test_attributes_are_in_the_table(attributes: dict[str, str], kept: str) -> None:
    """Attributes that are not in the table, or whose values do not fit it, are dropped."""
    assert write("mspace", **attributes) == f"<mspace{kept}></mspace>"


@pytest.mark.parametrize("tag", ["script", "a", "mglyph", "maction", "menclose", "annotation-xml"])
def test_other_elements_are_refused(tag: str) -> None:
    """An element that is not in the table refuses the whole formula."""
    with pytest.raises(ElementRefused):
        write(tag, "x")


def test_a_part_that_is_missing_refuses_a_formula() -> None:
    """A fraction has two parts."""
    math = build("mfrac")
    for _ in range(2):
        with pytest.raises(ElementRefused):
            write_element(math, "x")
        SubElement(math[0], "mn")
    assert "<mfrac><mn></mn><mn></mn></mfrac>" in write_element(math, "x")


@pytest.mark.parametrize("text", ["\\unknown", "\u202ex", "&#x202e;", "\0", "\ue000"])
def test_unreadable_texts_are_refused(text: str) -> None:
    """A command that is not known, and characters that control the text around, are refused."""
    with pytest.raises(ElementRefused):
        write("mi", text)
    assert write("mo", "&#x02061;") == "<mo>\u2061</mo>"
    assert write("mo", "\\") == "<mo>\\</mo>"


def test_a_long_formula_may_scroll() -> None:
    """A formula that may be wider than a phone is in an element that scrolls."""
    math = Element("math")
    for _ in range(LONG - 1):
        SubElement(math, "mn")
    assert write_element(math, "x").startswith("<math>")
    SubElement(math, "mn")
    written = write_element(math, "x")
    assert written.startswith('<span class="formula"><math>')
    assert written.endswith("</math></span>")


def test_size_and_depth_are_bounded() -> None:
    """A formula has so many elements, and so many inside each other."""
    wide = Element("math")
    for _ in range(MOST_ELEMENTS):
        SubElement(wide, "mn")
    deep = inner = Element("math")
    for _ in range(DEEPEST + 1):
        inner = SubElement(inner, "mrow")
    for element in (wide, deep):
        with pytest.raises(ElementRefused):
            write_element(element, "x")
        element.remove(element[0])
        assert "<math>" in write_element(element, "x")
