"""Format what was found out about a bibliography."""

from collections.abc import Iterable
from textwrap import wrap

import click

from search.bibliography.check import CheckedEntry, Report
from search.bibliography.findings import Kind
from search.bibliography.wording import HEADINGS, describe_finding, summarise
from web.terminal.printing import escape_controls

WIDTH = 80
"""Columns of a line; longer values are wrapped."""


def format_report(report: Report) -> str:
    """Format a report in groups, one for each kind of finding."""
    groups = [[summarise(report)], *(_list_group(report, kind) for kind in HEADINGS)]
    groups += [_list_duplicates(report), _list_missing(report), _list_unread(report)]
    return "\n\n".join("\n".join(lines) for lines in groups if lines)


def _list_group(report: Report, kind: Kind) -> list[str]:
    entries = [one for one in report.entries if one.has(kind)]
    if not entries:
        return []
    lines = [_head(HEADINGS[kind], len(entries))]
    for one in entries:
        lines.append(f"  {_name_entry(one)}")
        for finding in one.findings:
            if finding.kind is kind:
                lines += _indent(escape_controls(describe_finding(finding)))
    return lines


def _head(text: str, count: int) -> str:
    return f"{click.style(text, bold=True)} ({count:,})"


def _name_entry(one: CheckedEntry) -> str:
    key = escape_controls(one.entry.written.key) or "an entry without a key"
    return f"{key} (line {one.entry.line:,})"


def _indent(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="    ", subsequent_indent="      ",
                break_long_words=False, break_on_hyphens=False)  # fmt: skip


def _list_duplicates(report: Report) -> list[str]:
    groups = [*report.duplicates]
    lines = [_head("One work in several entries", len(groups))] if groups else []
    lines += [line for group in groups for line in _list_keys(group)]
    if report.repeated_keys:
        lines += [_head("Keys of several entries", len(report.repeated_keys))]
        lines += _list_keys(report.repeated_keys)
    return lines


def _list_missing(report: Report) -> list[str]:
    keys = [
        one.entry.written.key for one in report.entries if one.entry.paper and not one.match.work
    ]
    return [_head("Not found", len(keys)), *_list_keys(keys)] if keys else []


def _list_keys(keys: Iterable[str]) -> list[str]:
    return wrap(", ".join(map(escape_controls, keys)), WIDTH, initial_indent="  ",
                subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)  # fmt: skip


def _list_unread(report: Report) -> list[str]:
    unread = [one for one in report.entries if one.entry.problem]
    lines = (f"  {_name_entry(one)} {escape_controls(one.entry.problem)}" for one in unread)
    return [_head("Not read", len(unread)), *lines] if unread else []
