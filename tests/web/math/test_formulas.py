"""Test that texts are escaped and their formulas are MathML."""

from markupsafe import Markup

from search.answers.marked_text import write_html
from web.math.formulas import MOST_FORMULAS, write_formulas


def test_texts_without_formulas_are_escaped() -> None:
    """A text is HTML afterwards, with or without dollar signs."""
    assert write_formulas("a <b> & c") == "a &lt;b&gt; &amp; c"
    assert write_formulas("It costs $5 <b> and $10 a day") == "It costs $5 &lt;b&gt; and $10 a day"
    assert isinstance(write_formulas("x"), Markup)


def test_formulas_are_mathml() -> None:
    """Formulas become MathML; what cannot be read stays TeX."""
    written = write_formulas("An <i> $x$-bound, $\\nosuch$ of $y$.")
    assert written.startswith("An &lt;i&gt; <math><semantics><mrow><mi>x</mi></mrow>")
    assert written.count("<math>") == 2
    assert "-bound, $\\nosuch$ of <math>" in written


def test_a_mark_surrounds_a_whole_formula() -> None:
    """A mark is around the formula, not within it."""
    text = "A $x$ bound"
    written = write_html(text, [(2, 5), (6, 11)], write_formulas)
    assert written.startswith("A <mark><math>")
    assert written.endswith("</math></mark> <mark>bound</mark>")


def test_formulas_of_one_text_are_bounded() -> None:
    """Formulas after so many stay TeX."""
    written = write_formulas("$x$ " * (MOST_FORMULAS + 5))
    assert written.count("<math>") == MOST_FORMULAS
    assert written.count("$x$") == 5
