"""Keep the generation in use open, and open the next one when it is switched.

A generation that cannot be opened leaves the one before in use, which the log says once.
"""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from index.errors import GenerationCorrupt, PapersearchError
from index.people.aliases import Aliases
from index.people.curation_watch import CurationWatch
from index.references.citations import CitationIndex
from index.store.file_watch import FileWatch, read_stamp
from index.store.first_appearance import FirstAppearances
from index.store.generations import CURRENT, ENGINE, open_current
from index.store.manifest import read_manifest
from index.store.vocabulary import Vocabulary
from search.answers.answer_cache import MOST_BYTES, AnswerCache
from search.answers.former_names import PresentNames
from search.answers.generation import Generation
from search.answers.index_views import open_views
from search.budget.budget import open_budget
from search.budget.metered_engine import MeteredEngine
from search.engines.checked_engine import open_engine
from search.meaning.comparer import Comparer, Models
from search.planning.plan import Anything
from search.planning.spellings import Speller
from search.request.search_request import View
from search.suggest.completions import Suggester
from search.suggest.spelling import Spelling

RETRY_SECONDS = 30.0
"""Time after which opening is tried again, if the file that names the generation stays as it is.
Chosen: opening may read 256 MB to find that they are damaged."""


class CurrentGeneration:
    """The generation in use; safe to share between threads."""

    def __init__(
        self,
        directory: Path,
        clock: Callable[[], float] = time.monotonic,
        people: CurationWatch | None = None,
        cached_bytes: int = MOST_BYTES,
    ) -> None:
        """Open the generation in use.

        Args:
            directory: The index.
            clock: Returns the time in seconds.
            people: What the maintainer says about people, if that is watched already.
            cached_bytes: Bytes of the answers that are kept of a generation.

        Raises:
            IndexUnusable: There is no index, or it cannot be used.
            EngineMissing: Its engine is not installed.
        """
        self._directory, self._clock = directory, clock
        self._path = str(directory / CURRENT)
        self._people = people or CurationWatch(directory, clock)
        self._models, self._lock = Models(), Lock()
        self._cached_bytes = cached_bytes
        # The stamp is read first, so that the next request notices a switch in between.
        self._tried = read_stamp(self._path)
        self._retry_at: float | None = None
        self._logged = ""
        self._opened = self._open()

    def update(self) -> Generation:
        """Return the generation in use; open it first if it was switched."""
        if self._is_due():
            with self._lock:
                if self._is_due():  # no other thread has opened it meanwhile
                    self._reopen()
        return self._opened[0]

    def refresh(self) -> Generation:
        """Return what `update` returns, if its files are still as they were.

        Raises:
            GenerationCorrupt: They were changed after it was opened.
        """
        generation = self.update()
        self._opened[1].check()
        return generation

    def _is_due(self) -> bool:
        if read_stamp(self._path) != self._tried:
            return True
        return self._retry_at is not None and self._clock() >= self._retry_at

    def _reopen(self) -> None:
        """Open the generation in use; if that fails, keep the one before and say so once."""
        stamp = read_stamp(self._path)
        try:
            with open_budget(None):  # no request pays for it
                self._opened = self._open()
        except (PapersearchError, OSError) as error:
            self._retry_at = self._clock() + RETRY_SECONDS
            if (message := str(error)) != self._logged:
                self._logged = message
                kept = self._opened[0].manifest.name
                logging.getLogger(__name__).warning("Still serving %s. %s", kept, message)
        else:
            self._retry_at, self._logged = None, ""
        self._tried = stamp

    def _open(self) -> tuple[Generation, FileWatch]:
        return open_current(self._directory, self._open_folder)

    def _open_folder(self, folder: Path) -> tuple[Generation, FileWatch]:
        manifest = read_manifest(folder)
        watch = FileWatch(folder, manifest, self._clock)
        engine = MeteredEngine(open_engine(manifest.engine, folder / ENGINE))
        documents = engine.count_matches(Anything())
        if documents != manifest.documents:
            reason = f"it holds {documents:,} records and works instead of {manifest.documents:,}"
            raise GenerationCorrupt(folder.name, reason)
        words = Vocabulary(folder)
        views = {view: PresentNames(one, self._people) for view, one in open_views(engine).items()}
        opened = Generation(
            manifest=manifest,
            documents=documents,
            views=views,
            spellings={view: Spelling(words, engine) for view, engine in views.items()},
            suggester=Suggester(views[View.WORKS]),
            aliases=Aliases(folder, self._people),
            comparer=Comparer(folder, self._models),
            speller=Speller(views[View.WORKS]),
            arrivals=FirstAppearances(folder),
            citations=CitationIndex(folder),
            cache=AnswerCache(self._cached_bytes),
        )
        return opened, watch
