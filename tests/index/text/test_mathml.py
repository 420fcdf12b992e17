"""Check that formulas in MathML become readable text."""

import pytest

from index.text.cleaning import clean_abstract, clean_title, repair
from index.text.mathml import MAX_DEPTH, convert_mathml
from index.text.rules import ABSTRACT_RULES
from tests.support.cost import Work, grows_linearly

ROWS = [
    ("<msub><mi>x</mi><mn>2</mn></msub>", "x₂"),
    ("<msup><mi>x</mi><mrow><mo>-</mo><mn>1</mn></mrow></msup>", "x⁻¹"),
    ("<msub><mi>x</mi><mi>max</mi></msub>", "x_max"),
    ("<msub><mi>x</mi><mrow><mi>i</mi><mo>+</mo><mn>1</mn></mrow></msub>", "x_{i+1}"),
    ("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E = mc²"),
    ("<mi>p</mi><mo>&lt;</mo><mn>0.05</mn>", "p < 0.05"),
    ("<mi>p</mi><mo><</mo><mn>0.05</mn>", "p < 0.05"),
    ("<mi>&alpha;</mi><mo>&#x2265;</mo><mn>1</mn>", "α ≥ 1"),
    ("<mi>f</mi><mo>(</mo><mi>x</mi><mo>,</mo><mi>y</mi><mo>)</mo>", "f(x, y)"),
    ("<msup><mi>f</mi><mo>′</mo></msup>", "f′"),
    ("<mfrac><mi>a</mi><mi>b</mi></mfrac>", "a/b"),
    ("<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac>", "(a+1)/b"),
    ("<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>", "√(a+b)"),
    ("<mroot><mi>n</mi><mn>3</mn></mroot>", "³√n"),
    ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>",
     "∑_{i=1}^n"),
    ("<msup><mi>a</mi><mi>n</mi></msup><msub><mi>x</mi><mi>i</mi></msub>", "a^n x_i"),
    ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x₁²"),
    ("<mover><mi>o</mi><mo>¨</mo></mover>", "ö"),
    ("<mover><mi>v</mi><mo>→</mo></mover>", "v"),
    ("<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi><mo>&#x2062;</mo><mi>y</mi>", "sin xy"),
    ("<mn>2</mn><mi>x</mi><mspace/><mtext>for  all</mtext><mspace/><mi>x</mi>", "2x for all x"),
    ("<mmultiscripts><mi>C</mi><mprescripts/><none/><mn>14</mn></mmultiscripts>", "¹⁴C"),
    ("<mi>SiO</mi><msub><mrow/><mn>2</mn></msub>", "SiO₂"),
    ('<mfenced open="["><mi>a</mi><mi>b</mi></mfenced>', "[a, b)"),
    ('<mfenced open="&lt;" close="|"><mi>a</mi></mfenced>', "<a|"),
    ('<mfenced open="|" close=">" separators="<>"><mi>a</mi><mi>b</mi></mfenced>', "|a, b>"),
    ('<mfenced open="&lt;" close="&gt;"><mi>a</mi></mfenced>', "⟨a⟩"),
    ('<mrow title="a > b" class=\'>\'><mi>a</mi></mrow>', "a"),
    ('<mi class="x>a</mi>', "a"),
    ("<mtable><mtr><mtd>1</mtd><mtd>2</mtd></mtr><mtr><mtd>3</mtd></mtr></mtable>", "1, 2; 3"),
    ("<mphantom><mi>x</mi></mphantom><mi>y</mi>", "y"),
    ("<msup><mi>x</mi></msup>", "x"),
    ("</mrow><mi>x</mi>", "x"),
    ("<mrow><mi>x", "x"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("inside", "row"), ROWS)
def test_a_formula_becomes_a_row_of_symbols(inside: str, row: str) -> None:
    """Symbols are written in a row, with or without a namespace, in titles and abstracts."""
    prefixed = inside.replace("</", "\0").replace("<", "<mml:").replace("\0", "</mml:")
    prefixed = prefixed.replace("<mml:</mml:", "<</mml:")  # the character < itself
    bare, named = f"<math>{inside}</math>", f'<mml:math altimg="a.gif">{prefixed}</mml:math>'
    expected = " ".join(f"of {row} so".split())
    assert clean_title(f"of {bare} so") == clean_title(f"of {named} so") == expected
    assert clean_abstract(f"of {bare} so") == clean_abstract(f"of {named} so") == expected


TEX = [
    ('<math alttext="x_{2}"><mi>x</mi></math>', "$x_{2}$"),
    ("<math alttext='$$\\alpha$$'><mi>a</mi></math>", r"$\alpha$"),
    ('<math alttext="x squared"><msup><mi>x</mi><mn>2</mn></msup></math>', "x²"),
    ('<math><mi>a</mi><annotation encoding="application/x-tex">\\alpha</annotation></math>',
     r"$\alpha$"),
    ('<math><mi>a</mi><annotation encoding="MathType">qWx</annotation></math>', "a"),
    ("<tex-math>k</tex-math>", "$k$"),
    ("<jats:tex-math>$$p=2$$</jats:tex-math><mml:math><mml:mi>p</mml:mi></mml:math>", "$p=2$"),
    ("<math><mi>p</mi></math>\n<tex-math>$$p=2$$</tex-math>", "$p=2$"),
    (r"<tex-math>\documentclass{minimal}\begin{document}$$a_1$$\end{document}</tex-math>",
     "$a_1$"),
    ("<tex-math>$$ $$</tex-math>", ""),
    ("<math><mi>a</mi></math> <math><mi>b</mi></math>", "a b"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "read"), TEX)
def test_tex_is_preferred(written: str, read: str) -> None:
    """The TeX of a formula is used if there is any, and no formula is written twice."""
    assert convert_mathml(written) == read


@pytest.mark.parametrize("sign", ['<math "', "<math '", "<math a=", '<math a="">', "<mi \"'"])
def test_many_open_tags_take_linear_time(sign: str) -> None:
    """Twice as many tags that never end take about twice the time."""

    def make(size: int) -> Work:
        text = f"<math>{sign * size}</math>"
        return lambda: convert_mathml(text)

    assert grows_linearly(make, 4_000)


@pytest.mark.parametrize("text", ["<math><mi>x</mi>", "</math> so", "a <mi>x</mi>", "math"])
def test_an_incomplete_formula_is_kept(text: str) -> None:
    """A formula without its start or end tag is not changed."""
    assert convert_mathml(text) == text


def test_an_encoded_formula_is_converted() -> None:
    """A formula with entities for its tags is decoded first, and both rules are named."""
    formula = "&lt;mml:math&gt;&lt;mml:mi&gt;x&lt;/mml:mi&gt;&lt;/mml:math&gt;"
    assert repair(f"of {formula}", ABSTRACT_RULES) == ("of x", ("entities", "mathml"))


def test_elements_nested_too_deeply_are_a_row() -> None:
    """Elements beyond the bound are read as a row, so that deep nesting does not recurse."""
    deep = 50 * MAX_DEPTH
    formula = "<msqrt>" * deep + "<mi>x</mi>" + "</msqrt>" * deep
    text = convert_mathml(f"<math>{formula}</math>")
    assert "x" in text
    assert text.count("√") < MAX_DEPTH
