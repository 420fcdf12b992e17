"""Write the report of a search that was run again, for people and for a PRISMA-S checklist."""

from collections.abc import Iterable, Iterator

from search.replay.replay import Replay
from search.replay.saved_search import SavedHit, SavedSearch
from web.wording import NONE, format_count

MOST = 50
"""Papers of each kind that are printed, if not all are asked for; chosen."""

_REASONS = {
    "removed": "no longer in the index",
    "merged": "merged into",
    "hidden": "hidden:",
    "unmatched": "no longer found by this search",
}


def format_replay(found: Replay, most: int = MOST) -> str:
    """Return the report as lines.

    Args:
        found: What has changed.
        most: Papers of each kind that are printed.
    """
    return "\n".join(_list_lines(found, most))


def _list_lines(found: Replay, most: int) -> Iterator[str]:
    yield from _describe_search(found.after)
    yield from _describe_run("Saved", found.before)
    yield from _describe_run("Run again", found.after)
    yield ""
    if not found.listed:
        yield "The same papers." if found.same else "Not the same papers; too many to list."
        return
    if not found.differs:
        yield "No differences."
    added = [
        f"{_describe_hit(one.paper)}{'' if one.new else ' (was in the index before)'}"
        for one in found.added
    ]
    gone = [
        f"{_describe_hit(one.paper)}: {_REASONS[one.reason]} {one.now}".rstrip()
        for one in found.gone
    ]
    changed = [
        "\n      ".join(
            [
                f"{one.after.id}  {one.after.title}",
                *(_describe_change(one.before, one.after, name) for name in one.fields),
            ]
        )
        for one in found.changed
    ]
    for title, lines in (("Added", added), ("Gone", gone), ("Changed", changed)):
        yield from _list_some(title, lines, most)


def _describe_search(saved: SavedSearch) -> Iterator[str]:
    yield f"Search       {saved.query or '(all papers)'}"
    if saved.interpreted != saved.query:
        yield f"Searched for {saved.interpreted}"
    limits = [f"{name}={value}" for name, value in saved.parameters if name != "q"]
    yield f"Limits       {', '.join(limits) or NONE}"


def _describe_run(title: str, saved: SavedSearch) -> Iterator[str]:
    index = saved.index
    hidden = f", {saved.hidden:,} hidden" if saved.hidden else ""
    yield f"{title:<12} {saved.saved}: {format_count(saved.total, 'paper')}{hidden}"
    dumps = ", ".join(f"{one.name} ({one.date or 'no date'})" for one in index.dumps)
    yield f"{'':<12} Papersearch {index.version}, {index.papers:,} papers of {dumps or NONE}"


def _describe_hit(hit: SavedHit) -> str:
    place = " ".join(filter(None, (hit.venue, str(hit.year or ""))))
    return f"{hit.id}  {hit.title}{f' ({place})' if place else ''}"


def _describe_change(before: SavedHit, after: SavedHit, name: str) -> str:
    old, new = getattr(before, name), getattr(after, name)
    return f"{name}: {old or NONE} -> {new or NONE}"


def _list_some(title: str, lines: list[str], most: int) -> Iterable[str]:
    if not lines:
        return []
    left = len(lines) - most
    more = [f"  and {left:,} more; --limit 0 shows all"] if left > 0 else []
    return [f"{title}: {len(lines):,}", *(f"  {line}" for line in lines[:most]), *more]
