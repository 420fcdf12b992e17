"""Print what was measured of peers as tables in Markdown."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.bench.peers.peer import PEERS, Mode

Row = dict[str, Any]
NOTHING = "–"
"""What a cell says that has no figure."""

BUILDING = ("papers/s of processor", "papers/s", "bytes a paper", "MB building", "MB searching")
PASSES = [(mode, counts) for mode in Mode for counts in (False, True)]


def merge_rows(kept: Path, rows: list[Row]) -> list[Row]:
    """Return these rows and those of other peers that earlier runs kept in a file; keep all."""
    earlier: list[Row] = json.loads(kept.read_text("utf-8")) if kept.exists() else []
    merged = {row["peer"]: row for row in earlier}
    for row in rows:
        # A run without the judged sets does not forget what an earlier one found.
        quality = merged.get(row["peer"], {}).get("quality", {})
        merged[row["peer"]] = {"quality": quality} | row
    ordered = sorted(merged.values(), key=lambda row: list(PEERS).index(row["peer"]))
    kept.write_text(json.dumps(ordered, indent=1), "utf-8")
    return ordered


def print_tables(rows: list[Row]) -> None:
    """Print building, searching by both clocks, and ranking."""
    print(f"\n{rows[0]['papers']:,} papers, {rows[0]['queries']} queries\n")
    _print_table(BUILDING, ((row["peer"], _describe_build(row)) for row in rows))
    heads = tuple(f"{mode}{', counts' if counts else ''}" for mode, counts in PASSES)
    for clock in ("processors", "clock"):
        print(f"\nms of {clock}, p50 / p95 / p99\n")
        _print_table(heads, ((row["peer"], _describe_times(row, clock)) for row in rows))
    measures = list(dict.fromkeys(name for row in rows for name in row["quality"]))
    if measures:
        print()
        judged = (row for row in rows if row["quality"])
        _print_table(
            tuple(measures),
            ((row["peer"], [f"{row['quality'][name]:.3f}" for name in measures]) for row in judged),
        )


def _print_table(heads: tuple[str, ...], rows: Iterable[tuple[str, list[str]]]) -> None:
    print("|", " | ".join(("peer", *heads)), "|")
    print("|" + "---|" * (len(heads) + 1))
    for name, cells in rows:
        print("|", " | ".join((name, *cells)), "|")


def _describe_build(row: Row) -> list[str]:
    built, memory = row["build"], f"{row['memory'] / 1e6:,.0f}"
    if not built:
        return [NOTHING] * 4 + [memory]
    rates = [f"{built['papers'] / built[clock]:,.0f}" for clock in ("processors", "clock")]
    size = f"{built['bytes'] / built['papers']:,.0f}"
    return [*rates, size, f"{built['memory'] / 1e6:,.0f}", memory]


def _describe_times(row: Row, clock: str) -> list[str]:
    times = {(one["mode"], one["counts"]): one[clock] for one in row["times"]}
    return [
        " / ".join(map(_write_ms, times[one].values())) if one in times else NOTHING
        for one in PASSES
    ]


def _write_ms(milliseconds: float) -> str:
    return f"{milliseconds:.2f}" if milliseconds < 10 else f"{milliseconds:,.0f}"
