r"""Check that formulas, thousands and elided articles become the words that people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.notation import (
    Edit,
    apply_edits,
    apply_to_places,
    find_edits,
    find_formula_edits,
    has_notation,
    remove_articles,
)

EDITED = [
    ("CO$_2$ and CO$_{2}$", "CO2$ and CO2}$"),
    (r"$\mathrm{CO}_2$", "$CO2$"),
    ("H$_2$O, H_{2}O, C_6H_12O_6", "H2O, H2O, C6H12O6"),
    ("NO $_x$, NO $_2$, the $_2F_1$, NO_x", "NOx$, NO2$, the $_2F1$, NOx"),
    ("PM$_{2.5}$, B$_{12}$, SO$_4^{2-}$", "PM2.5}$, B12}$, SO4^{2-}$"),
    ("UCF_CC_max, (1,2), 2,4-D", None),
    (r"{\rm Na}^{+} and Ca$^{2+}$", "{Na}^{+} and Ca2+}$"),
    ("$^{13}$C and $^{238}$U", "$^{13C and $^{238U"),
    (r"$\ell_1$ and \ell_\infty", r"$l1$ and l_infinity"),
    ("$T_c$, $k_B$, $f_{NL}$, $H_{c2}$", "$Tc$, $kB$, $fNL}$, $Hc2}$"),
    ("x_i, X_i, a_n, T_{max}, snake_case, file_name_2", None),
    ("10^6, 10^{-3}, 2^10", None),
    ("n^2, mc^2, GPT_2, word^2, resnet_50", "n2, mc2, GPT2, word^2, resnet_50"),
    (r"\log_2 n, \sum_2, \beta_2", r"\log_2 n, \sum_2, \beta2"),
    (r"$\Lambda$CDM, TGF-$\beta$1, IL-1$\beta$", "$LambdaCDM, TGF-$beta1, IL-1beta$"),
    (r"\sin\theta and x\in\mathbb{R}", r"\sin theta and x\in R}"),
    (r"10 $\mu$m, 10$\mu$m, $\mu$ is a mean", r"10 $um, 10um, $\mu$ is a mean"),
    (r"$3\times 3$ and a\times b", r"$3x3$ and a\times b"),
    ("$k$NN, $n$th, $k$-means", "kNN, nth, $k$-means"),
    ("$5 or $10 a day", None),
    ("10,000 of 1,234,567 or 10{,}000", "10000 of 1234567 or 10000"),
    ("1,00,000 rupees", "100000 rupees"),
    ("3,14; 0,500; 1,2,3; 10,100,1000; 2019,100; 1,0000", None),
    ("l'image d'Orsay, qu'il, dell'arte", "l image d Orsay, qu il, dell arte"),
    ("L'ART, QU'IL, Dell'Arte", "L ART, QU IL, Dell Arte"),
    ("O'Brien, don't, it's, all's, Bell's, l's, rock'n'roll", None),
    ("Bayes's and Bayes'", "Bayes and Bayes'"),
    ("aujourd'hui, d'aujourd'hui", "aujourd'hui, d aujourd'hui"),
]


@pytest.mark.parametrize(("text", "expected"), EDITED)
def test_edits(text: str, expected: str | None) -> None:
    """Markup inside words goes; None marks a text that stays as it is."""
    edits = find_edits(text)
    assert apply_edits(text, edits) == (text if expected is None else expected)
    assert has_notation(text) or not edits


def test_articles_may_be_dropped() -> None:
    """For a typed word, the article goes."""
    text = "l'image and dell'arte"
    assert apply_edits(text, find_edits(text, drop_articles=True)) == " image and  arte"


def test_patterns_lose_articles_and_apostrophes() -> None:
    """A pattern has no article, and no apostrophe that words lack."""
    assert remove_articles("l'app*") == "app*"
    assert remove_articles("o'bri*") == "obri*"
    assert remove_articles("plain") == "plain"


def test_a_formula_keeps_its_prose() -> None:
    """The edits of formulas leave articles and numbers alone."""
    assert find_formula_edits("l'image 10,000") == []


def test_the_places_of_replaced_characters_are_those_of_the_markup() -> None:
    """Each character of an edited text knows where it comes from."""
    text, edits = "a--b", [Edit(1, 3, "+")]
    assert apply_edits(text, edits) == "a+b"
    places = [(at, at + 1) for at in range(len(text))]
    assert apply_to_places(places, edits) == [(0, 1), (1, 3), (3, 4)]


@given(st.text("aZ0 12,.'$_^{}\\lmuq", max_size=60))
def test_edits_are_in_order_and_apart(text: str) -> None:
    """Edits never overlap and lie within the text; fast and slow tests agree."""
    edits = find_edits(text)
    ends = [0, *(edit.end for edit in edits)]
    assert all(end <= edit.start for end, edit in zip(ends, edits, strict=False))
    assert all(edit.start <= edit.end <= len(text) for edit in edits)
    assert has_notation(text) or not edits
    places = apply_to_places([(at, at + 1) for at in range(len(text))], edits)
    assert len(places) == len(apply_edits(text, edits))
