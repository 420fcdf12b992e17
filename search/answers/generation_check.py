"""Ask a generation what the first pages ask, before it is put in use or to verify it.

Digests and counts show that files are complete, not that searches run on them. A build therefore
has the searches of the start page run on its result; `index` may not import them, so the commands
pass this check to it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from index.errors import GenerationCorrupt, PapersearchError
from index.store.generations import CURRENT, GENERATIONS
from index.temporary_files import open_temporary_folder
from search.answers.searcher import Searcher
from search.request.facets import DEFAULT_FACETS
from search.request.search_request import SearchRequest, View


def check_generation(folder: Path, facets: tuple[str, ...] = DEFAULT_FACETS) -> None:
    """Run the searches of the start page on a generation.

    Args:
        folder: The generation, complete with its manifest.
        facets: The facets to count over all papers.

    Raises:
        IndexUnusable: The generation cannot be opened, or a search fails.
        TemporaryFolderUnusable: The temporary folder cannot be written.
    """
    with open_temporary_folder("papers-") as made:
        searcher = Searcher(_make_index(made, folder))
        for view in View:
            try:
                searcher.search(SearchRequest(facets=facets, view=view))
            except (PapersearchError, ValueError, OSError) as error:
                reason = f"a search of everything fails: {error}"
                raise GenerationCorrupt(folder.name, reason) from error


def compare_facets(folder: Path, expected: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """Compare the counts of facets over all papers with those that the papers have.

    Args:
        folder: The generation.
        expected: For each facet, how many papers have each value.

    Yields:
        A clause for each value that is counted differently; only the most frequent are compared.
    """
    with open_temporary_folder("papers-") as made:
        searcher = Searcher(_make_index(made, folder))
        results = searcher.search(SearchRequest(facets=tuple(expected), hidden=True))
    for name, values in results.facets.items():
        for one in values:
            if one.count != (right := expected[name].get(one.value, 0)):
                yield f"{name} '{one.value}' counts {one.count:,} papers instead of {right:,}"


def _make_index(directory: Path, folder: Path) -> Path:
    """Make an index in which a generation is in use by a link."""
    (directory / GENERATIONS).mkdir()
    (directory / GENERATIONS / folder.stem).symlink_to(folder.absolute())
    (directory / CURRENT).write_text(f"{folder.stem}\n", encoding="utf-8")
    return directory
