"""Print a tree as a query that can be typed."""

from index.normalise.identifier_search import match_identifier
from index.text.notation import find_formula_edits
from search.language.formulas import carries_power
from search.language.stopwords import has_ordinary_word, is_in_capitals
from search.language.tree import MAX_DEPTH, And, Boost, Not, Or, Query, Required, Word
from search.language.typed_text import has_markup


def print_query(query: Query) -> str:
    """Print a tree, with all its brackets if the result can be parsed again."""
    # Each level of the tree adds at most one operator and one bracket.
    all_brackets = 2 * _measure_height(query) <= MAX_DEPTH
    text = _print_node(query, all_brackets=all_brackets)
    if has_markup(text) and find_formula_edits(text):
        text = _print_node(query, all_brackets=all_brackets, all_boosts=True)
    # Without brackets, operators between words in capitals could be read as part of a title.
    return f"({text})" if is_in_capitals(text) and _has_outer_operator(query) else text


def _has_outer_operator(query: Query) -> bool:
    """Return whether an operator is printed outside all brackets."""
    spelt = isinstance(query, Or | Not) or (isinstance(query, And) and query.spelt)
    return spelt and has_ordinary_word(_print_node(query, all_brackets=False).split())


def _measure_height(query: Query) -> int:
    match query:
        case And(children=children) | Or(children=children):
            return 1 + max(map(_measure_height, children))
        case Not(child) | Required(child) | Boost(child, _):
            return 1 + _measure_height(child)
        case _:
            return 0


def _print_node(query: Query, *, all_brackets: bool, all_boosts: bool = False) -> str:
    def bracket(child: Query, *needed: type[Query]) -> str:
        text = _print_node(child, all_brackets=all_brackets, all_boosts=all_boosts)
        bracketed = _COMPOSITES if all_brackets else needed
        return f"({text})" if isinstance(child, bracketed) else text

    match query:
        case And(children, spelt):
            texts = [bracket(child, And, Or) for child in children]
            return " AND ".join(texts) if spelt else _join_words(texts)
        case Or(children):
            return " OR ".join(bracket(child, Or) for child in children)
        case Not(child):
            return f"NOT {bracket(child, And, Or)}"
        case Required(child):
            return f"+{bracket(child, And, Or, Required)}"
        case Boost(child, factor):
            text = bracket(child, *_COMPOSITES)
            power = all_boosts or _is_base(child)
            return f"({text})^{factor:g}" if power else f"{text}^{factor:g}"
        case _:
            return str(query)


def _join_words(texts: list[str]) -> str:
    """Join parts with spaces so that none is read as the label of the next one: ``pmid 12``."""
    joined, at, found = " ".join(texts), 0, []
    for text in texts:
        start = at if text.isalpha() else at + text.rfind(":") + 1
        label = match_identifier(joined, start)
        found.append(f"({text})" if label and label.span[1] > at + len(text) else text)
        at += len(text) + 1
    return " ".join(found)


def _is_base(child: Query) -> bool:
    """Return whether a boost after a leaf would be read as a power."""
    return isinstance(child, Word) and ("^" in child.text or carries_power(child.text))


_COMPOSITES = (And, Or, Not, Required, Boost)
