"""Name where a paper appeared as a bibliography does."""

from index.normalise.venues import resolve_venue
from index.records import Appearance


def find_full_name(shown: Appearance) -> str:
    """Return the full name of the venue of an appearance.

    Returns:
        ``Conference on Neural Information Processing Systems`` for a known venue; else what the
        dump writes, unless that is a bare key such as ``nips``; else the short name.
    """
    known = resolve_venue(shown.venue, shown.venue_kind).full
    if known and known != shown.venue:
        return known
    return shown.venue_name if " " in shown.venue_name else shown.venue
