"""Check a generation by reading all of it, and by making again what can be made from its papers."""

import shutil
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from filecmp import cmp
from pathlib import Path
from typing import NamedTuple

import zstandard

from index.build.generation_builder import verify_content
from index.engines.engine import Reader, load_engine
from index.errors import GenerationCorrupt
from index.people.aliases import ALIASES
from index.records import Paper, decode_paper
from index.references.citation_file import CITATIONS
from index.references.reference_writer import IDENTIFIERS, REFERENCES
from index.store.generations import ENGINE, link_file
from index.store.integrity import check_digest, check_size
from index.store.ledger import LEDGER, Ledger
from index.store.manifest import Manifest, read_manifest, read_report
from index.store.rejects import REJECTS, read_rejects
from index.store.sqlite import Database
from index.store.vocabulary import WORDS, write_words
from index.temporary_files import open_temporary_folder
from index.verification.faults import Fault, Faults
from index.verification.record_check import OnRecords, RecordCheck, Tally
from index.works.blocking import KEYS
from index.works.disk_arrays import PARTS

REMOVED_TOKENS = 100_000
"""Tokens of a field that only removed documents have, at most. The engine makes room for as many as
are asked for, 32 bytes each, so the number cannot be without limit. Chosen."""

_MASK = (1 << 64) - 1


class Findings(NamedTuple):
    """What a check found.

    Attributes:
        faults: What is wrong, at most `index.verification.faults.MOST_FAULTS`.
        total: How many faults there are.
        values: How many papers have each value of each facet that was counted; None if the papers
            could not be read.
    """

    faults: tuple[Fault, ...]
    total: int
    values: Mapping[str, Counter[str]] | None


def check_deeply(folder: Path, watch: OnRecords) -> Findings:
    """Check a generation.

    Args:
        folder: Its folder.
        watch: Called with the progress.

    Raises:
        GenerationCorrupt: Its manifest cannot be read.
        GenerationOutdated: Another version made it.
        EngineMissing: Its engine is not installed.
        TemporaryFolderUnusable: The temporary folder cannot be written.
    """
    manifest, faults = read_manifest(folder), Faults()
    module = load_engine(manifest.engine)
    _check_files(folder, manifest, faults)
    _check_counts(folder, manifest, faults)
    tally = None
    with faults.catch("engine"), module.open_reader(folder / ENGINE) as reader:
        verify_content(folder, manifest)
        check = RecordCheck(folder, reader, faults)
        check.run(watch)
        tally = check.tally
        _check_tokens(reader, tally, faults)
        _check_keys(folder, tally, faults)
        _check_derived(folder, reader, faults)
    return Findings(tuple(faults.kept), faults.count, tally.values if tally else None)


def _check_files(folder: Path, manifest: Manifest, faults: Faults) -> None:
    """Check the content of every file, and the structure of those of SQLite."""
    for file in manifest.files:
        try:
            check_size(folder, file)
            check_digest(folder, file)
        except GenerationCorrupt as error:
            faults.add(file.name, error.reason)
    for name in (LEDGER, ALIASES, REFERENCES):
        if (folder / name).exists():
            with faults.catch(name):
                _check_database(folder / name)


def _check_database(path: Path) -> None:
    base = Database(path)
    try:
        (answer,) = base.query("PRAGMA integrity_check(1)")
    finally:
        base.close()
    if answer[0] != "ok":
        raise ValueError(answer[0])


def _check_counts(folder: Path, manifest: Manifest, faults: Faults) -> None:
    """Check that the ledger, the report and the rejects have the numbers that they should."""
    with faults.catch(LEDGER):
        ledger = Ledger(folder / LEDGER)
        try:
            found = (ledger.count_papers(), ledger.count_records(), ledger.count_documents())
            _check_numbers(ledger, faults)
        finally:
            ledger.close()
        expected = (manifest.papers, manifest.records, manifest.documents)
        for what, count, number in zip(
            ("papers", "records", "documents"), found, expected, strict=True
        ):
            if count != number:
                faults.add(LEDGER, f"it has {count:,} {what}, the manifest {number:,}")
    with faults.catch("report.json"):
        report = read_report(folder)
        if not report.adds_up():
            faults.add("report.json", "its counts do not add up")
    with faults.catch(REJECTS):
        _check_rejects(folder)


def _check_numbers(ledger: Ledger, faults: Faults) -> None:
    """Check that an update would number its records after all others, and removes no others."""
    for number, key in ledger.list_keys(ledger.next):
        problem = f"record '{key}' has the number {number:,}, and the next one is {ledger.next:,}"
        faults.add(LEDGER, problem)
    for record in ledger.list_removed():
        faults.add(LEDGER, f"it would remove '{record.key}' again")


def _check_rejects(folder: Path) -> None:
    try:
        for _ in read_rejects(folder):
            pass
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from error


def _check_tokens(reader: Reader, tally: Tally, faults: Faults) -> None:
    """Compare the tokens of all papers with those that the engine finds papers by.

    The engine may count removed documents too, so only fewer than expected are too few.
    """
    for field, expected in tally.tokens.items():
        with faults.catch(f"engine, field {field}"):
            found = dict(reader.list_tokens(field, len(expected) + REMOVED_TOKENS))
            for token, count in expected.items():
                if found.get(token, 0) < count:
                    problem = f"'{token}' finds {found.get(token, 0):,} papers of {count:,}"
                    faults.add(f"engine, field {field}", problem)


def _check_keys(folder: Path, tally: Tally, faults: Faults) -> None:
    """Compare the matching keys of all records with those of the file."""
    with faults.catch(KEYS):
        count, total = 0, 0
        for codes in _read_codes(folder / KEYS):
            count, total = count + len(codes), (total + sum(codes)) & _MASK
        if (count, total) != tally.keys:
            faults.add(KEYS, f"it has {count:,} keys that do not agree with the records")


def _read_codes(path: Path) -> Iterator["array[int]"]:
    with path.open("rb") as file:
        file.seek(8 * (PARTS + 1))
        while piece := file.read(1 << 20):
            yield array("Q", piece)


def _check_derived(folder: Path, reader: Reader, faults: Faults) -> None:
    """Make the words and the citations again, and compare them with the files."""
    with open_temporary_folder("papers-") as made:
        write_words(made, reader.list_tokens)
        _compare(folder, made, WORDS, faults)
        if not (folder / REFERENCES).exists():
            return
        from index.references.resolving import resolve_references  # numpy takes 80 ms to load

        link_file(folder / LEDGER, made / LEDGER)
        shutil.copyfile(folder / REFERENCES, made / REFERENCES)
        ledger = Ledger(folder / LEDGER)
        try:
            keys = dict(ledger.list_keys(0))

            def read(number: int) -> Paper:
                stored = reader.read_paper(keys[number], row=True)
                return decode_paper(stored or b"")

            with faults.catch(CITATIONS):
                resolve_references(made, None, (0, ledger.next), read)
                for name in (IDENTIFIERS, CITATIONS):
                    _compare(folder, made, name, faults)
        finally:
            ledger.close()


def _compare(folder: Path, made: Path, name: str, faults: Faults) -> None:
    if not (folder / name).exists() or not cmp(folder / name, made / name, shallow=False):
        faults.add(name, "it does not agree with the papers")
