"""Find the index's value for a status, whether a label or a dump's own word is asked for."""

from index.normalise.closed_values import unify_value
from index.normalise.status_labels import merge_status
from search.planning.plan import Statistics


def find_status(text: str, statistics: Statistics) -> str:
    """Return the value of the index for a status.

    ``long`` means the label ``main``, into which it is merged; in an index that still has the
    dump's own words it means itself.

    Args:
        text: The status as typed or chosen.
        statistics: Counts of the index.
    """
    status = unify_value("status", text)
    if statistics.count_documents("status", status):
        return status
    merged = merge_status(status)
    return merged if statistics.count_documents("status", merged) else status
