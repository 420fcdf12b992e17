"""Check that LaTeX in running text becomes plain Unicode."""

import pytest

from index.text.cleaning import clean_abstract, repair
from index.text.latex import MAX_DEPTH, convert_latex, convert_name
from index.text.rules import ABSTRACT_RULES

LATEX = [
    # accents and letters
    (r"Bal\'azs", "Balázs"),
    (r"Szemer\'{e}di and {\'E}cole", "Szemerédi and École"),
    (r"G{\"o}del, Schr\"odinger, na\"{\i}ve", "Gödel, Schrödinger, naïve"),
    (r"Erd\H{o}s, \v{C}ech, \c{c}a, \u{g}", "Erdős, Čech, ça, ğ"),
    (r"Stra\ss e, \O rsted, \AA ngstr\"om", "Straße, Ørsted, Ångström"),
    (r"Polyak-\L{}ojasiewicz", "Polyak-Łojasiewicz"),
    # escaped quotes
    (r"Newton\'s method isn\'t", "Newton's method isn't"),
    (r"a \"quoted word\" here", 'a "quoted word" here'),
    # commands that only set the typeface
    (r"\emph{not} \textbf{so} \texttt{code}", "not so code"),
    (r"\emph{a \textbf{nested} one}", "a nested one"),
    (r"{\em slanted} and {\bf 98}, 2", "slanted and 98, 2"),
    (r"\em loose switch", "loose switch"),
    (r"emph{lost} and extit{slash} of tilde{O}(n)", "lost and slash of Õ(n)"),
    (r"\emphdense and \mathcalO(n)", "dense and O(n)"),
    (r"\begin{itemize}\item one \end{itemize} two", "one two"),
    # braces
    ("{G}aussian de{N}oising", "Gaussian deNoising"),
    ("a {BERT} model, {{Deep Nets}} too", "a BERT model, Deep Nets too"),
    ("DFFT{SMALL} and exp{ab} keep what looks like arguments",) * 2,
    ("the set {a, b} in {0,1}^n", "the set {a, b} in {0,1}^n"),
    (r"l'{\'e}t{\'e}, Stra{\ss}{\ss}, Gr{\"{u}}{\ss}e, {\c c}{\`a}", "l'été, Straßß, Grüße, çà"),
    (r"Pre{\TeX} and \LaTeX{} in {\BibTeX}-Style", "PreTeX and LaTeX in BibTeX-Style"),
    (r"{\textit{L. casei}}, {\%} {\&} {\S} {\textquotesingle}", "L. casei, % & § '"),
    (r"{Zn}{$_{y}$}{Mg}{$_{1-y}$}{O} by ({Zn$_2$O})", "Zn$_{y}$Mg$_{1-y}${O} by (Zn$_2$O)"),
    (r"Zn{\textsubscript{0.5}}Mg{\textsubscript{2}}", "Zn₀.₅Mg₂"),
    (r"{\alpha, \beta} of {\pm 1}^n", "{α, β} of {± 1}^n"),
    ("Th∪{φ}∪Z",) * 2,
    # symbols
    (r"p \textless{} 0.5 \textgreater 0.1 {\textbar}", "p < 0.5 > 0.1 |"),
    (r"\textalpha-helix of {\textgamma}", "α-helix of γ"),
    (
        r"Vol\cprime pin, \Dbar okovi{\'c}, \polhk{a}, {\textcommabelow{s}}",
        "Vol'pin, Đoković, ą, ș",
    ),
    (r"{\noopsort{Berg}}van den Berg", "van den Berg"),
    (r"href{https://x.org/y}{url{https://x.org/y}}", "https://x.org/y"),
    (r"\Lambda_{\alpha} decay", "Λ_α decay"),
    (r"4.68\pm 0.14", "4.68± 0.14"),
    (r"3{\texttimes} faster", "3× faster"),
    (r"O(n\log n)", "O(n log n)"),
    (r"\tilde{O}(n) and \sqrtT", "Õ(n) and √T"),
    (r"\frac{a}{b} and \sqrt{ab}", "a/b and √(ab)"),
    (r"88\% of R\&D in a\_b \#1", "88% of R&D in a_b #1"),
    (r"67\\% success", "67% success"),
    (r"10\,000 words\\and more", "10 000 words and more"),
    # arguments are never lost
    (r"\unknown{kept} and \sgd runs", "kept and sgd runs"),
    (r"\unknown{} too", "unknown too"),
    (r"shown by \cite{doe2020deep}", "shown by [doe2020deep]"),
    (r"code\footnote{at home}", "code (at home)"),
    (r"at \url{https://x.org/a_b~c}", "at https://x.org/a_b~c"),
    (r"\emph{never closed", r"\emph{never closed"),
    ("closed} only", "closed} only"),
]

FORMULAS = [
    (r"\(x\)-axis of \(k \)", "$x$-axis of $k$"),
    (r"the form\[ a+b \]holds", "the form $$a+b$$ holds"),
    (r"\(k\){is} odd", "$k$ is odd"),
]


@pytest.mark.parametrize(("before", "after"), LATEX)
def test_latex_becomes_unicode(before: str, after: str) -> None:
    """Accents, symbols and font commands outside formulas become plain text."""
    assert clean_abstract(before) == after


@pytest.mark.parametrize(("before", "after"), FORMULAS)
def test_formulas_are_delimited_by_dollar_signs(before: str, after: str) -> None:
    """Other delimiters of formulas become dollar signs, and the rule is named."""
    text, names = repair(before, ABSTRACT_RULES)
    assert text == after
    assert "formulas" in names


@pytest.mark.parametrize(
    "text",
    [
        r"we bound $\tilde{O}(\sqrt{T})$ by $\Lambda_{\alpha} -- \'e$",
        r"$$\emph{x} = {y} ~ \%$$",
        r"an $\ell_2$-norm of $ x $ and $\sim$22K",
        r"$x$--$y$".replace("--", "–"),
    ],
)
def test_formulas_are_unchanged(text: str) -> None:
    """Text between dollar signs is not changed."""
    assert clean_abstract(text) == text


NAMES = [
    (r"5$^{th}$ Days of Proofs", "5th Days of Proofs"),
    (r"$5^{\rm th}$ and 4\(^{th}\) Days, 2$^{\text{ème}}$ Fois", "5th and 4th Days, 2ème Fois"),
    (r"Proc. 5\({}^{\mbox{th}}\) Days", "Proc. 5th Days"),
    (r"$\alpha$-helix of $\beta_2$", "α-helix of $β_2$"),
    (r"a $a$ and $x^{e}$", "a $a$ and $x^e$"),
]


@pytest.mark.parametrize(("before", "after"), NAMES)
def test_signs_in_names(before: str, after: str) -> None:
    """In names and venues, dollar signs around one sign or the end of an ordinal go."""
    assert convert_name(before) == after


def test_braces_nested_too_deeply_are_kept() -> None:
    """Braces beyond the bound are kept as text, so that deep nesting does not recurse."""
    deep = MAX_DEPTH + 5
    text = convert_latex("\\emph{" * deep + "x" + "}" * deep)
    assert text.count("x") == 1
    assert text.count("{") == text.count("}") == 5
