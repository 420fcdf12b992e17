"""Check that `find_signs` misses no sign of damage that a rule would repair."""

import sys
import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.text.characters import UNCOMPOSED, find_signs
from index.text.cleaning import PASSES, clean_name, clean_url, repair, repair_title
from index.text.rules import ABSTRACT_RULES, NAME_RULES, RULES, TITLE_RULES, URL_RULES, Rule

SIGN = st.sampled_from([
    " ", "  ", "\n", "\n\n", "\t", "\x1c", "\x00", "\xa0", "\u3000", "\x85", "\ud800", "\ufdd0",
    "a", "learn", "ing", "and", "A", "5", "w", "ww", "c", "n", ".", ",", ":", "(", ")", "-", "--",
    " ,", " .", ". ,", "( ", " )", "- a", "a- b", "0. 5", "86. 4%", "e. g. ,", ".\\nA", "$", "$$",
    "\\$", "$x$", "$x , y$", "$5 and $6", "$0. 5$", "$a  b$", "$\\alpha\n\nb$", "$\\textbf{a}$",
    "{", "}", "\\", "\\(", "\\)", "\\[", "\\emph{", "{\\em ", "emph{", "xtextbf{", "ootnote{",
    "\\%", "\\'e", "\\href{a}{b}", "[a](http://b)", "*", "**", "_", "`", "``", "'", "''", '"',
    '""', "~", "&", "&amp;", "&#10;", "&#32;,", "www. x. org", "http: //a. b", "https", "/",
    "github.com/", "github.com/ a-b", "github. com/x", "ada@x. org", "<b>", "</b>", "<p>",
    "<math>", "</math>", "(cid:12)", "(cid:173) ", "a\xad b", "é", "Ã©", "â\x80\x99", "\x92",
    "\u0301", "\u1100", "\u1161", "¨", "o", "ﬁ", "’", "/spl a/", "/sup 2/", "\U000f0000",
])  # fmt: skip
SIGNS = st.lists(SIGN)
DAMAGED = st.one_of(st.text(), SIGNS.map("".join), SIGNS.map(" ".join), SIGNS.map("\n".join))


def try_every_rule(text: str, rules: tuple[Rule, ...]) -> tuple[str, tuple[str, ...]]:
    """Repair a text as `repair` does, but try every rule each time."""
    changed: dict[str, None] = {}
    start = rounds = 0
    while True:
        turned = [*range(start, len(rules)), *range(start)]
        texts = ((at, rules[at].repair(text)) for at in turned)
        found = next(((at, after) for at, after in texts if after != text), None)
        rounds += found is not None and found[0] < start
        if not found or rounds == PASSES:
            return text, tuple(changed)
        start, text = found[0] + 1, found[1]
        changed[rules[found[0]].name] = None


@settings(max_examples=300)
@given(DAMAGED)
@example("one\n\ntwo $a$ , $b\n\nc d e$")
@example("( a \n, b- \nc" * 900)
def test_selecting_rules_by_signs_changes_nothing(text: str) -> None:
    """The result, and the rules that are named, are the same as if every rule were tried."""
    for rules in (ABSTRACT_RULES, TITLE_RULES, NAME_RULES, URL_RULES):
        assert repair(text, rules) == try_every_rule(text, rules)
    assert repair_title(text) == repair(text, TITLE_RULES)
    assert clean_name(text) == repair(text, NAME_RULES)[0]
    assert clean_url(text) == repair(text, URL_RULES)[0]


@given(DAMAGED)
def test_a_skipped_rule_would_change_nothing(text: str) -> None:
    """Neither the signs of a text nor a rule's own test skip a rule that would change it."""
    signs = find_signs(text)
    other_space = any(sign.isspace() and sign not in " \n" for sign in text)
    skipped = [
        rule
        for rule in RULES
        if (rule.signs and not rule.signs & signs) or (rule.test and not rule.test(text))
    ]
    # The rule "characters" replaces other spaces before the rules that join lines.
    tried = [rule for rule in skipped if not (rule.joins and other_space)]
    assert [rule.name for rule in tried if rule.repair(text) != text] == []


def test_every_combining_character_has_its_sign() -> None:
    """Every character that composes with the one before it, or reorders, has the sign."""
    combining = set()
    for character in map(chr, range(0x80, sys.maxunicode + 1)):
        parts = unicodedata.normalize("NFD", character)
        if unicodedata.is_normalized("NFC", character) and len(parts) > 1:
            combining.add(parts[-1])
        elif unicodedata.combining(character):
            combining.add(character)
    assert len(combining) > 900
    assert [one for one in combining if UNCOMPOSED not in find_signs(one)] == []
