"""Tell a query that ranks papers from one that only selects them.

``attention`` ranks the papers it finds. ``venue:NeurIPS year:2017``, ``topic:"object detection"``
and ``has:doi`` select papers of which none fits better than another; a score would only order them
by the lengths of their lists of keywords. Hits of such a query are sorted by citations or date, see
`search.answers.answer.Answer`.
"""

from search.language.fields import BY_NAME, FieldKind
from search.language.tree import And, Boost, Or, Phrase, Query, Required, Word


def ranks_hits(query: Query) -> bool:
    """Return whether the score of a query decides the order of its hits.

    The name of an author ranks hits, since papers under the name as typed come before papers under
    its initials. So does a weight that was typed.

    Args:
        query: The tree.
    """
    match query:
        case And(children=children) | Or(children=children):
            return any(map(ranks_hits, children))
        case Required(child):
            return ranks_hits(child)
        case Word(field=field) | Phrase(field=field):
            return not field or BY_NAME[field].kind is not FieldKind.WORDS
        case Boost():
            return True
        case _:
            return False
