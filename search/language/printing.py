"""Print a tree as a query that can be typed."""

from search.language.formulas import carries_power
from search.language.stopwords import has_ordinary_word, is_in_capitals
from search.language.tree import MAX_DEPTH, And, Boost, Not, Or, Query, Required, Word


def print_query(query: Query) -> str:
    """Print a tree, with all its brackets if the result can be parsed again."""
    # Each level of the tree adds at most one operator and one bracket.
    text = _print_node(query, all_brackets=2 * _measure_height(query) <= MAX_DEPTH)
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


def _print_node(query: Query, *, all_brackets: bool) -> str:
    def bracket(child: Query, *needed: type[Query]) -> str:
        text = _print_node(child, all_brackets=all_brackets)
        bracketed = _COMPOSITES if all_brackets else needed
        return f"({text})" if isinstance(child, bracketed) else text

    match query:
        case And(children, spelt):
            return (" AND " if spelt else " ").join(bracket(child, And, Or) for child in children)
        case Or(children):
            return " OR ".join(bracket(child, Or) for child in children)
        case Not(child):
            return f"NOT {bracket(child, And, Or)}"
        case Required(child):
            return f"+{bracket(child, And, Or, Required)}"
        case Boost(child, factor):
            text = bracket(child, *_COMPOSITES)
            # x^2 is a power; the boost of a letter needs brackets.
            power = isinstance(child, Word) and carries_power(child.text)
            return f"({text})^{factor:g}" if power else f"{text}^{factor:g}"
        case _:
            return str(query)


_COMPOSITES = (And, Or, Not, Required, Boost)
