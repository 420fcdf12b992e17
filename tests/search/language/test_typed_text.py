"""Check that pasted queries are read without invisible signs, and positions are kept."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.language.parser import parse
from search.language.typed_text import clean_query, remove_invisible

CLEANED = [
    ("deep learning", "deep learning"),
    ("trans\xadformer", "transformer"),
    ("\ufeffzero\u200bwidth\u200c sp\u2060ace", "zerowidth space"),
    ("\u202bauthor:\u200esmith\u202c", "author:smith"),
    ("heart\ufe0f\U000e0041", "heart"),
    ("10\u202f000 or 10\xa0000 or 2\xa0years", "10,000 or 10,000 or 2\xa0years"),
    (r"$\mathrm{CO}_2$ storage", "$CO2$ storage"),
    ("CO$_{2}$", "CO2}$"),
    (r"M{\"u}ller and Garc{\'\i}a", "Müller and García"),
    (r"Erd{\H o}s, \c{C}elik, stra{\ss}e", "Erdős, Çelik, straße"),
    ("**Reeds in wind** by Moor", "Reeds in wind by Moor"),
    ("*Reeds in the wind*, Moor", "Reeds in the wind, Moor"),
    ("*reed and wind* win*", "*reed and wind* win*"),
    ("a * b * c A* x", "a * b * c A* x"),
    ("王等 2017", "王  2017"),
    ("王等人（2017）", "王 (2017)"),
    ("等级 2017", "等级 2017"),
    (r'"$\ell_1$ norm" $H_\infty$', '"$l1$ norm" $H_infinity$'),
    ("L^2 spaces word^2 year:{2019 TO 2022}", "L^2 spaces word^2 year:{2019 TO 2022}"),
    ("H<sub>2</sub>O at 10<sup>6</sup>", "H₂O at 10⁶"),
    ("<i>E. coli</i><br/>R&amp;amp;D &quot;a b&#34;", 'E. coli R&D "a b"'),
    ("&lt;jats:italic&gt;in vitro&lt;/jats:italic&gt; p&lt;0.05", "in vitro p<0.05"),
    ('title:תנ"ך "שלום רב" ו"שלום"', 'title:תנ״ך "שלום רב" ו"שלום"'),
    ("<jats:title>Nets</jats:title><p>Deep ones</p>", " Nets  Deep ones "),
    ("a<b c>d AT&T <MASK> &c; x<y", "a<b c>d AT&T <MASK> &c; x<y"),
    ("کتاب\u200cها", "کتاب\u200cها"),
    ("क्\u200dष", "क्\u200dष"),
]


@pytest.mark.parametrize(("text", "expected"), CLEANED)
def test_cleaned_queries(text: str, expected: str) -> None:
    """Invisible signs vanish, formulas are words, and the rest is as typed."""
    assert clean_query(text).text == expected


SAME = [
    ("trans\xadformer", "transformer"),
    ("ti\u200btle:deep", "title:deep"),
    ("\ufeff-word other", "-word other"),
    ('\u200e"deep\u2060 learning"', '"deep learning"'),
    ("a O\u200bR b", "a OR b"),
    ("venue:Neur\xadIPS", "venue:NeurIPS"),
    ("arXiv:1706.\u200b03762", "arXiv:1706.03762"),
    ("year:20\u200b19", "year:2019"),
    ("transf\xadorm*", "transform*"),
    ("lev\u200bine~", "levine~"),
    (r"title:$\mathrm{CO}_2$", "title:$CO2$"),
    ("title:<i>coli</i> &amp; mice", "title:coli & mice"),
    ("Ca<sup>2+</sup> <b>NOT</b> x", "Ca²⁺ NOT x"),
]


@pytest.mark.parametrize(("pasted", "typed"), SAME)
def test_pasted_queries_mean_what_is_seen(pasted: str, typed: str) -> None:
    """A query with invisible signs has the tree of the same query without them."""
    assert str(parse(pasted).query) == str(parse(typed).query)


def test_notices_point_into_the_typed_query() -> None:
    """The span of a notice is that of the characters as typed."""
    text = 'x\u200by \xad"deep'
    (notice,) = parse(text).notices
    assert text[slice(*notice.at)] == '"'


def test_a_text_without_positions() -> None:
    """Values are cleaned without positions."""
    assert remove_invisible("Neur\xadIPS") == "NeurIPS"
    assert remove_invisible("plain") == "plain"


def test_a_part_of_a_replacement_has_the_span_of_the_whole() -> None:
    r"""A notice about a quotation mark that came from ``\"J`` points to all of that."""
    assert [notice.at for notice in parse('a \\"J b').notices] == [(2, 5)]


@given(st.text('aé2 \xad\u200b\u202f$\\_^{}"-:(', max_size=40))
@example("\xad")
def test_every_span_lies_in_the_typed_query(text: str) -> None:
    """Restored spans are in order and within the typed text."""
    typed = clean_query(text)
    spans = [typed.restore((at, at + 1)) for at in range(len(typed.text))]
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    assert all(0 <= start <= end <= len(text) for start, end in (n.at for n in parse(text).notices))
