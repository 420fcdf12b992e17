"""Answers: how do reasons, and what keeps a paper out, look in a terminal?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from search.explain.score import Reason

if TYPE_CHECKING:
    # Loaded only by the command that asks for them.
    from search.answers.why_not import Clause, WhyNot
    from search.explain.near_miss import NearMiss

INDENT = "     "
"""Under the title of a hit."""

LONGEST = 40
"""Columns for words; longer ones push the rest of their line to the right."""

_MARKS = {True: click.style("yes", fg="green"), False: click.style("no ", fg="red")}
_IDLE = "-  "


def reasons_text(reasons: tuple[Reason, ...], score: float) -> str:
    """Give the reasons of a hit as an aligned block, the weightiest first.

    Args:
        reasons: At least none.
        score: That of the hit; 0 where a field orders the hits.
    """
    words = min(LONGEST, max((len(reason.words) for reason in reasons), default=0))
    field = max((len(reason.field) for reason in reasons), default=0)
    head = (
        f"score {score:.2f}" if score else "no score orders these hits; by relevance it would have"
    )
    rows = [
        f"{reason.weight:9.2f}  {reason.words:{words}}  {reason.field:{field}}  {reason.kind}"
        for reason in reasons
    ]
    return "\n".join(INDENT + click.style(line.rstrip(), dim=True) for line in (head, *rows))


def why_not_text(judged: "WhyNot") -> str:
    """Say how one paper fares in one search."""
    parts = ["\n".join(_verdict(judged)), "\n".join(_filters(judged)), "\n".join(_query(judged))]
    return "\n\n".join(part for part in parts if part)


def _verdict(judged: "WhyNot") -> Iterator[str]:
    results = judged.results
    yield click.style(judged.paper.title, bold=True) + f"  {judged.paper.id}"
    papers = f"{results.total:,} paper" + ("s" if results.total != 1 else "")
    if not judged.found:
        yield click.style("not found", fg="red") + f" among the {papers} of this search"
    elif judged.rank is None:
        yield click.style("found", fg="green") + f", but not among the first of {papers}"
    else:
        yield click.style("found", fg="green") + f", number {judged.rank:,} of {papers}"
    if judged.hidden:
        yield f"It is {judged.hidden}, and such papers are hidden; --hidden shows them."
    if results.relaxed:
        yield results.relaxed.message
        yield f"It is {'' if judged.widened else 'not '}among them, filters aside."
    elif judged.widened is not None and not judged.clause.met:
        yield (
            "It has most of the words: it would follow if too few papers had all of them."
            if judged.widened
            else "It would not be found either if the search were widened to most of the words."
        )


def _filters(judged: "WhyNot") -> Iterator[str]:
    if judged.filters:
        yield "Filters"
    for one in judged.filters:
        has = ", ".join(one.has) or "none"
        yield f"  {_MARKS[one.met]}  {one.name} {', '.join(one.asked)}  (the paper: {has})"


def _query(judged: "WhyNot") -> Iterator[str]:
    if judged.results.request.query.strip():
        yield "Query"
        clause = judged.clause
        for part in clause.parts if clause.joint == "and" else (clause,):
            yield from _clause(part, "  ")


def _clause(clause: "Clause", indent: str) -> Iterator[str]:
    mark = _MARKS[clause.met] if clause.needed else _IDLE
    said = [clause.written]
    if not clause.needed:
        said.append("(not needed)")
    elif clause.miss and not clause.met and (near := _near(clause.written, clause.miss)):
        said.append(f"({near})")
    yield f"{indent}{mark}  {'  '.join(said)}"
    if clause.joint == "not" and not clause.parts[0].parts:
        return
    for part in clause.parts:
        yield from _clause(part, indent + INDENT)


def _near(written: str, miss: "NearMiss") -> str:
    """Say in a clause how near the paper comes; nothing if it does not come near."""
    missing, near = (", ".join(f'"{one}"' for one in words) for words in (miss.missing, miss.near))
    is_one_word = miss.missing == (written.rpartition(":")[2].lstrip("+").lower(),)
    said = [f"it has {', '.join(miss.has)}"] if miss.has else []
    said += [f"no {missing}"] if missing and not is_one_word else []
    said += [f"it has {near}"] if near else []
    said += [f"it stands in: {', '.join(miss.where)}"] if miss.where else []
    return "; ".join(said)
