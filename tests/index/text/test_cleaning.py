"""Check that damaged text is cleaned and that undamaged text stays as it is."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.text.cleaning import clean_abstract, clean_name, clean_title, clean_url, repair
from index.text.formulas import shield
from index.text.rules import ABSTRACT_RULES, RULES, TITLE_RULES, Rule

REPAIRS = [
    ("entities", "R&amp;D", "R&D"),
    ("entities", "a &amp;lt; b", "a < b"),
    ("entities", "a &amp;amp;amp;lt; b", "a < b"),
    ("entities", "&#x3b1;-decay and &#945;-decay", "α-decay and α-decay"),
    ("entities", "cost&mdash;benefit", "cost—benefit"),
    ("mojibake", "naÃ¯ve strategies", "naïve strategies"),
    ("mojibake", "the robotâ\x80\x99s arm", "the robot’s arm"),
    ("mojibake", "a 360Â° view", "a 360° view"),
    ("mojibake", "the robot\x92s motion", "the robot’s motion"),
    ("glyphs", "(cid:12)nite and e(cid:11)ective", "finite and effective"),
    ("glyphs", "play back(cid:173)", "play back"),
    ("glyphs", "organiza(cid:173) tion", "organization"),
    ("glyphs", "organiza\xad\ntion", "organization"),
    ("characters", "nul\x00 and bell\x07 and esc\x1b", "nul and bell and esc"),
    ("characters", "soft\xadhyphen and zero\u200bwidth", "softhyphen and zerowidth"),
    ("characters", "no\xa0break and\u2009thin", "no break and thin"),
    ("characters", "10\u2009000 in 1\xa0year", "10\u202f000 in 1 year"),
    ("characters", "a\u202fb 1\xa0234\xa0567 12\xa01234", "a b 1\u202f234\u202f567 12 1234"),
    ("characters", "a lone \ud800 surrogate", "a lone \ufffd surrogate"),
    ("composition", "Erdo\u030bs", "Erdős"),
    ("ligatures", "ﬁnite eﬀort, ﬂat aﬃne", "finite effort, flat affine"),
    ("accents", "Schr¨odinger and Lov´asz", "Schrödinger and Lovász"),
    ("accents", "na¨ıve", "naïve"),
    ("tags", "<i>E. coli</i> and <b>bold</b>", "E. coli and bold"),
    ("tags", "H<sub>2</sub>O, 10<sup>-5</sup>, 1<sup>st</sup>", "H₂O, 10⁻⁵, 1st"),
    ("tags", "<jats:title>Abstract</jats:title><jats:p>We show.</jats:p>", "We show."),
    ("tags", "<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
    ("tags", 'see <a href="https://x.org">this</a><br/>page', "see this page"),
    ("paragraphs", "a hard\n  wrapped line\n", "a hard wrapped line"),
    ("paragraphs", "One.\r\n\r\n Two.\n\n\nThree.", "One.\n\nTwo.\n\nThree."),
    ("paragraphs", r"First point.\nSecond point.", "First point. Second point."),
    ("ieee", "angle /spl theta/ in 3/spl times/3", "angle θ in 3×3"),
    ("ieee", "error /spl epsi/ and 25/spl mu/m", "error ε and 25μm"),
    ("ieee", "O(n/sup 2/) and cm/sup -1/", "O(n²) and cm⁻¹"),
    ("ieee", "H/sub /spl infin// control of u/sub s/", "H_∞ control of u_s"),
    ("ieee", "the /spl nosuch/ sign", "the nosuch sign"),
    ("links", "code [here](https://x.org/y)", "code here (https://x.org/y)"),
    ("links", "[https://x.org](https://x.org)", "https://x.org"),
    ("links", r"our \href{https://x.org}{page}.", "our page (https://x.org)."),
    ("quotes", "a ``quoted'' word", "a “quoted” word"),
    ("quotes", 'a ``quoted" word', "a “quoted” word"),
    ("quotes", "a `single' word", "a ‘single’ word"),
    ("quotes", 'say ""hello"" twice', 'say "hello" twice'),
    ("dashes", "pages 3--5", "pages 3–5"),
    ("dashes", "a result---ours---holds", "a result—ours—holds"),
    ("ties", "Fig.~3 of et al.~(2012)", "Fig. 3 of et al. (2012)"),
    ("ties", "the matrix~$K$", "the matrix $K$"),
    ("words", "reinforcement learn- ing", "reinforcement learning"),
    ("words", "the al- gorithm", "the algorithm"),
    ("words", "with- in bounds", "within bounds"),
    ("words", "multi- task learning", "multi-task learning"),
    ("words", "multi- ple tasks", "multiple tasks"),
    ("words", "state-of- the-art", "state-of-the-art"),
    ("words", "sim- to-real", "sim-to-real"),
    ("words", "confidence- based", "confidence-based"),
    ("words", "un- supervised", "unsupervised"),
    ("words", "CNN- like and 3- fold", "CNN-like and 3-fold"),
    ("words", "a hard-\nwrapped algo-\nrithm", "a hardwrapped algorithm"),
    ("numbers", "achieving 86. 4% on it", "achieving 86.4% on it"),
    ("numbers", "from 17. 7 to 67. 2% success", "from 17.7 to 67.2% success"),
    ("numbers", "a 1. 5-2x gain, 2. 5cm wide", "a 1.5-2x gain, 2.5cm wide"),
    ("numbers", "errors of 0. 04 rad", "errors of 0.04 rad"),
    ("numbers", "of $x = 0. 9$ and $1. 25$", "of $x = 0.9$ and $1.25$"),
    ("abbreviations", "(e. g. , a) i. e., b w. r. t. c", "(e.g., a) i.e., b w.r.t. c"),
    ("abbreviations", "as usual, i.e. , so", "as usual, i.e., so"),
    ("type", r"$\textit{\textbf{TARS}}$ of $\it{two words}$", "TARS of two words"),
    ("addresses", "at github. com/a/b and gitlab. com/c", "at github.com/a/b and gitlab.com/c"),
    ("addresses", "at https: //x. github. io/abc.", "at https://x.github.io/abc."),
    ("addresses", "at https: / /github. com/a/b", "at https://github.com/a/b"),
    ("addresses", "under www. x. org", "under www.x.org"),
    ("addresses", "at https://github.com/a/ my-repo.", "at https://github.com/a/my-repo."),
    ("markdown", "**bold**, _emph_, *emph* and `code`", "bold, emph, emph and code"),
    ("markdown", "(**Vi**sually **G**rounded)", "(Visually Grounded)"),
    ("markdown", "***both*** of them", "both of them"),
    ("spaces", "a word , another .", "a word, another."),
    ("spaces", "in parentheses ( see below )", "in parentheses (see below)"),
    ("spaces", "System : a title", "System: a title"),
]

KEPT = [
    "a < b and p<0.05, x <y> z",
    "triples <subject, relation, object> and </s>",
    "a price of $5 and $10",
    "from $5 to $10 per $x$",
    "AT&T and R&D; x &notit; y",
    "superscripts x² and H₂O stay",
    "pre- and post-training, short- or long-term",
    "two- to three-fold, Haupt- und Nebensatz",
    "a new method- the best",
    "a drop in 2019. 4 papers follow",
    "as of 2019. 4% is small",
    "Section 3. 5 robots move",
    "an index of 0.93. 51.7% hold",
    "snake_case, a * b, f_1 and g_2",
    "the *-algebra and A* and RRT* search",
    "A* search beats (*) and O*(n) in O*(m)",
    "2**3 and 4**5",
    "the f'' of x and 5'' wide",
    "about ~90% and 5~10 times",
    "an arrow --> and a rule ---- there",
    "sets {0, 1}^n and {-1, +1}, O(n^{1/2})",
    "wait . . . what ... and .5 too",
    "a ratio of 1 : 2",
    "see https://x.org/~me/a_b_c/--d*e for it",
    "read github.com. Now we go on",
    "at https://github.com. We use foo.org",
    "$a_b *c* d -- e$ and $x- y$ and $\\alpha_{i}$",
    "$$\\sum_i ``x''$$",
    "German ß, Greek Λ, 中文 and فارسی\u200cها",
    "CI- FAR and GPT- J",
    "the vector $\\bf{u}$, $\\mathbf{ab}$ and $\\text{a}_2$",
    "E. G. Smith, and I. e",
    "as done. com/x and see google. We",
]


@pytest.mark.parametrize(("rule", "before", "after"), REPAIRS)
def test_each_rule_repairs_its_damage(rule: str, before: str, after: str) -> None:
    """A damaged text is repaired, and the rule that repaired it is named."""
    text, names = repair(before, ABSTRACT_RULES)
    assert text == after
    assert rule in names


@pytest.mark.parametrize("text", KEPT)
def test_text_that_only_looks_damaged_is_kept(text: str) -> None:
    """Text that resembles damage is not changed, and no rule is named."""
    assert repair(text, ABSTRACT_RULES) == (text, ())


def test_every_abstract_rule_has_a_golden_pair() -> None:
    """Each rule has an example above, except those with a test module of their own."""
    shown = {rule for rule, _, _ in REPAIRS} | {"latex", "formulas", "mathml", "mail"}
    assert shown == {rule.name for rule in ABSTRACT_RULES}


def test_rules_are_listed_once() -> None:
    """RULES contains every rule of every kind of text, under distinct names."""
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert set(ABSTRACT_RULES) | set(TITLE_RULES) <= set(RULES)


def test_repair_names_each_rule_once_in_order_of_effect() -> None:
    """Each rule is named once per text, so names can be counted over many texts."""
    text, names = repair("an  algo-\nrithm &amp; **more**", ABSTRACT_RULES)
    assert text == "an algorithm & more"
    assert names == ("entities", "paragraphs", "words", "markdown")


def test_repair_stops_if_rules_undo_each_other() -> None:
    """Rules that undo each other stop after a bounded number of rounds."""
    to_b = Rule("b", "", lambda text: text.replace("a", "b"))
    to_a = Rule("a", "", lambda text: text.replace("b", "aa"))
    text, names = repair("a", (to_b, to_a))
    assert set(text) == {"a"}
    assert names == ("b", "a")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Two\n  lines.", "Two lines."),
        ("One\n\nTwo", "One Two"),
        ("{BERT}: Pre-training of {D}eep nets", "BERT: Pre-training of Deep nets"),
        ("{Learning to Walk}", "Learning to Walk"),
        ("On $\\ell_1$ norms.", "On $\\ell_1$ norms."),
        ("", ""),
    ],
)
def test_title_is_one_line(before: str, after: str) -> None:
    """A title has no line break, and its final full stop is kept."""
    assert clean_title(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (r"C. Bal\'azs", "C. Balázs"),
        (r"Erd{\H{o}}s, P{\'a}l", "Erdős, Pál"),
        (r"\L{}ukasz Kaiser", "Łukasz Kaiser"),
        ("J.~M. ", "J. M."),
        ("Gunnar RÃ¤tsch", "Gunnar Rätsch"),
        ("O&#39;Brien", "O'Brien"),
        ("G¨artner,\n Thomas", "Gärtner, Thomas"),
        ("C. -P. Yuan", "C. -P. Yuan"),
        ("Anna- maria *", "Anna- maria *"),
        ("a_b_ . c--d", "a_b_ . c--d"),
        ("wei wang 0001", "wei wang 0001"),
    ],
)
def test_no_prose_rule_changes_a_name(before: str, after: str) -> None:
    """Names are cleaned of entities, LaTeX and mojibake; hyphens, stars and dots are kept."""
    assert clean_name(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https: //x. github. io", "https://x.github.io"),
        (" https://x.org/a b\n", "https://x.org/ab"),
        ("https://x.org/?a=1&amp;b=2", "https://x.org/?a=1&b=2"),
        (r"\url{https://x.org/a\_b}", "https://x.org/a_b"),
        ("<https://x.org>\x00", "https://x.org"),
        ("https://x.org/~me/a--b", "https://x.org/~me/a--b"),
    ],
)
def test_url_has_no_spaces(before: str, after: str) -> None:
    """An address has no spaces, entities, control characters or wrapping."""
    assert clean_url(before) == after


def test_a_repair_that_loses_a_formula_is_not_applied() -> None:
    """A text is unchanged if the repair loses a placeholder; else its formulas are restored."""
    assert shield(lambda text: text[:1])("a $x$ b") == "a $x$ b"
    assert shield(str.upper)("a $x$ https://x.org/y b") == "A $x$ https://x.org/y B"


FRAGMENTS = st.sampled_from(
    "$ { } \\ - -- * ** < > ` `` ' '' ~ _ [ ] & &amp; &lt; (cid:173) (cid:12) /sup 2/ https: // "
    'www. . %  \\emph{ \\( \\) \\[ \\] $$ <b> </b> <p> Ã© é \xad \u200b \u0301 " \\" \\\' \\ss '
    "\\cite{ \\frac{ {\\em \\% \\$ \ud800 \udc00 \x00 ¨ o ( ) a learn ing and 86 4 A \ufdd0 ﬁ \n "
    "\U000f0000".split(" ")
)
DIRT = st.one_of(st.text(), st.lists(FRAGMENTS).map("".join), st.lists(FRAGMENTS).map(" ".join))


@given(DIRT)
@example("&am&#112;;lt;")
@example("{{{{a}}}}" * 3)
@example("**a**b**" * 5)
def test_cleaning_is_idempotent(text: str) -> None:
    """Every function is idempotent, never raises and removes control characters."""
    for clean in (clean_title, clean_abstract, clean_name, clean_url):
        once = clean(text)
        assert clean(once) == once
        kinds = {unicodedata.category(character) for character in once.replace("\n\n", " ")}
        assert not kinds & {"Cc", "Cs"}


WORDS = st.from_regex(r"[A-Z]?[a-z]{1,12}(?:-[a-z]{2,8})?[,;]?", fullmatch=True)


@given(st.lists(WORDS, min_size=1).map(" ".join))
def test_plain_prose_is_unchanged(text: str) -> None:
    """Sentences without markup are unchanged, and no rule is named."""
    sentence = f"{text.rstrip(',;')}."
    assert repair(sentence, ABSTRACT_RULES) == (sentence, ())
    assert repair(sentence, TITLE_RULES) == (sentence, ())


MARKS = ["$", "{", "}", "\\", "- ", "*", "<", "`", "~", "_", "[", "&amp;", "\n ", "\\emph{"]
MORE_MARKS = ["{a}", "\\(", "a- b ", "\\frac{a}{", "\\\\%", "&#38;", "<b ", "https://a. ", "(cid:"]


@pytest.mark.parametrize("mark", [*MARKS, *MORE_MARKS])
def test_repeated_marks_are_no_problem(mark: str) -> None:
    """One mark repeated 100,000 times neither recurses nor makes a pattern backtrack."""
    for clean in (clean_title, clean_abstract, clean_name, clean_url):
        assert isinstance(clean(mark * (100_000 // len(mark))), str)
