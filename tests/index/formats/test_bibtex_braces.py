"""Check that braces which only protect text are dropped, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.formats.bibtex_braces import drop_braces, unwrap
from index.text.cleaning import clean_title

TITLES = [
    (r"Rods of {{Zn}}{\textsubscript{0.25}}{{Mg}}{\textsubscript{2}}", "Rods of Zn₀.₂₅Mg₂"),
    (r"{{Zn}}{$_{y}$}{{Mg}}{$_{1-y}$}{{O}}", "Zn$_{y}$Mg$_{1-y}$O"),
    (r"{{II}}\textendash{{VI}} of ({Zn$_{1-\delta}$O}), [{H}]",
     "II–VI of (Zn$_{1-\\delta}$O), [H]"),
    (r"{T}-cells, {$\beta$}-{Zn}, {ZnO{$_2$}}, {C++} and {AT\&T}",
     "T-cells, $\\beta$-Zn, ZnO$_2$, C++ and AT&T"),
    (r"Pre{\TeX} of {\LaTeX}{B}, {\ss}{\ss}a", "PreTeX of LaTeXB, ßßa"),
    (r"Mart{\'\i}n, Mart{\'{\i}}n, {\"{U}}ber{\c c}{\v{S}}{\'a}, {\aa}r{\AA}",
     "Martín, Martín, ÜberçŠá, årÅ"),
    (r"{{\'Etude de {P}reuve}} {en {deux {Parties}}}", "Étude de Preuve en deux Parties"),
    (r"{\em Slanted {T}ext} \textit{{L}. casei} {\textit{{L}. casei}}",
     "Slanted Text L. casei L. casei"),
    (r"{``}Short{''} {--} {\textless}i{\textgreater}L. casei{\textless}/i{\textgreater}",
     "“Short” – L. casei"),
    (r"\href{https://x.org/a}{The {P}roof} {B}", "The Proof (https://x.org/a) B"),
    (r"10\,{K}, 5{\,}K, {\ensuremath{\Lambda}}CDM", "10 K, 5 K, ΛCDM"),
    (r"{\ensuremath{10^{-3}}} of $\mathrm{A}_{2}$", r"$10^{-3}$ of $\mathrm{A}_{2}$"),
    ("$<$i$>$L. casei$<$/i$>$ in H$<$sub$>$2$<$/sub$>$O", "L. casei in H₂O"),
    (r"{\textbf{Proofs}}{\textbf{: Short, Long}}", "Proofs: Short, Long"),
    (r"{underline S}now and {underline Ice}: {underlined}", "Snow and Ice: underlined"),
    (r"It costs $5 of {A}", "It costs $5 of A"),
    (r"Sets \{a, b\}", "Sets {a, b}"),
    (r"{Open {and} never", "Open and never"),
    (r"closed} twice}", "closed twice"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "title"), TITLES)
def test_titles(written: str, title: str) -> None:
    """Of a value's braces only those of formulas reach the title."""
    assert clean_title(drop_braces(written)) == title


WRAPPED = [
    ("{a}", "a"),
    ("{a {b} c}", "a {b} c"),
    ("{a} and {b}", ""),
    ("a", ""),
    ("", ""),
    ("{a", ""),
    ("}a{", ""),
]


@pytest.mark.parametrize(("written", "inside"), WRAPPED)
def test_braces_around_all(written: str, inside: str) -> None:
    """Only a pair of braces around the whole text counts."""
    assert unwrap(written) == inside


@given(st.text(alphabet="{}ab ,.-"))
def test_plain_text_loses_its_braces_only(text: str) -> None:
    """Without commands and formulas every brace goes, and nothing else does."""
    assert drop_braces(text) == text.replace("{", "").replace("}", "")


@given(st.text(alphabet="{}ab\\$^_'\"textbf "))
def test_any_text_is_read(text: str) -> None:
    """No text raises an error, and no letter is lost."""
    letters = [sign for sign in text if sign.isalpha()]
    assert [sign for sign in drop_braces(text) if sign.isalpha()] == letters
