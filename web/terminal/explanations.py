"""Format why a hit is ranked where it is, and what keeps a paper out of a search."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from search.explain.score import Reason
from web.terminal.printing import escape_controls
from web.wording import format_count, shorten_text

if TYPE_CHECKING:
    # Loaded only by the command that uses them.
    from search.answers.why_not import Clause, WhyNot
    from search.explain.near_miss import NearMiss

INDENT = "     "
"""Indent of the lines below a hit's title."""

LONGEST = 40
"""Columns for the words of a reason; those of a pasted text are cut."""

_MARKS = {True: click.style("yes", fg="green"), False: click.style("no ", fg="red")}
_IDLE = "-  "


def format_reasons(reasons: tuple[Reason, ...], score: float) -> str:
    """Format the reasons of a hit as an aligned block, the largest weight first.

    Args:
        reasons: Any number.
        score: Score of the hit; 0 where a field orders the hits.
    """
    words = min(LONGEST, max((len(reason.words) for reason in reasons), default=0))
    field = max((len(reason.field) for reason in reasons), default=0)
    ranked = any(reason.weight for reason in reasons)
    rows = [
        (f"{reason.weight:9.2f}  " if ranked else "     ")
        + f"{shorten_text(reason.words, LONGEST):{words}}  {reason.field:{field}}  {reason.kind}"
        for reason in reasons
    ]
    lines = (_describe_score(reasons, score), *rows)
    return "\n".join(INDENT + click.style(line.rstrip(), dim=True) for line in lines)


def _describe_score(reasons: tuple[Reason, ...], score: float) -> str:
    if score:
        return f"score {score:.2f}"
    if by_relevance := sum(reason.weight for reason in reasons):
        return f"not ordered by score; by relevance it would be {by_relevance:.2f}"
    if any(reason.kind == "meaning" for reason in reasons):
        return "score 0.00"
    return "not ranked: the query only selects papers"


def format_why_not(judged: "WhyNot") -> str:
    """Format how one paper fares in one search: the verdict, its filters and its clauses."""
    parts = [_list_verdict(judged), _list_filters(judged), _list_clauses(judged)]
    return "\n\n".join(filter(None, map("\n".join, parts)))


def _list_verdict(judged: "WhyNot") -> Iterator[str]:
    results = judged.results
    yield click.style(judged.paper.title, bold=True) + f"  {judged.paper.id}"
    papers = format_count(results.total, "paper")
    if not judged.found:
        yield click.style("not found", fg="red") + f" among the {papers} of this search"
    elif judged.rank is None:
        yield click.style("found", fg="green") + f" in {papers}, but not among the first"
    else:
        yield click.style("found", fg="green") + f", number {judged.rank:,} of {papers}"
    if judged.hidden:
        yield f"The paper is {judged.hidden}. A search with --hidden includes it."
    if results.relaxed:
        yield results.relaxed.message
        yield f"Without filters, the paper is {'' if judged.widened else 'not '}among them."
    elif judged.widened is not None and not judged.clause.met:
        yield (
            "The paper has most of the words. It would follow if too few papers had all of them."
            if judged.widened
            else "The paper would not be found either if most of the words were enough."
        )


def _list_filters(judged: "WhyNot") -> Iterator[str]:
    if judged.filters:
        yield "Filters"
    for one in judged.filters:
        has = ", ".join(one.has) or "none"
        compared = f"{one.name} {', '.join(one.asked)}  (the paper: {has})"
        yield f"  {_MARKS[one.met]}  {escape_controls(compared)}"


def _list_clauses(judged: "WhyNot") -> Iterator[str]:
    if judged.results.request.query.strip():
        yield "Query"
        clause = judged.clause
        for part in clause.parts if clause.joint == "and" else (clause,):
            yield from _format_clause(part, "  ")


def _format_clause(clause: "Clause", indent: str) -> Iterator[str]:
    mark = _MARKS[clause.met] if clause.needed else _IDLE
    columns = [clause.written]
    if not clause.needed:
        columns.append("(optional)")
    elif clause.miss and not clause.met and (near := _describe_miss(clause.written, clause.miss)):
        columns.append(f"({near})")
    yield f"{indent}{mark}  {escape_controls('  '.join(columns))}"
    if clause.joint == "not" and not clause.parts[0].parts:
        return
    for part in clause.parts:
        yield from _format_clause(part, indent + INDENT)


def _describe_miss(written: str, miss: "NearMiss") -> str:
    """Return how near the paper comes to a clause; empty if it does not come near."""
    missing, near = (", ".join(f'"{one}"' for one in words) for words in (miss.missing, miss.near))
    is_one_word = miss.missing == (written.rpartition(":")[2].lstrip("+").lower(),)
    found = [f"the paper has {', '.join(miss.has)}"] if miss.has else []
    found += [f"no {missing}"] if missing and not is_one_word else []
    found += [f"the paper has {near}"] if near else []
    found += [f"found in: {', '.join(miss.where)}"] if miss.where else []
    return "; ".join(found)
