"""Test which formulas are converted, and that hostile ones are not."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.math.conversion import DEEPEST_GROUP, LONGEST_FORMULA, convert_formula


def read_content(written: str) -> str:
    """Return the formula without the element that holds it, and without the TeX."""
    inside = written.removeprefix("<math><semantics>").removesuffix("</semantics></math>")
    return re.sub(r"<annotation .*?</annotation>", "", inside, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        ("$x$", "<mrow><mi>x</mi></mrow>"),
        ("$$ x^2 $$", "<mrow><msup><mi>x</mi><mn>2</mn></msup></mrow>"),
        ("$\\R$", "<mrow><mi>ℝ</mi></mrow>"),
        ("$90%$", "<mrow><mn>90</mn><mi>%</mi></mrow>"),
        ("$\\mathbf{v}$", "<mrow><mi>𝐯</mi></mrow>"),
        ("$a<b$", "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>"),
        ("$θ$", "<mrow><mi>θ</mi></mrow>"),
    ],
)
def test_formulas_are_converted(formula: str, written: str) -> None:
    """A formula becomes MathML, with its TeX beside it."""
    found = convert_formula(formula)
    assert read_content(found) == written
    tex = formula.strip("$ ").replace("%", "\\%").replace("<", "&lt;")
    assert f'<annotation encoding="application/x-tex">{tex}</annotation>' in found


@pytest.mark.parametrize(
    "formula",
    [
        "$$", "$ $", "$\\nosuchcommand{x}$", "$x_1_2$", "$\\left( x$", "$\\frac{1$", "$\\begin{x}$",
        "$5, and the bound of the game holds, so x$",
        "$" + "x" * (LONGEST_FORMULA + 1) + "$",
        "$" + "{" * (DEEPEST_GROUP + 1) + "x" + "}" * (DEEPEST_GROUP + 1) + "$",
        "$\\newcommand{\\a}{\\b\\b}\\newcommand{\\b}{\\c\\c}\\a$", "$\\def\\a{\\a\\a}\\a$",
        "$\\let\\a\\b$", "$\\verb|x|$", "$\\unicode{x202e}$",
        "$" + "\\sqrt" * 59 + "x$", "$" + "\\left(" * 40 + "\\right)" * 10 + "$",
    ],
)  # fmt: skip
def test_what_cannot_be_read_stays_tex(formula: str) -> None:
    """What is no formula, too long, too deep or defines commands is not converted."""
    assert convert_formula(formula) == ""


HOSTILE = (
    "<script>alert(1)</script>", "&lt;script&gt;", "&#60;img src=x onerror=alert(1)&#62;",
    '" onclick="x', "</annotation></semantics></math><script>",
    "javascript:alert(1)", "]]>", "<!--",
)  # fmt: skip
COMMANDS = (
    "\\text{%}", "\\href{%}{x}", "\\href{x}{%}", "\\class{%}{x}", "\\style{%}{x}", "\\mbox{%}",
    "\\color{%}{x}", "\\textcolor{%}{x}", "\\colorbox{%}{x}", "\\cssId{%}{x}",
    "\\tag{%}", "\\hbox{%}",
    "\\operatorname{%}", "\\unicode{%}", "\\mathrm{%}", "\\genfrac{%}{%}{0pt}{1}{x}{y}",
    "\\rule{%}{%}",
    "\\hspace{%}", "\\begin{array}{%}x\\end{array}", "\\left% x \\right%", "\\url{%}", "%",
)  # fmt: skip


class _Tags(HTMLParser):
    """Collects the tags and attributes of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


def check_elements(written: str) -> None:
    """Check that there are only elements of formulas, without links, styles and scripts."""
    page = _Tags()
    page.feed(written)
    page.close()
    assert all(tag[0] == "m" or tag in {"semantics", "annotation", "span"} for tag in page.tags)
    assert "mglyph" not in page.tags
    assert not page.attributes & {"href", "src", "style", "id", "onclick", "onerror"}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_formulas_make_no_element(command: str, attack: str) -> None:
    """No argument of any command becomes an element or an attribute of its own."""
    formula = f"${command.replace('%', attack)}$"
    written = convert_formula(formula)
    check_elements(written)
    assert "<script" not in written
    assert "<img" not in written


pieces = st.sampled_from(
    [*"{}[]^_&%<>\"'x1 ", "\\\\", "\\left", "\\right", "\\frac", "\\sqrt", "\\text",
     "\\over", "\\limits",
     "\\begin{array}", "\\end{array}", "\\mathbf", "&#x3c;", "\\sum", "\\hspace", "9em", "(", ")"]
)  # fmt: skip


@given(st.lists(pieces, max_size=60))
def test_any_formula_is_converted_or_stays(parts: list[str]) -> None:
    """Whatever stands between dollar signs, no exception is raised and nothing else comes out."""
    check_elements(convert_formula(f"${''.join(parts)}$"))
