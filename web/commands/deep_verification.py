"""Check everything that an index holds, and list what is wrong with it."""

from pathlib import Path

from index.meaning.vector_file import check_file
from index.people.curation import CURATION
from index.people.curation_parser import read_curation
from index.store.additions import VECTORS
from index.store.generations import GENERATIONS, read_current_name
from index.store.manifest import read_manifest
from index.verification.deep_check import check_deeply
from index.verification.faults import Faults
from search.answers.generation_check import check_generation, compare_facets
from search.request.facets import FACETS
from web.commands.progress import show_paper_progress
from web.failures import FAILED, FOUND
from web.terminal.printing import escape_controls, print_text
from web.wording import format_count

EMBED = "Run `papers embed` to make them again."
CORRECT = "Correct the file."
"""Ways out of damage to what belongs to an index beside its generation."""


def verify_deeply(directory: Path, *, quiet: bool) -> int:
    """Check the generation in use and what belongs to it, and print every fault.

    Returns:
        The exit code.

    Raises:
        IndexUnusable: There is no index, or its manifest cannot be read.
    """
    folder = directory / GENERATIONS / read_current_name(directory)
    manifest = read_manifest(folder)
    with show_paper_progress("verifying", visible=not quiet) as watch:
        found = check_deeply(folder, watch)
    faults = Faults()
    faults.kept, faults.count = list(found.faults), found.total
    if not faults.count:  # a search of damaged files would only repeat what is known
        with faults.catch("search"):
            check_generation(folder, tuple(FACETS))
            for problem in compare_facets(folder, found.values or {}):
                faults.add("search", problem)
    with faults.catch(VECTORS, EMBED):
        check_file(folder)
    with faults.catch(CURATION, CORRECT):
        read_curation(directory / CURATION)
    for fault in faults.kept:
        print_text(escape_controls(str(fault)), error=True)
    if more := faults.count - len(faults.kept):
        print_text(f"{format_count(more, 'more fault')} not listed.", error=True)
    if faults.count:
        return FAILED
    held = f"{format_count(manifest.papers, 'paper')}, {format_count(manifest.records, 'record')}"
    print_text(f"Generation {manifest.name} is intact in depth: {held}.")
    return FOUND
