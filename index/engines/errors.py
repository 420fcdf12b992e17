"""Define the failures of engines: a missing package, and a cluster that cannot be used."""

from index.errors import IndexUnusable, PapersearchError

LONGEST_REASON = 200
"""Characters of a cluster's message that are repeated; some contain a whole query."""

EXTRAS = frozenset({"opensearch"})
"""The engines that an extra of their name installs; the others come with the program."""


def shorten_reason(text: object) -> str:
    """Return a message of a cluster on one line, without its final period and not too long."""
    return " ".join(str(text).split())[:LONGEST_REASON].rstrip(".")


class EngineMissing(PapersearchError):
    """The package of an engine cannot be imported."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        step = f"Run `pip install 'papersearch[{name}]'`" if name in EXTRAS else "Install it"
        super().__init__(
            f"The engine '{name}' is not installed. {step}, "
            f"or build with another (`papers build --engine {known[0]} DUMP`)."
        )


class ClusterUnusable(IndexUnusable):
    """The cluster that holds the papers of an index cannot be used."""


class ClusterMisconfigured(ClusterUnusable):
    """A setting of the cluster is missing or cannot be used."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"The setting {name} {problem}.")


class ClusterUnreachable(ClusterUnusable):
    """The cluster does not answer."""

    def __init__(self, urls: str, reason: object) -> None:
        super().__init__(
            f"Cannot reach the cluster at {urls} ({shorten_reason(reason)}). "
            "Check that it runs, and the settings PAPERS_OPENSEARCH_URL and PAPERS_OPENSEARCH_CA."
        )


class ClusterUnready(ClusterUnusable):
    """The cluster answers, but has no node in charge or lacks shards of an index."""

    def __init__(self, urls: str, reason: object) -> None:
        super().__init__(
            f"The cluster at {urls} is not ready ({shorten_reason(reason)}). "
            "Wait until its health is yellow or green, or start its missing nodes."
        )


class ClusterRefused(ClusterUnusable):
    """The cluster does not know the user or key, or does not let them do this."""

    def __init__(self, urls: str, reason: object) -> None:
        super().__init__(
            f"The cluster at {urls} refuses the credentials ({shorten_reason(reason)}). "
            "Correct PAPERS_OPENSEARCH_USER and PAPERS_OPENSEARCH_PASSWORD, or "
            "PAPERS_OPENSEARCH_API_KEY, or give the user more rights."
        )


class ClusterUnwritable(ClusterUnusable):
    """The cluster takes no documents, since its disks are full or it is read-only."""

    def __init__(self, urls: str, reason: object) -> None:
        super().__init__(
            f"The cluster at {urls} takes no documents ({shorten_reason(reason)}). "
            "Free disk space on its nodes or lift the block; the index in use was not changed."
        )


class ClusterOverloaded(ClusterUnusable):
    """The cluster has no room for more requests, even after waiting."""

    def __init__(self, urls: str, reason: object) -> None:
        super().__init__(
            f"The cluster at {urls} has no room for more requests ({shorten_reason(reason)}). "
            "Try again later, or give it more nodes."
        )


class ClusterUnsupported(ClusterUnusable):
    """The cluster runs a version or a product that is not supported."""

    def __init__(self, urls: str, found: object, supported: str, way_out: str) -> None:
        super().__init__(
            f"The cluster at {urls} runs {shorten_reason(found)}; supported is {supported}. "
            f"{way_out}"
        )


class ClusterForeign(ClusterUnusable):
    """The papers of a generation are in another cluster than the one in the settings."""

    def __init__(self, name: str, urls: str) -> None:
        super().__init__(
            f"The papers of generation {name} are in another cluster than the one at {urls}. "
            "Correct PAPERS_OPENSEARCH_URL, or run `papers build --engine opensearch DUMP`."
        )


class ClusterIndexMissing(ClusterUnusable):
    """The index of a generation is not in the cluster any more."""

    def __init__(self, urls: str, index: str) -> None:
        super().__init__(
            f"The cluster at {urls} has no index '{index}'; it was deleted. "
            "Run `papers rollback` to return to an older generation, or `papers build DUMP`."
        )


OF_ONE_GENERATION = (ClusterForeign, ClusterIndexMissing)
"""The failures that concern one generation; another one may be intact."""


class ClusterFailed(ClusterUnusable):
    """The cluster answers with an error that no other class stands for."""

    def __init__(self, urls: str, reason: object) -> None:
        super().__init__(
            f"The cluster at {urls} cannot do what it was asked ({shorten_reason(reason)}). "
            "Its log says more."
        )


class PaperRefused(ClusterUnusable):
    """The cluster cannot index one paper."""

    def __init__(self, paper_id: str, reason: object) -> None:
        super().__init__(
            f"The cluster does not index the paper '{paper_id}' ({shorten_reason(reason)}). "
            "Remove it from the dump, or build with another engine; the index was not changed."
        )
