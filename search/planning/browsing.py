"""Tell a query that ranks papers from one that only selects them.

``attention`` ranks the papers it finds. ``venue:NeurIPS year:2017``, ``topic:"object detection"``,
``author:hinton`` and ``has:doi`` select papers of which none fits better than another; a score
would only order them by the lengths of their lists of keywords or authors. Hits of such a query are
sorted by citations or date, see `search.answers.answer.Answer`.
"""

from search.language.fields import BY_NAME, FieldKind
from search.language.tree import And, Boost, Fuzzy, Or, Phrase, Query, Required, Wildcard, Word


def ranks_hits(query: Query) -> bool:
    """Return whether the score of a query decides the order of its hits.

    A name of several words ranks hits, since papers under the name as typed come before papers
    under its initials. So does a weight that was typed, and a word that may also be respelt.

    Args:
        query: The tree.
    """
    match query:
        case Or(children) if any(isinstance(child, Fuzzy | Wildcard) for child in children):
            return any(isinstance(child, Word | Phrase) for child in children)
        case And(children=children) | Or(children=children):
            return any(map(ranks_hits, children))
        case Required(child):
            return ranks_hits(child)
        case Phrase(text=text, field=field) if field and BY_NAME[field].kind is FieldKind.NAME:
            return len(text.split()) > 1
        case Word(field=field) | Phrase(field=field):
            return not field or BY_NAME[field].kind is FieldKind.TEXT
        case _:
            return isinstance(query, Boost)
