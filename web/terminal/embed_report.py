"""Print which papers have vectors."""

from typing import TYPE_CHECKING

from web.terminal.printing import escape_controls
from web.wording import format_count

if TYPE_CHECKING:
    from index.meaning.embedding import EmbedReport
    from index.meaning.status import VectorsStatus


def format_embedding(report: "EmbedReport") -> str:
    """Format what `papers embed` did."""
    have, model = "has" if report.papers == 1 else "have", _name_model(report.folder)
    papers = f"{format_count(report.papers, 'paper')} {have} vectors by {model}"
    if not report.computed:
        return f"Nothing is left to do: {papers}."
    rate = report.computed / report.seconds if report.seconds else 0
    how = {"mean": "the mean over tokens", "model": "as the model pools them"}[report.pooling]
    return (
        f"{papers}\n"
        f"  {report.computed:,} computed in {report.seconds:.1f} s, {rate:.1f} papers/s\n"
        f"  {report.dimension} components, {how}"
    )


def format_vectors(vectors: "VectorsStatus", generation: str) -> str:
    """Format what the vectors of a generation are, for `papers status`."""
    if vectors.damage:
        return f"unusable. {escape_controls(vectors.damage)}"
    line = f"of {format_count(vectors.papers, 'paper')}, by {_name_model(vectors.folder)}"
    if vectors.generation == generation:
        return line
    return f"{line}\n    made for an earlier generation; `papers embed` adds what has changed since"


def _name_model(folder: str | None) -> str:
    return "the installed model" if folder is None else f"the model in {escape_controls(folder)}"
