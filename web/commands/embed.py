"""Compute vectors of the papers of an index, so that searches can rank by meaning."""

from pathlib import Path

import click

from index.settings import index_directory
from web.commands.options import NonEmpty, index_option, json_option
from web.terminal.documents import print_json
from web.terminal.embed_report import format_embedding
from web.terminal.printing import print_text


@click.command()
@index_option
@click.option(
    "--model",
    "model_name",
    metavar="DIR",
    type=NonEmpty("a folder", Path),
    help="Folder with another model: model.onnx and vocab.txt.  [default: the installed model]",
)
@click.option(
    "--processes",
    type=click.IntRange(0, 64),
    default=2,
    show_default=True,
    metavar="N",
    help="Processes that embed papers, of one thread each; with 0 this one does.",
)
@json_option
@click.option("--quiet", is_flag=True, help="Show no progress bar.")
def embed(
    index_name: str | None, model_name: Path | None, processes: int, as_json: bool, quiet: bool
) -> None:
    """Compute vectors of the papers, to rank them by meaning too.

    Only papers that are new or whose title or abstract has changed need one. The command can be
    interrupted at any time: run it again to continue. It needs the extra papersearch[semantic].
    """
    from index.meaning.embedding import embed_papers
    from web.commands.progress import show_paper_progress

    directory = index_directory(index_name)
    with show_paper_progress("embedding", visible=not quiet and not as_json) as watch:
        report = embed_papers(directory, model_name, processes, watch)
    if as_json:
        print_json(report)
        return
    print_text(format_embedding(report))
