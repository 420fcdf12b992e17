"""Describe as JSON what was found out about a bibliography."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

if TYPE_CHECKING:
    # Loaded only by what uses them.
    from search.bibliography.check import CheckedEntry, Report


class FindingDocument(Struct, frozen=True):
    """One thing to know about an entry."""

    kind: Annotated[
        str,
        Meta(
            description="`published`, `status`, `missing`, `differs` or `wrong identifier`, which"
            " leads to the paper whose title is `known`."
        ),
    ]
    field: Annotated[
        str, Meta(description="The field of BibTeX; `author` compares the number of authors.")
    ]
    written: Annotated[str, Meta(description="What the entry says, or empty.")]
    known: Annotated[str, Meta(description="What the index says.")]


class EntryDocument(Struct, frozen=True):
    """One entry of the bibliography."""

    key: Annotated[str, Meta(description="Its key, or empty.")]
    line: Annotated[int, Meta(description="The line on which it begins, from 1.")]
    title: Annotated[str, Meta(description="Its title, or empty if it cannot be read.")]
    problem: Annotated[str, Meta(description="Why it cannot be read, or empty.")]
    id: Annotated[str | None, Meta(description="Id of the paper that it means, or null.")]
    means: Annotated[
        str,
        Meta(
            description="By what it was found: `identifier`, `title`, `similar title`,"
            " `shortened title`; or empty."
        ),
    ]
    findings: Annotated[tuple[FindingDocument, ...], Meta(description="What to know about it.")]
    same_as: Annotated[
        tuple[str, ...], Meta(description="Keys of other entries that mean the same paper.")
    ]


class BibliographyDocument(Struct, frozen=True):
    """What was found out about a bibliography."""

    entries: Annotated[tuple[EntryDocument, ...], Meta(description="In the order of the file.")]
    found: Annotated[int, Meta(description="Number of entries that were found.")]
    left_out: Annotated[int, Meta(description="Number of entries that were not checked.")]
    repeated_keys: Annotated[tuple[str, ...], Meta(description="Keys that several entries have.")]
    fixed: Annotated[str, Meta(description="Where the corrected file was written, or empty.")]


def describe_bibliography(report: "Report", fixed: str = "") -> BibliographyDocument:
    """Return a report as JSON.

    Args:
        report: What was found out.
        fixed: Where the corrected file was written; empty if nowhere.
    """
    return BibliographyDocument(
        tuple(map(_describe_entry, report.entries)),
        report.found,
        report.left_out,
        report.repeated_keys,
        fixed,
    )


def _describe_entry(one: "CheckedEntry") -> EntryDocument:
    entry, match = one.entry, one.match
    return EntryDocument(
        key=entry.written.key,
        line=entry.line,
        title=entry.paper.title if entry.paper else "",
        problem=entry.problem,
        id=match.work.id if match.work else None,
        means=str(match.means or ""),
        findings=tuple(
            FindingDocument(str(found.kind), found.field, found.written, found.known)
            for found in one.findings
        ),
        same_as=one.same_as,
    )
