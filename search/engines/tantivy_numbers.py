"""Match ranges of numbers, narrow ones by their values.

Tantivy compares the number of every paper with a range, except where another clause must match too;
beside a word that may match instead, as in ``2019`` the word or the year, it always does. A value
has a list of its papers, like a word.
"""

import tantivy
from tantivy import FieldType, Occur, Query

MOST_VALUES = 10
"""Values of a range up to which they are looked up one by one. At 95,000 papers, ``year:2023``
takes .08 instead of .8 ms, five years .8 instead of 1.9 ms, and fifteen 1.1 instead of 4.2 ms, but
.038 instead of .020 ms beside two rare words."""

MAX_INTEGER = 2**62
"""Beyond every number of a paper."""


def match_numbers(schema: tantivy.Schema, field: str, low: int | None, high: int | None) -> Query:
    """Return a query for the papers with a number in a range, all with a score of 1.

    Args:
        schema: The schema of the index.
        field: A field of integers.
        low: The least number, or None.
        high: The greatest number, or None.
    """
    if low is not None and high is not None and 0 <= high - low < MOST_VALUES:
        values = (Query.term_query(schema, field, n, "basic") for n in range(low, high + 1))
        return Query.const_score_query(
            Query.boolean_query([(Occur.Should, value) for value in values]), 1.0
        )
    return Query.const_score_query(
        Query.range_query(
            schema,
            field,
            FieldType.Integer,
            -MAX_INTEGER if low is None else low,
            MAX_INTEGER if high is None else high,
        ),
        1.0,
    )
