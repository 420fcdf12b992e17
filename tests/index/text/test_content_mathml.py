"""Check that content MathML becomes a readable row without tags."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.cleaning import clean_abstract
from index.text.content_mathml import CONTENT, format_content

X, Y = "<ci>x</ci>", "<ci>y</ci>"
ROWS = [
    (f"<apply><in/>{X}<reals/></apply>", "x ∈ ℝ"),
    (f"<apply><plus/>{X}{Y}<cn>3</cn></apply>", "x + y + 3"),
    (f"<apply><minus/>{X}</apply>", "-x"),
    (f"<apply><lt/>{X}<cn type='rational'>1<sep/>2</cn></apply>", "x < 1/2"),
    (f"<reln><eq/>{X}{Y}</reln>", "x = y"),
    (f"<apply><times/><cn>2</cn>{X}<apply><plus/>{X}{Y}</apply></apply>", "2x(x + y)"),
    (f"<apply><power/>{X}<cn>2</cn></apply>", "x²"),
    (f"<apply><divide/>{X}{Y}</apply>", "x/y"),
    (f"<apply><root/><degree><cn>3</cn></degree>{X}</apply>", "³√x"),
    (f"<apply><root/>{X}</apply>", "√x"),
    (f"<apply><sin/>{X}</apply>", "sin x"),
    (f"<apply><ci>f</ci>{X}{Y}</apply>", "f(x, y)"),
    (f"<apply><abs/>{X}</apply>", "|x|"),
    (f"<apply><factorial/>{X}</apply>", "x!"),
    (f"<apply><csymbol cd='latexml'>similar-to</csymbol>{X}{Y}</apply>", "x ∼ y"),
    (f"<apply><csymbol cd='ambiguous'>subscript</csymbol>{X}<cn>2</cn></apply>", "x₂"),
    (f"<apply><sum/><bvar>{X}</bvar><lowlimit>{X}</lowlimit>{Y}</apply>", "∑_{x=x}y"),
    (f"<apply><int/><lowlimit>{X}</lowlimit><uplimit>{Y}</uplimit>{Y}</apply>", "∫_x^y y"),
    (f"<set>{X}{Y}</set>", "{x, y}"),
    ("<cn type='e-notation'>1.5<sep/>3</cn>", "1.5e3"),
    ("<matrix><matrixrow><cn>1</cn><cn>2</cn></matrixrow></matrix>", "1, 2"),
    ("<complexes/>", "ℂ"),
    ("<apply><plus/></apply>", "+"),
    ("<apply/>", ""),
    ("<ci><msub><mi>x</mi><mn>1</mn></msub></ci>", "x₁"),
    ("<semantics><mi>x</mi><annotation-xml><ci>x</ci></annotation-xml></semantics>", "x"),
]  # fmt: skip


@pytest.mark.parametrize(("inside", "row"), ROWS)
def test_content_becomes_a_row(inside: str, row: str) -> None:
    """Operators stand between or before their arguments, with or without a namespace."""
    prefixed = re.sub(r"<(/?)(?=\w)", r"<\1mml:", inside)
    expected = " ".join(f"of {row} so".split())
    assert clean_abstract(f"of <math xmlns='m'>{inside}</math> so") == expected
    assert clean_abstract(f"of <mml:math>{prefixed}</mml:math> so") == expected


@given(
    st.recursive(
        st.sampled_from(("<ci>x</ci>", "<cn>2</cn>", "<pi/>", "<in/>", "t")),
        lambda inner: st.tuples(st.sampled_from(sorted(CONTENT)), st.lists(inner, max_size=4)).map(
            lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
        ),
        max_leaves=12,
    )
)
def test_no_tag_is_left(formula: str) -> None:
    """Whatever content elements are nested, none of their tags is left."""
    text = clean_abstract(f"of <math>{formula}</math> so")
    assert not re.search(r"</?[a-z]", text)


@given(st.sampled_from(sorted(CONTENT)), st.text(max_size=5))
def test_an_element_alone(name: str, text: str) -> None:
    """Each element can be written without arguments."""
    assert isinstance(format_content(name, text, ()), str)
